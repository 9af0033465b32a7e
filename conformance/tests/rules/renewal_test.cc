#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(renewal)

BOOST_DATA_TEST_CASE(deviations, data::make(test::renewal_rows())) { test::check(sample); }

BOOST_AUTO_TEST_SUITE_END()
