#include <conformance/rules/glob.h>
#include <conformance/rules/result.h>

#include <algorithm>
#include <map>

namespace sceplab::rules {

namespace {

using Text = std::optional<std::string> evidence::MessageSummary::*;

bool either_side_has(const evidence::ExchangeSummary& exchange, Text member, const std::string& wanted) {
    return (exchange.request && (*exchange.request).*member == wanted) || (exchange.response && (*exchange.response).*member == wanted);
}

bool is_input(std::string_view name, std::string_view pattern) {
    return glob_matches(pattern, name) || glob_matches(pattern, name.substr(name.find_last_of('/') + 1));
}

// Nothing stands for the run as a whole, which an expectation of one exchange does not mean.
bool fits(const Expectation& expectation, const Result& result, std::optional<std::uint32_t> number, Side side) {
    const bool somewhere = number && *number < result.exchanges.size();
    const bool anywhere = !expectation.exchange && !expectation.side && !expectation.input && !expectation.transaction_id && !expectation.message_type;
    if (!somewhere || anywhere) {
        return anywhere;
    }
    const evidence::ExchangeSummary& exchange = result.exchanges[*number];
    return expectation.exchange.value_or(*number) == *number && expectation.side.value_or(side) == side &&
           (!expectation.input || (exchange.input < result.inputs.size() && is_input(result.inputs[exchange.input], *expectation.input))) &&
           (!expectation.transaction_id || either_side_has(exchange, &evidence::MessageSummary::transaction_id, *expectation.transaction_id)) &&
           (!expectation.message_type || either_side_has(exchange, &evidence::MessageSummary::message_type, *expectation.message_type));
}

Expectation::State state_of(const Expectation& expectation, const Result& result, const std::vector<const Tally*>& asked) {
    if (expectation.findings > 0) {
        return Expectation::State::met;
    }
    // Damage may have taken away what was expected.
    bool judged = !asked.empty() && result.errors.empty();
    for (const Tally* tally : asked) {
        judged = judged && std::ranges::none_of(tally->not_performed, [&](const NotPerformed& entry) {
                     return !entry.exchange || fits(expectation, result, entry.exchange, entry.side);
                 });
    }
    return judged ? Expectation::State::unmet : Expectation::State::not_performed;
}

}  // namespace

std::string_view name(Expectation::State state) {
    switch (state) {
        case Expectation::State::met: return "met";
        case Expectation::State::unmet: return "unmet";
        case Expectation::State::not_performed: return "not_performed";
    }
    return "not_performed";
}

void expect(Result& result, std::vector<Expectation> expectations) {
    std::map<std::string_view, std::vector<std::uint32_t>> by_rule;
    std::vector<std::vector<const Tally*>> asked(expectations.size());
    for (const Tally& tally : result.rules) {
        for (std::uint32_t i = 0; i < expectations.size(); ++i) {
            if (glob_matches(expectations[i].rule, tally.rule.id)) {
                by_rule[tally.rule.id].push_back(i);
                asked[i].push_back(&tally);
            }
        }
    }
    for (Finding& finding : result.findings) {
        for (const std::uint32_t i : by_rule[finding.rule.id]) {
            if (fits(expectations[i], result, finding.violation.place.exchange, finding.violation.place.side)) {
                ++expectations[i].findings;
                finding.expected = finding.expected.value_or(i);
            }
        }
    }
    for (std::uint32_t i = 0; i < expectations.size(); ++i) {
        expectations[i].state = state_of(expectations[i], result, asked[i]);
    }
    result.expectations = std::move(expectations);
}

}  // namespace sceplab::rules
