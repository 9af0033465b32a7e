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
    bool cryptography = true;                // --no-crypto: signatures are not checked and envelopes not opened
};

// Says of a check that it was asked not to be made.
[[nodiscard]] botan::Check switched_off();

// Decodes, normalises, verifies and decrypts what an exchange that was begun holds.
void examine(ExchangeFacts& facts, const Settings& settings);

// Turns exchanges into facts: decodes, normalises, verifies, decrypts, and remembers what servers said. Give it the exchanges in their order. One thread.
class Investigator {
public:
    explicit Investigator(Settings settings);
    // Never fails: what cannot be known is told in the facts.
    [[nodiscard]] ExchangeFacts investigate(input::Exchange&& exchange);

    // The same in parts, so that several threads may share the work. begin() and learn() are called in the order of the exchanges; examine() by any thread, with
    // settings of its own, whose keys are not shared. What later exchanges need to know must be learnt before they begin.
    [[nodiscard]] ExchangeFacts begin(input::Exchange&& exchange);
    [[nodiscard]] static bool teaches(const ExchangeFacts& facts);
    [[nodiscard]] const Settings& settings() const { return m_settings; }
    void examine(ExchangeFacts& facts) const { evidence::examine(facts, m_settings); }
    void learn(const ExchangeFacts& facts);
    // The transaction of an exchange that was examined; in the order of the exchanges.
    [[nodiscard]] std::optional<std::uint32_t> transaction(std::uint32_t input, const std::optional<Sha256>& key);

private:
    using ServerKey = std::string;  // the Host

    [[nodiscard]] static ServerKey server_of(const input::Exchange& exchange);

    Settings m_settings;
    std::shared_ptr<const LocalFacts> m_local;
    // What a server said holds within one input, and so does a transactionID.
    std::optional<std::uint32_t> m_input;
    std::optional<std::uint32_t> m_input_of_transactions;
    std::map<ServerKey, ServerKnowledge> m_servers;
    std::map<Sha256, std::uint32_t> m_transactions;
    std::uint32_t m_next_server = 0;
    std::uint32_t m_next_transaction = 0;
    std::uint32_t m_next_index = 0;
};

// Nothing where the octets are no certificate.
[[nodiscard]] std::shared_ptr<KnownCertificate> know(std::vector<std::uint8_t> octets);

}  // namespace sceplab::evidence
