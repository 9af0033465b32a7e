#pragma once

#include <scepcodec/x509/algorithm.h>
#include <scepcodec/x509/name.h>

namespace scep::x509 {

// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }   RFC 5280, 4.1
struct Extension {
    static constexpr const char* asn1_name = "Extension";
    der::Input whole;
    der::Oid extn_id;
    bool critical = false;
    der::Input extn_value;  // the octets of the OCTET STRING

    static Extension read(der::Reader& reader, const char* field);
};

using Extensions = der::ListOf<Extension>;

struct Validity {
    der::Time not_before;
    der::Time not_after;

    static Validity read(der::Reader& reader, const char* field);
};

// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature }   RFC 5280, 4.1
// `whole` and `tbs_certificate` are the exact octets; the signature covers the latter.
struct Certificate {
    static constexpr const char* asn1_name = "Certificate";
    der::Input whole;
    der::Input tbs_certificate;
    std::optional<der::Integer> version;  // v1 (0) where absent
    der::Integer serial_number;
    AlgorithmIdentifier signature;        // inside tbsCertificate
    Name issuer;
    Validity validity;
    Name subject;
    SubjectPublicKeyInfo subject_public_key_info;
    std::optional<Extensions> extensions;
    AlgorithmIdentifier signature_algorithm;
    der::BitString signature_value;

    static Certificate read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<Certificate> decode(der::Input input) { return der::decode<Certificate>(input); }

    [[nodiscard]] bool self_issued() const { return match(issuer, subject) != NameMatch::different; }
    // The extension of that OID; the first one where there are several.
    [[nodiscard]] std::optional<Extension> extension(const der::OidConstant& id) const;
    // SubjectKeyIdentifier's octets.
    [[nodiscard]] std::optional<der::Input> subject_key_identifier() const;
    // KeyUsage bits; nothing when the extension is absent or does not decode.
    [[nodiscard]] std::optional<der::BitString> key_usage() const;
    // BasicConstraints cA; nothing when absent or undecodable.
    [[nodiscard]] std::optional<bool> basic_constraints_ca() const;
};

// Bits of KeyUsage (RFC 5280, 4.2.1.3).
enum class KeyUsage : std::uint8_t { digitalSignature = 0, nonRepudiation = 1, keyEncipherment = 2, dataEncipherment = 3, keyAgreement = 4, keyCertSign = 5, cRLSign = 6 };

// RevokedCertificate, an entry of CertificateList.
struct RevokedCertificate {
    static constexpr const char* asn1_name = "RevokedCertificate";
    der::Input whole;
    der::Integer user_certificate;
    der::Time revocation_date;
    std::optional<Extensions> crl_entry_extensions;

    static RevokedCertificate read(der::Reader& reader, const char* field);
};

// SEQUENCE OF RevokedCertificate, of any size: its elements are looked at only when it is walked, so decoding a CRL does not grow with it.
struct RevokedCertificates {
    der::Element element;
    // The walk; trouble in the framing ends it with an error.
    [[nodiscard]] Result<der::ListOf<RevokedCertificate>> list() const;
};

// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }   RFC 5280, 5.1
struct CertificateList {
    static constexpr const char* asn1_name = "CertificateList";
    der::Input whole;
    der::Input tbs_cert_list;
    std::optional<der::Integer> version;
    AlgorithmIdentifier signature;
    Name issuer;
    der::Time this_update;
    std::optional<der::Time> next_update;
    std::optional<RevokedCertificates> revoked_certificates;
    std::optional<Extensions> crl_extensions;
    AlgorithmIdentifier signature_algorithm;
    der::BitString signature_value;

    static CertificateList read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<CertificateList> decode(der::Input input) { return der::decode<CertificateList>(input); }
    [[nodiscard]] std::optional<Extension> extension(const der::OidConstant& id) const;
};

}  // namespace scep::x509
