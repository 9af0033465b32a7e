#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(recipients)

BOOST_DATA_TEST_CASE(deviations, data::make(test::recipient_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(signers, data::make(test::signer_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_wrong_recipient_is_told_beside_the_signer) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.reply->recipients = {lab.issued(test::parties().client)};
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "recipient.reply-to-signer").violation;
    BOOST_TEST(violation.message ==
               "the recipient (issuer CN=Test CA, serial 1234) is not the signer of the request (issuer CN=device, serial 01)");
    BOOST_TEST(violation.place.path == "EnvelopedData.recipientInfos[0].rid");
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(violation.related[0].path == "SignedData.certificates[0]");
    BOOST_TEST(name(violation.related[0].side) == "request");
}

BOOST_AUTO_TEST_SUITE_END()
