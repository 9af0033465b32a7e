#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace scep::x509 {

// Writing a Certificate (RFC 5280, 4.1): sign to_be_signed(), then finish(). Parts are encoded octets; what goes in comes out unchecked.
// Owns what it holds.
//
// TBSCertificate ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, serialNumber, signature AlgorithmIdentifier, issuer Name, validity,
// subject Name,
//                               subjectPublicKeyInfo, extensions [3] EXPLICIT OPTIONAL }
struct CertificateBuilder {
    using Octets = std::vector<std::uint8_t>;

    Octets serial_number; // content octets of the INTEGER
    Octets signature;     // AlgorithmIdentifier, written inside and after the TBSCertificate
    Octets issuer;
    std::int64_t not_before = 0; // seconds since 1970; UTCTime up to 2049, then GeneralizedTime
    std::int64_t not_after = 0;
    Octets subject;
    Octets subject_public_key_info;
    std::vector<Octets> extensions;      // each an Extension; none at all: [3] is left out
    std::optional<std::int64_t> version; // 0 for v1; else 2 (v3) with extensions and 0 without

    [[nodiscard]] Octets to_be_signed() const;
    [[nodiscard]] Octets finish(std::span<const std::uint8_t> signature_value) const;
};

} // namespace scep::x509
