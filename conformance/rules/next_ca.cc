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

// Only of a variation of CertRep could they be thought to belong here.
Outcome no_transaction_attributes(const NextCACert& answer) {
    const auto& all = answer.attributes;
    const scep::AttributeSlot* const slots[] = {&all.transaction_id, &all.message_type_slot, &all.pki_status_slot,
                                                &all.fail_info_slot, &all.sender_nonce,      &all.recipient_nonce};
    const auto found = std::ranges::find_if(slots, &scep::AttributeSlot::present);
    const auto count = std::ranges::count_if(slots, &scep::AttributeSlot::present);
    return found == std::end(slots) ? Outcome::pass()
                                    : Outcome::violation(attribute_place(answer, **found),
                                                         "the answer to GetNextCACert has " + std::to_string(count) + " transaction attributes");
}

Outcome inner_der(const NextCACert& answer) {
    if (!answer.facts.certs_only) {
        return Outcome::not_applicable();
    }
    const auto& deviations = answer.facts.certs_only->deviations;
    const auto first = std::ranges::find_if(deviations, [](const scep::ber::Deviation& each) { return scep::ber::is_ber_framing(each.kind); });
    return first == deviations.end() ? Outcome::pass()
                                     : Outcome::violation(place(answer, first->where, "SignedData.encapContentInfo.eContent"),
                                                          "the signed certificates-only SignedData is BER: " + std::string(name(first->kind)));
}

// When the current CA certificate ends, the next one is valid, and stays so.
Outcome takes_over(const NextCACert& answer) {
    const auto is_ca = [](const scep::x509::Certificate& each) { return each.basic_constraints_ca().value_or(false); };
    const scep::x509::Certificate* next = nullptr;
    for (const auto& each : answer.facts.certificates) {
        if (is_ca(each.certificate) && (next == nullptr || each.certificate.validity.not_after.seconds > next->validity.not_after.seconds)) {
            next = &each.certificate;
        }
    }
    if (next == nullptr) {
        return Outcome::not_applicable();
    }
    // Of several, the first to end is the one to be replaced.
    const scep::x509::Certificate* current = nullptr;
    for (const auto& each : answer.exchange.server.ca_certificates) {
        if (is_ca(each->view) && (current == nullptr || each->view.validity.not_after.seconds < current->validity.not_after.seconds)) {
            current = &each->view;
        }
    }
    if (current == nullptr) {
        return Outcome::not_performed("no GetCACert answer with a CA's certificate before");
    }
    if (next->whole.same_octets(current->whole)) {
        return Outcome::not_applicable();
    }
    const auto& ends = current->validity.not_after;
    const auto& validity = next->validity;
    if (validity.not_before.seconds <= ends.seconds && validity.not_after.seconds > ends.seconds) {
        return Outcome::pass();
    }
    return Outcome::violation(place(answer, next->validity.not_before.element.whole().location(), "SignedData.encapContentInfo.eContent.SignedData.certificates"),
                              "the next CA certificate is valid from " + validity.not_before.to_string() + " to " +
                                  validity.not_after.to_string() + ", the current one ends " + ends.to_string());
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
        {.id = "next-ca.takes-over",
         .severity = warning,
         .cite = {rfc8894, "4.7.1"},
         .says = "The next CA certificate is valid when the current one ends, and longer",
         .covers = {"SCEP-4.7.1-next-cert-later"},
         .check = takes_over},
        {.id = "next-ca.no-transaction-attributes",
         .severity = notice,
         .cite = {nourse22, "5.2.6.1"},
         .says = "The answer to GetNextCACert has no transaction attributes",
         .covers = {"SCEP-4.7.1-no-scep-attrs"},
         .check = no_transaction_attributes},
        {.id = "next-ca.inner-der",
         .severity = notice,
         .cite = {nourse22, "5.2.6.1"},
         .says = "What the answer to GetNextCACert signs is DER",
         .covers = {"LEG-5.2.6.1-outer-ber"},
         .check = inner_der},
    };
    return rules;
}

}  // namespace sceplab::rules
