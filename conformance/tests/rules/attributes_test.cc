#include <conformance/tests/rules/rows.h>
#include <vectors/generate/parts.h>

#include <scepcodec/scep/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(attributes)

BOOST_DATA_TEST_CASE(deviations, data::make(test::attribute_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_wrong_type_is_named_beside_the_right_one) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.reply->signed_data = [](auto& builder) {
        test::set_attribute(builder, scep::oids::pkiStatus, {test::string_value(scep::der::tag::UTF8String, "0")});
    };
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "pki-status.type").violation;
    BOOST_TEST(violation.message == "pkiStatus is UTF8String where PrintableString is due");
    BOOST_TEST(violation.place.where.length == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_placed_at_the_signed_attributes) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.request->transaction.sender_nonce.clear();
    lab.play(plan);
    const auto result = lab.judge();
    const auto& place = test::finding(result, "nonce.sender-present").violation.place;
    BOOST_TEST(place.path == "SignedData.signerInfos[0].signedAttrs");
    BOOST_TEST(place.where.length > 100U);
}

BOOST_AUTO_TEST_SUITE_END()
