#include <conformance/input/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sceplab::input {

std::expected<File, std::string> open_file(const std::string& path) {
    File file(std::fopen(path.c_str(), "rb"));
    if (!file) {
        return std::unexpected(std::strerror(errno));
    }
    return file;
}

std::expected<std::vector<std::uint8_t>, std::string> read_rest(std::FILE* file, std::size_t limit) {
    constexpr std::size_t step = 64u << 10;
    std::vector<std::uint8_t> octets;
    while (octets.size() < limit) {
        const std::size_t before = octets.size();
        const std::size_t wanted = std::min(step, limit - before);
        octets.resize(before + wanted);
        const std::size_t got = std::fread(octets.data() + before, 1, wanted, file);
        octets.resize(before + got);
        if (got < wanted) {
            if (std::ferror(file) != 0) {
                return std::unexpected(std::strerror(errno));
            }
            break;
        }
    }
    return octets;
}

} // namespace sceplab::input
