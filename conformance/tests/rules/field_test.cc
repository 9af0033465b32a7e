#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

} // namespace

BOOST_AUTO_TEST_SUITE(field)

BOOST_DATA_TEST_CASE(what_breaks_receivers, data::make(test::field_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(answers, data::make(test::answer_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(an_hresult_is_told_in_words_and_placed_at_its_value) {
    Laboratory lab;
    test::answer_rows()[test::answer_rows().size() - 2].play(lab);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "vendor.microsoft-hresult").violation;
    BOOST_TEST(violation.message == "Microsoft's server gives the HRESULT \"-2147024809\", 0x80070057 E_INVALIDARG");
    BOOST_TEST(violation.place.where.length == 13U);
    BOOST_TEST(test::finding(result, "producer.encodes-like").violation.message ==
               "encodes like Microsoft NDES: an attribute of Microsoft's certificate services");
}

BOOST_AUTO_TEST_CASE(a_dialect_is_told_once_a_side_with_a_count) {
    Laboratory lab;
    lab.introduce();
    for (int i = 0; i < 3; ++i) {
        auto plan = lab.enrolment();
        plan.reply->octets = test::make_indefinite;
        lab.play(plan);
    }
    const auto result = lab.judge({.pattern = "field.indefinite-lengths"});
    BOOST_REQUIRE(result.findings.size() == 1U);
    const auto& violation = result.findings[0].violation;
    BOOST_TEST(violation.message.ends_with("(3 messages)"));
    BOOST_TEST(violation.place.exchange == 2U);
    BOOST_TEST((violation.place.side == rules::Side::response));
    BOOST_TEST(violation.place.where.offset == 0U);
}

BOOST_AUTO_TEST_CASE(a_challenge_is_never_told) {
    for (const test::Row& row : test::field_rows()) {
        for (const auto& finding : test::play(row).findings) {
            BOOST_TEST(!finding.violation.message.contains("aGlnaCBlbnRyb3B5IHNlY3JldA"), finding.violation.message);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
