#pragma once

#include <conformance/evidence/facts.h>

namespace sceplab::evidence {

// What a report says of an exchange, as text: the members of the JSON contract. An empty optional is null there.
struct CertificateSummary {
    std::string subject;
    std::string issuer;
    std::string serial;       // lower-case hexadecimal of the INTEGER's content octets
    std::string sha256;       // hexadecimal
    std::string not_before;   // "2026-11-23T16:46:08Z"
    std::string not_after;
    Role role = Role::other;
};

struct MessageSummary {
    std::uint64_t bytes = 0;                              // of the body, after transfer decoding; of a GET, of the decoded message
    BodyKind kind = BodyKind::none;
    std::optional<int> http_status;                       // response; nothing for a bare message
    std::optional<std::string> content_type;              // response
    std::optional<std::string> message_type;
    std::optional<std::string> pki_status;
    std::optional<std::string> fail_info;
    std::optional<std::string> fail_info_text;
    std::optional<std::string> transaction_id;
    std::optional<std::string> sender_nonce;              // hexadecimal
    std::optional<std::string> recipient_nonce;
    std::optional<std::string> encoding;                  // "der", "ber"; nothing where the body is no CMS
    std::optional<std::string> digest_algorithm;          // dotted OIDs
    std::optional<std::string> signature_algorithm;
    std::optional<botan::Check> signature;                // nothing where nothing is signed
    std::optional<Found> signer_found;
    std::optional<std::string> signer_subject;            // of the signer's certificate, where it is known
    std::optional<botan::Check> signer_chain;
    std::optional<std::string> content_encryption_algorithm;
    std::optional<Decryption> decryption;                 // nothing where nothing is encrypted
    std::string decryption_reason;
    std::optional<std::string> message_data;              // MessageDataKind's name
    std::optional<std::string> subject;                   // of the CertificationRequest or IssuerAndSubject
    std::optional<std::string> challenge_password;        // secret: reports hide it unless told otherwise
    std::vector<CertificateSummary> certificates;
    std::uint32_t crls = 0;
    std::optional<std::vector<std::string>> capabilities;
    std::optional<std::string> error;                     // why the body does not decode, or what HTTP refused
};

struct SourceSummary {
    scep::SourceKind kind = scep::SourceKind::captured;
    Side side = Side::request;
    std::optional<std::uint32_t> parent;   // local to the exchange, as its own number is
    std::uint32_t length = 0;
};

struct ExchangeSummary {
    std::uint32_t index = 0;
    std::uint32_t input = 0;
    std::optional<std::string> time;
    std::optional<std::uint32_t> connection;
    std::optional<std::uint32_t> transaction;
    std::optional<std::string> operation;
    std::optional<std::string> method;
    std::optional<std::string> url;                       // as sent; a long one is shortened
    std::optional<MessageSummary> request;
    std::optional<MessageSummary> response;
    input::Ending ended = input::Ending::answered;
    std::uint32_t first_source = 0;                       // the run's number of the first of `sources`: reports number them through
    std::vector<SourceSummary> sources;
};

// Its place and its sources, without the messages: enough to say where a finding is.
[[nodiscard]] ExchangeSummary outline(const ExchangeFacts& facts, std::uint32_t first_source);
[[nodiscard]] ExchangeSummary summarise(const ExchangeFacts& facts, std::uint32_t first_source);

}  // namespace sceplab::evidence
