#pragma once

#include <conformance/cli/options.h>

namespace sceplab::cli {

// `sceplab diff A B`: two messages or two captures compared structure by structure. Gives the exit code: 1 where something differs that matters.
[[nodiscard]] int diff(const DiffOptions& options);

}  // namespace sceplab::cli
