#include <conformance/rules/result.h>

#include <algorithm>

namespace sceplab::rules {

std::size_t Result::count(Severity severity) const {
    return static_cast<std::size_t>(std::ranges::count(findings, severity, [](const Finding& finding) { return finding.rule.severity; }));
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
