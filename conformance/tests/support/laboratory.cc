#include <conformance/tests/support/laboratory.h>

#include <conformance/evidence/investigator.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace sceplab::test {

rules::Result Laboratory::judge(vectors::Laboratory& lab, const Judging& judging) {
    evidence::Settings settings;
    if (judging.keys) {
        settings.keys.push_back(parties().ca.key_copy());
        settings.keys.push_back(parties().client.key_copy());
    }
    settings.local = lab.local;
    settings.challenges = lab.challenges();
    evidence::Investigator investigator(std::move(settings));
    rules::Engine engine(*rules::Profile::named(judging.profile), judging.pattern);
    for (input::Exchange& exchange : lab.exchanges()) {
        engine.judge(investigator.investigate(std::move(exchange)));
    }
    rules::Result result;
    engine.finish(result);
    return result;
}

std::vector<std::string> fired(const rules::Result& result) {
    std::vector<std::string> ids;
    std::ranges::transform(result.findings, std::back_inserter(ids), [](const rules::Finding& each) { return std::string(each.rule.id); });
    std::ranges::sort(ids);
    return ids;
}

const rules::Finding& finding(const rules::Result& result, std::string_view rule) {
    const auto found = std::ranges::find(result.findings, rule, [](const rules::Finding& each) { return each.rule.id; });
    BOOST_REQUIRE_MESSAGE(found != result.findings.end(), rule << " did not fire");
    return *found;
}

const rules::Tally& tally(const rules::Result& result, std::string_view rule) {
    const auto found = std::ranges::find(result.rules, rule, [](const rules::Tally& each) { return each.rule.id; });
    BOOST_REQUIRE_MESSAGE(found != result.rules.end(), rule << " is no rule");
    return *found;
}

}  // namespace sceplab::test
