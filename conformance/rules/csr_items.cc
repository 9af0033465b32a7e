#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// What a CertificationRequest holds at least (RFC 8894, 3.3.1).
namespace sceplab::rules {

namespace {

constexpr const char* info_path = "messageData.certificationRequestInfo";

Outcome public_key_present(const Csr& request) {
    const auto& key = request.csr.subject_pk_info;
    return key.subject_public_key.octets.empty()
               ? Outcome::violation(place(request, key.whole.location(), std::string(info_path) + ".subjectPKInfo"),
                                    "the subjectPublicKey of the CertificationRequest has no octets")
               : Outcome::pass();
}

Outcome required_challenge(const Csr& request) {
    if (request.facts.message_type() != scep::MessageType::PKCSReq) {
        return Outcome::not_applicable();
    }
    const auto required = request.exchange.local->secret_required;
    if (!required) {
        return Outcome::not_performed("whether the CA wants a secret is not told");
    }
    if (!*required) {
        return Outcome::not_applicable();
    }
    const auto challenge = request.csr.challenge_password();
    if (challenge && !challenge->value().empty()) {
        return Outcome::pass();
    }
    return Outcome::violation(place(request, challenge ? challenge->whole().location() : request.csr.certification_request_info.location(), info_path),
                              challenge ? "the challengePassword is empty, and the CA wants a secret"
                                        : "the CertificationRequest has no challengePassword, and the CA wants a secret");
}

// The drafts want one in each, though a certificate vouches for it; empty will do.
Outcome challenge_in_renewal(const Csr& request) {
    const auto& signature = request.facts.signature;
    const bool renews = request.facts.message_type() == scep::MessageType::PKCSReq && signature && signature->signer.certificate &&
                        !signature->signer.certificate->self_issued();
    if (!renews) {
        return Outcome::not_applicable();
    }
    return request.csr.challenge_password()
               ? Outcome::pass()
               : Outcome::violation(place(request, request.csr.certification_request_info.location(), info_path),
                                    "the CertificationRequest has no challengePassword, not even an empty one");
}

}  // namespace

RuleSpan<Csr> csr_items_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "csr.public-key-present",
         .severity = error,
         .cite = {rfc8894, "3.3.1"},
         .says = "A CertificationRequest has the subject's public key",
         .covers = {"SCEP-3.3.1-csr-public-key"},
         .check = public_key_present},
        {.id = "csr.challenge-password-where-required",
         .severity = error,
         .cite = {rfc8894, "3.3.1"},
         .says = "Where a shared secret authorises it, a PKCSReq has a challengePassword",
         .covers = {"SCEP-3.3.1-csr-challenge-if-secret"},
         .check = required_challenge},
        {.id = "csr.challenge-password-in-renewal",
         .severity = error,
         .cite = {nourse22, "3.2.1"},
         .says = "A PKCSReq that an existing certificate signs has a challengePassword, empty or not",
         .covers = {"LEG-3.2.1-challenge-must"},
         .check = challenge_in_renewal},
    };
    return rules;
}

}  // namespace sceplab::rules
