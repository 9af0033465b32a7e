#pragma once

#include <string_view>

namespace sceplab::rules {

// '*' is any run of characters, '?' any one. The time is bounded by the product of the lengths.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace sceplab::rules
