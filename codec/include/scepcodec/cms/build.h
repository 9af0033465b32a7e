#pragma once

#include <scepcodec/der/values.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Writing CMS (RFC 5652). Parts are handed over as encoded octets, and a whole is written in one go: exact size, SET OF sorted, each octet once.
// The codec computes no digest and no signature: it gives the octets to be digested, signed or encrypted, and takes the outcome.
// Nothing is checked, so that a deviating message can be written too: what goes in comes out.
namespace scep::cms {

using Octets = std::vector<std::uint8_t>;
using OctetsView = std::span<const std::uint8_t>;

// AlgorithmIdentifier. RFC 5754, 2: the parameters of SHA-2 are absent; of rsaEncryption and shaXWithRSAEncryption, NULL.
enum class Parameters : std::uint8_t { absent, null };
[[nodiscard]] Octets encode_algorithm(const der::OidConstant& algorithm, Parameters parameters = Parameters::absent);
[[nodiscard]] Octets encode_algorithm(const der::OidConstant& algorithm, OctetsView encoded_parameters);
// A cipher in CBC mode: the parameters are the IV as an OCTET STRING (RFC 3565, 4.1; RFC 3370, 5.1).
[[nodiscard]] Octets encode_cbc_algorithm(const der::OidConstant& cipher, OctetsView iv);
// PBKDF2-params ::= SEQUENCE { salt OCTET STRING, iterationCount INTEGER, keyLength INTEGER OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }   RFC 8018, A.2
// `prf` is an encoded AlgorithmIdentifier; leave it empty for the default.
[[nodiscard]] Octets encode_pbkdf2_algorithm(OctetsView salt, std::int64_t iterations, OctetsView prf = {});

// SignerIdentifier and RecipientIdentifier.
// IssuerAndSerialNumber ::= SEQUENCE { issuer Name, serialNumber INTEGER }; `issuer` is encoded, `serial` are the content octets of the INTEGER. RFC 5652, 10.2.4
[[nodiscard]] Octets encode_issuer_and_serial_number(OctetsView issuer, OctetsView serial);
// subjectKeyIdentifier [0] OCTET STRING
[[nodiscard]] Octets encode_subject_key_identifier(OctetsView identifier);

// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF ANY }; values are encoded. RFC 5652, 5.3
[[nodiscard]] Octets encode_attribute(const der::OidConstant& type, OctetsView value);
[[nodiscard]] Octets encode_attribute(const der::OidConstant& type, std::span<const Octets> values);

// One SignedData with one signer, in a ContentInfo:
//
//     SignedDataBuilder builder{.e_content = envelope, .sid = ..., ...};
//     builder.message_digest = digest(*builder.e_content);         // of no octets where eContent is absent
//     auto message = builder.finish(sign(builder.signed_attrs_to_be_signed()));
struct SignedDataBuilder {
    der::OidConstant e_content_type = der::oid("1.2.840.113549.1.7.1");  // id-data
    std::optional<Octets> e_content;   // absent: encapContentInfo holds the type alone
    std::vector<Octets> certificates;  // encoded; [0] is left out where there are none
    std::vector<Octets> crls;
    Octets sid;
    Octets digest_algorithm;
    Octets signature_algorithm;
    Octets message_digest;
    std::vector<Octets> signed_attrs;  // besides contentType and messageDigest, which are added
    std::vector<Octets> unsigned_attrs;
    std::optional<std::int64_t> version;              // of SignedData; else RFC 5652, 5.1 computes it
    std::optional<std::int64_t> signer_info_version;  // else 1 with issuerAndSerialNumber, 3 with subjectKeyIdentifier

    // The DER of the signedAttrs as an explicit SET OF, which the signature covers (RFC 5652, 5.4).
    [[nodiscard]] Octets signed_attrs_to_be_signed() const;
    [[nodiscard]] Octets finish(OctetsView signature) const;
};

// The same over what the caller holds, for senders in a hurry: nothing is copied before finish(), which allocates the message and no more. Lives as long as
// what it looks at. Where there are several certificates, crls or attributes they stand one after another, in any order.
struct SignedDataViews {
    der::OidConstant e_content_type = der::oid("1.2.840.113549.1.7.1");  // id-data
    std::optional<OctetsView> e_content;
    OctetsView certificates;
    OctetsView crls;
    OctetsView sid;
    OctetsView digest_algorithm;
    OctetsView signature_algorithm;
    OctetsView message_digest;
    OctetsView signed_attrs;
    OctetsView unsigned_attrs;
    std::optional<std::int64_t> version;
    std::optional<std::int64_t> signer_info_version;

    [[nodiscard]] Octets signed_attrs_to_be_signed() const;
    [[nodiscard]] Octets finish(OctetsView signature) const;
};

// The degenerate SignedData without signers and without eContent, in a ContentInfo (RFC 8894, 3.4).
[[nodiscard]] Octets encode_certificates_only(std::span<const Octets> certificates, std::span<const Octets> crls = {});

// KeyTransRecipientInfo; version 0 with issuerAndSerialNumber, 2 with subjectKeyIdentifier. RFC 5652, 6.2.1
[[nodiscard]] Octets encode_key_trans_recipient_info(OctetsView rid, OctetsView key_encryption_algorithm, OctetsView encrypted_key);
// pwri [3] PasswordRecipientInfo; no keyDerivationAlgorithm where it is empty. RFC 5652, 6.2.4
[[nodiscard]] Octets encode_password_recipient_info(OctetsView key_derivation_algorithm, OctetsView key_encryption_algorithm, OctetsView encrypted_key);

// EnvelopedData in a ContentInfo. RFC 5652, 6.1
struct EnvelopedDataParts {
    std::vector<Octets> recipient_infos;
    der::OidConstant content_type = der::oid("1.2.840.113549.1.7.1");  // id-data
    Octets content_encryption_algorithm;
    Octets encrypted_content;
    std::optional<std::int64_t> version;  // else 0, 2 or 3 as the recipients ask
};
[[nodiscard]] Octets encode_enveloped_data(const EnvelopedDataParts& parts);

}  // namespace scep::cms
