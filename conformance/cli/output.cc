#include <conformance/cli/output.h>

#include <conformance/tree/legible.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <random>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sceplab::cli {

namespace {

// A file that is open for writing, or -1 with errno.
class Output {
public:
    explicit Output(int descriptor) : m_descriptor(descriptor) {}
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    ~Output() { static_cast<void>(close()); }

    [[nodiscard]] bool write(std::string_view text) const {
        while (m_descriptor >= 0 && !text.empty()) {
            const ssize_t written = ::write(m_descriptor, text.data(), text.size());
            if (written < 0 && errno != EINTR) {
                return false;
            }
            text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return m_descriptor >= 0;
    }
    [[nodiscard]] bool write(const Document& document) const {
        bool good = is_open();
        document([&](std::string_view piece) { good = good && write(piece); });
        return good;
    }
    [[nodiscard]] bool set_mode(mode_t mode) const { return fchmod(m_descriptor, mode) == 0; }
    [[nodiscard]] bool is_open() const { return m_descriptor >= 0; }
    [[nodiscard]] bool close() {
        const int closing = std::exchange(m_descriptor, -1);
        return closing < 0 || ::close(closing) == 0;
    }

private:
    int m_descriptor;
};

// A new file in the same folder, under a name that nobody can have foreseen.
int open_beside(const std::string& file, std::string& name) {
    constexpr int tries = 16;
    std::random_device random;
    for (int i = 0; i < tries; ++i) {
        constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
        name = file + ".part-";
        for (int letter = 0; letter < 12; ++letter) {
            name += letters[random() % letters.size()];
        }
        const int descriptor = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST) {
            return descriptor;
        }
    }
    return -1;
}

// False with errno.
bool replace(const std::string& file, const Document& document, const struct stat* old) {
    std::string beside;
    Output out(open_beside(file, beside));
    if (!out.is_open()) {
        return false;
    }
    if ((old == nullptr || out.set_mode(old->st_mode & 07777)) && out.write(document) && out.close() && std::rename(beside.c_str(), file.c_str()) == 0) {
        return true;
    }
    const int reason = errno;
    unlink(beside.c_str());
    errno = reason;
    return false;
}

bool write_to(const std::string& file, const Document& document) {
    Output out(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    return out.write(document) && out.close();
}

}  // namespace

void tell(const std::string& name, const std::string& reason) {
    std::cerr << "sceplab: " << tree::legible(name) << ": " << tree::legible(reason) << std::endl;
}

void tell(const std::string& name, const input::Damage& damage) {
    tell(name, damage.unusable ? damage.reason : damage.reason + " (at offset " + std::to_string(damage.offset) + ")");
}

bool write_document(const Document& document, const std::string& file) {
    if (file.empty()) {
        document([](std::string_view piece) { std::cout << piece; });
        std::cout << std::flush;
        if (!std::cout) {
            tell("standard output", "cannot be written");
        }
        return static_cast<bool>(std::cout);
    }
    // A device, a pipe or a link is written to, not replaced.
    struct stat old {};
    const bool exists = lstat(file.c_str(), &old) == 0;
    const bool written = exists && !S_ISREG(old.st_mode) ? write_to(file, document) : replace(file, document, exists ? &old : nullptr);
    if (!written) {
        tell(file, std::strerror(errno));
    }
    return written;
}

bool write_document(const std::string& text, const std::string& file) {
    return write_document([&](const auto& write) { write(text); }, file);
}

}  // namespace sceplab::cli
