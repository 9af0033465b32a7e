#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// The sid of a signer: it names one certificate, and some receivers compare octets (RFC 5652, 5.3).
namespace sceplab::rules {

namespace {

using scep::cms::CertificateIdentifier;

Outcome unique(const Signed& message) {
    const CertificateIdentifier& sid = message.message.signer_info.sid;
    std::optional<Input> first;
    for (const evidence::IncludedCertificate& each : message.facts.included) {
        if (!sid.matches(each.certificate)) {
            continue;
        }
        if (first && !first->same_octets(each.certificate.whole)) {
            return Outcome::violation(place(message, each.whole.location(), "SignedData.certificates[" + std::to_string(each.index) + "]"),
                                      "the sid (" + describe(sid) + ") names more than one certificate",
                                      {place(message, sid.whole.location(), "SignedData.signerInfos[0].sid")});
        }
        first = first ? first : each.certificate.whole;
    }
    return first ? Outcome::pass() : Outcome::not_applicable();
}

Outcome sid_is_copy(const Signed& message) {
    const CertificateIdentifier& sid = message.message.signer_info.sid;
    if (!message.facts.signature || !message.facts.signature->signer.certificate) {
        return Outcome::not_performed("the signer's certificate is not known");
    }
    if (!sid.issuer_and_serial_number) {
        return Outcome::not_applicable();
    }
    const auto& issuer = sid.issuer_and_serial_number->issuer;
    return issuer.whole.same_octets(message.facts.signature->signer.certificate->issuer.whole)
               ? Outcome::pass()
               : Outcome::violation(place(message, issuer.whole.location(), "SignedData.signerInfos[0].sid.issuer"),
                                    "the issuer " + issuer.to_string() + " is encoded otherwise than in the certificate: who compares octets finds no certificate",
                                    {signer_place(message)});
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

}  // namespace sceplab::rules
