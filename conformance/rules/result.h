#pragma once

#include <conformance/evidence/summary.h>
#include <conformance/rules/field_failures.h>
#include <conformance/rules/rule.h>

#include <string>
#include <vector>

namespace sceplab::rules {

struct Finding {
    RuleInfo rule;                    // its severity as the profile has it
    Violation violation;
    std::vector<const KnownFailure*> known = {};  // what it is known to break; Engine::finish() fills it in
};

struct NotPerformed {
    std::optional<std::uint32_t> exchange;   // nothing for a rule over the whole run
    Side side = Side::request;
    std::string reason;
};

// How often a rule was asked, and what it said.
struct Tally {
    RuleInfo rule;
    std::uint32_t pass = 0;
    std::uint32_t violated = 0;
    std::uint32_t not_applicable = 0;
    std::vector<NotPerformed> not_performed;
};

// Everything a report is made of. Engine::finish() fills profile, findings and rules, whoever runs it the rest. exchanges[i].index is i. Findings are in the order of exchange, side, source, offset, rule.
struct Result {
    std::string version;
    std::string profile;
    std::vector<std::string> inputs;
    std::vector<input::Damage> errors;
    std::vector<evidence::ExchangeSummary> exchanges;
    std::vector<Finding> findings;
    std::vector<Tally> rules;         // in the registry's order

    [[nodiscard]] std::size_t count(Severity severity) const;
    [[nodiscard]] std::size_t not_performed() const;
    // The run's number of a source of an exchange.
    [[nodiscard]] std::uint32_t source_number(std::uint32_t exchange, scep::SourceId source) const;
};

}  // namespace sceplab::rules
