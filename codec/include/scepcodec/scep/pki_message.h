#pragma once

#include <scepcodec/ber/normalise.h>
#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/scep/attributes.h>

namespace scep {

// A pkiMessage (RFC 8894, 3.1): ContentInfo of SignedData over the pkcsPKIEnvelope, or over nothing, with the transaction attributes signed by one signer.
// Views; lives as long as the octets, and as the Sources where one was given.
struct PkiMessage {
    cms::ContentInfo content_info;
    cms::SignedData signed_data;
    cms::SignerInfo signer_info;         // the first; signed_data.signer_infos.size() tells whether it is alone
    TransactionAttributes attributes;    // of that signer; empty where it has no signedAttrs
    std::vector<ber::Deviation> deviations;  // from DER, in the octets as received; the strict decode() leaves it empty

    // Not = default, which would clear these two thousand octets before its members do what is needed of it.
    PkiMessage() {}

    // Strict DER; allocates nothing. Errors: those of the reader, unexpected_content_type, missing_content, signer_count when there is no signer.
    [[nodiscard]] static Result<PkiMessage> decode(der::Input input);
    // DER as it stands, or BER normalised into `sources`; octets may follow. What is inside the eContent is a layer of its own. Errors: the same, and those of
    // ber::normalise().
    [[nodiscard]] static Result<PkiMessage> decode(der::Input input, Sources& sources);

    // The pkcsPKIEnvelope: the eContent, of which more than zero octets are there and which stand in one piece.
    [[nodiscard]] std::optional<der::Input> pkcs_pki_envelope() const;
};

// IssuerAndSubject ::= SEQUENCE { issuer Name, subject Name }   RFC 8894, 3.3.3
struct IssuerAndSubject {
    static constexpr const char* asn1_name = "IssuerAndSubject";
    der::Input whole;
    x509::Name issuer;
    x509::Name subject;

    static IssuerAndSubject read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<IssuerAndSubject> decode(der::Input input) { return der::decode<IssuerAndSubject>(input); }
};

// What a decrypted messageData is, told by its shape; the messageType says what it should be.
enum class MessageDataKind : std::uint8_t { CertificationRequest, IssuerAndSubject, IssuerAndSerialNumber, SignedData, unknown };
[[nodiscard]] std::string_view name(MessageDataKind kind);
[[nodiscard]] MessageDataKind message_data_kind(der::Input message_data);

}  // namespace scep
