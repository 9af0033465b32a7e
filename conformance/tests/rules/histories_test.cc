#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(histories)

BOOST_DATA_TEST_CASE(deviations, data::make(test::history_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(what_facts_do_not_tell_is_not_performed) {
    Laboratory lab;
    lab.local = {};
    lab.introduce();
    lab.play(lab.enrolment());
    const auto result = lab.judge();
    for (const char* rule : {"client.configured-host", "client.authenticates-ca", "ca-certificates.fingerprint"}) {
        const auto& tally = test::tally(result, rule);
        BOOST_TEST(tally.pass == 0U, rule);
        BOOST_TEST(tally.not_performed.size() == 1U, rule);
    }
    BOOST_TEST(test::fired(result).empty());
}

BOOST_AUTO_TEST_SUITE_END()
