#include <conformance/rules/common.h>
#include <conformance/rules/leaves.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// The certificate that a SUCCESS brings (RFC 8894, 3.3.2.1).
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;
using scep::MessageType;
using scep::PkiStatus;

bool asks_for_issue(const Pair& pair) {
    const auto type = pair.request.facts.message_type();
    return pair.reply.facts.pki_status() == PkiStatus::SUCCESS &&
           (type == MessageType::PKCSReq || type == MessageType::RenewalReq || type == MessageType::CertPoll);
}

// The certificate that was asked for, or why it is not known: by its key where the request is open, else the only leaf.
std::expected<const CertificateFacts*, Outcome> issued(const Pair& pair) {
    if (!asks_for_issue(pair)) {
        return std::unexpected(Outcome::not_applicable());
    }
    if (const auto data = opened(pair.reply.facts, &evidence::MessageData::signed_data); !data) {
        return std::unexpected(data.error());
    }
    const auto& all = pair.reply.facts.certificates;
    if (const auto csr = certification_request(pair.request.facts)) {
        const auto found = std::ranges::find_if(
            all, [&](const CertificateFacts& each) { return same_key(each.certificate.subject_public_key_info, (*csr)->subject_pk_info); });
        return found != all.end() ? std::expected<const CertificateFacts*, Outcome>(&*found) : std::unexpected(Outcome::not_applicable());
    }
    const auto ends = leaves(all);
    return ends.size() == 1 ? std::expected<const CertificateFacts*, Outcome>(ends.front())
                            : std::unexpected(Outcome::not_performed("which certificate was issued is not known"));
}

Outcome certificate_present(const Pair& pair) {
    if (!asks_for_issue(pair)) {
        return Outcome::not_applicable();
    }
    const auto data = opened(pair.reply.facts, &evidence::MessageData::signed_data);
    if (!data) {
        return data.error();
    }
    return pair.reply.facts.certificates.empty()
               ? Outcome::violation(place(pair.reply, (*data)->whole.location(), "messageData.SignedData"), "SUCCESS without a certificate")
               : Outcome::pass();
}

Outcome key_is_requested(const Pair& pair) {
    if (!asks_for_issue(pair) || pair.request.facts.message_type() == MessageType::CertPoll) {
        return Outcome::not_applicable();
    }
    const auto csr = certification_request(pair.request.facts);
    if (!csr) {
        return csr.error();
    }
    if (const auto data = opened(pair.reply.facts, &evidence::MessageData::signed_data); !data) {
        return data.error();
    }
    const auto& all = pair.reply.facts.certificates;
    if (all.empty()) {
        return Outcome::not_applicable();
    }
    const auto holds_key = [&](const CertificateFacts& each) {
        return same_key(each.certificate.subject_public_key_info, (*csr)->subject_pk_info);
    };
    if (std::ranges::any_of(all, holds_key)) {
        return Outcome::pass();
    }
    const auto ends = leaves(all);
    const CertificateFacts& shown = ends.empty() ? all.front() : *ends.front();
    return Outcome::violation(
        place(pair.reply, shown.certificate.subject_public_key_info.whole.location(), certificate_path(shown) + ".subjectPublicKeyInfo"),
        "no certificate of the reply has the key that was asked for",
        {place(pair.request, (*csr)->subject_pk_info.whole.location(), "messageData.certificationRequestInfo.subjectPKInfo")});
}

Outcome is_leaf(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto& all = pair.reply.facts.certificates;
    const CertificateFacts* child = issued_by(**certificate, all);
    return child == nullptr
               ? Outcome::pass()
               : Outcome::violation(certificate_place(pair.reply, **certificate),
                                    "the issued certificate is no leaf: it is the issuer of " + child->certificate.subject.to_string(),
                                    {certificate_place(pair.reply, *child)});
}

Outcome only_leaf(const Pair& pair) {
    if (!asks_for_issue(pair)) {
        return Outcome::not_applicable();
    }
    if (const auto data = opened(pair.reply.facts, &evidence::MessageData::signed_data); !data) {
        return data.error();
    }
    const auto ends = leaves(pair.reply.facts.certificates);
    if (ends.size() < 2) {
        return Outcome::pass();
    }
    std::vector<Place> others;
    std::ranges::transform(ends.begin() + 1, ends.end(), std::back_inserter(others),
                           [&](const auto* each) { return certificate_place(pair.reply, *each); });
    return Outcome::violation(certificate_place(pair.reply, *ends.front()),
                              std::to_string(ends.size()) + " certificates of the reply issue no other", std::move(others));
}

Outcome comes_first(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    return (*certificate)->index == 0
               ? Outcome::pass()
               : Outcome::violation(certificate_place(pair.reply, **certificate),
                                    "the issued certificate is not the first of the set, where some clients take it to be");
}

Outcome subject_is_requested(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto csr = certification_request(pair.request.facts);
    if (!csr) {
        return csr.error();
    }
    const scep::x509::Name& subject = (*certificate)->certificate.subject;
    return same_name(subject, (*csr)->subject)
               ? Outcome::pass()
               : Outcome::violation(
                     place(pair.reply, subject.whole.location(), certificate_path(**certificate) + ".subject"),
                     "the subject is " + subject.to_string() + ", " + (*csr)->subject.to_string() + " was asked for",
                     {place(pair.request, (*csr)->subject.whole.location(), "messageData.certificationRequestInfo.subject")});
}

Outcome issuer_is_ca(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto& server = pair.reply.exchange.server;
    if (server.ca_certificates.empty()) {
        return Outcome::not_performed("no GetCACert answer before");
    }
    const scep::x509::Name& issuer = (*certificate)->certificate.issuer;
    const auto names = [&](const auto& known) { return same_name(known->view.subject, issuer); };
    return std::ranges::any_of(server.ca_certificates, names) || std::ranges::any_of(server.next_ca_certificates, names)
               ? Outcome::pass()
               : Outcome::violation(place(pair.reply, issuer.whole.location(), certificate_path(**certificate) + ".issuer"),
                                    "the issuer " + issuer.to_string() + " is none of the certificates that GetCACert gave");
}

Outcome renewal_is_new(const Pair& pair) {
    const auto& signature = pair.request.facts.signature;
    if (!signature || !signature->signer.certificate || signature->signer.certificate->self_issued()) {
        return Outcome::not_applicable();
    }
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    return (*certificate)->certificate.whole.same_octets(signature->signer.certificate->whole)
               ? Outcome::violation(certificate_place(pair.reply, **certificate),
                                    "the renewal brings the certificate that signed the request", {signer_place(pair.request)})
               : Outcome::pass();
}

Outcome signed_by_ca(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const scep::botan::Check& check = (*certificate)->by_issuer;
    switch (check.verdict) {
    case scep::botan::Verdict::valid:
        return Outcome::pass();
    case scep::botan::Verdict::not_performed:
        return Outcome::not_performed(check.reason);
    case scep::botan::Verdict::invalid:
        break;
    }
    const auto& shown = **certificate;
    return Outcome::violation(place(pair.reply, shown.certificate.signature_value.octets.location(), certificate_path(shown) + ".signatureValue"),
                              "the signature of the issued certificate does not verify with the key of its issuer " +
                                  shown.certificate.issuer.to_string());
}

Outcome renewal_lasts_longer(const Pair& pair) {
    const auto& signature = pair.request.facts.signature;
    if (pair.request.facts.message_type() != MessageType::RenewalReq || !signature || !signature->signer.certificate ||
        signature->signer.certificate->self_issued()) {
        return Outcome::not_applicable();
    }
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto& renewed = *signature->signer.certificate;
    if ((*certificate)->certificate.whole.same_octets(renewed.whole)) {
        return Outcome::not_applicable();
    }
    const scep::der::Time& until = (*certificate)->certificate.validity.not_after;
    return until.seconds > renewed.validity.not_after.seconds
               ? Outcome::pass()
               : Outcome::violation(place(pair.reply, until.element.whole().location(), certificate_path(**certificate) + ".validity.notAfter"),
                                    "the renewed certificate ends " + until.to_string() + ", the one before it " + renewed.validity.not_after.to_string(),
                                    {signer_place(pair.request)});
}

}  // namespace

RuleSpan<Pair> issued_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "issued.certificate-present",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "A SUCCESS to an enrolment brings a certificate",
         .covers = {"SCEP-3.3.2.1-issued-cert-present", "SCEP-3.4-certs-field"},
         .check = certificate_present},
        {.id = "issued.key-is-requested",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "A certificate of the reply is for the key that was asked for",
         .covers = {"SCEP-3.3.2.1-issued-cert-present"},
         .check = key_is_requested},
        {.id = "issued.is-leaf",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "The issued certificate is the leaf",
         .covers = {"SCEP-3.3.2.1-issued-cert-is-leaf"},
         .check = is_leaf},
        {.id = "issued.only-leaf",
         .severity = warning,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "The certificates beside the issued one are its issuers",
         .covers = {"SCEP-3.3.2.1-issued-cert-is-leaf"},
         .check = only_leaf},
        {.id = "issued.first-of-set",
         .severity = notice,
         .cite = {nourse22, "3.2.2.1"},
         .says = "The issued certificate is the first of the set",
         .covers = {"LEG-3.2.2.1-first-in-list", "VEN-set-order-clients"},
         .check = comes_first},
        {.id = "issued.subject-is-requested",
         .severity = notice,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "The issued certificate has the subject that was asked for",
         .covers = {"SCEP-3.3.2.1-issued-subject"},
         .check = subject_is_requested},
        {.id = "issued.issuer-is-ca",
         .severity = warning,
         .cite = {rfc8894, "2.1.2"},
         .says = "The issuer of the issued certificate is a CA that GetCACert or GetNextCACert gave",
         .covers = {"SCEP-3.3.2.1-issued-signed-by-ca", "X509-4.1-issuer-nonempty"},
         .check = issuer_is_ca},
        {.id = "issued.signed-by-ca",
         .severity = error,
         .cite = {rfc8894, "2.1.2"},
         .says = "The signature of the issued certificate verifies with its issuer's key",
         .covers = {"SCEP-3.3.2.1-issued-signed-by-ca"},
         .check = signed_by_ca},
        {.id = "renewal.lasts-longer",
         .severity = warning,
         .cite = {rfc8894, "2.5"},
         .says = "A renewal brings a certificate that ends after the one it renews",
         .covers = {"SCEP-3.3.2.1-renewal-new-validity"},
         .check = renewal_lasts_longer},
        {.id = "renewal.brings-new-certificate",
         .severity = warning,
         .cite = {rfc8894, "2.5"},
         .says = "A renewal brings another certificate than the one that signed it",
         .covers = {"SCEP-3.3.2.1-renewal-new-validity", "VEN-same-cert-on-renewal"},
         .check = renewal_is_new},
    };
    return rules;
}

}  // namespace sceplab::rules
