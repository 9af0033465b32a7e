#include "sample.h"

#include <sceptest.h>

namespace report_test {

namespace {

using namespace sceplab;
using evidence::BodyKind;
using evidence::ExchangeSummary;
using evidence::MessageSummary;
using evidence::Side;
using scep::SourceKind;
using scep::botan::Check;

constexpr std::string_view covered_by_nonce_echo[]{"SCEP-3.2.1.5-3", "SCEP-3.2.1.5-4"};
constexpr std::string_view covered_by_fresh_nonce[]{"SCEP-3.2.1.5-1"};

const rules::RuleInfo nonce_echo{.id = "nonce.recipient-echoes-sender",
                                 .severity = rules::Severity::error,
                                 .cite = {rules::Document::rfc8894, "3.2.1.5"},
                                 .says = "recipientNonce of a CertRep is the senderNonce of its request",
                                 .covers = covered_by_nonce_echo};
const rules::RuleInfo issued_key{.id = "issued.key-is-requested",
                                 .severity = rules::Severity::warning,
                                 .cite = {rules::Document::rfc8894, "3.3.2.1"},
                                 .says = "the certificate issued has the key that was asked for",
                                 .covers = {}};
const rules::RuleInfo fresh_nonce{.id = "nonce.sender-fresh",
                                  .severity = rules::Severity::notice,
                                  .cite = {rules::Document::rfc8894, "3.2.1.5"},
                                  .says = "no senderNonce is used twice",
                                  .covers = covered_by_fresh_nonce};
const rules::RuleInfo equal_id{.id = "transaction-id.equal-in-reply",
                               .severity = rules::Severity::error,
                               .cite = {rules::Document::rfc8894, "3.2.1.1"},
                               .says = "transactionID of a CertRep is that of its request",
                               .covers = {}};
const rules::RuleInfo one_signer{.id = "message.one-signer",
                                 .severity = rules::Severity::error,
                                 .cite = {rules::Document::rfc5652, "5.1"},
                                 .says = "a pkiMessage has one signer",
                                 .covers = {}};
const rules::RuleInfo unasked{.id = "next-ca.signed-by-current-ca",
                              .severity = rules::Severity::warning,
                              .cite = {rules::Document::nourse22, "5.2.6"},
                              .says = "a GetNextCACert answer is signed by the CA",
                              .covers = {}};

MessageSummary pkcs_req() {
    MessageSummary out;
    out.bytes = 2570;
    out.kind = BodyKind::pki_message;
    out.message_type = "PKCSReq";
    out.transaction_id = "8e63f0aa";
    out.sender_nonce = "00112233445566778899aabbccddeeff";
    out.encoding = "ber";
    out.digest_algorithm = "2.16.840.1.101.3.4.2.1";
    out.signature_algorithm = "1.2.840.113549.1.1.1";
    out.signature = Check::valid();
    out.signer_found = evidence::Found::message;
    out.signer_subject = "CN=device 1";
    out.signer_chain = Check::not_performed("no --trust anchor");
    out.content_encryption_algorithm = "2.16.840.1.101.3.4.1.2";
    out.decryption = evidence::Decryption::ok;
    out.message_data = "CertificationRequest";
    out.subject = "C=NZ, CN=device 1";
    out.challenge_password = "open sesame";
    return out;
}

MessageSummary cert_rep() {
    MessageSummary out;
    out.bytes = 3041;
    out.kind = BodyKind::pki_message;
    out.http_status = 200;
    out.content_type = "application/x-pki-message";
    out.message_type = "CertRep";
    out.pki_status = "SUCCESS";
    out.transaction_id = "8e63f0aa";
    out.sender_nonce = "ff";
    out.recipient_nonce = "";
    out.encoding = "der";
    out.digest_algorithm = "2.16.840.1.101.3.4.2.1";
    out.signature_algorithm = "1.2.840.113549.1.1.11";
    out.signature = Check::invalid("messageDigest differs");
    out.signer_found = evidence::Found::nowhere;
    out.content_encryption_algorithm = "1.2.840.113549.3.2";
    out.decryption = evidence::Decryption::not_performed;
    out.decryption_reason = "no key";
    out.certificates.push_back({.subject = "CN=device 1",
                                .issuer = "CN=Test CA",
                                .serial = "00ab",
                                .sha256 = std::string(64, 'a'),
                                .not_before = "2026-01-01T00:00:00Z",
                                .not_after = "2027-01-01T00:00:00Z",
                                .role = evidence::Role::issued});
    out.crls = 1;
    return out;
}

ExchangeSummary capabilities() {
    ExchangeSummary out;
    out.time = "2026-11-23T16:46:08Z";
    out.connection = 1;
    out.operation = "GetCACaps";
    out.method = "GET";
    out.url = "/scep?operation=GetCACaps";
    out.request.emplace();
    MessageSummary caps;
    caps.bytes = 22;
    caps.kind = BodyKind::capabilities;
    caps.http_status = 200;
    caps.content_type = "text/plain";
    caps.capabilities = {"AES", "SHA-256", "Renewal"};
    out.response = caps;
    out.sources = {{SourceKind::captured, Side::request, {}, 120}, {SourceKind::captured, Side::response, {}, 22}};
    return out;
}

ExchangeSummary enrolment() {
    ExchangeSummary out;
    out.index = 1;
    out.time = "2026-11-23T16:46:09Z";
    out.connection = 2;
    out.transaction = 0;
    out.operation = "PKIOperation";
    out.method = "POST";
    out.url = "/scep?operation=PKIOperation";
    out.request = pkcs_req();
    out.response = cert_rep();
    out.first_source = 2;
    out.sources = {{SourceKind::captured, Side::request, {}, 2570},
                   {SourceKind::normalised, Side::request, 0, 2560},
                   {SourceKind::decrypted, Side::request, 1, 657},
                   {SourceKind::captured, Side::response, {}, 3041}};
    return out;
}

ExchangeSummary unanswered() {
    ExchangeSummary out;
    out.index = 2;
    out.connection = 3;
    out.transaction = 0;
    out.operation = "PKIOperation";
    out.method = "POST";
    out.url = "/scep?operation=PKIOperation";
    out.request.emplace();
    out.request->bytes = 31;
    out.request->kind = BodyKind::other;
    out.request->error = "ContentInfo: SEQUENCE expected, PRIVATE at 0..1";
    out.ended = input::Ending::rst;
    out.first_source = 6;
    out.sources = {{SourceKind::captured, Side::request, {}, 31}};
    return out;
}

ExchangeSummary answer_alone() {
    ExchangeSummary out;
    out.index = 3;
    out.input = 1;
    MessageSummary failure;
    failure.bytes = 900;
    failure.kind = BodyKind::pki_message;
    failure.message_type = "CertRep";
    failure.pki_status = "FAILURE";
    failure.fail_info = "badRequest";
    failure.fail_info_text = "wrong password";
    failure.transaction_id = "1";
    failure.encoding = "der";
    failure.signature = Check::not_performed("the signer's certificate is not known");
    out.response = failure;
    out.first_source = 7;
    out.sources = {{SourceKind::captured, Side::response, {}, 900}};
    return out;
}

} // namespace

rules::Result empty() {
    rules::Result out;
    out.version = "0.1.0";
    out.profile = "rfc8894";
    out.inputs = {"capture.pcapng", "answer.der"};
    return out;
}

rules::Result sample() {
    rules::Result out = empty();
    out.exchanges = {capabilities(), enrolment(), unanswered(), answer_alone()};
    out.errors = {{.input = 0, .offset = 4096, .reason = "a block reaches beyond the end of the file", .unusable = false}};
    out.findings = {
        {nonce_echo,
         {{1, Side::response, {3, 1893, 16}, "SignedData.signerInfos[0].signedAttrs[3].attrValues[0]"},
          "recipientNonce is empty, senderNonce of the request is 00112233445566778899aabbccddeeff",
          {{1, Side::request, {1, 2201, 16}, "SignedData.signerInfos[0].signedAttrs[2].attrValues[0]"}}}},
        {issued_key, {{1, Side::request, {2, 106, 226}, "certificationRequestInfo.subjectPKInfo"}, "another key", {}}},
        {fresh_nonce, {{0xffffffff, Side::request, {}, ""}, "3 of 4 requests share a senderNonce", {{2, Side::request, {0, 1, 2}, "x"}}}},
    };
    out.rules = {{nonce_echo, 0, 1, 3, {}},
                 {issued_key, 0, 1, 0, {{1, Side::response, "no key"}, {3, Side::response, "no key"}}},
                 {fresh_nonce, 0, 1, 0, {{std::nullopt, Side::request, "the capture has no times"}}, true},
                 {equal_id, 1, 0, 0, {}, false, {true}},
                 {one_signer, 3, 1, 0, {}, false, {true, true}},
                 {unasked, 0, 0, 0, {}}};
    return out;
}

std::string read(const char* path) {
    const auto octets = sceptest::read_file(sceptest::source_dir() / path);
    return {octets.begin(), octets.end()};
}

} // namespace report_test
