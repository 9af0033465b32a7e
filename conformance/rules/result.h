#pragma once

#include <conformance/evidence/summaries.h>
#include <conformance/rules/field_failures.h>
#include <conformance/rules/rule.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sceplab::rules {

struct Finding {
    RuleInfo rule;                    // its severity as the profile has it
    Violation violation;
    std::optional<std::uint32_t> expected = std::nullopt;   // which of the run's expectations says so: known, and no failure
    std::vector<const KnownFailure*> known = {};  // what it is known to break; Engine::finish() fills it in
};

struct NotPerformed {
    std::optional<std::uint32_t> exchange;   // nothing for a rule over the whole run
    Side side = Side::request;
    std::string_view reason;                 // lives in Result::reasons
};

using Reasons = std::set<std::string, std::less<>>;

// How often a rule was asked, and what it said.
struct Tally {
    RuleInfo rule;
    std::uint32_t pass = 0;
    std::uint32_t violated = 0;
    std::uint32_t not_applicable = 0;
    std::vector<NotPerformed> not_performed;
    bool of_run = false;              // asked about the run as a whole
    std::vector<bool> passed_in = {}; // by input: it held there at least once; what lies beyond the end is false
};

// A known deviation. What is not given is not asked about.
struct Expectation {
    std::string rule;                            // an id, or a glob over ids
    std::optional<std::uint32_t> exchange;
    std::optional<Side> side;
    std::optional<std::string> input;            // a glob over the input's name, or over the last part of it
    std::optional<std::string> transaction_id;   // of the request or the answer
    std::optional<std::string> message_type;     // likewise, as the report spells it
    std::string reason;

    enum class State : std::uint8_t {
        met,
        unmet,          // its rule was asked, and found nothing where it says so
        not_performed,  // nothing was found, and not everything could be judged: its rule was not asked, or not there
    };
    State state = State::not_performed;
    std::uint32_t findings = 0;                  // that it fits
};
[[nodiscard]] std::string_view name(Expectation::State state);

// Everything a report is made of. Engine::finish() fills profile, findings and rules, whoever runs it the rest. exchanges[i].index is i. Findings are in the order of exchange, side, source, offset, rule.
struct Result {
    std::string version;
    std::string profile;
    std::vector<std::string> inputs;
    std::vector<input::Damage> errors;
    evidence::ExchangeSummaries exchanges;
    std::vector<Finding> findings;
    std::vector<Tally> rules;         // in the registry's order
    std::shared_ptr<const Reasons> reasons;  // of all that was not performed, each once
    std::vector<Expectation> expectations;  // in the order they were given; see expect()

    // Findings of that severity that nobody expected.
    [[nodiscard]] std::size_t count(Severity severity) const;
    [[nodiscard]] std::size_t expected() const;
    [[nodiscard]] std::size_t count(Expectation::State state) const;
    [[nodiscard]] std::size_t not_performed() const;
    // The run's number of a source of an exchange.
    [[nodiscard]] std::uint32_t source_number(std::uint32_t exchange, scep::SourceId source) const;
};

// Holds the findings against what is known: marks those that are expected, and tells of each expectation whether it is met. After Engine::finish().
void expect(Result& result, std::vector<Expectation> expectations);

}  // namespace sceplab::rules
