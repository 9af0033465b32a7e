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

BOOST_AUTO_TEST_SUITE(content)

BOOST_DATA_TEST_CASE(deviations, data::make(test::content_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(bodies, data::make(test::body_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(next_ca, data::make(test::next_ca_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_secret_in_the_clear_is_told_without_the_secret) {
    Laboratory lab;
    test::request_of(lab, lab.csr(test::parties().client), false);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "content.not-in-clear").violation;
    BOOST_TEST(violation.message == "a CertificationRequest with its challengePassword in the clear, without an envelope");
    BOOST_TEST(violation.place.path == "SignedData.encapContentInfo.eContent");
}

BOOST_AUTO_TEST_CASE(decrypted_octets_are_placed_in_their_own_source) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.request->content = lab.csr(test::parties().client, [](auto& builder) { builder.subject = {0x30, 0}; });
    lab.play(plan);
    const auto result = lab.judge({.pattern = "csr.subject-present"});
    const auto& place = test::finding(result, "csr.subject-present").violation.place;
    BOOST_TEST(place.path == "messageData.certificationRequestInfo.subject");
    BOOST_TEST(place.where.length == 2U);
    BOOST_TEST(place.where.source > 1U);
    // CertificationRequest, its info (both with long lengths), version.
    BOOST_TEST(place.where.offset == 11U);
}

BOOST_AUTO_TEST_CASE(octets_after_the_message_are_placed_at_them) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.request_body = make(*plan.request);
    const std::size_t size = plan.request_body->size();
    plan.request_body->insert(plan.request_body->end(), {0, 0, 0});
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "message.no-trailing-octets").violation;
    BOOST_TEST(violation.message == "3 octets follow the ContentInfo");
    BOOST_TEST(violation.place.where.offset == size);
    BOOST_TEST(violation.place.where.length == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
