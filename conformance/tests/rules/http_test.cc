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

BOOST_AUTO_TEST_SUITE(http)

BOOST_DATA_TEST_CASE(deviations, data::make(test::http_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_bare_plus_is_placed_at_its_octet_of_the_target) {
    Laboratory lab;
    auto plan = test::by_get(lab, [](const std::string& text) { return test::replaced(test::percent_escaped(text), "%2B", "+"); });
    const std::string target = plan.target + "&message=" + plan.escape(test::base64(*plan.request_body));
    lab.play(plan);
    const auto result = lab.judge();
    const auto& place = test::finding(result, "get.plus-escaped").violation.place;
    BOOST_TEST(place.path == "request-target.message");
    BOOST_TEST(place.where.source == 0U);
    BOOST_TEST(place.where.offset == target.find('+'));
    BOOST_TEST(place.where.length == 1U);
}

BOOST_AUTO_TEST_CASE(an_operation_is_placed_at_its_octets) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.target = "/scep?operation=pkiOperation";
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "operation.spelt-exactly").violation;
    BOOST_TEST(violation.message == "operation is \"pkiOperation\" where \"PKIOperation\" is due");
    BOOST_TEST(violation.place.where.offset == 16U);
    BOOST_TEST(violation.place.where.length == 12U);
}

BOOST_AUTO_TEST_SUITE_END()
