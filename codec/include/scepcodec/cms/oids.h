#pragma once

#include <scepcodec/der/values.h>

namespace scep::cms::oids {

using der::oid;

inline constexpr auto id_data = oid("1.2.840.113549.1.7.1");
inline constexpr auto id_signedData = oid("1.2.840.113549.1.7.2");
inline constexpr auto id_envelopedData = oid("1.2.840.113549.1.7.3");
inline constexpr auto id_contentType = oid("1.2.840.113549.1.9.3");
inline constexpr auto id_messageDigest = oid("1.2.840.113549.1.9.4");
inline constexpr auto id_signingTime = oid("1.2.840.113549.1.9.5");
inline constexpr auto id_ori_kem = oid("1.2.840.113549.1.9.16.13.3");
// Content encryption
inline constexpr auto des_cbc = oid("1.3.14.3.2.7");
inline constexpr auto des_ede3_cbc = oid("1.2.840.113549.3.7");
inline constexpr auto rc2_cbc = oid("1.2.840.113549.3.2");
inline constexpr auto aes128_CBC = oid("2.16.840.1.101.3.4.1.2");
inline constexpr auto aes192_CBC = oid("2.16.840.1.101.3.4.1.22");
inline constexpr auto aes256_CBC = oid("2.16.840.1.101.3.4.1.42");
// Password recipients (RFC 3211, RFC 8018)
inline constexpr auto id_PBKDF2 = oid("1.2.840.113549.1.5.12");
inline constexpr auto id_alg_PWRI_KEK = oid("1.2.840.113549.1.9.16.3.9");
inline constexpr auto id_hmacWithSHA1 = oid("1.2.840.113549.2.7");
inline constexpr auto id_hmacWithSHA224 = oid("1.2.840.113549.2.8");
inline constexpr auto id_hmacWithSHA256 = oid("1.2.840.113549.2.9");
inline constexpr auto id_hmacWithSHA384 = oid("1.2.840.113549.2.10");
inline constexpr auto id_hmacWithSHA512 = oid("1.2.840.113549.2.11");

}  // namespace scep::cms::oids
