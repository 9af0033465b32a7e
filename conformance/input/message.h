#pragma once

#include <scepcodec/der/source.h>

#include <expected>
#include <string>
#include <string_view>
#include <vector>

// A message that stands in a file of its own, in whatever clothing.
namespace sceplab::input {

enum class ContentKind : std::uint8_t {
    pki_message,  // with a signer
    certificates, // certificates-only, or one certificate in DER
    content_info, // other CMS, or what begins like it
    certification_request,
    capabilities,
    other_der,
    certificate_pem, // in a folder: what people keep beside a capture
    private_key,
    public_key,
    crl,
    text,
    binary,
    nothing,
};

// What the octets of a file are, once base64, PEM or hexadecimal digits are taken off.
struct Content {
    ContentKind kind = ContentKind::nothing;
    scep::der::Input body; // of a source of its own where something was taken off
};
// Adds the file's octets to `sources`. `name` may say that a text is the answer to GetCACaps.
[[nodiscard]] Content read_content(std::vector<std::uint8_t> octets, std::string_view name, scep::Sources& sources);

// Why a file that is given as INPUT is none; nothing where it can be judged.
[[nodiscard]] std::optional<std::string> refusal(ContentKind kind);

// What correlates messages.
struct Identity {
    std::optional<bool> response; // nothing where the message does not tell
    std::string transaction_id;
    std::vector<std::uint8_t> sender_nonce;
    std::vector<std::uint8_t> recipient_nonce;
};
[[nodiscard]] Identity identify(const Content& content);

} // namespace sceplab::input
