#pragma once

#include <conformance/cli/options.h>

namespace sceplab::cli {

// `sceplab redact`: writes a capture that is safe to share, and tells on standard error what it changed and what it cannot hide. Gives the exit code.
[[nodiscard]] int redact(const RedactOptions& options);

}  // namespace sceplab::cli
