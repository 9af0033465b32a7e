#pragma once

#include <scepcodec/cms/build.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/scep/types.h>

#include <string>

// Writing SCEP messages (RFC 8894, 3.3). Each function gives a SignedDataBuilder whose content and attributes are set; the caller adds the signer (sid,
// digest_algorithm, signature_algorithm, certificates), the digest of the content, and the signature:
//
//     auto message = build::pkcs_req(attributes, envelope);
//     message.sid = cms::encode_issuer_and_serial_number(issuer, serial);
//     ...
//     auto octets = message.finish(signature);
namespace scep::build {

using cms::Octets;
using cms::OctetsView;
using cms::SignedDataBuilder;

// What every pkiMessage says of its transaction (RFC 8894, 3.2.1), written in the types the RFC asks for.
struct Transaction {
    std::string transaction_id;               // PrintableString
    Octets sender_nonce;                      // OCTET STRING, 16 octets; left out where empty
    Octets recipient_nonce;                   // the same; a CertRep has it
    std::optional<std::int64_t> signing_time; // seconds since 1970
    std::vector<Octets> other_attributes;     // encoded, for what the RFC does not know
};

// `envelope` is the pkcsPKIEnvelope: a ContentInfo of EnvelopedData.
[[nodiscard]] SignedDataBuilder pkcs_req(const Transaction& transaction, Octets envelope);     // over a CertificationRequest
[[nodiscard]] SignedDataBuilder renewal_req(const Transaction& transaction, Octets envelope);  // over a CertificationRequest
[[nodiscard]] SignedDataBuilder cert_poll(const Transaction& transaction, Octets envelope);    // GetCertInitial; over an IssuerAndSubject
[[nodiscard]] SignedDataBuilder get_cert(const Transaction& transaction, Octets envelope);     // over an IssuerAndSerialNumber
[[nodiscard]] SignedDataBuilder get_crl(const Transaction& transaction, Octets envelope);      // over an IssuerAndSerialNumber

// CertRep. SUCCESS holds an envelope over a certificates-only SignedData; FAILURE and PENDING have no eContent (RFC 8894, 3.3.2).
[[nodiscard]] SignedDataBuilder cert_rep_success(const Transaction& transaction, Octets envelope);
// failInfoText is a UTF8String, left out where empty.
[[nodiscard]] SignedDataBuilder cert_rep_failure(const Transaction& transaction, FailInfo fail_info, std::string_view fail_info_text = {});
[[nodiscard]] SignedDataBuilder cert_rep_pending(const Transaction& transaction);

// A pkiMessage of any kind: codes as text, so that unknown ones can be written; empty ones are left out.
struct Codes {
    std::string message_type;
    std::string pki_status;
    std::string fail_info;
    std::string fail_info_text;
};
[[nodiscard]] SignedDataBuilder pki_message(const Transaction& transaction, const Codes& codes, std::optional<Octets> envelope);

// The attributes of such a message one after another, the signed_attrs of a cms::SignedDataViews. Those of the usual lengths need no allocation:
//
//     const auto attributes = build::encode_attributes(transaction, MessageType::PKCSReq);
//     cms::SignedDataViews message{.e_content = envelope, .certificates = certificate, .sid = sid, ..., .signed_attrs = attributes.octets()};
using EncodedAttributes = der::ShortOctets<384>;
[[nodiscard]] EncodedAttributes encode_attributes(const Transaction& transaction, const Codes& codes);
[[nodiscard]] EncodedAttributes encode_attributes(const Transaction& transaction, MessageType request);

// The answer to GetNextCACert (RFC 8894, 4.7.1): a certificates-only SignedData as the content of one that the current CA signs. No transaction attributes.
// The RFC leaves the eContentType open; id-data is what receivers take.
[[nodiscard]] SignedDataBuilder next_ca_cert(Octets certificates_only);

// IssuerAndSubject ::= SEQUENCE { issuer Name, subject Name }, both encoded. RFC 8894, 3.3.3
[[nodiscard]] Octets encode_issuer_and_subject(OctetsView issuer, OctetsView subject);

// Name, one attribute to a RelativeDistinguishedName, in the order given.
struct NamePart {
    der::OidConstant type;
    std::string value;
    der::Tag string_type = der::tag::UTF8String;
};
[[nodiscard]] Octets encode_name(std::span<const NamePart> parts);

// Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }; `value` is what the OCTET STRING holds. RFC 5280, 4.1
[[nodiscard]] Octets encode_extension(const der::OidConstant& id, bool critical, OctetsView value);

// CertificationRequest (RFC 2986, 4): sign to_be_signed(), then finish().
struct CertificationRequestBuilder {
    Octets subject;                                // encoded Name
    Octets subject_pk_info;                        // encoded SubjectPublicKeyInfo
    std::optional<std::string> challenge_password; // a PrintableString where the text fits one, else a UTF8String (RFC 2985, 5.4.1)
    std::vector<Octets> extensions;                // encoded; an extensionRequest where there are any
    std::vector<Octets> other_attributes;          // encoded
    Octets signature_algorithm;

    // CertificationRequestInfo
    [[nodiscard]] Octets to_be_signed() const;
    [[nodiscard]] Octets finish(OctetsView signature) const;
};

}  // namespace scep::build
