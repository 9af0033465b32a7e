#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(enrolment)

BOOST_DATA_TEST_CASE(deviations, data::make(test::enrolment_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_short_secret_is_measured_and_not_told) {
    Laboratory lab;
    lab.play(test::asking(lab, [](auto& builder) { builder.challenge_password = "cisco123"; }));
    BOOST_TEST(test::finding(lab.judge(), "challenge.high-entropy").violation.message == "the 8 characters of the challengePassword, out of 36, make 41 bits at the most");
}

BOOST_AUTO_TEST_CASE(whether_a_secret_was_required_is_not_known_without_being_told) {
    Laboratory lab;
    lab.play(test::without_challenge(lab));
    const auto result = lab.judge();
    const auto& tally = test::tally(result, "issued.secret-asked");
    BOOST_REQUIRE(tally.not_performed.size() == 1U);
    BOOST_TEST(tally.not_performed.front().reason == "--facts does not tell whether the CA requires a secret");
}

BOOST_AUTO_TEST_SUITE_END()
