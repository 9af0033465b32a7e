// What the tests share: skipping, where things are, counting allocations, running a program.
// The program's main and the line of figures that ./dev test adds up come with linking this library.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sceptest {

// Leaves the running test (or row) as skipped. The reason is printed; a skipped test is neither passed nor failed.
[[noreturn]] void skip(std::string_view reason);

// The corpus folder named by the environment variable SCEPLAB_CORPUS, if it is set and exists.
[[nodiscard]] std::optional<std::filesystem::path> corpus();

// The root of the source tree and of the build tree.
[[nodiscard]] std::filesystem::path source_dir();
[[nodiscard]] std::filesystem::path build_dir();

// The sceplab program of this build; skips the test where it is not built.
[[nodiscard]] std::filesystem::path sceplab();

// True under AddressSanitizer, where time and memory are not what they are in a release.
[[nodiscard]] bool sanitized();

// The octets of a file; the test fails where it cannot be read.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::filesystem::path& path);

// Heap allocations (malloc, calloc, realloc, operator new and their kin) of this thread since construction.
class AllocationCount {
public:
    AllocationCount();
    [[nodiscard]] std::size_t allocations() const;

private:
    std::size_t m_start;
};

struct RunResult {
    int exit_code = -1; // 128 + signal where a signal ended it
    bool timed_out = false;
    std::string out;
    std::string err;
};

struct RunOptions {
    std::string_view input = {};
    std::chrono::milliseconds timeout = std::chrono::seconds{60}; // then the program is killed
    std::filesystem::path directory = {};                         // empty: the current one
    std::vector<std::string> environment = {};                    // NAME=value, added to ours
};

// Runs a program (looked up in PATH) and waits for it. exit_code is 127 where it cannot be started.
[[nodiscard]] RunResult run(const std::vector<std::string>& arguments, const RunOptions& options = {});

// A folder of its own, gone with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    // Writes a file into it and gives its path.
    std::filesystem::path write(std::string_view name, std::span<const std::uint8_t> octets) const;
    std::filesystem::path write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path m_path;
};

} // namespace sceptest
