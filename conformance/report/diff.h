#pragma once

#include <conformance/diff/compare.h>
#include <conformance/report/options.h>

#include <string>

namespace sceplab::report {

// Two runs side by side: the rules that one violates and the other does not come first, then each pair of exchanges with what differs in it.
[[nodiscard]] std::string diff_text(const diff::Recording& a, const diff::Recording& b, const diff::Comparison& comparison, const Options& options = {});

// The same as JSON, as sceplab-diff-1.schema.json says.
[[nodiscard]] std::string diff_json(const diff::Recording& a, const diff::Recording& b, const diff::Comparison& comparison);

}  // namespace sceplab::report
