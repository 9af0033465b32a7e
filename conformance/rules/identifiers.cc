#include <conformance/rules/common.h>
#include <conformance/rules/recipient_certificate.h>
#include <conformance/rules/rule_files.h>

// issuerAndSerialNumber and subjectKeyIdentifier: they name one certificate, and some receivers compare octets (RFC 5652, 5.3, 6.2.1 and 10.2.4).
namespace sceplab::rules {

namespace {

using scep::cms::CertificateIdentifier;
using scep::x509::Certificate;

Outcome unique(const Signed& message) {
    const CertificateIdentifier& sid = message.message.signer_info.sid;
    const auto& certificates = message.message.signed_data.certificates;
    if (!certificates) {
        return Outcome::not_applicable();
    }
    std::optional<Input> first;
    for (auto choice = certificates->begin(); choice != certificates->end(); ++choice) {
        const auto certificate = *choice ? (*choice)->certificate() : std::unexpected((*choice).error());
        if (!certificate || !sid.matches(*certificate)) {
            continue;
        }
        if (first && !first->same_octets(certificate->whole)) {
            return Outcome::violation(place(message, choice.whole().location(), "SignedData.certificates[" + std::to_string(choice.index()) + "]"),
                                      "the sid (" + describe(sid) + ") names more than one certificate",
                                      {place(message, sid.whole.location(), "SignedData.signerInfos[0].sid")});
        }
        first = first ? first : certificate->whole;
    }
    return first ? Outcome::pass() : Outcome::not_applicable();
}

// Octet for octet, where it is equal anyway.
bool is_copy(const CertificateIdentifier& identifier, const Certificate& certificate) {
    return !identifier.issuer_and_serial_number || identifier.issuer_and_serial_number->issuer.whole.same_octets(certificate.issuer.whole);
}

constexpr const char* not_a_copy = "the issuer equals the one of the certificate, but is encoded otherwise: receivers that compare octets find no certificate";

Outcome sid_is_copy(const Signed& message) {
    const CertificateIdentifier& sid = message.message.signer_info.sid;
    if (!message.facts.signature || !message.facts.signature->signer.certificate) {
        return Outcome::not_performed("the signer's certificate is not known");
    }
    return is_copy(sid, *message.facts.signature->signer.certificate)
               ? Outcome::pass()
               : Outcome::violation(place(message, sid.whole.location(), "SignedData.signerInfos[0].sid"), not_a_copy, {signer_place(message)});
}

Outcome rid_is_copy(const Enveloped& message) {
    return each_recipient_certificate(message, [&](const NamedRecipient& recipient, const Certificate& certificate, Outcome& out) {
        if (!is_copy(recipient.rid, certificate)) {
            out.add(place(message, recipient.rid.whole.location(), recipient.path + ".rid"), not_a_copy);
        }
    });
}

}  // namespace

RuleSpan<Signed> signer_identifier_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "signer.identifier-unique",
         .severity = warning,
         .cite = {rfc5652, "5.3"},
         .says = "The sid names one certificate of the message alone",
         .covers = {"CMS-5.3-sid-unique"},
         .check = unique},
        {.id = "signer.identifier-octets",
         .severity = notice,
         .cite = {rfc5652, "5.3"},
         .says = "The issuer in the sid is a copy of the one in the certificate, octet for octet",
         .covers = {"CMS-5.3-sid-matches-cert"},
         .check = sid_is_copy},
    };
    return rules;
}

RuleSpan<Enveloped> recipient_identifier_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "recipient.identifier-octets",
         .severity = notice,
         .cite = {rfc5652, "6.2.1"},
         .says = "The issuer in the rid is a copy of the one in the certificate, octet for octet",
         .covers = {"CMS-6.2.1-rid-matches-cert"},
         .check = rid_is_copy},
    };
    return rules;
}

}  // namespace sceplab::rules
