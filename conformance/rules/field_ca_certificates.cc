#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <map>

// Answers to GetCACert that conform and that some clients cannot use.
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;
using evidence::Role;
using scep::x509::KeyUsage;

std::string path_of(const CaCertificates& answer, const CertificateFacts& certificate) {
    return answer.facts.certs_only && answer.facts.certs_only->certificate ? std::string()
                                                                           : "SignedData.certificates[" + std::to_string(certificate.index) + "]";
}

Place place_of(const CaCertificates& answer, const CertificateFacts& certificate) {
    return place(answer.exchange, Side::response, certificate.certificate.whole.location(), path_of(answer, certificate));
}

Place whole(const CaCertificates& answer) { return place(answer.exchange, Side::response, answer.facts.octets.location(), ""); }

bool allows(const scep::x509::Certificate& certificate, KeyUsage usage) {
    const auto bits = certificate.key_usage();
    return !bits || bits->bit(static_cast<std::uint32_t>(usage));
}

// Apple takes an answer of several certificates for a CA and its RAs.
Outcome ra_certificates(const CaCertificates& answer) {
    if (answer.certificates.size() < 2) {
        return Outcome::not_applicable();
    }
    const auto has = [&](KeyUsage usage) {
        return std::ranges::any_of(answer.certificates,
                                   [&](const CertificateFacts& each) { return each.role != Role::ca && allows(each.certificate, usage); });
    };
    const bool encrypts = has(KeyUsage::keyEncipherment);
    const bool signs = has(KeyUsage::digitalSignature);
    if (encrypts && signs) {
        return Outcome::pass();
    }
    return Outcome::violation(whole(answer), "none of the " + std::to_string(answer.certificates.size()) + " certificates is that of an RA for " +
                                                 (encrypts ? "signing" : signs ? "encryption" : "encryption or signing") +
                                                 ": the octets conform; iOS and macOS take several certificates for a CA with its RAs, and find none");
}

Outcome certificates_differ(const CaCertificates& answer) {
    std::map<evidence::Sha256, const CertificateFacts*> seen;
    Outcome out = Outcome::pass();
    for (const CertificateFacts& each : answer.certificates) {
        const auto [first, is_new] = seen.try_emplace(each.sha256, &each);
        if (!is_new) {
            out.add(place_of(answer, each), "the certificate of " + each.certificate.subject.to_string() + " is there twice: iOS refuses the answer",
                    {place_of(answer, *first->second)});
        }
    }
    return answer.certificates.size() < 2 ? Outcome::not_applicable() : out;
}

Outcome one_ca(const CaCertificates& answer) {
    const CertificateFacts* second = nullptr;
    std::size_t count = 0;
    for (const CertificateFacts& each : answer.certificates) {
        if (each.role == Role::ca && ++count == 2) {
            second = &each;
        }
    }
    return second == nullptr ? Outcome::pass()
                             : Outcome::violation(place_of(answer, *second),
                                                  std::to_string(count) + " CA certificates in the answer (the second is of " +
                                                      second->certificate.subject.to_string() +
                                                      "): the octets conform; clients that take the first CA they meet for the one that issues choose wrongly");
}

Outcome key_transport(const CaCertificates& answer) {
    const bool any = std::ranges::any_of(answer.certificates, [](const CertificateFacts& each) {
        return each.certificate.subject_public_key_info.algorithm.algorithm == scep::x509::oids::rsaEncryption;
    });
    const auto& first = answer.certificates.front();
    return any ? Outcome::pass()
               : Outcome::violation(place_of(answer, first),
                                    "no certificate of the answer has an RSA key (the first has " +
                                        first.certificate.subject_public_key_info.algorithm.algorithm.to_string() +
                                        "): the octets conform; clients that envelope by RSA key transport, and that is most, cannot send a request");
}

}  // namespace

RuleSpan<CaCertificates> field_ca_certificates_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CaCertificates>> rules{
        {.id = "field.ra-certificates",
         .severity = notice,
         .cite = {rfc8894, "4.2.1.2"},
         .says = "An answer of several certificates holds those of an RA for encryption and for signing",
         .covers = {},
         .check = ra_certificates},
        {.id = "field.ca-certificates-differ",
         .severity = notice,
         .cite = {rfc8894, "4.2.1.2"},
         .says = "The answer holds each certificate once",
         .covers = {},
         .check = certificates_differ},
        {.id = "field.one-ca-certificate",
         .severity = notice,
         .cite = {rfc8894, "4.2.1.2"},
         .says = "The answer holds the certificate of one CA",
         .covers = {},
         .check = one_ca},
        {.id = "field.rsa-key-to-encrypt-to",
         .severity = notice,
         .cite = {rfc8894, "3.1"},
         .says = "The answer holds a certificate with an RSA key",
         .covers = {},
         .check = key_transport},
    };
    return rules;
}

}  // namespace sceplab::rules
