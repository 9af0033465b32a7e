#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sceplab::cli {

// "; did you mean a or b?" of the names that are like `text`; empty where none is.
[[nodiscard]] std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& names);

}  // namespace sceplab::cli
