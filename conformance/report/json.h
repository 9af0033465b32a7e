#pragma once

#include <conformance/report/options.h>
#include <conformance/rules/result.h>

#include <string>

namespace sceplab::report {

// The report that others build on, as sceplab-report-1.schema.json says. Members stand in a fixed order; octets that are not UTF-8 become
// U+FFFD.
[[nodiscard]] std::string json(const rules::Result& result, const Options& options = {});

} // namespace sceplab::report
