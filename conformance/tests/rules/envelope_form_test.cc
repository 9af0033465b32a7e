#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(envelope_form)

BOOST_DATA_TEST_CASE(deviations, data::make(test::envelope_form_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(neither_password_stands_in_the_finding) {
    Laboratory lab;
    lab.introduce();
    auto plan = lab.enrolment_with_password();
    plan.reply->password = "another";
    lab.tell_challenge("another");
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "recipient.password-is-challenge").violation;
    BOOST_TEST(violation.message == "the password that opens the envelope is not the challengePassword of the CertificationRequest");
    BOOST_TEST(violation.place.path == "EnvelopedData.recipientInfos[0]");
    BOOST_TEST(name(violation.place.side) == "response");
}

BOOST_AUTO_TEST_CASE(a_password_that_nobody_knows_leaves_the_question_open) {
    Laboratory lab;
    lab.introduce();
    auto plan = lab.enrolment_with_password();
    plan.reply->password = "another";
    lab.play(plan);
    const auto result = lab.judge();
    const auto& tally = test::tally(result, "recipient.password-is-challenge");
    BOOST_TEST(tally.violated == 0U);
    BOOST_REQUIRE(tally.not_performed.size() == 1U);
    BOOST_TEST(tally.not_performed[0].reason == "the challengePassword of the request does not open it");
}

BOOST_AUTO_TEST_SUITE_END()
