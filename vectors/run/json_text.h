#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace sceplab::vectors {

using Json = nlohmann::ordered_json;

// The value of a JSON text; nothing where it is none, where it holds a NUL (which nlohmann takes for its end), or where it is nested deeper
// than anything here is: values are copied and compared by recursion.
[[nodiscard]] std::optional<Json> parse_json(std::string_view text);

}  // namespace sceplab::vectors
