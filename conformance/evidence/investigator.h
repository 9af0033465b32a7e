#pragma once

#include <conformance/evidence/facts.h>

#include <scepcodec/botan/keys.h>

#include <map>
#include <utility>

namespace sceplab::evidence {

// What the command line gives besides the traffic.
struct Settings {
    std::vector<botan::PrivateKey> keys;     // each is tried where it fits
    KnownCertificates certificates;          // --cert: help to find a signer's certificate, confer no trust
    KnownCertificates anchors;               // --trust
    std::vector<std::string> challenges;     // --challenge: passwords for PasswordRecipientInfo
    std::optional<input::Timestamp> time;    // --time, instead of the capture's
    LocalFacts local;                        // --facts
};

// Turns exchanges into facts: decodes, normalises, verifies, decrypts, and remembers what servers said. Give it the exchanges in their order. One thread.
class Investigator {
public:
    explicit Investigator(Settings settings);
    // Never fails: what cannot be known is told in the facts.
    [[nodiscard]] ExchangeFacts investigate(input::Exchange&& exchange);

private:
    using ServerKey = std::string;  // the Host
    using TransactionKey = Sha256;  // of the transactionID, which may be long

    [[nodiscard]] static ServerKey server_of(const input::Exchange& exchange);
    void learn(const ExchangeFacts& facts, ServerKnowledge& server) const;
    void join_transaction(ExchangeFacts& facts);

    Settings m_settings;
    std::shared_ptr<const LocalFacts> m_local;
    // What a server said holds within one input, and so does a transactionID.
    std::optional<std::uint32_t> m_input;
    std::map<ServerKey, ServerKnowledge> m_servers;
    std::map<TransactionKey, std::uint32_t> m_transactions;
    std::uint32_t m_next_server = 0;
    std::uint32_t m_next_transaction = 0;
    std::uint32_t m_next_index = 0;
};

// Nothing where the octets are no certificate.
[[nodiscard]] std::shared_ptr<KnownCertificate> know(std::vector<std::uint8_t> octets);

}  // namespace sceplab::evidence
