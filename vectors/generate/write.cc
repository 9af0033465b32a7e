#include <vectors/generate/write.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/der/values.h>

#include <charconv>
#include <fstream>
#include <stdexcept>

namespace sceplab::vectors {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view names[] = {"valid", "invalid", "acceptable"};

std::vector<std::string> split(const std::string& line, char at) {
    std::vector<std::string> out(1);
    for (const char c : line) {
        if (c == at) {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    return out;
}

std::ifstream open(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error(path.string() + ": cannot be read");
    }
    return in;
}

// Words apart by spaces; nothing for an empty cell.
Json words(const std::string& cell) {
    Json out = Json::array();
    for (const std::string& word : split(cell, ' ')) {
        if (!word.empty()) {
            out.push_back(word);
        }
    }
    return out;
}

std::string octets(const std::string& digits) {
    std::string out(digits.size() / 2, '\0');
    for (std::size_t i = 0; i < out.size(); ++i) {
        unsigned char octet = 0;
        std::from_chars(digits.data() + 2 * i, digits.data() + 2 * i + 2, octet, 16);
        out[i] = static_cast<char>(octet);
    }
    return out;
}

void write_key(const Json& key, Folder& folder) {
    const std::string stem = "keys/" + key.at("name").get<std::string>();
    folder.write(stem + ".pem", key.at("privateKey"));
    folder.write(stem + ".der", octets(key.at("certificate")));
}

bool is_text(const std::string& type) { return type == "Capabilities" || type == "RequestTarget"; }

}  // namespace

Ids::Ids(const fs::path& path) {
    std::ifstream in = open(path);
    std::set<std::string> seen;
    for (std::string line; std::getline(in, line);) {
        const auto cells = split(line, '\t');
        const std::size_t dash = cells[0].rfind('-');
        if (cells.size() != 2 || dash == std::string::npos) {
            throw std::runtime_error(path.string() + ": not an id and a name: " + line);
        }
        const std::string file = cells[0].substr(0, dash);
        unsigned number = 0;
        std::from_chars(cells[0].data() + dash + 1, cells[0].data() + cells[0].size(), number);
        if (!seen.insert(cells[0]).second || !m_ids.try_emplace({file, cells[1]}, cells[0]).second) {
            throw std::runtime_error(path.string() + ": twice: " + line);
        }
        m_last[file] = std::max(m_last[file], number);
        m_lines.push_back({cells[0], cells[1]});
    }
}

std::string Ids::of(const std::string& file, const std::string& name) {
    const auto [found, added] = m_ids.try_emplace({file, name});
    if (added) {
        const std::string number = std::to_string(++m_last[file]);
        found->second = file + '-' + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
        m_lines.push_back({found->second, name});
    }
    return found->second;
}

void Ids::write(const fs::path& path) const {
    const fs::path beside = path.string() + ".new";
    std::ofstream out(beside, std::ios::binary);
    for (const Line& line : m_lines) {
        out << line.id << '\t' << line.name << '\n';
    }
    out.close();
    if (!out) {
        throw std::runtime_error(beside.string() + ": cannot be written");
    }
    fs::rename(beside, path);
}

Notes read_notes(const fs::path& folder) {
    Notes notes;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream in = open(entry.path());
        std::string line;
        std::getline(in, line);
        while (std::getline(in, line)) {
            const auto cells = split(line, '\t');
            if (cells.size() != 6) {
                throw std::runtime_error(entry.path().string() + ": six columns are due: " + line);
            }
            const bool added = notes.try_emplace(cells[0], Json{{"bugType", cells[1]},
                                                                {"description", cells[2]},
                                                                {"effect", cells[3]},
                                                                {"links", words(cells[4])},
                                                                {"cves", words(cells[5])}}).second;
            if (!added) {
                throw std::runtime_error(entry.path().string() + ": a flag is there twice: " + cells[0]);
            }
        }
    }
    return notes;
}

Json document(const File& file, const std::string& version, Ids& ids, const Notes& notes) {
    std::set<std::string> seen;
    std::set<std::string> flags;
    std::size_t count = 0;
    Json groups = Json::array();
    for (const Group& group : file.groups) {
        Json tests = Json::array();
        for (const Case& each : group.cases) {
            const auto refuse = [&](const std::string& why) { throw std::runtime_error(file.name + ": " + each.name + ": " + why); };
            if (!seen.insert(each.name).second) {
                refuse("the name of another case");
            }
            if (each.comment.empty()) {
                refuse("no comment");
            }
            for (const std::string& flag : each.flags) {
                if (!notes.contains(flag)) {
                    refuse("no note of this flag: " + flag);
                }
                flags.insert(flag);
            }
            Json test = {{"id", ids.of(file.name, each.name)},
                         {"name", each.name},
                         {"comment", each.comment},
                         {"flags", each.flags},
                         {"result", names[static_cast<std::size_t>(each.result)]}};
            test.update(each.members);
            tests.push_back(std::move(test));
            ++count;
        }
        Json whole = {{"type", group.type}};
        whole.update(group.members);
        whole["tests"] = std::move(tests);
        groups.push_back(std::move(whole));
    }
    Json used = Json::object();
    for (const std::string& flag : flags) {
        used[flag] = notes.at(flag);
    }
    return {{"schema", "sceplab-vectors-1.schema.json"},
            {"algorithm", "SCEP"},
            {"generatorVersion", version},
            {"numberOfTests", count},
            {"header", Json::array({file.about})},
            {"notes", std::move(used)},
            {"testGroups", std::move(groups)}};
}

Json schema(const fs::path& path, const Notes& notes) {
    std::ifstream in = open(path);
    Json out = Json::parse(in);
    for (const auto& [flag, note] : notes) {
        out["definitions"]["flag"]["enum"].push_back(flag);
    }
    return out;
}

void Folder::write(const std::string& name, const std::string& octets) {
    const fs::path path = m_path / name;
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << octets << std::flush;
    if (!out) {
        throw std::runtime_error(path.string() + ": cannot be written");
    }
    const std::string sum = scep::der::to_hex(scep::botan::sha256({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()}));
    if (m_written.try_emplace(name, sum).first->second != sum) {
        throw std::runtime_error(path.string() + ": two keys have this name");
    }
}

void Folder::finish() {
    std::string sums;
    for (const auto& [name, sum] : m_written) {
        sums += sum + "  " + name + '\n';
    }
    write("SHA256SUMS", sums);
    std::vector<fs::path> gone;
    for (const auto& entry : fs::recursive_directory_iterator(m_path)) {
        if (entry.is_regular_file() && !m_written.contains(fs::relative(entry.path(), m_path).generic_string())) {
            gone.push_back(entry.path());
        }
    }
    for (const fs::path& path : gone) {
        fs::remove(path);
    }
}

void write_plain(const Json& document, Folder& folder) {
    for (const Json& group : document.at("testGroups")) {
        if (group.contains("recipient")) {
            write_key(group["recipient"], folder);
        }
        for (const Json& key : group.value("keys", Json::array())) {
            write_key(key, folder);
        }
        for (const Json& test : group.at("tests")) {
            const std::string stem = "files/" + test.at("id").get<std::string>();
            if (test.contains("transcript")) {
                folder.write(stem + ".json", test["transcript"].dump(2) + '\n');
            } else {
                folder.write(stem + (is_text(group.at("type")) ? ".txt" : ".der"), octets(test.at("input")));
            }
            if (test.contains("plaintext")) {
                folder.write(stem + ".plaintext", octets(test["plaintext"]));
            }
        }
    }
}

}  // namespace sceplab::vectors
