#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(x509)

BOOST_DATA_TEST_CASE(certificates, data::make(test::certificate_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(crls, data::make(test::crl_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(issued, data::make(test::issued_certificate_rows())) { test::check(sample); }

BOOST_AUTO_TEST_SUITE_END()
