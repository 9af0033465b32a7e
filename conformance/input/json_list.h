#pragma once

#include <nlohmann/json.hpp>

#include <cstdio>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sceplab::input {

// One element of a list in a JSON document.
struct JsonElement {
    nlohmann::json value;
    std::size_t index = 0;
    std::uint64_t offset = 0; // of its first octet in the file
};

struct JsonProblem {
    std::uint64_t offset = 0;
    std::string reason;
};

// What is read of a document: the elements of the list at `path` (a name for each object on the way), one at a time, and the scalars of the outermost object.
// Members of elements that are not `wanted`, in any depth, are passed over; with none named, all are kept. One element is held at a time, and is bounded.
struct JsonList {
    static constexpr std::uint64_t max_element = 128u << 20;
    static constexpr std::size_t max_values = 20'000;
    static constexpr std::size_t max_depth = 64;

    std::span<const std::string_view> path;
    std::span<const std::string_view> wanted = {};
    std::function<void(JsonElement&&)> element;
};

struct JsonRead {
    nlohmann::json rest = nlohmann::json::object(); // the scalars of the outermost object, as far as it was read
    bool found = false;                             // there was such a list
    std::optional<JsonProblem> problem;
};

[[nodiscard]] JsonRead read_json_list(std::FILE* file, const JsonList& list);

} // namespace sceplab::input
