#pragma once

#include <string>

namespace sceplab::cli {

// `sceplab rules [ID]`: every rule on a line, or one with all that is known of it. Gives the exit code.
[[nodiscard]] int list_rules(const std::string& id);

}  // namespace sceplab::cli
