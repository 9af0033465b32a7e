#pragma once

#include <conformance/rules/subjects.h>

#include <expected>

// What several files of rules use. Private to the room.
namespace sceplab::rules {

using scep::der::Input;
using scep::http::same_but_for_case;

// Octets for a message: lower-case hexadecimal, the first 20 octets of them.
[[nodiscard]] std::string hex(Input octets);
// Text for a message: quoted, without control characters, not without end.
[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::string lower_case(std::string_view text);
// A number written as SCEP writes its codes: decimal digits, nothing else, no zero in front; nothing where it is none. The highest
// of 32 bits stands for all beyond.
[[nodiscard]] std::optional<std::uint32_t> decimal(std::string_view text);
// "issuer CN=..., serial 1a2b" or "subjectKeyIdentifier 1a2b"
[[nodiscard]] std::string describe(const scep::cms::CertificateIdentifier& identifier);

[[nodiscard]] Place place(const Signed& message, scep::Location where, std::string path);
[[nodiscard]] Place place(const Body& body, scep::Location where, std::string path);
// The signer's certificate where the message holds it, else the sid.
[[nodiscard]] Place signer_place(const Signed& message);
// eContent; encapContentInfo where it is absent.
[[nodiscard]] Place content_place(const Signed& message);

[[nodiscard]] bool same_name(const scep::x509::Name& a, const scep::x509::Name& b);
[[nodiscard]] bool same_key(const scep::x509::SubjectPublicKeyInfo& a, const scep::x509::SubjectPublicKeyInfo& b);

using evidence::certificate_identifier;
// Which of the server's certificates is this recipient's, of that envelope of the exchange.
[[nodiscard]] evidence::NamedBy named_by(const ExchangeFacts& exchange, const evidence::Envelope& envelope, const evidence::Recipients::iterator& recipient);

// The first of the signedAttrs that decodes and has this type.
[[nodiscard]] std::optional<scep::x509::Attribute> signed_attribute(const MessageFacts& facts, const scep::der::OidConstant& type);

// The EnvelopedData; nothing where there is none or it does not decode, which is for other rules to tell.
[[nodiscard]] const scep::cms::EnvelopedData* enveloped_data(const MessageFacts& facts);

// The decrypted messageData of one kind. Else the outcome for a rule that needs it: not performed where the envelope is closed; not
// applicable where there is nothing, or something else.
template <class T>
[[nodiscard]] std::expected<const T*, Outcome> opened(const MessageFacts& facts, std::optional<T> evidence::MessageData::*member) {
    if (facts.message_data) {
        const std::optional<T>& value = (*facts.message_data).*member;
        return value ? std::expected<const T*, Outcome>(&*value) : std::unexpected(Outcome::not_applicable());
    }
    return std::unexpected(enveloped_data(facts) != nullptr ? Outcome::not_performed(facts.envelope->reason) : Outcome::not_applicable());
}
[[nodiscard]] std::expected<const scep::pkcs10::CertificationRequest*, Outcome> certification_request(const MessageFacts& facts);

}  // namespace sceplab::rules
