#include <conformance/rules/profile.h>
#include <conformance/rules/registry.h>
#include <conformance/tests/support/laboratory.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace {

using namespace sceplab::rules;
namespace test = sceplab::test;

// An exchange whose reply echoes a wrong nonce, judged by a profile.
Result wrong_echo(std::string_view profile) {
    test::Laboratory lab;
    auto plan = lab.enrolment();
    plan.reply->transaction.recipient_nonce = test::Octets(16, 0xee);
    lab.play(plan);
    return lab.judge({.profile = profile});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(profiles)

BOOST_AUTO_TEST_CASE(the_four_of_the_command_line_are_there) {
    for (const char* name : {"rfc8894", "nourse", "strict-der", "cms-extended"}) {
        BOOST_REQUIRE(Profile::named(name).has_value());
        BOOST_TEST(Profile::named(name)->name() == name);
    }
    BOOST_TEST(!Profile::named("RFC8894").has_value());
}

BOOST_AUTO_TEST_CASE(every_rule_that_a_profile_changes_exists) {
    const auto all = all_rules();
    for (const std::string_view changed : Profile::changed_rules()) {
        BOOST_TEST(std::ranges::count(all, changed, &RuleInfo::id) == 1, changed << " is no rule");
    }
}

BOOST_AUTO_TEST_CASE(the_default_leaves_every_level_as_the_rule_has_it_or_does_not_ask) {
    const Profile profile = *Profile::named("rfc8894");
    for (const RuleInfo& rule : all_rules()) {
        BOOST_TEST((profile.severity(rule.id, rule.severity).value_or(rule.severity) == rule.severity));
    }
}

BOOST_AUTO_TEST_CASE(the_drafts_know_single_des_and_no_renewal_type) {
    const Profile nourse = *Profile::named("nourse");
    BOOST_TEST((nourse.severity("algorithm.no-des", Severity::error) == Severity::notice));
    BOOST_TEST((nourse.severity("nonce.sender-present-in-reply", Severity::warning) == Severity::error));
    BOOST_TEST(!nourse.severity("renewal.has-renewal-type", Severity::notice).has_value());
    BOOST_TEST(!Profile::named("cms-extended")->severity("recipient.form", Severity::warning).has_value());
}

BOOST_AUTO_TEST_CASE(the_engine_gives_findings_the_level_of_the_profile) {
    BOOST_TEST((test::finding(wrong_echo("rfc8894"), "nonce.recipient-echoes-sender").rule.severity == Severity::error));
    BOOST_TEST((test::finding(wrong_echo("nourse"), "nonce.recipient-echoes-sender").rule.severity == Severity::warning));
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_off_is_not_asked) {
    const auto asked = [](const Result& result) { return std::ranges::count(result.rules, "renewal.announced", [](const Tally& tally) { return tally.rule.id; }); };
    BOOST_TEST(asked(wrong_echo("rfc8894")) == 1);
    BOOST_TEST(asked(wrong_echo("nourse")) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
