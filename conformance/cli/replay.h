#pragma once

#include <conformance/cli/options.h>

namespace sceplab::cli {

// `sceplab replay`: reads the inputs, judges every exchange, writes the report. Gives the exit code.
[[nodiscard]] int replay(const ReplayOptions& options);

}  // namespace sceplab::cli
