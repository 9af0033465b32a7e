#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

// Test cases before they are numbered and written: vectors/README.md tells the form of each type of group.
namespace sceplab::vectors {

// Members stay in the order in which they were set.
using Json = nlohmann::ordered_json;

// valid: must be accepted, with these fields. invalid: must be rejected. acceptable: may be either; where it is accepted, with these fields.
enum class Result : std::uint8_t { valid, invalid, acceptable };

struct Case {
    std::string name;     // unique in its file, never changed: the id belongs to it
    std::string comment;  // why it is there: what is special about the input, and what goes wrong where it is mistaken
    Result result = Result::valid;
    std::vector<std::string> flags;  // of notes/*.tsv
    Json members = Json::object();   // "input" and the like, "fields", "plaintext", "where", "findings"
};

// Cases that share a type and members, such as keys.
struct Group {
    std::string type;
    Json members = Json::object();
    std::vector<Case> cases;
};

// vectors/v1/NAME.json. Ids are NAME-0001 and so on.
struct File {
    std::string name;
    std::string about;  // what an implementation does with the inputs, one sentence
    std::vector<Group> groups;
};

}  // namespace sceplab::vectors
