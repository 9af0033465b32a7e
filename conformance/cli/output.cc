#include <conformance/cli/output.h>

#include <conformance/tree/legible.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <unistd.h>

namespace sceplab::cli {

void tell(const std::string& name, const std::string& reason) {
    std::cerr << "sceplab: " << tree::legible(name) << ": " << tree::legible(reason) << std::endl;
}

void tell(const std::string& name, const input::Damage& damage) {
    tell(name, damage.unusable ? damage.reason : damage.reason + " (at offset " + std::to_string(damage.offset) + ")");
}

bool write_document(const std::string& text, const std::string& file) {
    if (file.empty()) {
        std::cout << text << std::flush;
        if (!std::cout) {
            tell("standard output", "cannot be written");
        }
        return static_cast<bool>(std::cout);
    }
    // A device, a pipe or a link is written to, not replaced.
    std::error_code error;
    const auto kind = std::filesystem::symlink_status(file, error).type();
    const bool replaced = kind == std::filesystem::file_type::not_found || kind == std::filesystem::file_type::regular;
    const std::string beside = replaced ? file + ".part-" + std::to_string(getpid()) : file;
    std::ofstream out(beside, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    error.clear();
    if (!out) {
        error = std::error_code(errno, std::generic_category());
    } else if (replaced) {
        std::filesystem::rename(beside, file, error);
    }
    if (error) {
        tell(file, error.message());
        if (replaced) {
            std::error_code ignored;
            std::filesystem::remove(beside, ignored);
        }
        return false;
    }
    return true;
}

}  // namespace sceplab::cli
