#include <conformance/rules/common.h>
#include <conformance/rules/leaves.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// What a CA looks at before it grants, and which of its keys it then uses (RFC 8894, 2.4, 5.1, 7.6).
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;
using evidence::IssuedUnder;
using scep::MessageType;

bool grants(const Pair& pair) {
    const auto type = pair.request.facts.message_type();
    return pair.reply.facts.pki_status() == scep::PkiStatus::SUCCESS && (type == MessageType::PKCSReq || type == MessageType::RenewalReq);
}

Place status_place(const Pair& pair) { return attribute_place(pair.reply, pair.reply.attributes.pki_status_slot); }

Outcome possession_proved(const Pair& pair) {
    if (!grants(pair)) {
        return Outcome::not_applicable();
    }
    const auto csr = certification_request(pair.request.facts);
    if (!csr) {
        return csr.error();
    }
    const scep::botan::Check& check = pair.request.facts.message_data->proof_of_possession;
    switch (check.verdict) {
    case scep::botan::Verdict::valid:
        return Outcome::pass();
    case scep::botan::Verdict::not_performed:
        return Outcome::not_performed(check.reason);
    case scep::botan::Verdict::invalid:
        break;
    }
    return Outcome::violation(status_place(pair), "SUCCESS to a CertificationRequest whose signature does not verify",
                              {place(pair.request, (*csr)->signature.octets.location(), "messageData.signature")});
}

Outcome secret_asked(const Pair& pair) {
    const auto& signature = pair.request.facts.signature;
    const bool by_itself = signature && signature->signer.certificate && signature->signer.certificate->self_issued();
    if (!grants(pair) || pair.request.facts.message_type() != MessageType::PKCSReq || !by_itself) {
        return Outcome::not_applicable();
    }
    const auto csr = certification_request(pair.request.facts);
    if (!csr) {
        return csr.error();
    }
    const auto challenge = (*csr)->challenge_password();
    if (challenge && !challenge->value().empty()) {
        return Outcome::pass();
    }
    const auto& required = pair.request.exchange.local->secret_required;
    if (!required) {
        return Outcome::not_performed("--facts does not tell whether the CA requires a secret");
    }
    return *required ? Outcome::violation(status_place(pair),
                                          "SUCCESS at once to a PKCSReq that has no challengePassword and is signed with a self-signed certificate",
                                          {place(pair.request, (*csr)->certification_request_info.location(), "messageData.certificationRequestInfo")})
                     : Outcome::not_applicable();
}

// Whose envelope the request has; nothing where it is for both or for none that is known.
IssuedUnder enveloped_for(const Pair& pair) {
    const auto* envelope = enveloped_data(pair.request.facts);
    if (envelope == nullptr || pair.request.facts.envelope->recipients.empty()) {
        return IssuedUnder::unknown;
    }
    const auto first = pair.request.facts.envelope->recipients.begin();
    const evidence::NamedBy known = named_by(pair.request.exchange, *pair.request.facts.envelope, first);
    const bool current = known.current != nullptr;
    const bool next = known.next != nullptr;
    return current == next ? IssuedUnder::unknown : next ? IssuedUnder::next : IssuedUnder::current;
}

const CertificateFacts* issued(const Pair& pair) {
    const auto& all = pair.reply.facts.certificates;
    const auto found = std::ranges::find(all, evidence::Role::issued, &CertificateFacts::role);
    return grants(pair) && found != all.end() ? &*found : nullptr;
}

std::string shown(IssuedUnder which) { return which == IssuedUnder::next ? "next" : "current"; }

Outcome key_by_envelope(const Pair& pair) {
    const IssuedUnder asked = enveloped_for(pair);
    const CertificateFacts* certificate = issued(pair);
    if (certificate == nullptr || asked == IssuedUnder::unknown || pair.request.exchange.server.next_ca_certificates.empty()) {
        return Outcome::not_applicable();
    }
    if (certificate->issued_under == IssuedUnder::unknown) {
        return Outcome::not_performed("no known certificate of the CA signed the issued one");
    }
    return certificate->issued_under == asked
               ? Outcome::pass()
               : Outcome::violation(certificate_place(pair.reply, *certificate), "the request is enveloped for the " + shown(asked) +
                                                                                     " CA certificate, the certificate is signed by the " +
                                                                                     shown(certificate->issued_under));
}

// A shadow certificate waits until its CA takes over.
Outcome shadow_validity(const Pair& pair) {
    const CertificateFacts* certificate = issued(pair);
    if (certificate == nullptr || certificate->issued_under != IssuedUnder::next) {
        return Outcome::not_applicable();
    }
    const auto& not_before = certificate->certificate.validity.not_before;
    for (const auto& known : pair.request.exchange.server.next_ca_certificates) {
        const auto& takes_over = known->view.validity.not_before;
        if (same_name(known->view.subject, certificate->certificate.issuer) && not_before.seconds < takes_over.seconds) {
            return Outcome::violation(place(pair.reply, not_before.element.whole().location(), certificate_path(*certificate) + ".validity.notBefore"),
                                      "the certificate under the next CA is valid from " + not_before.to_string() + ", its CA from " +
                                          takes_over.to_string());
        }
    }
    return Outcome::pass();
}

}  // namespace

RuleSpan<Pair> granting_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "issued.possession-proved",
         .severity = warning,
         .cite = {rfc8894, "7.6"},
         .says = "A CA grants a request whose own signature proves possession of the key in it",
         .covers = {"SCEP-7.6-recertify-foreign-key"},
         .check = possession_proved},
        {.id = "issued.secret-asked",
         .severity = error,
         .cite = {rfc8894, "2.4"},
         .says = "A CA that requires a secret grants nothing at once to a client with a self-signed certificate and no challengePassword",
         .covers = {"SCEP-2.4-no-auth-by-selfsigned"},
         .check = secret_asked},
        {.id = "issued.ca-key-by-envelope",
         .severity = warning,
         .cite = {rfc8894, "5.1"},
         .says = "A request that is enveloped for the next CA certificate is granted under it, and no other is",
         .covers = {"SCEP-5.1-rollover-issuer", "SCEP-5.1-rollover-envelope"},
         .check = key_by_envelope},
        {.id = "issued.shadow-validity",
         .severity = notice,
         .cite = {rfc8894, "5.1"},
         .says = "A certificate under the next CA is not valid before that CA is",
         .covers = {"SCEP-5.1-rollover-validity"},
         .check = shadow_validity},
    };
    return rules;
}

}  // namespace sceplab::rules
