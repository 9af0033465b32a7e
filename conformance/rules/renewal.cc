#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// Renewals: requests that an existing certificate signs (RFC 8894, 2.3, 2.4, 2.5; the drafts' appendix D).
namespace sceplab::rules {

namespace {

using scep::MessageType;

// The certificate that a request renews; the drafts renew with a PKCSReq.
const scep::x509::Certificate* renewed(const Request& request) {
    const auto type = request.facts.message_type();
    const auto& signature = request.facts.signature;
    const bool enrols = type == MessageType::PKCSReq || type == MessageType::RenewalReq;
    return enrols && signature && signature->signer.certificate && !signature->signer.certificate->self_issued() ? &*signature->signer.certificate : nullptr;
}

std::optional<std::int64_t> time_of(const Request& request) {
    const auto& http = request.exchange.exchange.request;
    return http && http->time ? std::optional(*http->time / 1'000'000) : std::nullopt;
}

Place csr_place(const Csr& request, Input part, const char* field) {
    return place(request, part.location(), std::string("messageData.certificationRequestInfo.") + field);
}

Outcome new_key(const Csr& request) {
    const auto* certificate = renewed(request);
    if (certificate == nullptr) {
        return Outcome::not_applicable();
    }
    return same_key(request.csr.subject_pk_info, certificate->subject_public_key_info)
               ? Outcome::violation(csr_place(request, request.csr.subject_pk_info.whole, "subjectPKInfo"),
                                    "the renewal asks for the key of the certificate that it renews", {signer_place(request)})
               : Outcome::pass();
}

Outcome empty_challenge(const Csr& request) {
    if (renewed(request) == nullptr) {
        return Outcome::not_applicable();
    }
    const auto challenge = request.csr.challenge_password();
    if (!challenge) {
        return Outcome::violation(csr_place(request, request.csr.certification_request_info, "attributes"), "the renewal has no challengePassword where an empty one is due");
    }
    return challenge->value().empty() ? Outcome::pass()
                                      : Outcome::violation(csr_place(request, challenge->whole(), "attributes.challengePassword"),
                                                           "the renewal has a challengePassword that is not empty");
}

Outcome capabilities_asked(const Request& request) {
    if (renewed(request) == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& server = request.exchange.server;
    if (server.announces("Renewal")) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(request, request.attributes.message_type_slot),
                              server.capabilities ? "a renewal though GetCACaps told no Renewal" : "a renewal without a GetCACaps before",
                              {signer_place(request)});
}

Outcome after_half_life(const Request& request) {
    const auto* certificate = renewed(request);
    if (certificate == nullptr) {
        return Outcome::not_applicable();
    }
    const auto time = time_of(request);
    if (!time) {
        return Outcome::not_performed("the time of the request is not known");
    }
    const scep::x509::Validity& validity = certificate->validity;
    const std::int64_t whole = validity.not_after.seconds - validity.not_before.seconds;
    const std::int64_t passed = *time - validity.not_before.seconds;
    return whole <= 0 || passed >= whole / 2
               ? Outcome::pass()
               : Outcome::violation(signer_place(request), "the renewal comes after " + std::to_string(passed * 100 / whole) +
                                                               " % of the validity from " + validity.not_before.to_string() + " to " +
                                                               validity.not_after.to_string());
}

// With a certificate that its CA does not outlive, only the next CA can give one that lasts longer.
Outcome before_ca_expires(const Request& request) {
    const auto* certificate = renewed(request);
    if (certificate == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& server = request.exchange.server;
    if (!server.next_ca_certificates.empty()) {
        return Outcome::pass();
    }
    Outcome out = Outcome::not_applicable();
    for (const auto& known : server.ca_certificates) {
        if (!same_name(known->view.subject, certificate->issuer)) {
            continue;
        }
        if (certificate->validity.not_after.seconds < known->view.validity.not_after.seconds) {
            return Outcome::pass();
        }
        out = Outcome::violation(signer_place(request), "the certificate that renews and its issuer expire together, at " +
                                                            certificate->validity.not_after.to_string() + " and " +
                                                            known->view.validity.not_after.to_string() + ", and no GetNextCACert came before");
    }
    return out;
}

// A CA's clock may be a little ahead of the one that captured.
Outcome valid_at_once(const Pair& pair) {
    constexpr std::int64_t tolerance = 600;
    const auto& http = pair.reply.exchange.exchange.response;
    if (renewed(pair.request) == nullptr || !http) {
        return Outcome::not_applicable();
    }
    for (const evidence::CertificateFacts& each : pair.reply.facts.certificates) {
        if (each.role != evidence::Role::issued || each.issued_under == evidence::IssuedUnder::next) {
            continue;
        }
        if (!http->time) {
            return Outcome::not_performed("the time of the reply is not known");
        }
        const std::int64_t time = *http->time / 1'000'000;
        const auto& not_before = each.certificate.validity.not_before;
        return not_before.seconds <= time + tolerance
                   ? Outcome::pass()
                   : Outcome::violation(place(pair.reply, not_before.element.whole().location(),
                                              "messageData.SignedData.certificates[" + std::to_string(each.index) + "].validity.notBefore"),
                                        "the renewed certificate is valid from " + not_before.to_string() + ", the reply is of " +
                                            scep::der::format_time(time));
    }
    return Outcome::not_applicable();
}

Outcome signer_verified(const Pair& pair) {
    const auto* certificate = renewed(pair.request);
    if (certificate == nullptr || pair.reply.facts.pki_status() != scep::PkiStatus::SUCCESS) {
        return Outcome::not_applicable();
    }
    const scep::botan::Check& check = pair.request.facts.signature->signer.by_ca;
    switch (check.verdict) {
    case scep::botan::Verdict::valid:
        return Outcome::pass();
    case scep::botan::Verdict::not_performed:
        return Outcome::not_applicable();  // a CA that is not known here: its acceptance is policy
    case scep::botan::Verdict::invalid:
        break;
    }
    return Outcome::violation(attribute_place(pair.reply, pair.reply.attributes.pki_status_slot),
                              "SUCCESS to a request whose signer (" + certificate->subject.to_string() + ") names the issuer " +
                                  certificate->issuer.to_string() + " and is not signed by it",
                              {signer_place(pair.request)});
}

}  // namespace

RuleSpan<Request> renewal_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "renewal.capabilities-asked",
         .severity = warning,
         .cite = {nourse22, "D"},
         .says = "A renewal comes after a GetCACaps that told Renewal",
         .covers = {"LEG-D-caps-before-renewal"},
         .check = capabilities_asked},
        {.id = "renewal.after-half-life",
         .severity = notice,
         .cite = {nourse22, "D"},
         .says = "A renewal comes in the second half of the validity of the certificate that it renews",
         .covers = {"LEG-D-half-life"},
         .check = after_half_life},
        {.id = "renewal.before-ca-expires",
         .severity = notice,
         .cite = {rfc8894, "2.2"},
         .says = "A client whose certificate expires no sooner than its CA's asks for the next CA before it renews",
         .covers = {"SCEP-5-renewal-vs-rollover"},
         .check = before_ca_expires},
    };
    return rules;
}

RuleSpan<Csr> renewal_csr_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "renewal.new-key",
         .severity = warning,
         .cite = {rfc8894, "2.5"},
         .says = "A renewal asks for a new key",
         .covers = {"SCEP-2.5-renewal-new-key", "LEG-D-new-key"},
         .check = new_key},
        {.id = "renewal.empty-challenge-password",
         .severity = warning,
         .cite = {nourse22, "2.3"},
         .says = "A renewal has an empty challengePassword",
         .covers = {"LEG-2.3-renewal-empty-challenge"},
         .check = empty_challenge},
    };
    return rules;
}

RuleSpan<Pair> renewal_pair_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "renewal.valid-at-once",
         .severity = warning,
         .cite = {rfc8894, "5.1"},
         .says = "A renewed certificate is valid when it comes",
         .covers = {"SCEP-5-renewal-immediate"},
         .check = valid_at_once},
        {.id = "renewal.signer-verified",
         .severity = warning,
         .cite = {rfc8894, "2.4"},
         .says = "A CA grants no renewal whose signer's certificate only looks like one of its own",
         .covers = {"SCEP-2.4-renewal-signer-chain-verified", "LEG-2.3-empty-challenge-cert-auth"},
         .check = signer_verified},
    };
    return rules;
}

}  // namespace sceplab::rules
