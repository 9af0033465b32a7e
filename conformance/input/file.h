#pragma once

#include <cstdint>
#include <cstdio>
#include <expected>
#include <memory>
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

} // namespace sceplab::input
