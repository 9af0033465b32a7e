#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(cms)

BOOST_DATA_TEST_CASE(structures, data::make(test::structure_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(deviations, data::make(test::cms_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(parameters, data::make(test::parameters_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(an_hour_is_near) {
    for (const std::int64_t apart : {std::int64_t{-3600}, std::int64_t{3600}}) {
        test::Laboratory lab;
        auto plan = lab.enrolment();
        plan.request->transaction.signing_time = test::now + apart;
        lab.play(plan);
        BOOST_TEST(test::fired(lab.judge({.pattern = "signing-time.*"})).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
