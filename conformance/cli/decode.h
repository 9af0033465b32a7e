#pragma once

#include <conformance/cli/options.h>

namespace sceplab::cli {

// `sceplab decode`: the annotated tree of every message of the inputs, decrypted layers nested where a key fits, and the findings
// of the rules next to the nodes that they speak of. Gives the exit code.
[[nodiscard]] int decode(const DecodeOptions& options);

}  // namespace sceplab::cli
