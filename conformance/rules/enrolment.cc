#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <conformance/evidence/public_key.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <cmath>

// What a client brings to an enrolment: the certificate it made itself, its key, its secret (RFC 8894, 2.3, 7.1, 7.3).
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::botan::Verdict;
using scep::x509::KeyUsage;
namespace oids = scep::x509::oids;

// The certificate that a client made itself.
const scep::x509::Certificate* own_certificate(const Request& request) {
    const auto& signature = request.facts.signature;
    const bool there = request.facts.message_type() == MessageType::PKCSReq && signature && signature->signer.certificate;
    return there && signature->signer.certificate->self_issued() ? &*signature->signer.certificate : nullptr;
}

Outcome self_signature(const Request& request) {
    const auto* certificate = own_certificate(request);
    if (certificate == nullptr) {
        return Outcome::not_applicable();
    }
    const scep::botan::Check& check = request.facts.signature->signer.by_itself;
    switch (check.verdict) {
    case Verdict::valid:
        return Outcome::pass();
    case Verdict::not_performed:
        return Outcome::not_performed(check.reason);
    case Verdict::invalid:
        break;
    }
    return Outcome::violation(signer_place(request), "the certificate of " + certificate->subject.to_string() +
                                                         " names itself as its issuer and is not signed with its own key: " + check.reason);
}

Outcome key_usage(const Request& request) {
    const auto* certificate = own_certificate(request);
    const auto bits = certificate != nullptr ? certificate->key_usage() : std::nullopt;
    if (!bits) {
        return Outcome::not_applicable();
    }
    const bool encrypts = certificate->subject_public_key_info.algorithm.algorithm == oids::rsaEncryption;
    const auto lacks = [&](KeyUsage usage) { return !bits->bit(static_cast<std::uint32_t>(usage)); };
    std::string missing = lacks(KeyUsage::digitalSignature) ? "digitalSignature" : "";
    if (encrypts && lacks(KeyUsage::keyEncipherment)) {
        missing += missing.empty() ? "keyEncipherment" : " and no keyEncipherment";
    }
    return missing.empty() ? Outcome::pass()
                           : Outcome::violation(signer_place(request), "the keyUsage of the self-signed certificate has no " + missing);
}

Outcome rsa_alone(const Request& request) {
    const auto& signature = request.facts.signature;
    if (!signature || !signature->signer.certificate) {
        return Outcome::not_performed("the signer's certificate is not known");
    }
    const auto& algorithm = signature->signer.certificate->subject_public_key_info.algorithm.algorithm;
    if (!(algorithm == oids::rsaEncryption)) {
        return Outcome::violation(signer_place(request), "the signer's key is of the algorithm " + algorithm.to_string());
    }
    const auto csr = certification_request(request.facts);
    if (csr && !((*csr)->subject_pk_info.algorithm.algorithm == oids::rsaEncryption)) {
        return Outcome::violation(
            place(request, (*csr)->subject_pk_info.whole.location(), "messageData.certificationRequestInfo.subjectPKInfo"),
            "the requested key is of the algorithm " + (*csr)->subject_pk_info.algorithm.algorithm.to_string());
    }
    return Outcome::pass();
}

Outcome key_length(const Csr& request) {
    constexpr std::size_t least = 2048;
    const auto bits = evidence::rsa_modulus_bits(request.csr.subject_pk_info);
    if (!bits) {
        return Outcome::not_applicable();
    }
    return *bits >= least ? Outcome::pass()
                          : Outcome::violation(place(request, request.csr.subject_pk_info.whole.location(),
                                                     "messageData.certificationRequestInfo.subjectPKInfo"),
                                               "the requested RSA key has " + std::to_string(*bits) + " bits");
}

// Characters of the smallest usual alphabet that has them all.
int alphabet(std::string_view text) {
    const auto all = [&](std::string_view allowed) { return text.find_first_not_of(allowed) == std::string_view::npos; };
    const auto any = [&](char first, char last) { return std::ranges::any_of(text, [=](char c) { return c >= first && c <= last; }); };
    if (all("0123456789")) {
        return 10;
    }
    if (all("0123456789abcdef") || all("0123456789ABCDEF")) {
        return 16;
    }
    const bool other = std::ranges::any_of(text, [](unsigned char c) { return c < '0' || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || c > 'z'; });
    return (any('0', '9') ? 10 : 0) + (any('a', 'z') ? 26 : 0) + (any('A', 'Z') ? 26 : 0) + (other ? 33 : 0);
}

// The RFC names no number. 64 bits are what the one-time passwords of a common server have.
Outcome high_entropy(const Csr& request) {
    constexpr double least = 64;
    const auto challenge = request.csr.challenge_password();
    const auto text = challenge ? utf8_text(*challenge) : std::nullopt;
    if (!text || text->empty()) {
        return Outcome::not_applicable();
    }
    const int characters = alphabet(*text);
    const double bits = static_cast<double>(text->size()) * std::log2(characters);
    return bits >= least
               ? Outcome::pass()
               : Outcome::violation(
                     place(request, challenge->whole().location(), "messageData.certificationRequestInfo.attributes.challengePassword"),
                     "the " + std::to_string(text->size()) + " characters of the challengePassword, out of " + std::to_string(characters) + ", make " +
                         std::to_string(static_cast<int>(bits)) + " bits at the most");
}

}  // namespace

RuleSpan<Request> enrolment_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "enrolment.self-signature-valid",
         .severity = error,
         .cite = {rfc8894, "2.3"},
         .says = "The certificate that a client made itself is signed with its own key",
         .covers = {"SCEP-2.3-selfsigned-when-none"},
         .check = self_signature},
        {.id = "enrolment.signer-key-usage",
         .severity = error,
         .cite = {rfc8894, "2.3"},
         .says = "The certificate that a client made itself allows digitalSignature and, with an RSA key, keyEncipherment, where it names usages",
         .covers = {"SCEP-2.3-selfsigned-ku"},
         .check = key_usage},
        {.id = "algorithm.rsa-alone",
         .severity = warning,
         .cite = {nourse22, "2.1.1"},
         .says = "Keys of a client are RSA, the one algorithm of the drafts' time",
         .covers = {"LEG-2.1.1-rsa-only"},
         .check = rsa_alone},
    };
    return rules;
}

RuleSpan<Csr> enrolment_csr_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "csr.key-length",
         .severity = warning,
         .cite = {rfc8894, "7.1"},
         .says = "A requested RSA key has 2048 bits or more",
         .covers = {"SCEP-7.1-key-length"},
         .check = key_length},
        {.id = "challenge.high-entropy",
         .severity = notice,
         .cite = {rfc8894, "7.3"},
         .says = "A challengePassword is long enough, for the alphabet it is made of, to have 64 bits",
         .covers = {"SCEP-7.3-challenge-entropy"},
         .check = high_entropy},
    };
    return rules;
}

}  // namespace sceplab::rules
