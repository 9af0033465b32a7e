#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(ca_certificates)

BOOST_DATA_TEST_CASE(deviations, data::make(test::ca_certificate_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(offers, data::make(test::offer_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_capability_taken_back_is_named) {
    test::Laboratory lab;
    lab.introduce();
    test::play_capabilities(lab, "AES\nPOSTPKIOperation\nSHA-1\n");
    BOOST_TEST(test::finding(lab.judge(), "capabilities.no-downgrade").violation.message ==
               "the CA no longer announces what it did before: SCEPStandard, SHA-256");
}

BOOST_AUTO_TEST_SUITE_END()
