#pragma once

#include <conformance/evidence/dialect.h>
#include <conformance/evidence/producer.h>

namespace sceplab::evidence {

// What is left of a value once its octets are let go: a hash to compare, and its place.
struct Trace {
    std::uint64_t hash = 0;       // of the value; another one in the next run
    scep::Location where;         // in the exchange's sources
    bool present = false;
    std::int16_t attribute = -1;  // which of the signedAttrs, where it is the value of one
};

// The HTTP side of an exchange.
struct HttpTrace {
    std::string_view method;       // "GET", "POST", else empty
    int status = 0;                // 0 where nothing answered
    bool sent_message = false;     // the request has a body, or a message= of some length
    scep::Location answer;         // the body of the answer
};

// The little of an exchange that rules over sequences need; of fixed size, without octets.
struct ExchangeRecord {
    std::uint32_t exchange = 0;
    std::optional<std::uint32_t> transaction;
    std::optional<input::Timestamp> time;
    input::Ending ended = input::Ending::answered;
    std::optional<scep::MessageType> request_type;
    std::optional<scep::PkiStatus> pki_status;
    bool request_is_pki_message = false;
    bool response_is_pki_message = false;
    Trace request_message;        // the message as received: an identical one is a retransmission
    Trace response_message;
    Trace request_nonce;          // senderNonce
    Trace response_nonce;         // senderNonce of the answer
    Trace request_transaction_id;
    Trace response_transaction_id;
    Trace response_status;        // pkiStatus
    Trace request_type_value;     // messageType
    Trace request_signer;         // signer's certificate
    Trace requested_key;          // subjectPublicKey of the CertificationRequest
    Trace issued_key;             // subjectPublicKey of the issued certificate
    Trace request_iv;             // of the envelope
    Trace response_iv;
    Trace request_kemct;          // of the envelope's first recipient, where that is one by KEM
    Trace response_kemct;
    Trace polled_subject;         // of the IssuerAndSubject
    HttpTrace http;
    Trace crl_issuer;             // of the first CRL that a decrypted CertRep brings
    std::int64_t crl_this_update = 0;
    std::shared_ptr<const LocalFacts> local;
    std::uint32_t server = 0;     // ServerKnowledge::number
    std::optional<scep::Operation> operation;
    scep::Location target;        // the request target
    std::optional<bool> host_is_configured;  // as --facts tells; nothing where it does not
    std::optional<bool> ca_is_pinned;        // a CA certificate that the client has then has a fingerprint of --facts; nothing where either is not known
    bool ca_certificates_given = false;      // a successful answer to GetCACert
    bool renewal_announced = false;
    bool signed_by_itself = false;           // the request, with a self-issued certificate
    Trace challenge;              // challengePassword of the CertificationRequest, where it is not empty
    Trace requested_subject;      // of the CertificationRequest; names that match have one hash
    Trace asked_certificate;      // issuer and serial number in a GetCert or GetCRL
    Trace signer_name;            // issuer and serial number of request_signer
    Trace issued_certificate;     // its octets
    Trace issued_name;            // its issuer and serial number
    Trace issued_subject;         // names that match have one hash
    std::int64_t issued_not_before = 0;
    std::int64_t issued_not_after = 0;
    bool signer_has_crl_location = false;    // cRLDistributionPoints
    bool issued_has_crl_location = false;
    bool response_is_capabilities = false;
    Dialects request_dialects;
    Dialects response_dialects;
    Traits request_traits;
    Traits response_traits;
};

[[nodiscard]] ExchangeRecord record(const ExchangeFacts& facts);

}  // namespace sceplab::evidence
