#pragma once

#include <vectors/generate/case.h>

#include <string_view>

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

struct Family {
    std::string_view name;  // of its file
    File (*make)();
};
inline constexpr Family families[] = {
    {"der", der},
    {"ber", ber},
    {"x509", x509},
    {"pkcs10", pkcs10},
    {"names", names},
    {"http", http},
    {"certificates-only", certificates_only},
    {"signed-data", signed_data},
    {"enveloped-data", enveloped_data},
    {"pki-message", pki_message},
    {"exchange", exchange},
};

}  // namespace sceplab::vectors
