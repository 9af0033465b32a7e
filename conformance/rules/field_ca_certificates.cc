#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/set_order.h>
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
    return answer.facts.certs_only && answer.facts.certs_only->certificate
               ? std::string()
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

bool is_apple(const ExchangeFacts& exchange) {
    return exchange.exchange.request && find(exchange.exchange.request->fields, "User-Agent").value_or("").contains("CFNetwork/");
}

// Apple takes an answer of several certificates for a CA and its RAs.
Outcome ra_certificates(const CaCertificates& answer) {
    if (answer.certificates.size() < 2 || !is_apple(answer.exchange)) {
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
    return Outcome::violation(whole(answer), "none of the " + std::to_string(answer.certificates.size()) +
                                                 " certificates is that of an RA for " +
                                                 (encrypts ? "signing"
                                                  : signs  ? "encryption"
                                                           : "encryption or signing") +
                                                 ": the octets conform; iOS and macOS, whose User-Agent the request has, take several "
                                                 "certificates for a CA with its RAs, and find none");
}

Outcome certificates_differ(const CaCertificates& answer) {
    std::map<std::string_view, const CertificateFacts*> seen; // by octets
    Outcome out = Outcome::pass();
    for (const CertificateFacts& each : answer.certificates) {
        const auto [first, is_new] = seen.try_emplace(each.original.text(), &each);
        if (!is_new) {
            out.add(place_of(answer, each),
                    "the certificate of " + each.certificate.subject.to_string() + " is there twice: iOS refuses the answer",
                    {place_of(answer, *first->second)});
        }
    }
    return answer.certificates.size() < 2 ? Outcome::not_applicable() : out;
}

// A chain of CAs alone is what the RFC has for an intermediate CA; an RA stands beside its own CA.
Outcome one_ca(const CaCertificates& answer) {
    if (std::ranges::find(answer.certificates, Role::ra, &CertificateFacts::role) == answer.certificates.end()) {
        return Outcome::not_applicable();
    }
    const CertificateFacts* second = nullptr;
    std::size_t count = 0;
    for (const CertificateFacts& each : answer.certificates) {
        if (each.role == Role::ca && ++count == 2) {
            second = &each;
        }
    }
    return second == nullptr
               ? Outcome::pass()
               : Outcome::violation(
                     place_of(answer, *second),
                     std::to_string(count) + " CA certificates beside those of the RA (the second is of " +
                         second->certificate.subject.to_string() +
                         "): the octets conform; clients that take the first CA they meet for the one that issues choose wrongly");
}

Outcome key_transport(const CaCertificates& answer) {
    const bool any = std::ranges::any_of(answer.certificates, [](const CertificateFacts& each) {
        return each.certificate.subject_public_key_info.algorithm.algorithm == scep::x509::oids::rsaEncryption;
    });
    const auto& first = answer.certificates.front();
    return any ? Outcome::pass()
               : Outcome::violation(
                     place_of(answer, first),
                     "no certificate of the answer has an RSA key (the first has " +
                         first.certificate.subject_public_key_info.algorithm.algorithm.to_string() +
                         "): the octets conform; clients that envelope by RSA key transport, and that is most, cannot send a request");
}

// A file of certificates as CAs publish them. What a SCEP server answers is for SCEP clients, which take BER.
Outcome published_sorted(const Body& body) {
    const auto& certs = body.facts.certs_only;
    if (body.exchange.target || body.facts.message || !certs || !certs->signed_data || !certs->signed_data->certificates) {
        return Outcome::not_applicable();
    }
    scep::der::Input previous;
    for (auto each = certs->signed_data->certificates->begin(); each != certs->signed_data->certificates->end(); ++each) {
        if (scep::der::precedes(each.whole(), previous)) {
            return Outcome::violation(
                place(body, each.whole().location(), "SignedData.certificates[" + std::to_string(each.index()) + "]"),
                "the certificates are not in the order that DER has for a SET OF: the octets conform as BER; decoders that want DER "
                "refuse them or warn");
        }
        previous = each.whole();
    }
    return Outcome::pass();
}

// Of the signer; those that CAs make are theirs to answer for.
Outcome key_identifier_not_critical(const MetCertificate& met) {
    const auto identifier =
        met.as == MetCertificate::As::signer ? met.certificate.extension(scep::x509::oids::id_ce_authorityKeyIdentifier) : std::nullopt;
    if (!identifier) {
        return Outcome::not_applicable();
    }
    return identifier->critical
               ? Outcome::violation(place(met.exchange, met.facts.side, identifier->whole.location(), met.path + ".extensions"),
                                    "the authorityKeyIdentifier is critical; decoders that hold to RFC 5280 refuse the certificate")
               : Outcome::pass();
}

} // namespace

RuleSpan<MetCertificate> field_certificate_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<MetCertificate>> rules{
        {.id = "certificate.authority-key-not-critical",
         .severity = warning,
         .cite = {rfc5280, "4.2.1.1"},
         .says = "The authorityKeyIdentifier of a signer's certificate is not critical",
         .covers = {},
         .check = key_identifier_not_critical},
    };
    return rules;
}

RuleSpan<Body> field_published_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Body>> rules{
        {.id = "field.published-certificates-sorted",
         .severity = notice,
         .cite = {rfc5652, "5.1"},
         .says = "The certificates of a file are in the order of DER",
         .covers = {},
         .check = published_sorted},
    };
    return rules;
}

RuleSpan<CaCertificates> field_ca_certificates_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CaCertificates>> rules{
        {.id = "field.ra-certificates",
         .severity = notice,
         .cite = {rfc8894, "4.2.1.2"},
         .says = "An answer of several certificates to Apple's clients holds those of an RA for encryption and for signing",
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
         .says = "An answer with RA certificates holds that of one CA beside them",
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

} // namespace sceplab::rules
