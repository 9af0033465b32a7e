#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// What a pkiMessage carries: an envelope, and in it what its messageType says (RFC 8894, 3.1, 3.2, 3.2.2, 3.3).
namespace sceplab::rules {

namespace {

using scep::MessageDataKind;
using scep::MessageType;
using scep::PkiStatus;

bool stands_in_clear(const MessageFacts& facts) { return (facts.message_data && facts.message_data->in_clear) || facts.certs_only; }

// FAILURE and PENDING have no content; whatever they have is judged there.
bool is_without_content(const Message& message) {
    const auto status = message.facts.pki_status();
    return status == PkiStatus::FAILURE || status == PkiStatus::PENDING;
}

Outcome content_type_is_data(const Message& message) {
    const auto& type = message.message.signed_data.encap_content_info.e_content_type;
    return type == scep::cms::oids::id_data
               ? Outcome::pass()
               : Outcome::violation(place(message, type.content.location(), "SignedData.encapContentInfo.eContentType"),
                                    "eContentType is " + type.to_string() + " where id-data is due");
}

Outcome encrypted_type_is_data(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& type = envelope->encrypted_content_info.content_type;
    return type == scep::cms::oids::id_data
               ? Outcome::pass()
               : Outcome::violation(place(message, type.content.location(), "EnvelopedData.encryptedContentInfo.contentType"),
                                    "contentType is " + type.to_string() + " where id-data is due");
}

Outcome is_octet_string(const Message& message) {
    const auto& info = message.message.signed_data.encap_content_info;
    if (!info.content) {
        return Outcome::not_applicable();
    }
    return info.e_content ? Outcome::pass()
                          : Outcome::violation(content_place(message),
                                               "eContent is " + scep::to_string(info.content->tag()) + " where OCTET STRING is due");
}

Outcome is_envelope(const Message& message) {
    if (is_without_content(message) || !message.facts.envelope) {
        return Outcome::not_applicable();
    }
    const auto& error = message.facts.envelope->error;
    return error ? Outcome::violation(error_place(message.exchange, message.facts.side, *error),
                                      "the eContent is no EnvelopedData: " + error->to_string(), {content_place(message)})
                 : Outcome::pass();
}

Outcome is_not_in_clear(const Message& message) {
    if (!message.facts.envelope && !stands_in_clear(message.facts)) {
        return Outcome::not_applicable();
    }
    if (!stands_in_clear(message.facts)) {
        return Outcome::pass();
    }
    const auto& data = message.facts.message_data;
    const bool secret = data && data->certification_request && data->certification_request->challenge_password();
    const MessageDataKind kind = data ? data->kind : MessageDataKind::SignedData;
    return Outcome::violation(content_place(message), "a " + std::string(name(kind)) + (secret ? " with its challengePassword" : "") +
                                                          " in the clear, without an envelope");
}

std::optional<MessageDataKind> due(MessageType type) {
    switch (type) {
    case MessageType::PKCSReq:
    case MessageType::RenewalReq:
        return MessageDataKind::CertificationRequest;
    case MessageType::CertPoll:
        return MessageDataKind::IssuerAndSubject;
    case MessageType::GetCert:
    case MessageType::GetCRL:
        return MessageDataKind::IssuerAndSerialNumber;
    case MessageType::CertRep:
        return MessageDataKind::SignedData;
    }
    return std::nullopt;
}

Place data_place(const Message& message) { return place(message, message.facts.message_data->octets.location(), "messageData"); }

Outcome fits_message_type(const Message& message) {
    const auto type = message.facts.message_type();
    const auto wanted = type ? due(*type) : std::nullopt;
    if (!wanted) {
        return Outcome::not_applicable();
    }
    if (!message.facts.message_data) {
        return enveloped_data(message.facts) != nullptr ? Outcome::not_performed(message.facts.envelope->reason)
                                                        : Outcome::not_applicable();
    }
    const MessageDataKind kind = message.facts.message_data->kind;
    if (kind == MessageDataKind::unknown || message.facts.message_data->error) {
        return Outcome::not_applicable();
    }
    return kind == *wanted ? Outcome::pass()
                           : Outcome::violation(data_place(message),
                                                "messageType is " + std::string(name(*type)) + ", the messageData a " +
                                                    std::string(name(kind)) + " where a " + std::string(name(*wanted)) + " is due",
                                                {attribute_place(message, message.attributes.message_type_slot)});
}

// What stands there without the certificates-only SignedData around it.
const char* bare_object(const evidence::MessageData& data) {
    if (data.kind != MessageDataKind::unknown && !data.error) {
        return nullptr;
    }
    return scep::x509::Certificate::decode(data.octets) ? "Certificate" : scep::x509::CertificateList::decode(data.octets) ? "CertificateList" : nullptr;
}

Outcome data_decodes(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    if (!message.facts.message_data) {
        const auto& found = *message.facts.envelope;
        return found.decryption == evidence::Decryption::failed
                   ? Outcome::violation(place(message, envelope->whole.location(), "EnvelopedData"),
                                        "the envelope does not open: " + found.reason)
                   : Outcome::not_performed(found.reason);
    }
    const auto& data = *message.facts.message_data;
    if (const char* bare = bare_object(data); bare != nullptr) {
        return Outcome::violation(data_place(message), std::string("the messageData is a bare ") + bare);
    }
    if (data.error) {
        return Outcome::violation(error_place(message.exchange, message.facts.side, *data.error),
                                  "the messageData does not decode: " + data.error->to_string());
    }
    return data.kind == MessageDataKind::unknown ? Outcome::violation(data_place(message), "the messageData is nothing that SCEP knows")
                                                 : Outcome::pass();
}

Outcome request_has_envelope(const Request& request) {
    const auto& info = request.message.signed_data.encap_content_info;
    const bool empty = !info.content || (info.e_content && info.e_content->size() == 0);
    return empty ? Outcome::violation(content_place(request), "a request without a pkcsPKIEnvelope") : Outcome::pass();
}

Outcome possession(const Request& request) {
    const auto csr = certification_request(request.facts);
    if (!csr) {
        return csr.error();
    }
    const scep::botan::Check& check = request.facts.message_data->proof_of_possession;
    switch (check.verdict) {
    case scep::botan::Verdict::valid:
        return Outcome::pass();
    case scep::botan::Verdict::not_performed:
        return Outcome::not_performed(check.reason);
    case scep::botan::Verdict::invalid:
        break;
    }
    return Outcome::violation(place(request, (*csr)->signature.octets.location(), "messageData.signature"),
                              "the signature of the CertificationRequest does not verify: " + check.reason);
}

Outcome has_subject(const Request& request) {
    const auto csr = certification_request(request.facts);
    if (!csr) {
        return csr.error();
    }
    return (*csr)->subject.empty()
               ? Outcome::violation(place(request, (*csr)->subject.whole.location(), "messageData.certificationRequestInfo.subject"),
                                    "the CertificationRequest names no subject")
               : Outcome::pass();
}

// A request that nothing but a shared secret can vouch for.
bool is_signed_by_itself(const Request& request) {
    return request.facts.signature && request.facts.signature->signer.certificate &&
           request.facts.signature->signer.certificate->self_issued();
}

Outcome challenge_present(const Request& request) {
    if (request.facts.message_type() != MessageType::PKCSReq || !is_signed_by_itself(request)) {
        return Outcome::not_applicable();
    }
    const auto csr = certification_request(request.facts);
    if (!csr) {
        return csr.error();
    }
    return (*csr)->challenge_password()
               ? Outcome::pass()
               : Outcome::violation(place(request, (*csr)->certification_request_info.location(), "messageData.certificationRequestInfo"),
                                    "the CertificationRequest has no challengePassword");
}

Outcome challenge_is_directory_string(const Request& request) {
    const auto csr = certification_request(request.facts);
    if (!csr) {
        return csr.error();
    }
    const auto challenge = (*csr)->challenge_password();
    if (!challenge) {
        return Outcome::not_applicable();
    }
    namespace tag = scep::der::tag;
    for (const auto allowed : {tag::PrintableString, tag::UTF8String, tag::TeletexString, tag::UniversalString, tag::BMPString}) {
        if (challenge->tag() == allowed) {
            return Outcome::pass();
        }
    }
    return Outcome::violation(
        place(request, challenge->whole().location(), "messageData.certificationRequestInfo.attributes.challengePassword"),
        "challengePassword is " + scep::to_string(challenge->tag()) + ", no DirectoryString");
}

}  // namespace

RuleSpan<Message> content_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "message.content-type-data",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "eContentType is id-data",
         .covers = {"SCEP-3.2-econtenttype-data", "LEG-3.1-contenttype-data"},
         .check = content_type_is_data},
        {.id = "message.content-octet-string",
         .severity = error,
         .cite = {rfc5652, "5.2"},
         .says = "eContent is an OCTET STRING",
         .covers = {"CMS-5.2-econtent-octetstring", "CMS-5.2.1-pkcs7-any-fallback"},
         .check = is_octet_string},
        {.id = "content.is-envelope",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "The signed content, where there is any, is a pkcsPKIEnvelope",
         .covers = {"SCEP-3-econtent-envelopeddata", "SCEP-3.2-content-is-envelope"},
         .check = is_envelope},
        {.id = "content.not-in-clear",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "The messageData is encrypted, whatever the keys can do",
         .covers = {"SCEP-3.1-no-omitted-encryption", "SCEP-2.4-challenge-confidential", "SCEP-3.2-content-is-envelope"},
         .check = is_not_in_clear},
        {.id = "envelope.content-type-data",
         .severity = error,
         .cite = {rfc8894, "3.2.2"},
         .says = "contentType of the encryptedContentInfo is id-data",
         .covers = {"SCEP-3.2.2-inner-contenttype-data", "LEG-3.1.2-contenttype-data"},
         .check = encrypted_type_is_data},
        {.id = "content.decodes",
         .severity = error,
         .cite = {rfc8894, "3.2.2"},
         .says = "The recipient's key opens the envelope, and the messageData is one that SCEP knows",
         .covers = {"SCEP-3.2.2-encrypted-content-matches-type", "SCEP-3.3.2-certrep-data-degenerate", "SCEP-3.3.3-certpoll-data",
                    "SCEP-3.3.4-getcert-data", "SCEP-3.3.4-getcrl-data", "SCEP-3.4-no-signers", "SCEP-3.4-certs-field", "VEN-ms-aes-sha2"},
         .check = data_decodes},
        {.id = "content.fits-message-type",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "The messageData is of the kind that messageType says",
         .covers = {"SCEP-3.2-content-matches-type", "SCEP-3.2.2-encrypted-content-matches-type", "SCEP-2.5-enrol-pkcs10-enveloped",
                    "SCEP-2.6-getcert-by-ias", "SCEP-3.3.2-certrep-data-degenerate", "SCEP-3.3.3-certpoll-data", "SCEP-3.3.4-getcert-data",
                    "SCEP-3.3.4-getcrl-data"},
         .check = fits_message_type},
    };
    return rules;
}

RuleSpan<Request> request_content_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "request.has-envelope",
         .severity = error,
         .cite = {rfc8894, "3"},
         .says = "A request has a pkcsPKIEnvelope",
         .covers = {"SCEP-3-requests-need-envelope"},
         .check = request_has_envelope},
        {.id = "csr.signature-valid",
         .severity = warning,
         .cite = {rfc2986, "4.2"},
         .says = "The signature of a CertificationRequest verifies with the key in it",
         .covers = {"P10-4.2-signature"},
         .check = possession},
        {.id = "csr.subject-present",
         .severity = warning,
         .cite = {rfc8894, "3.3.1"},
         .says = "A CertificationRequest names its subject",
         .covers = {"SCEP-3.3.1-csr-subject"},
         .check = has_subject},
        {.id = "csr.challenge-password-present",
         .severity = warning,
         .cite = {rfc8894, "2.4"},
         .says = "A PKCSReq that only its own key vouches for has a challengePassword",
         .covers = {"SCEP-2.4-challenge-included", "LEG-3.2.1-challenge-must"},
         .check = challenge_present},
        {.id = "csr.challenge-password-type",
         .severity = warning,
         .cite = {rfc2985, "5.4.1"},
         .says = "challengePassword is a DirectoryString",
         .covers = {"P9-5.4.1-challenge-type"},
         .check = challenge_is_directory_string},
    };
    return rules;
}

}  // namespace sceplab::rules
