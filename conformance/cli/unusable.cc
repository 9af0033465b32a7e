#include <conformance/cli/unusable.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sceplab::cli {

Loaded<std::vector<std::uint8_t>> read_small_file(const std::string& path) {
    constexpr std::uintmax_t largest_file = 16u << 20;
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return std::unexpected(Unusable{path, "is a folder, not a file"});
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::unexpected(Unusable{path, std::strerror(errno)});
    }
    std::vector<std::uint8_t> octets;
    for (auto at = std::istreambuf_iterator<char>(file); at != std::istreambuf_iterator<char>(); ++at) {
        if (octets.size() == largest_file) {
            return std::unexpected(Unusable{path, "is larger than any file of its kind"});
        }
        octets.push_back(static_cast<std::uint8_t>(*at));
    }
    if (octets.empty()) {
        return std::unexpected(Unusable{path, "empty file"});
    }
    return octets;
}

}  // namespace sceplab::cli
