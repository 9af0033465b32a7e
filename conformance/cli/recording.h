#pragma once

#include <conformance/cli/options.h>
#include <conformance/cli/unusable.h>
#include <conformance/diff/recording.h>

namespace sceplab::cli {

// Reads the inputs, judges them by every rule, and keeps the octets. Damage is told on standard error, and is in the result's errors. Unusable: a key, a
// certificate or the like.
[[nodiscard]] Loaded<diff::Recording> record(const std::vector<std::string>& inputs, const MaterialOptions& materials, const std::string& profile, bool quiet);

}  // namespace sceplab::cli
