#pragma once

#include <conformance/evidence/decoded_list.h>
#include <conformance/evidence/local_facts.h>
#include <conformance/input/exchange.h>

#include <scepcodec/ber/normalise.h>
#include <scepcodec/botan/verdict.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/http.h>
#include <scepcodec/scep/pki_message.h>

#include <array>
#include <memory>

// What is known of an exchange, without judgement. Views live as long as the ExchangeFacts that owns the octets.
namespace sceplab::evidence {

using scep::Result;
using scep::der::Input;
namespace botan = scep::botan;
namespace cms = scep::cms;
namespace http = scep::http;
namespace pkcs10 = scep::pkcs10;
namespace x509 = scep::x509;

enum class Side : std::uint8_t { request, response };
[[nodiscard]] std::string_view name(Side side);

using Sha256 = std::array<std::uint8_t, 32>;

// A certificate that outlives the exchange it was met in: its own octets.
struct KnownCertificate {
    std::vector<std::uint8_t> octets;
    x509::Certificate view;  // of `octets`
    botan::Check by_issuer;  // another certificate of the same answer, of the issuer's name, signed it
    std::optional<FingerprintHash> fingerprint;  // of --facts, that is its own
};
using KnownCertificates = std::vector<std::shared_ptr<const KnownCertificate>>;

// Where the signer's certificate was found.
enum class Found : std::uint8_t { nowhere, message, GetCACert, cert };
[[nodiscard]] std::string_view name(Found found);

struct Signer {
    Found found = Found::nowhere;
    std::optional<x509::Certificate> certificate;      // view into the message, or into `known`
    std::shared_ptr<const KnownCertificate> known;
    std::optional<Input> certificate_original;         // octets as received
    bool in_get_ca_cert = false;                       // the certificate is one that GetCACert gave before (by its octets)
    bool ca_certificates_known = false;                // a GetCACert answer came before
    botan::Check chain;                                // to a --trust anchor, at the capture's time
    botan::Check by_itself;                            // of a client that is self-issued: its own key signed the certificate
    botan::Check by_ca;                                // of another client: a certificate that GetCACert gave, of the issuer's name, signed it
    std::uint32_t matching_certificates = 0;           // of the message that the sid names
};

// The facts of one signature over a SignedData with its first SignerInfo.
struct Signature {
    botan::Check overall;          // messageDigest and signature both hold
    botan::Check message_digest;
    botan::Check value;            // over the signedAttrs (or the content)
    bool only_when_sorted = false; // fits the DER order of the signedAttrs, not the order sent
    Signer signer;
};

enum class Decryption : std::uint8_t { not_performed, ok, failed };
[[nodiscard]] std::string_view name(Decryption decryption);

using Recipients = DecodedList<cms::RecipientInfo>;
// The certificate that a recipient is named by; null for a password or a key both sides hold.
[[nodiscard]] const cms::CertificateIdentifier* certificate_identifier(const cms::RecipientInfo& recipient);

// Which of the server's certificates names a recipient; null where none does.
struct NamedBy {
    const KnownCertificate* current = nullptr;  // of the last GetCACert answer, the first that fits
    const KnownCertificate* next = nullptr;     // of GetNextCACert
};

// In which form a password opened an envelope.
enum class PasswordForm : std::uint8_t {
    none,
    characters,        // in UTF-8
    attribute_octets,  // of the challengePassword as it is encoded, which differ from that
};

// The pkcsPKIEnvelope and what is inside.
struct Envelope {
    std::vector<scep::ber::Deviation> deviations;  // of its own layer, where it is one
    std::optional<scep::Error> error;             // it does not decode
    std::optional<cms::EnvelopedData> enveloped_data;
    Recipients recipients;                        // of it
    std::vector<NamedBy> named_by;                // for each recipient that is kept decoded
    Decryption decryption = Decryption::not_performed;
    std::string reason;                           // why not ok: one clause
    PasswordForm opened_by = PasswordForm::none;  // where a password opened it
    std::optional<std::string> password;          // the challenge that opened it, where a password did; a secret
};

// The decrypted messageData; at most one of the views is set, by `kind`.
struct MessageData {
    Input octets;                                  // the plaintext
    std::vector<scep::ber::Deviation> deviations;
    scep::MessageDataKind kind = scep::MessageDataKind::unknown;
    std::optional<scep::Error> error;
    std::optional<pkcs10::CertificationRequest> certification_request;
    std::optional<Input> certification_request_info;  // octets as received
    botan::Check proof_of_possession;              // the CSR's own signature
    std::optional<scep::IssuerAndSubject> issuer_and_subject;
    std::optional<cms::IssuerAndSerialNumber> issuer_and_serial_number;
    std::optional<cms::SignedData> signed_data;    // certificates-only
    bool in_clear = false;                         // it stood in the eContent without an envelope
    std::string transaction_id_hash;               // which hash of the requested key the transactionID is, "MD5 of the modulus"; empty where none
};

enum class BodyKind : std::uint8_t {
    none,          // no octets
    pki_message,   // SignedData with a signer and SCEP attributes, or any SignedData with a signer
    certificates,  // certificates-only SignedData or one bare Certificate
    capabilities,  // the text of a GetCACaps answer
    enveloped,     // EnvelopedData without a signature around it
    messageData,   // a bare CertificationRequest where a pkiMessage is due
    other,         // HTML, JSON, text, anything else
};
[[nodiscard]] std::string_view name(BodyKind kind);

// How a certificate of an answer stands to the others (RFC 8894 knows no order: the issuer graph tells).
enum class Role : std::uint8_t { issued, ca, ra, other };
[[nodiscard]] std::string_view name(Role role);
// Which of a server's certificates signed an issued one; asked only where a GetNextCACert answer came before.
enum class IssuedUnder : std::uint8_t { unknown, current, next };
struct CertificateFacts {
    x509::Certificate certificate;
    Input original;               // octets as received
    Role role = Role::other;
    std::int32_t index = 0;       // in its SET
    IssuedUnder issued_under = IssuedUnder::unknown;
    std::optional<FingerprintHash> fingerprint;  // of --facts, that is its own
    botan::Check chain;           // of an issued one, to the certificates that GetCACert gave, at the capture's time
    botan::Check by_issuer;       // of a CertRep's: a certificate of the issuer's name, of the server or of the same reply, signed it
    std::int32_t issued = -1;     // position of another one in the same answer that bears it as issuer; -1 for a leaf

    [[nodiscard]] Sha256 sha256() const;  // of `original`, made anew each time
};

// A certificate that stands in the SignedData of a message.
struct IncludedCertificate {
    std::int32_t index = 0;   // in its SET
    Input whole;
    x509::Certificate certificate;
};

// One side of an exchange.
struct MessageFacts {
    Side side = Side::request;
    BodyKind kind = BodyKind::none;
    std::vector<http::TextDeviation> text_deviations;
    Input octets;                                      // the message as received, after base64
    std::vector<scep::ber::Deviation> deviations;      // of its outermost layer
    std::optional<scep::Error> error;                  // it was due to be CMS and does not decode
    bool ber = false;                                  // framing that is not DER in any layer

    std::optional<scep::PkiMessage> message;           // kind pki_message
    std::vector<IncludedCertificate> included;         // certificates of its SignedData, those that decode
    std::optional<DecodedList<x509::Attribute>> signed_attrs;  // of its SignerInfo
    std::optional<Signature> signature;                // where there is a signer
    std::optional<Envelope> envelope;
    std::optional<MessageData> message_data;
    std::optional<scep::CertsOnly> certs_only;         // kind certificates; of a GetNextCACert answer what is inside the signature, with its deviations
    std::vector<CertificateFacts> certificates;        // that the message hands over: of certs_only, or of the decrypted CertRep
    std::vector<x509::CertificateList> crls;           // likewise
    std::vector<botan::Check> crl_checks;              // of a CertRep, for each of `crls`: a certificate of the issuer's name signed it
    std::optional<http::Capabilities> capabilities;

    // Shorthands; empty optionals where not there.
    [[nodiscard]] std::optional<scep::MessageType> message_type() const;
    [[nodiscard]] std::optional<scep::PkiStatus> pki_status() const;
    [[nodiscard]] std::optional<scep::FailInfo> fail_info() const;
    [[nodiscard]] std::string transaction_id() const;                 // raw text; empty where absent
    [[nodiscard]] const scep::TransactionAttributes* attributes() const;
};

// What earlier exchanges and the command line tell about the server, at the time of an exchange.
struct ServerKnowledge {
    std::optional<std::vector<std::string>> capabilities;   // words of the last GetCACaps answer, none where it was empty or an HTTP error (RFC 8894, 3.5.2); nothing where none came before
    bool ca_certificates_known = false;                     // a GetCACert answer came before, or --facts tells them
    KnownCertificates ca_certificates;                      // of the last one
    std::string ca_certificates_target;                     // request target that the last one answered
    KnownCertificates next_ca_certificates;                 // of the last GetNextCACert answer whose signature was not found to be invalid
    std::uint32_t number = 0;                               // one for each server of the run

    [[nodiscard]] bool announces(std::string_view keyword) const;  // in any case; SCEPStandard implies AES, POSTPKIOperation, SHA-256 (RFC 8894, 3.5.2)
};

[[nodiscard]] NamedBy named_by(const cms::RecipientInfo& recipient, const ServerKnowledge& server);

// One exchange with all that is known of it. Owns its octets.
struct ExchangeFacts {
    std::uint32_t index = 0;
    input::Exchange exchange;
    std::optional<scep::Operation> operation;       // told without regard to case; of a bare message, told by what it is, where that is clear
    std::string operation_text;                     // as sent; empty for a bare message
    std::optional<http::RequestTarget> target;
    std::optional<MessageFacts> request;
    std::optional<MessageFacts> response;
    ServerKnowledge server;
    std::optional<input::Timestamp> time;           // at which certificates are checked: of --time, else of the capture
    std::optional<Sha256> transaction_key;          // hash of the transactionID of either side, which may be long
    std::optional<std::uint32_t> transaction;       // index of the transaction it belongs to
    std::shared_ptr<const LocalFacts> local;        // never null

    [[nodiscard]] const MessageFacts* side(Side side) const;
    [[nodiscard]] const scep::Sources& sources() const { return exchange.sources; }
};

}  // namespace sceplab::evidence
