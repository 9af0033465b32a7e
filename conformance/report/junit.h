#pragma once

#include <conformance/report/options.h>
#include <conformance/rules/result.h>

#include <string>

namespace sceplab::report {

// JUnit's XML, as CI systems read it. A testsuite an input, and one for what is judged over the whole run; in each, a testcase a rule, its
// family the classname. Findings at or above options.fail_on are failures, the others stand in system-out; what was not performed or not
// applicable is skipped, with the reason; damage is an error of the testcase "input".
[[nodiscard]] std::string junit(const rules::Result& result, const Options& options = {});

} // namespace sceplab::report
