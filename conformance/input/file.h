#pragma once

#include <cstdint>
#include <cstdio>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sceplab::input {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// Errors are the system's words.
[[nodiscard]] std::expected<File, std::string> open_file(const std::string& path);
// What is left of the file, at most `limit` octets.
[[nodiscard]] std::expected<std::vector<std::uint8_t>, std::string> read_rest(std::FILE* file, std::size_t limit);

// What octets a File made by file_of() has.
class OctetReader {
public:
    virtual ~OctetReader() = default;
    // How many octets were written to `to`; 0 at the end.
    virtual std::size_t read(std::span<std::uint8_t> to) = 0;
};
// A File to be read once from its start, for what wants one. It tells its position, and cannot be wound back.
[[nodiscard]] File file_of(std::unique_ptr<OctetReader> reader);

} // namespace sceplab::input
