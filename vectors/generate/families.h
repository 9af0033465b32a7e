#pragma once

#include <vectors/generate/case.h>

// The files of vectors/v1, in the order of the layers. Each call gives the same cases, octet by octet.
namespace sceplab::vectors {

[[nodiscard]] File der();                // DerValue
[[nodiscard]] File ber();                // BerValue
[[nodiscard]] File x509();               // Certificate, CertificateList
[[nodiscard]] File pkcs10();             // CertificationRequest
[[nodiscard]] File names();              // IssuerAndSubject, IssuerAndSerialNumber
[[nodiscard]] File http();               // Capabilities, RequestTarget
[[nodiscard]] File certificates_only();  // CertificatesOnly
[[nodiscard]] File signed_data();        // SignedData
[[nodiscard]] File enveloped_data();     // EnvelopedData
[[nodiscard]] File pki_message();        // PkiMessage
[[nodiscard]] File exchange();           // Exchange

using Family = File (*)();
inline constexpr Family families[] = {der,  ber,   x509, pkcs10, names, http, certificates_only, signed_data, enveloped_data, pki_message,
                                      exchange};

}  // namespace sceplab::vectors
