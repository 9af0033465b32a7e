#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// The SignedData around a message: its signer and the signature.
namespace sceplab::rules {

namespace {

using scep::botan::Verdict;

Outcome one_signer(const Signed& message) {
    const auto& signers = message.message.signed_data.signer_infos;
    return signers.size() == 1 ? Outcome::pass()
                               : Outcome::violation(place(message, signers.whole().location(), "SignedData.signerInfos"),
                                                    std::to_string(signers.size()) + " SignerInfos where one is due");
}

Outcome signature_valid(const Signed& message) {
    if (!message.facts.signature) {
        return Outcome::not_performed("nothing is known of the signature");
    }
    const scep::botan::Check& value = message.facts.signature->value;
    switch (value.verdict) {
    case Verdict::valid:
        return Outcome::pass();
    case Verdict::not_performed:
        return Outcome::not_performed(value.reason);
    case Verdict::invalid:
        break;
    }
    return Outcome::violation(place(message, message.message.signer_info.signature.location(), "SignedData.signerInfos[0].signature"),
                              "the signature does not verify: " + value.reason, {signer_place(message)});
}

Outcome digest_fits(const Signed& message) {
    if (!message.attributes.message_digest.present()) {
        return Outcome::not_applicable();
    }
    if (!message.facts.signature) {
        return Outcome::not_performed("nothing is known of the signature");
    }
    const scep::botan::Check& digest = message.facts.signature->message_digest;
    switch (digest.verdict) {
    case Verdict::valid:
        return Outcome::pass();
    case Verdict::not_performed:
        return Outcome::not_performed(digest.reason);
    case Verdict::invalid:
        break;
    }
    const auto& value = message.attributes.message_digest.value;
    return Outcome::violation(attribute_place(message, message.attributes.message_digest),
                              "messageDigest " + (value ? hex(value->value()) : std::string("without a value")) +
                                  " is not the digest of the eContent",
                              {content_place(message)});
}

Outcome digest_algorithm_listed(const Signed& message) {
    const auto& wanted = message.message.signer_info.digest_algorithm.algorithm;
    const auto& listed = message.message.signed_data.digest_algorithms;
    for (const auto& algorithm : listed) {
        if (algorithm && algorithm->algorithm == wanted) {
            return Outcome::pass();
        }
    }
    return Outcome::violation(
        place(message, listed.whole().location(), "SignedData.digestAlgorithms"),
        "digestAlgorithms lacks the signer's " + wanted.to_string(),
        {place(message, message.message.signer_info.digest_algorithm.whole.location(), "SignedData.signerInfos[0].digestAlgorithm")});
}

Outcome one_digest_algorithm(const Signed& message) {
    const auto& listed = message.message.signed_data.digest_algorithms;
    if (message.message.signed_data.signer_infos.size() != 1 || listed.empty()) {
        return Outcome::not_applicable();
    }
    return listed.size() == 1 ? Outcome::pass()
                              : Outcome::violation(place(message, listed.whole().location(), "SignedData.digestAlgorithms"),
                                                   std::to_string(listed.size()) + " digestAlgorithms for one signer");
}

}  // namespace

RuleSpan<Signed> signed_data_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "message.one-signer",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "A message has one signer",
         .covers = {"SCEP-3.2-one-signer"},
         .check = one_signer},
        {.id = "signature.valid",
         .severity = error,
         .cite = {rfc8894, "3.1"},
         .says = "The signature verifies with the key of the certificate that the SignerInfo names",
         .covers = {"SCEP-3.1-signed-by-sender", "SCEP-2.3-sign-with-selected-key", "CMS-5.4-signature-over-set-tag",
                    "P7-digestEncryptionAlgorithm"},
         .check = signature_valid},
        {.id = "message-digest.fits-content",
         .severity = error,
         .cite = {rfc5652, "5.6"},
         .says = "messageDigest is the digest of the eContent, of no octets where it is absent",
         .covers = {"SCEP-3.1-encrypt-then-sign", "CMS-5.6-digest-equal", "CMS-5.4-digest-over-econtent-value", "CMS-5.4-digest-empty-content"},
         .check = digest_fits},
        {.id = "digest-algorithms.signer-listed",
         .severity = warning,
         .cite = {rfc5652, "5.3"},
         .says = "The signer's digest algorithm is among digestAlgorithms",
         .covers = {"CMS-5.1-digestalgs-contains", "CMS-5.3-digestalg-among"},
         .check = digest_algorithm_listed},
        {.id = "digest-algorithms.one",
         .severity = notice,
         .cite = {rfc8894, "3.2"},
         .says = "One signer has one digest algorithm",
         .covers = {"SCEP-3.2-one-digest-alg"},
         .check = one_digest_algorithm},
    };
    return rules;
}

}  // namespace sceplab::rules
