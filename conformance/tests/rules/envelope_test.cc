#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(envelopes)

BOOST_DATA_TEST_CASE(deviations, data::make(test::envelope_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(passwords, data::make(test::password_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(kems, data::make(test::kem_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_password_that_does_not_open_is_not_shown) {
    test::Laboratory lab;
    auto plan = lab.enrolment_with_password();
    plan.reply->password = "another";
    lab.play(plan);
    const auto result = lab.judge();
    BOOST_TEST(test::finding(result, "content.decodes").violation.message ==
               "the envelope does not open: the challengePassword of the request does not open it");
}

BOOST_AUTO_TEST_SUITE_END()
