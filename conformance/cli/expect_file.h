#pragma once

#include <conformance/cli/unusable.h>
#include <conformance/rules/result.h>

namespace sceplab::cli {

// Reads known deviations, as sceplab-expect-1.schema.json has them. A rule that there is not is an error.
[[nodiscard]] Loaded<std::vector<rules::Expectation>> read_expectations(const std::string& path);

}  // namespace sceplab::cli
