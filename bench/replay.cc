#include "replay.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sys/wait.h>

namespace bench {

namespace {

std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

// Standard output of a command; findings (exit code 1) are no failure.
std::string output(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        give_up("cannot run " + command);
    }
    std::string out;
    char buffer[65'536];
    for (std::size_t size = 0; (size = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
        out.append(buffer, size);
    }
    const int status = pclose(pipe);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        give_up("failed: " + command);
    }
    return out;
}

bool holds(const std::filesystem::path& file, std::string_view line) {
    std::ifstream in(file);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return text.find(line) != std::string::npos;
}

} // namespace

void add_replay(Suite& suite, const std::filesystem::path& sceplab, const std::filesystem::path& captures) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(captures)) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::string command = quoted(sceplab.string()) + " replay --quiet";
    std::size_t octets = 0;
    for (const auto& file : files) {
        if (file.filename() == "capture.pcapng") {
            command += " " + quoted(file.string());
            octets += std::filesystem::file_size(file);
        } else if (file.extension() == ".key" && holds(file, "PRIVATE KEY-----")) {
            command += " --key " + quoted(file.string());
        } else if (file.extension() == ".pem" && holds(file, "-----BEGIN CERTIFICATE-----")) {
            command += " --cert " + quoted(file.string());
        }
    }
    const bool has_threads = output(quoted(sceplab.string()) + " replay --help").find("--threads") != std::string::npos;
    const auto with = [&](int threads) { return command + (has_threads ? " --threads " + std::to_string(threads) : ""); };
    const std::string text = output(with(1));
    const std::size_t exchanges = nlohmann::json::parse(output(with(1) + " --format json"))["exchanges"].size();
    for (const int threads : {1, 2}) {
        if (threads > 1 && !has_threads) {
            break;
        }
        Case one{.name = "replay of the captures, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads"),
                 .what = "the whole program, started anew: every capture, with its keys; wall time",
                 .octets = octets,
                 .messages = 2 * exchanges,
                 .reference = {},
                 .processes = true};
        one.reference.put("report", std::string_view(text));
        suite.add(one);
        suite.contend(one.name, column::ours, [command = with(threads)](Reading* reading) {
            const std::string report = output(command);
            if (reading != nullptr) {
                reading->put("report", std::string_view(report));
            }
        });
    }
}

} // namespace bench
