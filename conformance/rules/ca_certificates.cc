#include <conformance/rules/common.h>
#include <conformance/rules/leaves.h>
#include <conformance/rules/rule_files.h>

#include <conformance/evidence/public_key.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

// A CA's own certificates: what GetCACert gives, and what they are used for (RFC 8894, 2.1.2, 2.2).
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;
using evidence::FingerprintHash;
using evidence::KnownCertificate;
using scep::x509::Certificate;
using scep::x509::KeyUsage;

// Every pair is compared; a real chain is short.
constexpr std::size_t most_certificates = 64;

bool allows(const Certificate& certificate, KeyUsage usage) {
    const auto bits = certificate.key_usage();
    return !bits || bits->bit(static_cast<std::uint32_t>(usage));
}

std::string answer_path(const CaCertificates& answer, const CertificateFacts& certificate) {
    return answer.facts.certs_only && answer.facts.certs_only->certificate ? std::string()
                                                                           : "SignedData.certificates[" + std::to_string(certificate.index) + "]";
}

Place answer_place(const CaCertificates& answer, const CertificateFacts& certificate) {
    return place(answer.exchange, answer.facts.side, certificate.certificate.whole.location(), answer_path(answer, certificate));
}

// A file of certificates may be meant for something else.
bool is_asked_for(const CaCertificates& answer) { return answer.exchange.target.has_value(); }

Outcome whole_chain(const CaCertificates& answer) {
    if (!is_asked_for(answer)) {
        return Outcome::not_applicable();
    }
    const auto& all = answer.certificates;
    if (all.size() > most_certificates) {
        return Outcome::not_performed("more than " + std::to_string(most_certificates) + " certificates");
    }
    Outcome out = Outcome::pass();
    for (const CertificateFacts& each : all) {
        const auto is_issuer = [&](const CertificateFacts& other) { return same_name(other.certificate.subject, each.certificate.issuer); };
        if (!std::ranges::any_of(all, is_issuer)) {
            out.add(answer_place(answer, each), "the issuer of " + each.certificate.subject.to_string() + ", " +
                                                         each.certificate.issuer.to_string() + ", is not among the certificates");
        }
    }
    return out;
}

Outcome fingerprint(const CaCertificates& answer) {
    if (!is_asked_for(answer)) {
        return Outcome::not_applicable();
    }
    if (answer.exchange.local->ca_fingerprints.empty()) {
        return Outcome::not_performed("--facts tells no fingerprint");
    }
    return std::ranges::any_of(answer.certificates, [](const CertificateFacts& each) { return each.fingerprint.has_value(); })
               ? Outcome::pass()
               : Outcome::violation(answer_place(answer, answer.certificates.front()),
                                    "no certificate has the fingerprint that the client is to expect; the SHA-256 of the first is " +
                                        scep::der::to_hex(answer.certificates.front().sha256()));
}

Outcome strong_fingerprint(const CaCertificates& answer) {
    Outcome out = Outcome::not_applicable();
    for (const CertificateFacts& each : answer.certificates) {
        if (!each.fingerprint) {
            continue;
        }
        const bool weak = *each.fingerprint == FingerprintHash::md5 || *each.fingerprint == FingerprintHash::sha1;
        if (weak) {
            return Outcome::violation(answer_place(answer, each), std::string("the certificate is told by its ") +
                                                                           (*each.fingerprint == FingerprintHash::md5 ? "MD5" : "SHA-1") +
                                                                           " fingerprint alone");
        }
        out = Outcome::pass();
    }
    return out;
}

Outcome ra_present(const CaCertificates& answer) {
    const auto type = input::find(answer.exchange.exchange.response->fields, "Content-Type");
    if (!type || scep::http::media_type(*type) != "application/x-x509-ca-ra-cert") {
        return Outcome::not_applicable();
    }
    return std::ranges::any_of(answer.certificates, [](const CertificateFacts& each) { return each.role == evidence::Role::ra; })
               ? Outcome::pass()
               : Outcome::violation(answer_place(answer, answer.certificates.front()),
                                    "application/x-x509-ca-ra-cert with " + std::to_string(answer.certificates.size()) +
                                        " certificates, none of them an RA's");
}

Outcome key_length(const CaCertificates& answer) {
    constexpr std::size_t least = 2048;
    if (!is_asked_for(answer)) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (const CertificateFacts& each : answer.certificates) {
        const auto bits = evidence::rsa_modulus_bits(each.certificate.subject_public_key_info);
        if (bits && *bits < least) {
            out.add(place(answer.exchange, answer.facts.side, each.certificate.subject_public_key_info.whole.location(),
                          answer_path(answer, each) + ".subjectPublicKeyInfo"),
                    "the RSA key of " + each.certificate.subject.to_string() + " has " + std::to_string(*bits) + " bits");
        }
    }
    return out;
}

Outcome signs_replies(const CertRep& reply) {
    if (!reply.facts.signature || !reply.facts.signature->signer.certificate) {
        return Outcome::not_performed("the signer's certificate is not known");
    }
    const Certificate& signer = *reply.facts.signature->signer.certificate;
    return allows(signer, KeyUsage::digitalSignature)
               ? Outcome::pass()
               : Outcome::violation(signer_place(reply), "the keyUsage of " + signer.subject.to_string() +
                                                             ", which signs the reply, has no digitalSignature");
}

// The CA's certificate that an envelope is for, by the RecipientInfo that names it.
struct Recipient {
    const KnownCertificate& certificate;
    Place rid;
};

std::vector<Recipient> known_recipients(const Request& request) {
    std::vector<Recipient> out;
    const auto* envelope = enveloped_data(request.facts);
    if (envelope == nullptr) {
        return out;
    }
    const auto& recipients = request.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end() && each.index() < static_cast<std::int32_t>(most_certificates); ++each) {
        const evidence::NamedBy known = named_by(request.exchange, *request.facts.envelope, each);
        if (const KnownCertificate* certificate = known.current != nullptr ? known.current : known.next) {
            out.push_back({*certificate, place(request, certificate_identifier(**each)->whole.location(),
                                               "EnvelopedData.recipientInfos[" + std::to_string(each.index()) + "].rid")});
        }
    }
    return out;
}

Outcome recipient_encrypts(const Request& request) {
    Outcome out = Outcome::not_applicable();
    for (const Recipient& each : known_recipients(request)) {
        const Certificate& certificate = each.certificate.view;
        if (certificate.subject_public_key_info.algorithm.algorithm == scep::x509::oids::rsaEncryption && !allows(certificate, KeyUsage::keyEncipherment)) {
            return Outcome::violation(each.rid, "the keyUsage of " + certificate.subject.to_string() +
                                                    ", which the request is enveloped for, has no keyEncipherment");
        }
        out = Outcome::pass();
    }
    return out;
}

Outcome recipient_verified(const Request& request) {
    Outcome out = Outcome::not_applicable();
    for (const Recipient& each : known_recipients(request)) {
        const Certificate& certificate = each.certificate.view;
        if (certificate.self_issued()) {
            continue;
        }
        const std::string who = certificate.subject.to_string() + ", which the request is enveloped for, ";
        if (each.certificate.by_issuer.verdict == scep::botan::Verdict::invalid) {
            return Outcome::violation(each.rid, "the certificate of " + who + "is not signed by " + certificate.issuer.to_string() + ": " +
                                                    each.certificate.by_issuer.reason);
        }
        const auto& http = request.exchange.exchange.request;
        if (http && http->time) {
            const std::int64_t time = *http->time / 1'000'000;
            if (time < certificate.validity.not_before.seconds || time > certificate.validity.not_after.seconds) {
                return Outcome::violation(each.rid, "the certificate of " + who + "is valid from " + certificate.validity.not_before.to_string() + " to " +
                                                        certificate.validity.not_after.to_string() + ", the request is of " +
                                                        scep::der::format_time(time));
            }
        }
        out = each.certificate.by_issuer.verdict == scep::botan::Verdict::valid
                  ? Outcome::pass()
                  : Outcome::not_performed("the issuer of the CA's certificate is not known");
    }
    return out;
}

bool is_ra(const KnownCertificate& known) {
    return !known.view.self_issued() && !known.view.basic_constraints_ca().value_or(false) && allows(known.view, KeyUsage::keyEncipherment);
}

Outcome recipient_is_ra(const Request& request) {
    const auto& all = request.exchange.server.ca_certificates;
    const auto ra = std::ranges::find_if(all, [](const auto& known) { return is_ra(*known); });
    if (ra == all.end()) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::not_applicable();
    for (const Recipient& each : known_recipients(request)) {
        if (each.certificate.view.basic_constraints_ca().value_or(false)) {
            return Outcome::violation(each.rid, "the request is enveloped for the CA " + each.certificate.view.subject.to_string() + " though GetCACert gave the RA " +
                                                    (*ra)->view.subject.to_string());
        }
        out = Outcome::pass();
    }
    return out;
}

// Whoever signed an issued certificate is allowed to.
Outcome issuer_signs_certificates(const Pair& pair) {
    const auto& known = pair.reply.exchange.server.ca_certificates;
    Outcome out = Outcome::not_applicable();
    for (const CertificateFacts& each : pair.reply.facts.certificates) {
        if (each.role != evidence::Role::issued || each.index >= static_cast<std::int32_t>(most_certificates)) {
            continue;
        }
        const auto is_issuer = [&](const auto& one) { return same_name(one->view.subject, each.certificate.issuer); };
        const auto may_sign = [&](const auto& one) {
            return is_issuer(one) && (allows(one->view, KeyUsage::keyCertSign) || allows(one->view, KeyUsage::cRLSign));
        };
        if (std::ranges::any_of(known, may_sign)) {
            out = Outcome::pass();
        } else if (std::ranges::any_of(known, is_issuer)) {
            return Outcome::violation(
                place(pair.reply, each.certificate.issuer.whole.location(), certificate_path(each) + ".issuer"),
                "the keyUsage of the issuer " + each.certificate.issuer.to_string() + " has neither keyCertSign nor cRLSign");
        }
    }
    return out;
}

}  // namespace

RuleSpan<CaCertificates> ca_certificates_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CaCertificates>> rules{
        {.id = "ca-certificates.whole-chain",
         .severity = warning,
         .cite = {rfc8894, "2.2"},
         .says = "GetCACert gives every certificate of the chain, up to one that is its own issuer",
         .covers = {"SCEP-2.2-chain-when-intermediate"},
         .check = whole_chain},
        {.id = "ca-certificates.fingerprint",
         .severity = warning,
         .cite = {rfc8894, "2.2"},
         .says = "A certificate of the answer to GetCACert, whole and as received, has the fingerprint that the client knows",
         .covers = {"SCEP-2.2-fingerprint-sha256", "LEG-2.1.2-fingerprint-hashes"},
         .check = fingerprint},
        {.id = "ca-certificates.fingerprint-strong",
         .severity = notice,
         .cite = {rfc8894, "2.2"},
         .says = "The fingerprint that tells the CA's certificate is neither MD5 nor SHA-1",
         .covers = {"SCEP-2.2-fingerprint-sha1-legacy"},
         .check = strong_fingerprint},
        {.id = "ca-certificates.ra-present",
         .severity = error,
         .cite = {nourse22, "2.1.3"},
         .says = "An answer to GetCACert that is said to be of an RA holds the certificate of the RA",
         .covers = {"LEG-2.1.3-ra-cert-returned"},
         .check = ra_present},
        {.id = "ca-certificates.key-length",
         .severity = warning,
         .cite = {rfc8894, "7.1"},
         .says = "RSA keys of a CA have 2048 bits or more",
         .covers = {"SCEP-7.1-key-length"},
         .check = key_length},
    };
    return rules;
}

RuleSpan<CertRep> reply_usage_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CertRep>> rules{
        {.id = "ca.usage-digital-signature",
         .severity = error,
         .cite = {rfc8894, "2.1.2"},
         .says = "The certificate that signs replies is allowed digitalSignature, where it names usages",
         .covers = {"SCEP-2.1.2-ca-ku-digitalSignature"},
         .check = signs_replies},
    };
    return rules;
}

RuleSpan<Request> request_ca_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "ca.usage-key-encipherment",
         .severity = error,
         .cite = {rfc8894, "2.1.2"},
         .says = "The RSA certificate that requests are enveloped for is allowed keyEncipherment, where it names usages",
         .covers = {"SCEP-2.1.2-ca-ku-keyEncipherment"},
         .check = recipient_encrypts},
        {.id = "recipient.ca-certificate-verified",
         .severity = error,
         .cite = {rfc8894, "2.2"},
         .says = "A request is enveloped for no intermediate certificate that has expired or that its issuer did not sign",
         .covers = {"SCEP-2.2-verify-intermediates", "LEG-2.1.3-ra-verify"},
         .check = recipient_verified},
        {.id = "recipient.ra-where-there-is-one",
         .severity = error,
         .cite = {nourse22, "2.1.3"},
         .says = "Where GetCACert gave an RA's certificate, a request is enveloped for the RA",
         .covers = {"LEG-2.1.3-use-ra-key"},
         .check = recipient_is_ra},
    };
    return rules;
}

RuleSpan<Pair> issuer_usage_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "ca.usage-cert-sign",
         .severity = error,
         .cite = {rfc8894, "2.1.2"},
         .says = "The certificate of the issuer is allowed keyCertSign or cRLSign, where it names usages",
         .covers = {"SCEP-2.1.2-ca-ku-certsign"},
         .check = issuer_signs_certificates},
    };
    return rules;
}

}  // namespace sceplab::rules
