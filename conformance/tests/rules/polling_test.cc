#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(polling)

BOOST_DATA_TEST_CASE(deviations, data::make(test::polling_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(the_shortest_interval_is_told) {
    test::Laboratory lab;
    lab.local.poll_interval.reset();
    const auto first = lab.pending();
    lab.play(first);
    for (const std::int64_t seconds : {1000, 1000}) {
        auto plan = lab.poll(first, scep::PkiStatus::PENDING);
        plan.time = test::now + seconds;
        lab.play(plan);
    }
    BOOST_TEST(test::finding(lab.judge(), "poll.interval").violation.message ==
               "a CertPoll 0 ms after the one before, the shortest interval of 2 polls");
}

BOOST_AUTO_TEST_SUITE_END()
