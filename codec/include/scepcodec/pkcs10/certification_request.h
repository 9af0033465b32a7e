#pragma once

#include <scepcodec/x509/attribute.h>
#include <scepcodec/x509/certificate.h>

namespace scep::pkcs10 {

using x509::Attribute;
using x509::Attributes;

// CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm, signature }   RFC 2986, 4
// CertificationRequestInfo ::= SEQUENCE { version INTEGER, subject Name, subjectPKInfo SubjectPublicKeyInfo, attributes [0] Attributes }
struct CertificationRequest {
    static constexpr const char* asn1_name = "CertificationRequest";
    der::Input whole;
    der::Input certification_request_info;  // exact octets, which the signature covers
    der::Integer version;
    x509::Name subject;
    x509::SubjectPublicKeyInfo subject_pk_info;
    std::optional<Attributes> attributes;   // some producers leave the empty [0] out
    x509::AlgorithmIdentifier signature_algorithm;
    der::BitString signature;

    static CertificationRequest read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<CertificationRequest> decode(der::Input input) { return der::decode<CertificationRequest>(input); }

    // challengePassword (RFC 2985, 5.4.1): the DirectoryString element of the first value, whatever its type.
    [[nodiscard]] std::optional<der::Element> challenge_password() const;
    // extensionRequest (RFC 2985, 5.4.2), or Microsoft's certificate extensions attribute of the same form. Nothing when absent; else the list or its error.
    [[nodiscard]] std::optional<Result<x509::Extensions>> extension_request() const;
};

namespace oids {
inline constexpr auto challengePassword = der::oid("1.2.840.113549.1.9.7");
inline constexpr auto extensionRequest = der::oid("1.2.840.113549.1.9.14");
inline constexpr auto microsoftCertExtensions = der::oid("1.3.6.1.4.1.311.2.1.14");
}  // namespace oids

}  // namespace scep::pkcs10
