#pragma once

#include <scepcodec/der/values.h>

// SCEP's attribute types, under { joint-iso-itu-t(2) country(16) us(840) organization(1) VeriSign(113733) pki(1) attributes(9) } (RFC 8894, 3.2.1).
namespace scep::oids {

using der::oid;

inline constexpr auto messageType = oid("2.16.840.1.113733.1.9.2");
inline constexpr auto pkiStatus = oid("2.16.840.1.113733.1.9.3");
inline constexpr auto failInfo = oid("2.16.840.1.113733.1.9.4");
inline constexpr auto senderNonce = oid("2.16.840.1.113733.1.9.5");
inline constexpr auto recipientNonce = oid("2.16.840.1.113733.1.9.6");
inline constexpr auto transactionID = oid("2.16.840.1.113733.1.9.7");
inline constexpr auto extensionReq = oid("2.16.840.1.113733.1.9.8");
inline constexpr auto failInfoText = oid("1.3.6.1.5.5.7.24.1");  // id-scep-failInfoText, RFC 8894, 3.2.1.4 and 6.1

}  // namespace scep::oids
