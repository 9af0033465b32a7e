#pragma once

#include <conformance/tests/support/truth.h>

namespace sceplab::test {

// Runs sceplab and waits for it.
[[nodiscard]] inline sceptest::RunResult run_sceplab(std::vector<std::string> arguments, const sceptest::RunOptions& options = {}) {
    arguments.insert(arguments.begin(), sceptest::sceplab());
    return sceptest::run(arguments, options);
}

// `replay --format json` of a capture of a run, with the run's keys and certificates.
[[nodiscard]] inline std::vector<std::string> replay_arguments(const std::filesystem::path& capture, const std::string& keys_of) {
    std::vector<std::string> arguments{"replay", "--format", "json", capture};
    for (const std::string& key : materials(keys_of, ".key")) {
        arguments.insert(arguments.end(), {"--key", key});
    }
    for (const std::string& certificate : materials(keys_of, ".pem")) {
        arguments.insert(arguments.end(), {"--cert", certificate});
    }
    return arguments;
}

[[nodiscard]] inline std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace sceplab::test
