#pragma once

#include <vectors/generate/structures.h>

// Keys of every kind that certificates and requests hold, and signatures with any of them.
namespace sceplab::vectors {

enum class TestKey : std::uint8_t { rsa_1024, rsa_2048, rsa_3072, rsa_4096, p256, p384, p521, ed25519, other_rsa_2048 };

// Its SubjectPublicKeyInfo.
[[nodiscard]] Octets public_key_info(TestKey key);
// `scheme` is Botan's name for padding and hash: "PKCS1v15(SHA-256)", "PSS(SHA-256,MGF1,32)", "SHA-384" of ECDSA, "Pure" of Ed25519.
[[nodiscard]] Octets signature_of(TestKey key, const std::string& scheme, const Octets& to_be_signed);

// SEQUENCE { OID } and SEQUENCE { OID, NULL }.
[[nodiscard]] Octets algorithm(const scep::der::OidConstant& oid);
[[nodiscard]] Octets algorithm_with_null(const scep::der::OidConstant& oid);

[[nodiscard]] Octets bit_string(const Octets& content, std::uint8_t unused_bits = 0);
[[nodiscard]] Octets null();

// A member of a Name: SET { SEQUENCE { type, value } }.
[[nodiscard]] Octets rdn(const scep::der::OidConstant& type, const Octets& value);
[[nodiscard]] Octets attribute_value(const scep::der::OidConstant& type, const Octets& value);
[[nodiscard]] Octets extension(const scep::der::OidConstant& id, const Octets& value, bool critical = false);

inline constexpr auto id_at_commonName = scep::der::oid("2.5.4.3");
inline constexpr auto id_at_countryName = scep::der::oid("2.5.4.6");
inline constexpr auto id_at_organizationName = scep::der::oid("2.5.4.10");
inline constexpr auto id_at_organizationalUnitName = scep::der::oid("2.5.4.11");
inline constexpr auto id_at_serialNumber = scep::der::oid("2.5.4.5");

} // namespace sceplab::vectors
