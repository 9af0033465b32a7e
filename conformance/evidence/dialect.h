#pragma once

#include <conformance/evidence/facts.h>

namespace sceplab::evidence {

// Forms that conform and that some receivers do not take.
enum class Dialect : std::uint8_t {
    indefinite_lengths,  // of the message itself
    indefinite_envelope, // of the EnvelopedData, inside of a message in definite lengths
    content_in_parts,    // eContent is a constructed OCTET STRING of several parts
    encrypted_in_parts,  // encryptedContent is a constructed [0]
    sha1_with_rsa,       // signatureAlgorithm of the SignerInfo is sha1WithRSAEncryption
    sha2_with_rsa,       // or one of the SHA-2 family
    sha1_digest,
};
inline constexpr std::size_t dialect_count = 7;

// Where each is met first; nothing where it is not.
using Dialects = std::array<std::optional<scep::Location>, dialect_count>;

[[nodiscard]] Dialects dialects(const MessageFacts& facts);

} // namespace sceplab::evidence
