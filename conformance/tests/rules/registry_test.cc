#include <conformance/tests/rules/rows.h>

#include <conformance/rules/registry.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

// All rules as a whole: their names, what they cite, and that each is seen to fire.
namespace {

using namespace sceplab;
using rules::Document;

}  // namespace

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(ids_are_unique_and_well_formed) {
    std::set<std::string_view> seen;
    for (const auto& rule : rules::all_rules()) {
        BOOST_TEST(seen.insert(rule.id).second, rule.id << " twice");
        const auto dot = rule.id.find('.');
        BOOST_TEST(
            (dot != std::string_view::npos && dot > 0 && dot + 1 < rule.id.size() && rule.id.find('.', dot + 1) == std::string_view::npos),
            rule.id);
        BOOST_TEST(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string_view::npos, rule.id);
    }
    BOOST_TEST(seen.size() > 100U);
}

BOOST_AUTO_TEST_CASE(each_rule_says_something_and_covers_something) {
    // A requirement of the catalogue, a failure of the field, or what implementations do.
    std::set<std::string_view> known;
    for (const rules::KnownFailure& failure : rules::known_failures()) {
        for (std::string_view rest = failure.rules; !rest.empty();) {
            const auto space = rest.find(' ');
            known.insert(rest.substr(0, space));
            rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
        }
    }
    for (const auto& rule : rules::all_rules()) {
        BOOST_TEST(rule.says.size() > 20U, rule.id);
        BOOST_TEST(!rule.says.ends_with('.'), rule.id);
        BOOST_TEST((!rule.covers.empty() || rule.cite.document == Document::practice || known.contains(rule.id)), rule.id);
        std::set<std::string_view> covers(rule.covers.begin(), rule.covers.end());
        BOOST_TEST(covers.size() == rule.covers.size(), rule.id << " covers a requirement twice");
    }
}

BOOST_AUTO_TEST_CASE(each_rule_fires_in_some_row) {
    std::set<std::string> fired;
    for (const test::Row& row : test::all_rows()) {
        fired.insert(row.findings.begin(), row.findings.end());
    }
    for (const auto& rule : rules::all_rules()) {
        BOOST_TEST(fired.contains(std::string(rule.id)), rule.id << " fires nowhere");
    }
}

BOOST_AUTO_TEST_CASE(a_pattern_asks_the_rules_that_it_names_alone) {
    test::Laboratory lab;
    lab.introduce();
    auto plan = lab.enrolment();
    plan.reply->transaction.recipient_nonce = lab.nonce();
    plan.reply->transaction.transaction_id = "another";
    lab.play(plan);
    const auto result = lab.judge({.pattern = "nonce.*"});
    BOOST_TEST(test::fired(result) == std::vector<std::string>{"nonce.recipient-echoes-sender"}, boost::test_tools::per_element());
    for (const auto& tally : result.rules) {
        BOOST_TEST(tally.rule.id.starts_with("nonce."), tally.rule.id);
    }
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_left_out_is_not_asked) {
    const auto asked = [](std::string_view without) {
        rules::Engine engine(*rules::Profile::named("rfc8894"), "nonce.*", without);
        rules::Result result;
        engine.finish(result);
        return result.rules.size();
    };
    BOOST_TEST(asked("nonce.sender-fresh") == asked({}) - 1);
    BOOST_TEST(asked("nonce.*") == asked({}));
}

BOOST_AUTO_TEST_SUITE_END()
