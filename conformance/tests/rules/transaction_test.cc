#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(transaction)

BOOST_DATA_TEST_CASE(deviations, data::make(test::transaction_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(fail_info, data::make(test::fail_info_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_second_final_answer_is_placed_at_its_status_beside_the_first) {
    Laboratory lab;
    const auto first = lab.enrolment();
    lab.play(first);
    lab.play(lab.poll(first, scep::PkiStatus::PENDING));
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "transaction.one-final-answer").violation;
    BOOST_TEST(violation.message == "PENDING after the final SUCCESS in exchange 0");
    BOOST_TEST(violation.place.exchange == 1U);
    BOOST_TEST(name(violation.place.side) == "response");
    BOOST_TEST(violation.place.path.ends_with("].attrValues[0]"));
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(violation.related[0].exchange == 0U);
}

BOOST_AUTO_TEST_CASE(an_unequal_transaction_id_is_shown_both_ways) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.reply->transaction.transaction_id = "another";
    lab.play(plan);
    const auto result = lab.judge();
    BOOST_TEST(test::finding(result, "transaction-id.equal-in-reply").violation.message ==
               "transactionID \"another\" answers a request with \"" + plan.request->transaction.transaction_id + "\"");
}

BOOST_AUTO_TEST_SUITE_END()
