#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

// Whether a failInfo can be meant (RFC 8894, 3.2.1.4). The RFC names a code through its definition alone, so these are warnings.
namespace sceplab::rules {

namespace {

using scep::FailInfo;
using scep::MessageType;
using scep::botan::Verdict;

Place fail_info_place(const Pair& pair) { return attribute_place(pair.reply, pair.reply.attributes.fail_info_slot); }

Outcome bad_time(const Pair& pair) {
    if (pair.reply.facts.fail_info() != FailInfo::badTime) {
        return Outcome::not_applicable();
    }
    const auto& time = pair.request.attributes.signing_time;
    return time.present() ? Outcome::pass()
                          : Outcome::violation(fail_info_place(pair), "badTime in answer to a request without a signingTime",
                                               {attribute_place(pair.request, time)});
}

// Clocks of a capture are seldom off by a minute.
constexpr std::int64_t close_enough = 60;

Outcome bad_time_is_far(const Pair& pair) {
    const auto& signing_time = pair.request.attributes.signing_time;
    if (pair.reply.facts.fail_info() != FailInfo::badTime || !signing_time.value) {
        return Outcome::not_applicable();
    }
    const auto time = scep::der::decode_time(*signing_time.value);
    const auto& sent = pair.request.exchange.exchange.request;
    if (!time || !sent || !sent->time) {
        return Outcome::not_performed(time ? "the time of the request is not known" : "the signingTime does not decode");
    }
    const std::int64_t off = *sent->time / 1'000'000 - time->seconds;
    return off < -close_enough || off > close_enough
               ? Outcome::pass()
               : Outcome::violation(fail_info_place(pair), "badTime in answer to a signingTime " + time->to_string() + ", " +
                                                               std::to_string(off) + " seconds before the capture's time of the request",
                                    {attribute_place(pair.request, signing_time)});
}

Outcome bad_message_check(const Pair& pair) {
    if (pair.reply.facts.fail_info() != FailInfo::badMessageCheck) {
        return Outcome::not_applicable();
    }
    const auto& signature = pair.request.facts.signature;
    if (!signature || signature->overall.verdict == Verdict::not_performed) {
        return Outcome::not_performed(signature ? signature->overall.reason : "nothing is known of the signature");
    }
    return signature->overall.verdict == Verdict::invalid
               ? Outcome::pass()
               : Outcome::violation(
                     fail_info_place(pair), "badMessageCheck in answer to a request whose signature verifies",
                     {place(pair.request, pair.request.message.signer_info.signature.location(), "SignedData.signerInfos[0].signature")});
}

Outcome broken_signature(const Pair& pair) {
    const auto& signature = pair.request.facts.signature;
    const auto code = pair.reply.facts.fail_info();
    if (!code || !signature || signature->overall.verdict == Verdict::valid) {
        return Outcome::not_applicable();
    }
    if (signature->overall.verdict == Verdict::not_performed) {
        return Outcome::not_performed(signature->overall.reason);
    }
    return *code == FailInfo::badMessageCheck
               ? Outcome::pass()
               : Outcome::violation(
                     fail_info_place(pair),
                     std::string(name(*code)) + " in answer to a request whose signature does not verify, where badMessageCheck is meant",
                     {place(pair.request, pair.request.message.signer_info.signature.location(), "SignedData.signerInfos[0].signature")});
}

Outcome bad_cert_id(const Pair& pair) {
    if (pair.reply.facts.fail_info() != FailInfo::badCertId) {
        return Outcome::not_applicable();
    }
    // A PKCSReq with an existing certificate is a renewal, which names one too.
    const auto& signature = pair.request.facts.signature;
    const bool by_itself = signature && signature->signer.certificate && signature->signer.certificate->self_issued();
    return pair.request.facts.message_type() == MessageType::PKCSReq && by_itself
               ? Outcome::violation(fail_info_place(pair), "badCertId in answer to a PKCSReq, which names no certificate",
                                    {attribute_place(pair.request, pair.request.attributes.message_type_slot)})
               : Outcome::pass();
}

// Each recipient by the key transport that everyone knows.
bool by_rsa_encryption(const evidence::Envelope& envelope) {
    for (const auto& recipient : envelope.recipients) {
        const auto* ktri = recipient ? std::get_if<scep::cms::KeyTransRecipientInfo>(&recipient->choice) : nullptr;
        if (ktri == nullptr || !(ktri->key_encryption_algorithm.algorithm == scep::x509::oids::rsaEncryption)) {
            return false;
        }
    }
    return true;
}

Outcome bad_alg(const Pair& pair) {
    if (pair.reply.facts.fail_info() != FailInfo::badAlg) {
        return Outcome::not_applicable();
    }
    namespace oids = scep::x509::oids;
    const auto& signer = pair.request.message.signer_info;
    const auto* envelope = enveloped_data(pair.request.facts);
    const bool known_signature = signer.signature_algorithm.algorithm == oids::rsaEncryption ||
                                 signer.signature_algorithm.algorithm == oids::sha256WithRSAEncryption;
    if (envelope == nullptr || !known_signature || !by_rsa_encryption(*pair.request.facts.envelope) || !(signer.digest_algorithm.algorithm == oids::id_sha256) ||
        !(envelope->encrypted_content_info.content_encryption_algorithm.algorithm == scep::cms::oids::aes128_CBC)) {
        return Outcome::pass();
    }
    if (!pair.request.facts.message_data) {
        return Outcome::not_performed(pair.request.facts.envelope->reason);
    }
    const auto csr = certification_request(pair.request.facts);
    if (csr && !((*csr)->signature_algorithm.algorithm == oids::sha256WithRSAEncryption)) {
        return Outcome::pass();
    }
    return Outcome::violation(fail_info_place(pair), "badAlg in answer to AES128-CBC, SHA-256 and RSA, which every CA has to support",
                              {place(pair.request, envelope->encrypted_content_info.content_encryption_algorithm.whole.location(),
                                     "EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm")});
}

}  // namespace

RuleSpan<Pair> fail_info_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "fail-info.bad-time-fits",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "badTime answers a request that has a signingTime",
         .covers = {"SCEP-3.2.1.4-badTime-needs-signingTime", "SCEP-3.2.1.4-badTime"},
         .check = bad_time},
        {.id = "fail-info.bad-time-is-far",
         .severity = notice,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "badTime answers a signingTime that is not close to the time of the capture",
         .covers = {"SCEP-3.2.1.4-badTime"},
         .check = bad_time_is_far},
        {.id = "fail-info.bad-message-check-fits",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "badMessageCheck answers a request whose signature does not verify",
         .covers = {"SCEP-3.2.1.4-badMessageCheck"},
         .check = bad_message_check},
        {.id = "fail-info.broken-signature-named",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "A request whose signature does not verify is answered badMessageCheck",
         .covers = {"SCEP-3.2.1.4-badMessageCheck"},
         .check = broken_signature},
        {.id = "fail-info.bad-cert-id-fits",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "badCertId answers a request that names a certificate",
         .covers = {"SCEP-3.2.1.4-badCertId"},
         .check = bad_cert_id},
        {.id = "fail-info.bad-alg-fits",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "badAlg answers no request that uses only what every CA has to support: AES128-CBC and SHA-256, with RSA",
         .covers = {"SCEP-3.2.1.4-badAlg", "SCEP-2.9-support-AES128-CBC", "SCEP-2.9-support-SHA-256"},
         .check = bad_alg},
    };
    return rules;
}

}  // namespace sceplab::rules
