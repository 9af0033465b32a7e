#include <conformance/input/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace sceplab::input {

namespace {

struct Cookie {
    std::unique_ptr<OctetReader> reader;
    off64_t position = 0;
};

Cookie& cookie_of(void* cookie) { return *static_cast<Cookie*>(cookie); }

ssize_t read_cookie(void* cookie, char* to, std::size_t size) {
    const std::size_t got = cookie_of(cookie).reader->read({reinterpret_cast<std::uint8_t*>(to), size});
    cookie_of(cookie).position += static_cast<off64_t>(got);
    return static_cast<ssize_t>(got);
}

// Tells the position alone.
int seek_cookie(void* cookie, off64_t* offset, int whence) {
    if (whence != SEEK_CUR || *offset != 0) {
        errno = ESPIPE;
        return -1;
    }
    *offset = cookie_of(cookie).position;
    return 0;
}

int close_cookie(void* cookie) {
    delete &cookie_of(cookie);
    return 0;
}

} // namespace

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

File file_of(std::unique_ptr<OctetReader> reader) {
    auto cookie = std::make_unique<Cookie>(std::move(reader));
    File file(fopencookie(cookie.get(), "rb", {.read = read_cookie, .write = nullptr, .seek = seek_cookie, .close = close_cookie}));
    if (file) {
        static_cast<void>(cookie.release());
    }
    return file;
}

} // namespace sceplab::input
