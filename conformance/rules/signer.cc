#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// Who signs a request: the client's own certificate for a PKCSReq, an existing one for a RenewalReq (RFC 8894, 2.3, 2.5, 3.3.1).
namespace sceplab::rules {

namespace {

using scep::MessageType;

bool is_enrolment(const Request& request) {
    const auto type = request.facts.message_type();
    return type == MessageType::PKCSReq || type == MessageType::RenewalReq;
}

// The signer's certificate of an enrolment.
std::expected<const scep::x509::Certificate*, Outcome> signer(const Request& request) {
    if (!is_enrolment(request)) {
        return std::unexpected(Outcome::not_applicable());
    }
    if (!request.facts.signature || !request.facts.signature->signer.certificate) {
        return std::unexpected(Outcome::not_performed("the signer's certificate is not known"));
    }
    return &*request.facts.signature->signer.certificate;
}

std::string shown(const scep::x509::Certificate& certificate) {
    return "subject " + certificate.subject.to_string() + ", issuer " + certificate.issuer.to_string();
}

Outcome certificate_included(const Request& request) {
    if (!is_enrolment(request)) {
        return Outcome::not_applicable();
    }
    if (request.facts.signature && request.facts.signature->signer.matching_certificates > 0) {
        return Outcome::pass();
    }
    const auto& data = request.message.signed_data;
    return Outcome::violation(data.certificates ? place(request, data.certificates->whole().location(), "SignedData.certificates")
                                                : place(request, data.whole.location(), "SignedData"),
                              "the signer's certificate (" + describe(request.message.signer_info.sid) + ") is not among the certificates");
}

Outcome renewal_not_self_signed(const Request& request) {
    if (request.facts.message_type() != MessageType::RenewalReq) {
        return Outcome::not_applicable();
    }
    const auto certificate = signer(request);
    if (!certificate) {
        return certificate.error();
    }
    return (*certificate)->self_issued()
               ? Outcome::violation(signer_place(request),
                                    "a RenewalReq signed with a self-signed certificate (" + shown(**certificate) + ")",
                                    {attribute_place(request, request.attributes.message_type_slot)})
               : Outcome::pass();
}

Outcome renewal_has_its_type(const Request& request) {
    if (request.facts.message_type() != MessageType::PKCSReq) {
        return Outcome::not_applicable();
    }
    const auto certificate = signer(request);
    if (!certificate) {
        return certificate.error();
    }
    return (*certificate)->self_issued()
               ? Outcome::pass()
               : Outcome::violation(attribute_place(request, request.attributes.message_type_slot),
                                    "a PKCSReq signed with an existing certificate (" + shown(**certificate) + "), as the drafts renew",
                                    {signer_place(request)});
}

Outcome renewal_announced(const Request& request) {
    if (request.facts.message_type() != MessageType::RenewalReq) {
        return Outcome::not_applicable();
    }
    const auto& server = request.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    return server.announces("Renewal") ? Outcome::pass()
                                       : Outcome::violation(attribute_place(request, request.attributes.message_type_slot),
                                                            "a RenewalReq though the CA did not announce Renewal");
}

Outcome renewal_in_validity(const Request& request) {
    if (request.facts.message_type() != MessageType::RenewalReq) {
        return Outcome::not_applicable();
    }
    const auto certificate = signer(request);
    if (!certificate) {
        return certificate.error();
    }
    if (!request.exchange.exchange.request || !request.exchange.exchange.request->time) {
        return Outcome::not_performed("the time of the request is not known");
    }
    const std::int64_t time = *request.exchange.exchange.request->time / 1'000'000;
    const scep::x509::Validity& validity = (*certificate)->validity;
    return time >= validity.not_before.seconds && time <= validity.not_after.seconds
               ? Outcome::pass()
               : Outcome::violation(signer_place(request), "the certificate that renews is valid from " + validity.not_before.to_string() +
                                                               " to " + validity.not_after.to_string() + ", the request is of " +
                                                               scep::der::format_time(time));
}

Outcome renewal_keeps_subject(const Request& request) {
    if (request.facts.message_type() != MessageType::RenewalReq) {
        return Outcome::not_applicable();
    }
    const auto certificate = signer(request);
    if (!certificate) {
        return certificate.error();
    }
    const auto csr = certification_request(request.facts);
    if (!csr) {
        return csr.error();
    }
    return same_name((*csr)->subject, (*certificate)->subject)
               ? Outcome::pass()
               : Outcome::violation(place(request, (*csr)->subject.whole.location(), "messageData.certificationRequestInfo.subject"),
                                    "the renewal asks for " + (*csr)->subject.to_string() + ", its signer is " +
                                        (*certificate)->subject.to_string(),
                                    {signer_place(request)});
}

Outcome renewal_omits_challenge(const Request& request) {
    if (request.facts.message_type() != MessageType::RenewalReq) {
        return Outcome::not_applicable();
    }
    const auto csr = certification_request(request.facts);
    if (!csr) {
        return csr.error();
    }
    const auto challenge = (*csr)->challenge_password();
    return challenge && !challenge->value().empty()
               ? Outcome::violation(
                     place(request, challenge->whole().location(), "messageData.certificationRequestInfo.attributes.challengePassword"),
                     "a RenewalReq with a challengePassword")
               : Outcome::pass();
}

// What a self-signed certificate shares with the request inside.
std::expected<const scep::pkcs10::CertificationRequest*, Outcome> request_of_self_signed(const Request& request) {
    if (request.facts.message_type() != MessageType::PKCSReq) {
        return std::unexpected(Outcome::not_applicable());
    }
    const auto certificate = signer(request);
    if (!certificate) {
        return std::unexpected(certificate.error());
    }
    return (*certificate)->self_issued()
               ? certification_request(request.facts)
               : std::expected<const scep::pkcs10::CertificationRequest*, Outcome>(std::unexpected(Outcome::not_applicable()));
}

Outcome self_signed_subject(const Request& request) {
    const auto csr = request_of_self_signed(request);
    if (!csr) {
        return csr.error();
    }
    const scep::x509::Name& subject = request.facts.signature->signer.certificate->subject;
    return same_name(subject, (*csr)->subject)
               ? Outcome::pass()
               : Outcome::violation(signer_place(request),
                                    "the self-signed certificate is of " + subject.to_string() + ", the request of " +
                                        (*csr)->subject.to_string(),
                                    {place(request, (*csr)->subject.whole.location(), "messageData.certificationRequestInfo.subject")});
}

Outcome self_signed_key(const Request& request) {
    const auto csr = request_of_self_signed(request);
    if (!csr) {
        return csr.error();
    }
    return same_key(request.facts.signature->signer.certificate->subject_public_key_info, (*csr)->subject_pk_info)
               ? Outcome::pass()
               : Outcome::violation(
                     signer_place(request), "the key of the self-signed certificate is not the one of the request",
                     {place(request, (*csr)->subject_pk_info.whole.location(), "messageData.certificationRequestInfo.subjectPKInfo")});
}

}  // namespace

RuleSpan<Request> signer_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "signer.certificate-included",
         .severity = error,
         .cite = {rfc8894, "2.3"},
         .says = "A PKCSReq or RenewalReq holds the certificate of its signer",
         .covers = {"SCEP-2.3-signer-cert-included", "CMS-5.3-sid-matches-cert", "LEG-8.6-signer-cert-required"},
         .check = certificate_included},
        {.id = "enrolment.signer-has-subject",
         .severity = warning,
         .cite = {rfc8894, "2.3"},
         .says = "The self-signed certificate of a PKCSReq has the subject of the request",
         .covers = {"SCEP-2.3-selfsigned-subject", "LEG-2.2-selfsigned-subject"},
         .check = self_signed_subject},
        {.id = "enrolment.signer-has-key",
         .severity = warning,
         .cite = {rfc8894, "2.3"},
         .says = "The self-signed certificate of a PKCSReq has the key of the request",
         .covers = {"SCEP-2.3-selfsigned-key"},
         .check = self_signed_key},
        {.id = "renewal.signer-not-self-signed",
         .severity = error,
         .cite = {rfc8894, "3.2.1.2"},
         .says = "A RenewalReq is signed with an existing certificate",
         .covers = {"SCEP-3.3.1-renewal-signer-not-selfsigned", "SCEP-2.3-selfsigned-type"},
         .check = renewal_not_self_signed},
        {.id = "renewal.has-renewal-type",
         .severity = notice,
         .cite = {rfc8894, "2.3"},
         .says = "A request that an existing certificate signs is a RenewalReq",
         .covers = {"SCEP-2.3-renew-type", "SCEP-2.5-renewal-uses-renewalreq", "VEN-renewal-19", "LEG-D-renewal-pkcsreq"},
         .check = renewal_has_its_type},
        {.id = "renewal.announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "A RenewalReq goes to a CA that announced Renewal",
         .covers = {"SCEP-3.5.2-renewal-keyword"},
         .check = renewal_announced},
        {.id = "renewal.signer-in-validity",
         .severity = warning,
         .cite = {rfc8894, "2.5"},
         .says = "The certificate that renews is valid at the time",
         .covers = {"SCEP-3.3.1-renewal-signer-valid"},
         .check = renewal_in_validity},
        {.id = "renewal.keeps-subject",
         .severity = warning,
         .cite = {rfc8894, "2.5"},
         .says = "A renewal asks for the subject of the certificate that it renews",
         .covers = {"SCEP-3.3.1-renewal-subject-kept"},
         .check = renewal_keeps_subject},
        {.id = "renewal.omits-challenge-password",
         .severity = notice,
         .cite = {rfc8894, "2.4"},
         .says = "A RenewalReq leaves the challengePassword out",
         .covers = {"SCEP-2.4-challenge-omit-renewal"},
         .check = renewal_omits_challenge},
    };
    return rules;
}

}  // namespace sceplab::rules
