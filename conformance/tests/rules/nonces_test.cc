#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(nonces)

BOOST_DATA_TEST_CASE(deviations, data::make(test::nonce_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(an_echo_is_placed_at_its_octets_and_beside_the_nonce_that_was_sent) {
    Laboratory lab;
    auto plan = lab.enrolment();
    const test::Octets wrong(16, 0xee);
    plan.reply->transaction.recipient_nonce = wrong;
    plan.request_body = make(*plan.request);
    plan.reply_body = make(*plan.reply);
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "nonce.recipient-echoes-sender").violation;
    BOOST_TEST(violation.message == "recipientNonce eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee is not the request's senderNonce " +
                                        scep::der::to_hex(plan.request->transaction.sender_nonce));
    BOOST_TEST(violation.place.exchange == 0U);
    BOOST_TEST(name(violation.place.side) == "response");
    BOOST_TEST(violation.place.path.starts_with("SignedData.signerInfos[0].signedAttrs["));
    BOOST_TEST(violation.place.path.ends_with("].attrValues[0]"));
    // An OCTET STRING of 16 octets, where the message has them.
    BOOST_TEST(violation.place.where.length == 18U);
    const auto at = static_cast<std::ptrdiff_t>(violation.place.where.offset);
    const test::Octets placed(plan.reply_body->begin() + at, plan.reply_body->begin() + at + 18);
    test::Octets expected{0x04, 0x10};
    expected.insert(expected.end(), wrong.begin(), wrong.end());
    BOOST_TEST(placed == expected);
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(name(violation.related[0].side) == "request");
    const auto sent = static_cast<std::ptrdiff_t>(violation.related[0].where.offset);
    BOOST_TEST(std::equal(plan.request->transaction.sender_nonce.begin(), plan.request->transaction.sender_nonce.end(),
                          plan.request_body->begin() + sent + 2));
}

BOOST_AUTO_TEST_CASE(a_nonce_used_again_is_told_with_its_first_use) {
    Laboratory lab;
    const auto first = lab.enrolment();
    auto second = lab.enrolment();
    second.request->transaction.sender_nonce = first.request->transaction.sender_nonce;
    second.reply->transaction.recipient_nonce = first.request->transaction.sender_nonce;
    lab.play(first);
    lab.play(second);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "nonce.sender-fresh").violation;
    BOOST_TEST(violation.place.exchange == 1U);
    BOOST_TEST(violation.message == "the senderNonce was used before, in the request of exchange 0");
    BOOST_REQUIRE(violation.related.size() == 1U);
    BOOST_TEST(violation.related[0].exchange == 0U);
    BOOST_TEST(violation.place.path.ends_with("].attrValues[0]"));
}

BOOST_AUTO_TEST_SUITE_END()
