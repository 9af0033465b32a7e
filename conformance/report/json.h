#pragma once

#include <conformance/report/options.h>
#include <conformance/rules/result.h>

#include <functional>
#include <string>
#include <string_view>

namespace sceplab::report {

// The report that others build on, as sceplab-report-1.schema.json says. Members stand in a fixed order; octets that are not UTF-8 become
// U+FFFD.
using Write = std::function<void(std::string_view)>;
void json(const rules::Result& result, const Options& options, const Write& write);
// The same as one text.
[[nodiscard]] std::string json(const rules::Result& result, const Options& options = {});

} // namespace sceplab::report
