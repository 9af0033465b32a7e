#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <scepcodec/x509/build.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(choices)

BOOST_DATA_TEST_CASE(algorithms, data::make(test::algorithm_choice_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(certificates, data::make(test::get_ca_cert_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(polling, data::make(test::poll_matching_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(habits, data::make(test::habit_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_next_ca_that_was_foretold_takes_over) {
    test::Laboratory lab;
    lab.local.ca_fingerprints.clear();
    lab.introduce();
    const auto next = test::next_ca_certificate(test::not_after + std::int64_t{4000} * 86'400);
    lab.play(test::next_ca(lab, scep::build::next_ca_cert(lab.certificates({next}))));
    lab.play(test::ca_certificates(next));
    BOOST_TEST(test::fired(lab.judge()) == std::vector<std::string>{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_poll_whose_enrolment_was_not_captured_is_not_judged) {
    test::Laboratory lab;
    lab.introduce();
    lab.play(lab.poll(lab.pending(), scep::PkiStatus::PENDING));
    const auto result = lab.judge({.pattern = "transaction.unmatched-poll-rejected"});
    BOOST_TEST(test::fired(result).empty());
    BOOST_TEST(test::tally(result, "transaction.unmatched-poll-rejected").not_performed.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
