#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sceplab::cli {

// What keys and certificates the user has, as given on the command line.
struct MaterialOptions {
    std::vector<std::string> keys;
    std::string key_password;
    std::vector<std::string> certificates;
    std::vector<std::string> anchors;
    std::vector<std::string> challenges;
    std::string time;
    bool cryptography = true;
    std::string facts;  // a file of what the traffic cannot know; empty: none
};

struct OutputOptions {
    std::string format = "text";
    std::string file;   // empty: standard output
    bool show_secrets = false;
    bool quiet = false;
};

struct ReplayOptions {
    std::vector<std::string> inputs;
    MaterialOptions materials;
    OutputOptions output;
    std::string profile = "rfc8894";
    std::string rules = "*";
    std::string fail_on = "error";
    std::string expect;  // a file of known deviations; empty: none
    unsigned threads = 0;  // 0: as many as the machine runs at once
};

struct DecodeOptions {
    std::vector<std::string> inputs;
    MaterialOptions materials;
    OutputOptions output;
    std::string profile = "rfc8894";
};

struct DiffOptions {
    std::string a;
    std::string b;
    MaterialOptions materials;
    OutputOptions output;
    std::string profile = "rfc8894";
};

struct RulesOptions {
    std::vector<std::string> patterns;  // none: a list of all
    OutputOptions output;
};

struct RedactOptions {
    std::string input;
    std::string file;
};

struct VectorOptions {
    std::vector<std::string> inputs;  // documents and folders; none: vectors/v1
    std::string ids = "*";
    std::optional<std::string> harness;  // a command; none: our own codec
    double seconds = 10;  // for one answer
    std::string junit;    // a file; empty: none
    OutputOptions output;
};

// Exit codes of every command.
inline constexpr int exit_nothing_found = 0;
inline constexpr int exit_findings = 1;
inline constexpr int exit_unusable = 2;

}  // namespace sceplab::cli
