#pragma once

#include <scepcodec/x509/algorithm.h>

#include <optional>
#include <string_view>

// What the identifiers and the encoding of a public key tell, without using it. Private to the room.
namespace sceplab::rules {

enum class KeyKind : std::uint8_t {
    rsa,
    ec,
    edwards,  // Ed25519, Ed448: signs
    dsa,
    kem,      // ML-KEM: takes keys, signs nothing
    other,
};
[[nodiscard]] std::string_view name(KeyKind kind);
[[nodiscard]] KeyKind kind_of(const scep::x509::SubjectPublicKeyInfo& info);

// RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }   RFC 8017, A.1.1
struct RsaPublicKey {
    scep::der::Integer modulus;
    scep::der::Integer public_exponent;

    [[nodiscard]] std::size_t modulus_octets() const { return modulus.magnitude().size(); }
};
// Nothing where it is no RSA key or does not decode.
[[nodiscard]] std::optional<RsaPublicKey> rsa_public_key(const scep::x509::SubjectPublicKeyInfo& info);

// What a signatureAlgorithm is for; nothing for an unknown one.
struct SignatureKind {
    scep::der::OidConstant algorithm;
    KeyKind key = KeyKind::other;
    std::optional<scep::der::OidConstant> digest;  // where the algorithm names one
};
[[nodiscard]] const SignatureKind* signature_kind(const scep::der::Oid& algorithm);

}  // namespace sceplab::rules
