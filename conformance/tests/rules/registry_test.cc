#include <conformance/tests/rules/rows.h>

#include <conformance/rules/registry.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <set>

// All rules as a whole: their names, what they cite, and that each is seen to fire.
namespace {

using namespace sceplab;
using rules::Document;

// The sections of RFC 8894 by its table of contents, those that say something of messages.
constexpr std::array rfc8894_sections{
    "2.1.1",   "2.1.2", "2.2",     "2.3",     "2.4",     "2.5",     "2.5.1",   "2.6",   "2.7", "2.8",   "2.9",   "3",       "3.1",
    "3.2",     "3.2.1", "3.2.1.1", "3.2.1.2", "3.2.1.3", "3.2.1.4", "3.2.1.5", "3.2.2", "3.3", "3.3.1", "3.3.2", "3.3.2.1", "3.3.2.2",
    "3.3.2.3", "3.3.3", "3.3.4",   "3.4",     "3.5",     "3.5.1",   "3.5.2",   "4",     "4.1", "4.2",   "4.2.1", "4.2.1.1", "4.2.1.2",
    "4.3",     "4.3.1", "4.4",     "4.4.1",   "4.5",     "4.5.1",   "4.6",     "4.6.1", "4.7", "4.7.1",
};
// And the others, as far as they are cited.
struct Section {
    Document document;
    const char* section;
};
constexpr std::array other_sections{
    Section{Document::rfc5652, "5.1"},   Section{Document::rfc5652, "5.2"},      Section{Document::rfc5652, "5.3"},
    Section{Document::rfc5652, "5.6"},   Section{Document::rfc5652, "6.1"},      Section{Document::rfc5652, "6.2"},
    Section{Document::rfc5652, "11"},    Section{Document::rfc5652, "11.1"},     Section{Document::rfc2986, "4.2"},
    Section{Document::rfc2985, "5.4.1"}, Section{Document::nourse22, "3.2.2.1"}, Section{Document::rfc4648, "3.1"},
    Section{Document::rfc4648, "3.2"},   Section{Document::nourse22, "3"},      Section{Document::nourse22, "3.1"},
    Section{Document::nourse22, "3.1.2"}, Section{Document::nourse22, "3.1.1.1"}, Section{Document::nourse22, "3.1.1.2"},
    Section{Document::nourse22, "3.2.1"},
};

std::vector<test::Row> all_rows() {
    std::vector<test::Row> rows;
    for (const auto& table : {test::algorithm_rows(), test::attribute_rows(), test::body_rows(), test::content_rows(),
                              test::fail_info_rows(), test::http_rows(), test::issued_rows(), test::next_ca_rows(), test::nonce_rows(),
                              test::query_rows(), test::recipient_rows(), test::signed_attribute_rows(), test::signed_data_rows(),
                              test::signer_rows(), test::status_rows(), test::transaction_rows(), test::version_rows(), test::draft_rows(), test::envelope_form_rows(), test::named_ca_rows(),
                              test::refusal_rows()}) {
        rows.insert(rows.end(), table.begin(), table.end());
    }
    return rows;
}

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
    for (const auto& rule : rules::all_rules()) {
        BOOST_TEST(rule.says.size() > 20U, rule.id);
        BOOST_TEST(!rule.says.ends_with('.'), rule.id);
        BOOST_TEST(!rule.covers.empty(), rule.id);
        std::set<std::string_view> covers(rule.covers.begin(), rule.covers.end());
        BOOST_TEST(covers.size() == rule.covers.size(), rule.id << " covers a requirement twice");
    }
}

BOOST_AUTO_TEST_CASE(each_citation_is_a_section_that_exists) {
    for (const auto& rule : rules::all_rules()) {
        const bool known = rule.cite.document == Document::rfc8894
                               ? std::ranges::find(rfc8894_sections, rule.cite.section) != rfc8894_sections.end()
                               : std::ranges::any_of(other_sections, [&](const Section& each) {
                                     return each.document == rule.cite.document && each.section == rule.cite.section;
                                 });
        BOOST_TEST(known, rule.id << " cites " << to_string(rule.cite));
    }
}

BOOST_AUTO_TEST_CASE(each_rule_fires_in_some_row) {
    std::set<std::string> fired;
    for (const test::Row& row : all_rows()) {
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

BOOST_AUTO_TEST_SUITE_END()
