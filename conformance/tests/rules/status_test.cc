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

BOOST_AUTO_TEST_SUITE(status)

BOOST_DATA_TEST_CASE(deviations, data::make(test::status_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(one_octet_is_an_error_and_no_octets_a_warning) {
    Laboratory lab;
    test::refused_with_content(lab, {0});
    test::refused_with_content(lab, {});
    const auto result = lab.judge();
    const auto& octet = test::finding(result, "envelope.omitted");
    BOOST_TEST(name(octet.rule.severity) == "error");
    BOOST_TEST(octet.violation.message == "FAILURE with an eContent of the one octet 00");
    BOOST_TEST(octet.violation.place.path == "SignedData.encapContentInfo.eContent");
    BOOST_TEST(octet.violation.place.where.length == 3U);
    const auto& nothing = test::finding(result, "envelope.omitted-not-empty");
    BOOST_TEST(name(nothing.rule.severity) == "warning");
    BOOST_TEST(nothing.violation.place.where.length == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
