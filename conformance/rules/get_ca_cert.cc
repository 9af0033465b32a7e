#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <set>

// The certificates that GetCACert gives, as a set (RFC 8894, 4.2.1.2), and from one answer to the next.
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;

Place place_of(const CaCertificates& answer, const CertificateFacts& certificate) {
    const bool bare = answer.facts.certs_only && answer.facts.certs_only->certificate;
    return place(answer.exchange, answer.facts.side, certificate.certificate.whole.location(),
                 bare ? std::string() : "SignedData.certificates[" + std::to_string(certificate.index) + "]");
}

// A leaf is a CA, or was issued by one of the set. Of a bare SignedData nothing says what it answered.
Outcome leaves_belong(const CaCertificates& answer) {
    if (!answer.exchange.target || !answer.facts.certs_only || !answer.facts.certs_only->signed_data) {
        return Outcome::not_applicable();
    }
    std::set<std::string_view> subjects;
    for (const CertificateFacts& each : answer.certificates) {
        subjects.insert(each.certificate.subject.whole.text());
    }
    for (const CertificateFacts& each : answer.certificates) {
        const bool is_ca = each.certificate.basic_constraints_ca().value_or(false) || each.certificate.self_issued();
        if (!is_ca && !subjects.contains(each.certificate.issuer.whole.text())) {
            return Outcome::violation(place_of(answer, each), "the certificate of " + each.certificate.subject.to_string() +
                                                                  " is no CA's, and its issuer " + each.certificate.issuer.to_string() +
                                                                  " is not in the set");
        }
    }
    return Outcome::pass();
}

// Two answers to the same request; certificates that GetNextCACert foretold may take over.
Outcome stable(const CaCertificates& answer) {
    const auto& server = answer.exchange.server;
    const auto& target = answer.exchange.target;
    if (server.ca_certificates.empty() || !target || target->whole.text() != server.ca_certificates_target) {
        return Outcome::not_applicable();
    }
    std::set<std::string_view> known;  // octets
    for (const auto* all : {&server.ca_certificates, &server.next_ca_certificates}) {
        for (const auto& each : *all) {
            known.insert(Input(each->octets).text());
        }
    }
    const auto changed = std::ranges::find_if(answer.certificates, [&](const CertificateFacts& each) { return !known.contains(each.original.text()); });
    return changed == answer.certificates.end()
               ? Outcome::pass()
               : Outcome::violation(place_of(answer, *changed), "the certificate of " + changed->certificate.subject.to_string() +
                                                                    " was not in the answer before, nor announced by GetNextCACert");
}

}  // namespace

RuleSpan<CaCertificates> get_ca_cert_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CaCertificates>> rules{
        {.id = "get-ca-cert.leaves-belong",
         .severity = warning,
         .cite = {rfc8894, "4.2.1.2"},
         .says = "The leaves of a chain are certificates of CAs, or were issued by one of the chain",
         .covers = {"SCEP-4.2.1.2-intermediate-leaf"},
         .check = leaves_belong},
        {.id = "get-ca-cert.stable",
         .severity = warning,
         .cite = {rfc8894, "4.2"},
         .says = "GetCACert gives the same certificates until a rollover",
         .covers = {"SCEP-4.2-cacert-stable"},
         .check = stable},
    };
    return rules;
}

}  // namespace sceplab::rules
