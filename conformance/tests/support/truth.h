#pragma once

#include <sceptest.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

// What tshark and OpenSSL say of the bundled captures (vectors/captures/*/truth.json), to hold a reading of ours against.
namespace sceplab::test {

using Json = nlohmann::json;

[[nodiscard]] inline std::filesystem::path captures_dir() { return sceptest::source_dir() / "vectors" / "captures"; }

[[nodiscard]] inline Json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    return Json::parse(file);
}

// The folders of the runs, by name.
[[nodiscard]] inline std::vector<std::string> captured_runs() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(captures_dir())) {
        if (std::filesystem::exists(entry.path() / "capture.pcapng")) {
            names.push_back(entry.path().filename());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

// The same. Under sanitizers, with which the program takes ten times as long and meets the same code in each, every third.
[[nodiscard]] inline std::vector<std::string> runs_to_convert() {
    constexpr std::size_t step = 3;
    std::vector<std::string> all = captured_runs();
    if (sceptest::sanitized()) {
        std::size_t at = 0;
        std::erase_if(all, [&](const std::string&) { return at++ % step != 0; });
    }
    return all;
}

// The files of a run's keys folder with that ending: ".key" or ".pem".
[[nodiscard]] inline std::vector<std::string> materials(const std::string& run, const std::string& ending) {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(captures_dir() / run / "keys")) {
        if (entry.path().extension() == ending) {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

// Every member that the truth has, and where ours says otherwise; one line each. Members that only we have are not looked at.
inline void differences(const Json& truth, const Json& ours, const std::string& where, std::vector<std::string>& out) {
    if (truth.is_object() && ours.is_object()) {
        for (const auto& [name, value] : truth.items()) {
            if (ours.contains(name)) {
                differences(value, ours[name], where + "." + name, out);
            } else {
                out.push_back(where + "." + name + " is missing, want " + value.dump());
            }
        }
    } else if (truth.is_array() && ours.is_array() && truth.size() == ours.size()) {
        for (std::size_t i = 0; i < truth.size(); ++i) {
            differences(truth[i], ours[i], where + "[" + std::to_string(i) + "]", out);
        }
    } else if (truth != ours) {
        out.push_back(where + ": " + ours.dump() + ", want " + truth.dump());
    }
}

[[nodiscard]] inline std::string differences(const Json& truth, const Json& ours) {
    std::vector<std::string> lines;
    differences(truth, ours, "", lines);
    std::string out;
    for (const std::string& line : lines) {
        out += line + "\n";
    }
    return out;
}

}  // namespace sceplab::test
