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

BOOST_AUTO_TEST_SUITE(issued)

BOOST_DATA_TEST_CASE(deviations, data::make(test::issued_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(queries, data::make(test::query_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_certificate_is_told_by_its_place_in_the_set) {
    Laboratory lab;
    lab.introduce();
    test::granted(lab, test::in_order({lab.ca_certificate(), lab.issued(test::parties().client)}));
    const auto result = lab.judge();
    const auto& finding = test::finding(result, "issued.first-of-set");
    BOOST_TEST(name(finding.rule.severity) == "notice");
    BOOST_TEST(finding.violation.place.path == "messageData.SignedData.certificates[1]");
}

BOOST_AUTO_TEST_CASE(the_key_that_was_asked_for_is_named_beside_the_one_that_came) {
    Laboratory lab;
    test::granted(lab, lab.certificates({lab.issued(test::parties().other)}));
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "issued.key-is-requested").violation;
    BOOST_TEST(violation.place.path == "messageData.SignedData.certificates[0].subjectPublicKeyInfo");
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(violation.related[0].path == "messageData.certificationRequestInfo.subjectPKInfo");
    BOOST_TEST(name(violation.related[0].side) == "request");
}

BOOST_AUTO_TEST_SUITE_END()
