#pragma once

#include <scepcodec/cms/signed_data.h>

#include <variant>

namespace scep::cms {

// KeyTransRecipientInfo ::= SEQUENCE { version, rid, keyEncryptionAlgorithm, encryptedKey OCTET STRING }   RFC 5652, 6.2.1
struct KeyTransRecipientInfo {
    der::Integer version;
    CertificateIdentifier rid;
    AlgorithmIdentifier key_encryption_algorithm;
    der::Input encrypted_key;
};

// KeyAgreeRecipientInfo ::= [1] SEQUENCE { version, originator [0] EXPLICIT, ukm [1] EXPLICIT OCTET STRING OPTIONAL, keyEncryptionAlgorithm,
//                                          recipientEncryptedKeys SEQUENCE OF }   RFC 5652, 6.2.2
struct RecipientEncryptedKey {
    static constexpr const char* asn1_name = "RecipientEncryptedKey";
    der::Input whole;
    der::Element rid;  // IssuerAndSerialNumber, or [0] RecipientKeyIdentifier
    der::Input encrypted_key;

    static RecipientEncryptedKey read(der::Reader& reader, const char* field);
};
struct KeyAgreeRecipientInfo {
    der::Integer version;
    der::Element originator;  // what is inside [0]: IssuerAndSerialNumber, [0] SubjectKeyIdentifier, [1] OriginatorPublicKey
    std::optional<der::Input> ukm;
    AlgorithmIdentifier key_encryption_algorithm;
    der::ListOf<RecipientEncryptedKey> recipient_encrypted_keys;
};

// KEKRecipientInfo ::= [2] SEQUENCE { version, kekid KEKIdentifier, keyEncryptionAlgorithm, encryptedKey }   RFC 5652, 6.2.3
struct KEKRecipientInfo {
    der::Integer version;
    der::Element kekid;
    der::Input key_identifier;
    AlgorithmIdentifier key_encryption_algorithm;
    der::Input encrypted_key;
};

// PasswordRecipientInfo ::= [3] SEQUENCE { version, keyDerivationAlgorithm [0] OPTIONAL, keyEncryptionAlgorithm, encryptedKey }   RFC 5652, 6.2.4
struct PasswordRecipientInfo {
    der::Integer version;
    std::optional<AlgorithmIdentifier> key_derivation_algorithm;
    AlgorithmIdentifier key_encryption_algorithm;
    der::Input encrypted_key;
};

// KEMRecipientInfo ::= SEQUENCE { version, rid, kem, kemct OCTET STRING, kdf, kekLength INTEGER, ukm [0] EXPLICIT OCTET STRING OPTIONAL, wrap,
//                                 encryptedKey OCTET STRING }   RFC 9629, 3
struct KEMRecipientInfo {
    der::Integer version;
    CertificateIdentifier rid;
    AlgorithmIdentifier kem;
    der::Input kemct;
    AlgorithmIdentifier kdf;
    der::Integer kek_length;
    std::optional<der::Input> ukm;
    AlgorithmIdentifier wrap;
    der::Input encrypted_key;
};

// OtherRecipientInfo ::= [4] SEQUENCE { oriType OBJECT IDENTIFIER, oriValue ANY }   RFC 5652, 6.2.5
struct OtherRecipientInfo {
    der::Oid ori_type;
    der::Element ori_value;
    std::optional<KEMRecipientInfo> kem;  // when oriType is id-ori-kem
};

// RecipientInfo ::= CHOICE { ktri, kari [1], kekri [2], pwri [3], ori [4] }   RFC 5652, 6.2
struct RecipientInfo {
    static constexpr const char* asn1_name = "RecipientInfo";
    der::Input whole;
    std::variant<KeyTransRecipientInfo, KeyAgreeRecipientInfo, KEKRecipientInfo, PasswordRecipientInfo, OtherRecipientInfo> choice;

    static RecipientInfo read(der::Reader& reader, const char* field);
};

// EncryptedContentInfo ::= SEQUENCE { contentType, contentEncryptionAlgorithm, encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL }   RFC 5652, 6.1
struct EncryptedContentInfo {
    der::Input whole;
    der::Oid content_type;
    AlgorithmIdentifier content_encryption_algorithm;
    std::optional<OctetString> encrypted_content;

    static EncryptedContentInfo read(der::Reader& reader, const char* field);
};

// EnvelopedData ::= SEQUENCE { version, originatorInfo [0] IMPLICIT OPTIONAL, recipientInfos SET OF RecipientInfo, encryptedContentInfo,
//                              unprotectedAttrs [1] IMPLICIT SET OF Attribute OPTIONAL }   RFC 5652, 6.1
struct EnvelopedData {
    static constexpr const char* asn1_name = "EnvelopedData";
    der::Input whole;
    der::Integer version;
    std::optional<der::Element> originator_info;
    der::ListOf<RecipientInfo> recipient_infos;
    EncryptedContentInfo encrypted_content_info;
    std::optional<Attributes> unprotected_attrs;

    static EnvelopedData read(der::Reader& reader, const char* field);
    // The same in place, into one that is empty.
    void read_fields(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<EnvelopedData> decode(der::Input input) { return der::decode<EnvelopedData>(input); }
    // From a ContentInfo of type id-envelopedData; else unexpected_content_type.
    [[nodiscard]] static Result<EnvelopedData> decode_content_info(der::Input input);

    // The version RFC 5652, 6.1 computes from what is inside.
    [[nodiscard]] int computed_version() const;
};

}  // namespace scep::cms
