#include "sample.h"

#include <conformance/report/text.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace {

using namespace sceplab;

} // namespace

BOOST_AUTO_TEST_SUITE(text_report)

BOOST_AUTO_TEST_CASE(a_run_word_for_word) {
    const std::string expected =
        R"(capture.pcapng
  #0   GET GetCACaps → AES SHA-256 Renewal
  #1   POST PKIOperation  PKCSReq → CertRep SUCCESS  tid 8e63f0aa  C=NZ, CN=device 1  signature valid, decrypted → signature invalid (messageDigest differs), not decrypted (no key)
      error    response SignedData.signerInfos[0].signedAttrs[3].attrValues[0] @1893+16  recipientNonce is empty, senderNonce of the request is 00112233445566778899aabbccddeeff (see request SignedData.signerInfos[0].signedAttrs[2].attrValues[0] normalised @2201+16) [nonce.recipient-echoes-sender, RFC 8894, 3.2.1.5]
      warning  request certificationRequestInfo.subjectPKInfo decrypted @106+226  another key [issued.key-is-requested, RFC 8894, 3.3.2.1]
  #2   POST PKIOperation  not CMS, 31 octets → no answer, connection reset  does not decode (ContentInfo: SEQUENCE expected, PRIVATE at 0..1)
  damaged at 4096: a block reaches beyond the end of the file
answer.der
  #3   message  CertRep FAILURE badRequest "wrong password"  tid 1  signature not checked (the signer's certificate is not known)
the whole run
      notice   run  3 of 4 requests share a senderNonce (see #2 request x @1+2) [nonce.sender-fresh, RFC 8894, 3.2.1.5]
conformed
  message: one-signer 3/4
  transaction-id: equal-in-reply 1
not applicable
  1 rule met nothing to judge
not performed
  no key: 2 checks of 1 rule on #1, #3
  the capture has no times: 1 check of 1 rule
4 exchanges, 1 error, 1 warning, 1 notice, 3 not performed
)";
    BOOST_TEST(report::text(report_test::sample()) == expected);
}

BOOST_AUTO_TEST_CASE(quiet_is_findings_and_the_summary) {
    const std::string expected =
        R"(#1   error    response SignedData.signerInfos[0].signedAttrs[3].attrValues[0] @1893+16  recipientNonce is empty, senderNonce of the request is 00112233445566778899aabbccddeeff (see request SignedData.signerInfos[0].signedAttrs[2].attrValues[0] normalised @2201+16) [nonce.recipient-echoes-sender, RFC 8894, 3.2.1.5]
#1   warning  request certificationRequestInfo.subjectPKInfo decrypted @106+226  another key [issued.key-is-requested, RFC 8894, 3.3.2.1]
notice   run  3 of 4 requests share a senderNonce (see #2 request x @1+2) [nonce.sender-fresh, RFC 8894, 3.2.1.5]
4 exchanges, 1 error, 1 warning, 1 notice, 3 not performed
)";
    BOOST_TEST(report::text(report_test::sample(), {.quiet = true}) == expected);
}

BOOST_AUTO_TEST_CASE(an_empty_run) {
    BOOST_TEST(report::text(report_test::empty()) ==
               "capture.pcapng\nanswer.der\n0 exchanges, 0 errors, 0 warnings, 0 notices, 0 not performed\n");
}

BOOST_AUTO_TEST_CASE(an_unusable_input) {
    rules::Result result = report_test::empty();
    result.errors = {{.input = 1, .offset = 0, .reason = "no SCEP traffic", .unusable = true}};
    BOOST_TEST(report::text(result).find("answer.der\n  not usable: no SCEP traffic\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(answers_of_every_kind) {
    struct Row {
        std::string_view shown;
        evidence::MessageSummary message;
    };
    const auto message = [](evidence::BodyKind kind, std::uint64_t bytes, int status = 200) {
        evidence::MessageSummary out;
        out.kind = kind;
        out.bytes = bytes;
        out.http_status = status;
        return out;
    };
    std::vector<Row> rows{
        {"→ empty\n", message(evidence::BodyKind::none, 0)},
        {"→ HTTP 404\n", message(evidence::BodyKind::none, 0, 404)},
        {"→ HTTP 500 text/html, 20 octets\n", message(evidence::BodyKind::other, 20, 500)},
        {"→ 2 certificates, 1 CRL\n", message(evidence::BodyKind::certificates, 900)},
        {"→ 2 CRLs\n", message(evidence::BodyKind::certificates, 900)},
        {"→ no capabilities\n", message(evidence::BodyKind::capabilities, 1)},
        {"→ EnvelopedData without a signature\n", message(evidence::BodyKind::enveloped, 1)},
        {"→ CertificationRequest in the clear\n", message(evidence::BodyKind::messageData, 1)},
        {"→ SignedData  signature valid\n", message(evidence::BodyKind::pki_message, 1)},
        {"→ CertRep PENDING\n", message(evidence::BodyKind::pki_message, 1)},
        {"→ 99\n", message(evidence::BodyKind::pki_message, 1)},
    };
    rows[2].message.content_type = "text/html";
    rows[3].message.certificates.resize(2);
    rows[3].message.crls = 1;
    rows[4].message.crls = 2;
    rows[7].message.message_data = "CertificationRequest";
    rows[8].message.signature = scep::botan::Check::valid();
    rows[9].message.message_type = "CertRep";
    rows[9].message.pki_status = "PENDING";
    rows[10].message.message_type = "99";
    for (const Row& row : rows) {
        rules::Result result = report_test::empty();
        result.exchanges.emplace_back();
        result.exchanges[0].method = "GET";
        result.exchanges[0].operation = "GetCACert";
        result.exchanges[0].request.emplace();
        result.exchanges[0].response = row.message;
        const std::string shown = report::text(result);
        BOOST_TEST(shown.find("#0   GET GetCACert " + std::string(row.shown)) != std::string::npos, shown);
    }
}

BOOST_AUTO_TEST_CASE(endings_are_told) {
    rules::Result result = report_test::sample();
    result.exchanges[2].ended = input::Ending::fin;
    BOOST_TEST(report::text(result).find("→ no answer, connection closed") != std::string::npos);
    result.exchanges[2].ended = input::Ending::capture;
    BOOST_TEST(report::text(result).find("→ no answer in the capture") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_verdict_for_both_sides_is_said_once) {
    rules::Result result = report_test::sample();
    result.exchanges[1].response->signature = scep::botan::Check::valid();
    result.exchanges[1].response->decryption = evidence::Decryption::ok;
    BOOST_TEST(report::text(result).find("  both signature valid, decrypted\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_password_is_shown_only_where_secrets_are_asked_for) {
    BOOST_TEST(report::text(report_test::sample()).find("sesame") == std::string::npos);
    BOOST_TEST(report::text(report_test::sample(), {.show_secrets = true}).find("challengePassword \"open sesame\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_capture_cannot_drive_the_terminal) {
    rules::Result result = report_test::sample();
    const std::string hostile = "\x1b]0;owned\x07\r\n\x9b"
                                "2J\xe2\x80\xae";
    result.inputs[0] = hostile;
    result.errors[0].reason = hostile;
    evidence::ExchangeSummary& exchange = result.exchanges[1];
    exchange.method = exchange.operation = hostile;
    for (auto* message : {&*exchange.request, &*exchange.response}) {
        message->message_type = message->pki_status = message->fail_info = message->fail_info_text = message->transaction_id =
            message->subject = hostile;
        message->content_type = message->error = message->challenge_password = hostile;
        message->signature = scep::botan::Check::invalid(hostile);
        message->decryption = evidence::Decryption::failed;
        message->decryption_reason = hostile;
    }
    result.exchanges[0].response->capabilities = {hostile};
    result.findings[0].violation.message = hostile;
    result.findings[0].violation.place.path = hostile;
    result.findings[0].violation.related[0].path = hostile;
    result.findings[2].violation.place.path = hostile;
    result.rules[2].not_performed[0].reason = hostile;
    for (const bool quiet : {false, true}) {
        const std::string shown = report::text(result, {.show_secrets = true, .quiet = quiet});
        BOOST_TEST(std::ranges::none_of(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
        BOOST_TEST(shown.find('\x7f') == std::string::npos);
        BOOST_TEST(shown.find("\xe2\x80\xae") == std::string::npos);
        BOOST_TEST(std::ranges::count(shown, '\n') == std::ranges::count(report::text(report_test::sample(), {.quiet = quiet}), '\n'));
        BOOST_TEST(shown.find("\\x1b]0;owned") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(huge_values_are_shortened) {
    rules::Result result = report_test::sample();
    result.exchanges[1].request->transaction_id = std::string(1 << 20, 't');
    result.exchanges[1].request->subject = std::string(1 << 20, 's');
    result.findings[0].violation.message = std::string(1 << 20, 'm');
    result.exchanges[0].response->capabilities = std::vector<std::string>(10'000, "word");
    const std::string shown = report::text(result);
    BOOST_TEST(shown.size() < 4000u);
    BOOST_TEST(shown.find("tid ttttttttttttttttttttttt…  ss") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(colour_only_where_it_is_asked_for) {
    const std::string plain = report::text(report_test::sample());
    BOOST_TEST(plain.find('\x1b') == std::string::npos);
    std::string coloured = report::text(report_test::sample(), {.colour = true});
    BOOST_TEST(coloured.find("\x1b[31merror   \x1b[0m") != std::string::npos);
    BOOST_TEST(coloured.find("\x1b[32msignature valid\x1b[0m") != std::string::npos);
    for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    BOOST_TEST(coloured == plain);
}

BOOST_AUTO_TEST_CASE(many_exchanges_are_told_in_ranges) {
    rules::Result result = report_test::empty();
    result.rules.resize(1);
    for (std::uint32_t exchange = 0; exchange < 40; ++exchange) {
        if (exchange % 4 != 3) {
            result.rules[0].not_performed.push_back({exchange, evidence::Side::request, "no key"});
        }
    }
    BOOST_TEST(report::text(result).find(
                   "no key: 30 checks of 1 rule on #0-#2, #4-#6, #8-#10, #12-#14, #16-#18, #20-#22, #24-#26, #28-#30, …\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
