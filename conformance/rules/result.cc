#include <conformance/rules/result.h>

#include <algorithm>

namespace sceplab::rules {

std::size_t Result::count(Severity severity) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(findings, [&](const Finding& finding) { return finding.rule.severity == severity && !finding.expected; }));
}

std::size_t Result::expected() const {
    return static_cast<std::size_t>(std::ranges::count_if(findings, [](const Finding& finding) { return finding.expected.has_value(); }));
}

std::size_t Result::count(Expectation::State state) const {
    return static_cast<std::size_t>(std::ranges::count(expectations, state, &Expectation::state));
}

std::size_t Result::not_performed() const {
    std::size_t sum = 0;
    for (const Tally& tally : rules) {
        sum += tally.not_performed.size();
    }
    return sum;
}

std::uint32_t Result::source_number(std::uint32_t exchange, scep::SourceId source) const {
    return exchange < exchanges.size() ? exchanges.first_source(exchange) + source : source;
}

}  // namespace sceplab::rules
