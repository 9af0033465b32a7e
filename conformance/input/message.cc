#include <conformance/input/message.h>

#include <conformance/input/hex_dump.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/http.h>
#include <scepcodec/scep/pki_message.h>

#include <algorithm>

namespace sceplab::input {

namespace {

using scep::der::Input;
using scep::der::Reader;
namespace tag = scep::der::tag;

constexpr std::uint8_t sequence = 0x30;

bool is_text(Input octets) {
    return std::ranges::all_of(octets, [](std::uint8_t c) { return c >= 0x20 || c == '\n' || c == '\r' || c == '\t' || c == '\f'; });
}

bool contains_but_for_case(std::string_view text, std::string_view lower_part) {
    return std::ranges::search(text, lower_part, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; }).begin() !=
           text.end();
}

bool is_capabilities(Input text, std::string_view name) {
    constexpr std::size_t most_lines = 64;
    const auto capabilities = scep::http::parse_capabilities(text);
    const auto is_word = [](const scep::http::Capability& line) { return line.text.text().find(' ') == std::string_view::npos; };
    if (capabilities.lines.empty() || capabilities.lines.size() > most_lines || !std::ranges::all_of(capabilities.lines, is_word)) {
        return false;
    }
    const auto is_keyword = [](const scep::http::Capability& line) { return line.known || line.other_case; };
    return std::ranges::any_of(capabilities.lines, is_keyword) || contains_but_for_case(name, "caps");
}

// The digits of a SEQUENCE, perhaps with colons and white space between.
bool looks_like_hex(Input text) {
    const std::string_view all = text.text();
    const auto first = all.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && all.substr(first).starts_with("30") &&
           all.find_first_not_of("0123456789abcdefABCDEF: \t\r\n") == std::string_view::npos;
}

// The shape of a DER value that is no CMS: told from the first few elements, nothing is decoded to the end.
ContentKind kind_of_other_der(Input inside) {
    Reader reader(inside);
    const auto first = reader.any(nullptr);
    const auto second = reader.any(nullptr);
    if (reader.failed()) {
        return ContentKind::other_der;
    }
    const bool first_is_algorithm = first.tag() == tag::SEQUENCE && !first.value().empty() && first.value()[0] == 0x06;
    if (first.tag() == tag::INTEGER) {
        // PKCS#8, PKCS#1 and RFC 5915: a version, then an algorithm, a modulus or the key.
        const bool pkcs8 = second.tag() == tag::SEQUENCE && reader.peek() == tag::OCTET_STRING;
        const bool pkcs1 = second.tag() == tag::INTEGER && reader.peek() == tag::INTEGER;
        return pkcs8 || pkcs1 || second.tag() == tag::OCTET_STRING ? ContentKind::private_key : ContentKind::other_der;
    }
    if (first_is_algorithm && second.tag() == tag::OCTET_STRING) {
        return ContentKind::private_key; // encrypted PKCS#8
    }
    return first_is_algorithm && second.tag() == tag::BIT_STRING ? ContentKind::public_key : ContentKind::other_der;
}

ContentKind kind_of_der(Input body) {
    const auto header = scep::der::read_header(body);
    const Input inside = header ? body.from(header->size) : Input{};
    scep::Sources scratch;
    const auto view = scratch.add_view(body.octets());
    if (!view || inside.empty()) {
        return ContentKind::other_der;
    }
    constexpr std::uint8_t object_identifier = 0x06;
    if (inside[0] == object_identifier) {
        if (scep::PkiMessage::decode(*view, scratch)) {
            return ContentKind::pki_message;
        }
        const auto certs_only = scep::CertsOnly::decode(*view, scratch);
        return certs_only && certs_only->signed_data && certs_only->signed_data->certificates_only() ? ContentKind::certificates
                                                                                                     : ContentKind::content_info;
    }
    if (scep::x509::Certificate::decode(*view)) {
        return ContentKind::certificates;
    }
    if (scep::x509::CertificateList::decode(*view)) {
        return ContentKind::crl;
    }
    if (scep::pkcs10::CertificationRequest::decode(*view)) {
        return ContentKind::certification_request;
    }
    return kind_of_other_der(inside);
}

} // namespace

Content read_content(std::vector<std::uint8_t> octets, std::string_view name, scep::Sources& sources) {
    const auto file = sources.add_captured(std::move(octets));
    if (!file || file->empty()) {
        return {ContentKind::nothing, {}};
    }
    if ((*file)[0] == sequence) {
        // Text that begins with "0" begins with the same octet.
        if (const Content content{kind_of_der(*file), *file}; content.kind != ContentKind::other_der || !is_text(*file)) {
            return content;
        }
    }
    if (!is_text(*file)) {
        return {ContentKind::binary, *file};
    }
    const std::string_view text = file->text();
    if (text.find("PRIVATE KEY-----") != std::string_view::npos) {
        return {ContentKind::private_key, *file};
    }
    if (text.find("-----BEGIN CERTIFICATE-----") != std::string_view::npos ||
        text.find("-----BEGIN TRUSTED CERTIFICATE-----") != std::string_view::npos) {
        const auto decoded = scep::http::decode_base64(*file, sources);
        return decoded ? Content{ContentKind::certificate_pem, decoded->octets} : Content{ContentKind::text, *file};
    }
    if (is_capabilities(*file, name)) {
        return {ContentKind::capabilities, *file};
    }
    const bool hex = looks_like_hex(*file);
    if (const auto dump = hex ? std::nullopt : decode_hex_dump(*file, sources); dump && !dump->empty() && (*dump)[0] == sequence) {
        return {kind_of_der(*dump), *dump};
    }
    // PEM may have words before it.
    if (hex || scep::http::looks_like_base64(*file) || text.find("\n-----BEGIN ") != std::string_view::npos) {
        const auto decoded = hex ? scep::http::decode_hex(*file, sources) : scep::http::decode_base64(*file, sources);
        if (decoded && !decoded->octets.empty() && decoded->octets[0] == sequence) {
            return {kind_of_der(decoded->octets), decoded->octets};
        }
    }
    return {ContentKind::text, *file};
}

std::optional<std::string> refusal(ContentKind kind) {
    switch (kind) {
    case ContentKind::pki_message:
    case ContentKind::certificates:
    case ContentKind::content_info:
    case ContentKind::certification_request:
    case ContentKind::capabilities:
    case ContentKind::other_der:
    case ContentKind::certificate_pem:
        return std::nullopt;
    case ContentKind::private_key:
        return "a private key; give it with --key";
    case ContentKind::public_key:
        return "no SCEP message: a public key";
    case ContentKind::crl:
        return "no SCEP message: a CRL";
    case ContentKind::text:
        return "no SCEP message: text";
    case ContentKind::binary:
        return "no SCEP message: neither ASN.1 nor a capture";
    case ContentKind::nothing:
        break;
    }
    return "empty file";
}

Identity identify(const Content& content) {
    Identity identity;
    if (content.kind == ContentKind::certificates || content.kind == ContentKind::certificate_pem || content.kind == ContentKind::capabilities) {
        identity.response = true;
    }
    if (content.kind == ContentKind::certification_request) {
        identity.response = false;
    }
    if (content.kind != ContentKind::pki_message) {
        return identity;
    }
    scep::Sources scratch;
    const auto view = scratch.add_view(content.body.octets());
    const auto message = view ? scep::PkiMessage::decode(*view, scratch) : std::unexpected(view.error());
    if (!message) {
        return identity;
    }
    const auto& attributes = message->attributes;
    const auto octets_of = [](const scep::AttributeSlot& slot) {
        const Input value = slot.value ? slot.value->value() : Input{};
        return std::vector<std::uint8_t>(value.begin(), value.end());
    };
    if (attributes.message_type) {
        identity.response = *attributes.message_type == scep::MessageType::CertRep;
    }
    if (attributes.transaction_id.value) {
        identity.transaction_id = attributes.transaction_id.value->value().text();
    }
    identity.sender_nonce = octets_of(attributes.sender_nonce);
    identity.recipient_nonce = octets_of(attributes.recipient_nonce);
    return identity;
}

} // namespace sceplab::input
