#pragma once

#include <nlohmann/json.hpp>

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

// The documents of vectors/v1.
namespace sceplab::vectors {

using Json = nlohmann::ordered_json;

struct Vector {
    std::string file;  // "der"
    Json test;         // with what is expected
    Json request;      // what a harness is asked: members of the test and its group without what is expected
};

struct Fault {
    std::filesystem::path path;
    std::string reason;  // with the JSON pointer where there is one
};

// The cases of documents, or of every document of a folder, in alphabetical order of the files. All of them are held against the schema
// beside the documents, and no id may be there twice; what is wrong is told, as often as it is.
struct Loaded {
    std::vector<Vector> vectors;
    std::vector<Fault> faults;
};
[[nodiscard]] Loaded load(std::span<const std::filesystem::path> documents_and_folders);

}  // namespace sceplab::vectors
