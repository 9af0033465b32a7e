#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bench {

// Each library that takes part with its version; one that was not there when this was built says so.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> versions();

} // namespace bench
