#pragma once

#include <vectors/generate/case.h>

#include <filesystem>
#include <map>
#include <set>

namespace sceplab::vectors {

// vectors/ids.tsv: each id that was ever given, and to which case. Lines are only added; a case that is gone keeps its line.
class Ids {
public:
    // Throws std::runtime_error where an id or a case is there twice.
    explicit Ids(const std::filesystem::path& path);
    // The id of a case; a new one, the next of its file, where it has none yet.
    [[nodiscard]] std::string of(const std::string& file, const std::string& name);
    // Whole or not at all; throws std::runtime_error.
    void write(const std::filesystem::path& path) const;

private:
    struct Line {
        std::string id;
        std::string name;
    };
    std::vector<Line> m_lines;                                           // as they stand in the file
    std::map<std::pair<std::string, std::string>, std::string> m_ids;    // by file and name
    std::map<std::string, unsigned> m_last;                              // number, by file
};

// What a flag means: a row of generate/notes/*.tsv.
using Notes = std::map<std::string, Json>;
[[nodiscard]] Notes read_notes(const std::filesystem::path& folder);

// One document of v1, of this version of the vectors. Throws std::runtime_error where a case has no comment, an unknown flag, or the name of another.
[[nodiscard]] Json document(const File& file, const std::string& version, Ids& ids, const Notes& notes);

// The schema with the flags that there are.
[[nodiscard]] Json schema(const std::filesystem::path& path, const Notes& notes);

// A folder that holds, in the end, what was written into it and nothing else.
class Folder {
public:
    explicit Folder(std::filesystem::path path) : m_path(std::move(path)) {}
    // `name` may lie in a folder inside. Throws std::runtime_error where it cannot be written.
    void write(const std::string& name, const std::string& octets);
    // Writes SHA256SUMS, as sha256sum(1) reads it, and takes away what else is there.
    void finish();

private:
    std::filesystem::path m_path;
    std::map<std::string, std::string> m_written;  // SHA-256, by name
};

// The cases of a document as files: files/ID.der and the like, keys/NAME.pem and .der.
void write_plain(const Json& document, Folder& folder);

}  // namespace sceplab::vectors
