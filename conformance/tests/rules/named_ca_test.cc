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

BOOST_AUTO_TEST_SUITE(named_ca)

BOOST_DATA_TEST_CASE(deviations, data::make(test::named_ca_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(refusals, data::make(test::refusal_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_poll_is_held_against_the_request_of_its_transaction) {
    Laboratory lab;
    lab.introduce();
    test::poll_naming(lab, test::parties().ca.name(), test::parties().other.name());
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "poll.subject-is-requested").violation;
    BOOST_TEST(violation.message == "the CertPoll names another subject than the PKCSReq in exchange 2");
    BOOST_TEST(violation.place.exchange == 3U);
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(violation.related[0].path == "messageData.certificationRequestInfo.subject");
    BOOST_TEST(violation.related[0].exchange == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
