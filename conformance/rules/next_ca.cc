#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// The answer to GetNextCACert (RFC 8894, 4.7.1).
namespace sceplab::rules {

namespace {

Outcome signed_by_current_ca(const NextCACert& answer) {
    if (!answer.facts.signature || !answer.facts.signature->signer.ca_certificates_known) {
        return Outcome::not_performed("no GetCACert answer before");
    }
    const evidence::Signer& signer = answer.facts.signature->signer;
    if (signer.in_get_ca_cert) {
        return Outcome::pass();
    }
    return Outcome::violation(signer_place(answer), "the signer (" + describe(answer.message.signer_info.sid) +
                                                        ") is none of the certificates that GetCACert gave");
}

Outcome certificates_inside(const NextCACert& answer) {
    if (answer.facts.certs_only && answer.facts.certs_only->certificate_count() > 0) {
        return Outcome::pass();
    }
    return Outcome::violation(content_place(answer), "the signed content is no certificates-only SignedData with a certificate");
}

Outcome not_the_current(const NextCACert& answer) {
    if (!answer.facts.certs_only || answer.facts.certificates.empty()) {
        return Outcome::not_applicable();
    }
    const auto& current = answer.exchange.server.ca_certificates;
    if (current.empty()) {
        return Outcome::not_performed("no GetCACert answer before");
    }
    // Issuers further up may stay; one certificate has to be new.
    const auto is_current = [&](const evidence::CertificateFacts& each) {
        return std::ranges::any_of(current, [&](const auto& known) { return each.original.same_octets(known->octets); });
    };
    if (!std::ranges::all_of(answer.facts.certificates, is_current)) {
        return Outcome::pass();
    }
    const auto& first = answer.facts.certificates.front();
    return Outcome::violation(
        place(answer, first.certificate.whole.location(), "SignedData.encapContentInfo.eContent.SignedData.certificates[0]"),
        "the next CA certificate is the current one, " + first.certificate.subject.to_string());
}

}  // namespace

RuleSpan<NextCACert> next_ca_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<NextCACert>> rules{
        {.id = "next-ca.signed-by-current-ca",
         .severity = error,
         .cite = {rfc8894, "4.7.1"},
         .says = "The answer to GetNextCACert is signed by the current CA",
         .covers = {"SCEP-4.7.1-signed-by-current-ca", "LEG-4.6.1-signed-current"},
         .check = signed_by_current_ca},
        {.id = "next-ca.certificates-inside",
         .severity = error,
         .cite = {rfc8894, "4.7.1"},
         .says = "What is signed is a certificates-only SignedData with the next CA certificates",
         .covers = {"SCEP-4.7.1-content-degenerate", "VEN-next-single-degenerate"},
         .check = certificates_inside},
        {.id = "next-ca.not-current",
         .severity = warning,
         .cite = {rfc8894, "4.7.1"},
         .says = "The next CA certificate is not the current one",
         .covers = {"SCEP-2.2-rollover-exists", "LEG-4.6.1-reject-if-none"},
         .check = not_the_current},
    };
    return rules;
}

}  // namespace sceplab::rules
