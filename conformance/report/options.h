#pragma once

#include <conformance/rules/rule.h>

namespace sceplab::report {

struct Options {
    bool show_secrets = false; // challengePassword as it is
    bool colour = false;       // text: escape sequences of a terminal
    bool quiet = false;        // text: findings and the summary only
    rules::Severity fail_on = rules::Severity::error; // JUnit: the level from which a finding is a failure
};

} // namespace sceplab::report
