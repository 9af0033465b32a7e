#pragma once

#include <cstdint>
#include <string_view>

// The algorithms that the bridge signs and encrypts with. What it verifies and decrypts is told by the OIDs of the message.
namespace scep::botan {

// Digests (RFC 1321, RFC 5754).
enum class Digest : std::uint8_t { md5, sha1, sha224, sha256, sha384, sha512 };

enum class SignatureScheme : std::uint8_t {
    rsaEncryption, // RSASSA-PKCS1-v1_5 under the name that every peer knows; the digest stands in digestAlgorithm alone (RFC 3370, 3.2)
    hashWithRSAEncryption, // the same signature, named sha256WithRSAEncryption and its kin (RFC 5754, 3.2)
    RSASSA_PSS,            // MGF1 with the same digest, salt as long as the digest (RFC 4056)
    ECDSA,                 // not with MD5 (RFC 5754, 3.3)
};

// Content ciphers, all in CBC mode, by the names of their OIDs (RFC 3565; RFC 3370, 5; OIW for DES).
enum class ContentCipher : std::uint8_t { des_cbc, des_ede3_cbc, aes128_CBC, aes192_CBC, aes256_CBC };

// keyEncryptionAlgorithm of a KeyTransRecipientInfo (RFC 3370, 4.2.1; RFC 3560).
enum class KeyTransport : std::uint8_t { rsaEncryption, id_RSAES_OAEP };

// How a SignerIdentifier or RecipientIdentifier names a certificate (RFC 5652, 5.3, 6.2.1).
enum class IdentifierForm : std::uint8_t { issuerAndSerialNumber, subjectKeyIdentifier };

} // namespace scep::botan
