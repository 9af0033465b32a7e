#pragma once

#include <conformance/evidence/facts.h>

namespace sceplab::evidence {

// What is left of a value once its octets are let go: a hash to compare, and its place.
struct Trace {
    bool present = false;
    std::uint64_t hash = 0;       // first octets of the SHA-256 of the value
    scep::Location where;         // in the exchange's sources
    std::int32_t attribute = -1;  // which of the signedAttrs, where it is the value of one
};

// The HTTP side of an exchange.
struct HttpTrace {
    std::optional<scep::Operation> operation;
    std::string_view method;       // "GET", "POST", else empty
    int status = 0;                // 0 where nothing answered
    bool sent_message = false;     // the request has a body, or a message= of some length
    scep::Location target;         // the request target
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
    Trace requested_subject;      // of the CertificationRequest; names that match have one hash
    Trace polled_subject;         // of the IssuerAndSubject
    HttpTrace http;
    Trace crl_issuer;             // of the first CRL that a decrypted CertRep brings
    std::int64_t crl_this_update = 0;
};

[[nodiscard]] ExchangeRecord record(const ExchangeFacts& facts);

}  // namespace sceplab::evidence
