#pragma once

#include <conformance/rules/result.h>

#include <string>

namespace sceplab::report {

// SARIF 2.1.0. The inputs are artifacts, and what was taken out of them (a body, a decrypted content) artifacts nested in them, so that each
// region is exact. Violations are results of kind fail; what held, had nothing to judge or was not performed is told once a rule (and
// reason), as kinds pass, notApplicable and open.
[[nodiscard]] std::string sarif(const rules::Result& result);

} // namespace sceplab::report
