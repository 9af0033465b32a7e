#pragma once

#include <scepcodec/der/values.h>

namespace scep::x509::oids {

using der::oid;

// Public keys and signatures
inline constexpr auto rsaEncryption = oid("1.2.840.113549.1.1.1");
inline constexpr auto md5WithRSAEncryption = oid("1.2.840.113549.1.1.4");
inline constexpr auto sha1WithRSAEncryption = oid("1.2.840.113549.1.1.5");
inline constexpr auto id_RSAES_OAEP = oid("1.2.840.113549.1.1.7");
inline constexpr auto id_mgf1 = oid("1.2.840.113549.1.1.8");
inline constexpr auto id_pSpecified = oid("1.2.840.113549.1.1.9");
inline constexpr auto id_RSASSA_PSS = oid("1.2.840.113549.1.1.10");
inline constexpr auto sha256WithRSAEncryption = oid("1.2.840.113549.1.1.11");
inline constexpr auto sha384WithRSAEncryption = oid("1.2.840.113549.1.1.12");
inline constexpr auto sha512WithRSAEncryption = oid("1.2.840.113549.1.1.13");
inline constexpr auto sha224WithRSAEncryption = oid("1.2.840.113549.1.1.14");
inline constexpr auto id_ecPublicKey = oid("1.2.840.10045.2.1");
inline constexpr auto ecdsa_with_SHA1 = oid("1.2.840.10045.4.1");
inline constexpr auto ecdsa_with_SHA224 = oid("1.2.840.10045.4.3.1");
inline constexpr auto ecdsa_with_SHA256 = oid("1.2.840.10045.4.3.2");
inline constexpr auto ecdsa_with_SHA384 = oid("1.2.840.10045.4.3.3");
inline constexpr auto ecdsa_with_SHA512 = oid("1.2.840.10045.4.3.4");
inline constexpr auto id_Ed25519 = oid("1.3.101.112");
inline constexpr auto id_dsa = oid("1.2.840.10040.4.1");
// Digests
inline constexpr auto id_md5 = oid("1.2.840.113549.2.5");
inline constexpr auto id_sha1 = oid("1.3.14.3.2.26");
inline constexpr auto id_sha224 = oid("2.16.840.1.101.3.4.2.4");
inline constexpr auto id_sha256 = oid("2.16.840.1.101.3.4.2.1");
inline constexpr auto id_sha384 = oid("2.16.840.1.101.3.4.2.2");
inline constexpr auto id_sha512 = oid("2.16.840.1.101.3.4.2.3");
// Extensions
inline constexpr auto id_ce_subjectKeyIdentifier = oid("2.5.29.14");
inline constexpr auto id_ce_keyUsage = oid("2.5.29.15");
inline constexpr auto id_ce_subjectAltName = oid("2.5.29.17");
inline constexpr auto id_ce_basicConstraints = oid("2.5.29.19");
inline constexpr auto id_ce_cRLNumber = oid("2.5.29.20");
inline constexpr auto id_ce_cRLDistributionPoints = oid("2.5.29.31");
inline constexpr auto id_ce_authorityKeyIdentifier = oid("2.5.29.35");
inline constexpr auto id_ce_extKeyUsage = oid("2.5.29.37");

}  // namespace scep::x509::oids
