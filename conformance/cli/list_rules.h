#pragma once

#include <conformance/cli/options.h>

namespace sceplab::cli {

// `sceplab rules [ID]...`: every rule on a line, or those of an id or a pattern with all that is known of them. Gives the exit code.
[[nodiscard]] int list_rules(const RulesOptions& options);

}  // namespace sceplab::cli
