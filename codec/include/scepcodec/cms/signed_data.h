#pragma once

#include <scepcodec/cms/oids.h>
#include <scepcodec/cms/octet_string.h>
#include <scepcodec/x509/attribute.h>
#include <scepcodec/x509/certificate.h>

namespace scep::cms {

using x509::AlgorithmIdentifier;
using x509::Attribute;
using x509::Attributes;

// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }   RFC 5652, 3
struct ContentInfo {
    static constexpr const char* asn1_name = "ContentInfo";
    der::Input whole;
    der::Oid content_type;
    std::optional<der::Element> content;  // what is inside [0]; PKCS#7 lets it be absent

    static ContentInfo read(der::Reader& reader, const char* field);
    // The same in place, into one that is empty.
    void read_fields(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<ContentInfo> decode(der::Input input) { return der::decode<ContentInfo>(input); }
};

// IssuerAndSerialNumber ::= SEQUENCE { issuer Name, serialNumber INTEGER }   RFC 5652, 10.2.4
struct IssuerAndSerialNumber {
    static constexpr const char* asn1_name = "IssuerAndSerialNumber";
    der::Input whole;
    x509::Name issuer;
    der::Integer serial_number;

    static IssuerAndSerialNumber read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<IssuerAndSerialNumber> decode(der::Input input) { return der::decode<IssuerAndSerialNumber>(input); }
};

// SignerIdentifier, RecipientIdentifier ::= CHOICE { issuerAndSerialNumber, subjectKeyIdentifier [0] OCTET STRING }   RFC 5652, 5.3, 6.2.1
// Exactly one of the two is present.
struct CertificateIdentifier {
    der::Input whole;
    std::optional<IssuerAndSerialNumber> issuer_and_serial_number;
    std::optional<der::Input> subject_key_identifier;

    static CertificateIdentifier read(der::Reader& reader, const char* field);
    // Names equivalent and serial equal, or the key identifier equal to the certificate's extension.
    [[nodiscard]] bool matches(const x509::Certificate& certificate) const;
};

// SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, signedAttrs [0] IMPLICIT SET OF Attribute OPTIONAL, signatureAlgorithm, signature OCTET STRING,
//                           unsignedAttrs [1] IMPLICIT SET OF Attribute OPTIONAL }   RFC 5652, 5.3
struct SignerInfo {
    static constexpr const char* asn1_name = "SignerInfo";
    der::Input whole;
    der::Integer version;
    CertificateIdentifier sid;
    AlgorithmIdentifier digest_algorithm;
    std::optional<Attributes> signed_attrs;
    AlgorithmIdentifier signature_algorithm;
    der::Input signature;
    std::optional<Attributes> unsigned_attrs;

    static SignerInfo read(der::Reader& reader, const char* field);
    // The same in place, into one that is empty.
    void read_fields(der::Reader& reader, const char* field);
};

// EncapsulatedContentInfo ::= SEQUENCE { eContentType OBJECT IDENTIFIER, eContent [0] EXPLICIT OCTET STRING OPTIONAL }   RFC 5652, 5.2
struct EncapsulatedContentInfo {
    static constexpr const char* asn1_name = "EncapsulatedContentInfo";
    der::Input whole;
    der::Oid e_content_type;
    std::optional<der::Element> content;      // what is inside [0]: an OCTET STRING; PKCS#7 allows any type
    std::optional<OctetString> e_content;     // present when `content` is an OCTET STRING

    static EncapsulatedContentInfo read(der::Reader& reader, const char* field);
    // The same in place, into one that is empty.
    void read_fields(der::Reader& reader, const char* field);
};

// CertificateChoices and RevocationInfoChoice (RFC 5652, 10.2): a plain Certificate or CertificateList is a SEQUENCE, other forms have context tags. Any element is
// kept; certificate() decodes a plain one.
struct CertificateChoice {
    static constexpr const char* asn1_name = "CertificateChoices";
    der::Element element;

    static CertificateChoice read(der::Reader& reader, const char* field);
    [[nodiscard]] Result<x509::Certificate> certificate() const { return x509::Certificate::decode(element.whole()); }
};
struct RevocationInfoChoice {
    static constexpr const char* asn1_name = "RevocationInfoChoice";
    der::Element element;

    static RevocationInfoChoice read(der::Reader& reader, const char* field);
    [[nodiscard]] Result<x509::CertificateList> certificate_list() const { return x509::CertificateList::decode(element.whole()); }
};

// SignedData ::= SEQUENCE { version, digestAlgorithms SET OF AlgorithmIdentifier, encapContentInfo, certificates [0] IMPLICIT SET OF OPTIONAL,
//                           crls [1] IMPLICIT SET OF OPTIONAL, signerInfos SET OF SignerInfo }   RFC 5652, 5.1
struct SignedData {
    static constexpr const char* asn1_name = "SignedData";
    der::Input whole;
    der::Integer version;
    der::ListOf<AlgorithmIdentifier> digest_algorithms;
    EncapsulatedContentInfo encap_content_info;
    std::optional<der::ListOf<CertificateChoice>> certificates;
    std::optional<der::ListOf<RevocationInfoChoice>> crls;
    der::ListOf<SignerInfo> signer_infos;

    static SignedData read(der::Reader& reader, const char* field);
    // The same in place, into one that is empty.
    void read_fields(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<SignedData> decode(der::Input input) { return der::decode<SignedData>(input); }
    // From a ContentInfo of type id-signedData; else unexpected_content_type, or missing_content.
    [[nodiscard]] static Result<SignedData> decode_content_info(der::Input input);
    // The same, of a ContentInfo that was decoded already, in place. After an error it holds what was read before.
    [[nodiscard]] Result<void> read_content_of(const ContentInfo& info);

    // A degenerate certificates-only message: no signers.
    [[nodiscard]] bool certificates_only() const { return signer_infos.empty(); }
    // The version RFC 5652, 5.1 computes from what is inside.
    [[nodiscard]] int computed_version() const;
};

}  // namespace scep::cms
