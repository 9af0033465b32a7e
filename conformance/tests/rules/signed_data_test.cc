#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

std::string message_about_order(bool signed_as_sent) {
    Laboratory lab;
    test::request_changed(lab, [&](auto& parts) {
        std::ranges::reverse(*parts.signers[0].attributes);
        if (signed_as_sent) {
            test::sign_again(parts.signers[0], false);
        }
    });
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "signed-attributes.sorted").violation;
    BOOST_TEST(violation.place.path == "SignedData.signerInfos[0].signedAttrs[1]");
    return violation.message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signed_data)

BOOST_DATA_TEST_CASE(deviations, data::make(test::signed_data_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(attributes, data::make(test::signed_attribute_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(versions, data::make(test::version_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(algorithms, data::make(test::algorithm_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(unsorted_attributes_are_told_with_the_order_that_was_signed) {
    BOOST_TEST(message_about_order(true).ends_with("the signature fits the order sent"));
    BOOST_TEST(message_about_order(false).ends_with("the signature fits the sorted attributes"));
}

BOOST_AUTO_TEST_CASE(a_broken_signature_is_placed_at_the_signature_beside_the_certificate) {
    Laboratory lab;
    test::request_changed(lab, [](auto& parts) { parts.signers[0].signature[7] ^= 1; });
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "signature.valid").violation;
    BOOST_TEST(violation.place.path == "SignedData.signerInfos[0].signature");
    BOOST_TEST(violation.place.where.length == 256U);
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(violation.related[0].path == "SignedData.certificates[0]");
}

BOOST_AUTO_TEST_CASE(a_version_is_placed_at_its_one_octet) {
    Laboratory lab;
    test::request_changed(lab, [](auto& parts) { parts.version = 3; });
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "version.signed-data").violation;
    BOOST_TEST(violation.message == "version is 3, what is inside makes it 1");
    BOOST_TEST(violation.place.path == "SignedData.version");
    BOOST_TEST(violation.place.where.length == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
