#include <conformance/cli/redact.h>

#include <conformance/cli/output.h>
#include <conformance/redact/redact.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>

#include <unistd.h>

namespace sceplab::cli {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

void tell_report(const redact::Report& report, const std::string& file) {
    std::cerr << "sceplab: " << file << ": " << report.exchanges << (report.exchanges == 1 ? " exchange\n" : " exchanges\n");
    for (const std::string& line : report.changed) {
        std::cerr << "  changed: " << line << '\n';
    }
    for (const std::string& line : report.kept) {
        std::cerr << "  not hidden: " << line << '\n';
    }
}

}  // namespace

// Written beside its place and moved there when it is whole, so that a capture is never taken for redacted that is not.
int redact(const RedactOptions& options) {
    const std::string beside = options.file + ".part-" + std::to_string(getpid());
    std::unique_ptr<std::FILE, CloseFile> out(std::fopen(beside.c_str(), "wbx"));
    if (!out) {
        tell(options.file, std::strerror(errno));
        return exit_unusable;
    }
    bool damaged = false;
    const auto report = redact::redact(options.input, out.get(), [&](const input::Damage& damage) {
        damaged = true;
        tell(options.input, damage);
    });
    std::error_code error;
    if (!report) {
        tell(options.input, report.error());
    } else if (std::ferror(out.get()) != 0 || std::fclose(out.release()) != 0) {
        error = std::error_code(errno, std::generic_category());
    } else {
        std::filesystem::rename(beside, options.file, error);
    }
    if (error) {
        tell(options.file, error.message());
    }
    if (!report || error) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        return exit_unusable;
    }
    tell_report(*report, options.file);
    return damaged ? exit_unusable : exit_nothing_found;
}

}  // namespace sceplab::cli
