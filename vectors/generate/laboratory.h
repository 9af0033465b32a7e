#pragma once

#include <conformance/evidence/local_facts.h>
#include <vectors/generate/plan.h>

// A client and a CA that talk as RFC 8894 says, or as a plan makes them.
namespace sceplab::vectors {

class Laboratory {
public:
    // GetCACaps, then GetCACert.
    void introduce();
    // Another list takes the place of the first: a CA that takes words back is a deviation.
    void ask_capabilities(std::string_view text);
    void ask_ca_certificate();

    // Conforming plans, each with a transactionID and nonces of its own.
    [[nodiscard]] ExchangePlan enrolment();  // PKCSReq, SUCCESS
    [[nodiscard]] ExchangePlan pending();    // PKCSReq, PENDING
    [[nodiscard]] ExchangePlan refused(scep::FailInfo why = scep::FailInfo::badRequest);
    [[nodiscard]] ExchangePlan poll(const ExchangePlan& enrolment, scep::PkiStatus status);  // CertPoll
    [[nodiscard]] ExchangePlan renewal();                                                    // RenewalReq with a new key, SUCCESS
    [[nodiscard]] ExchangePlan get_cert();
    [[nodiscard]] ExchangePlan get_crl();
    [[nodiscard]] ExchangePlan get_next_ca_cert();
    // A client whose key cannot encrypt: both envelopes by the challengePassword.
    [[nodiscard]] ExchangePlan enrolment_with_password();

    // As if they had not met before.
    void forget() {
        m_exchanges.clear();
        m_capabilities.reset();
    }
    // A minute after the one before, where the plan does not say when.
    void play(const ExchangePlan& plan);
    void play(input::Exchange exchange) { m_exchanges.push_back(std::move(exchange)); }

    // What --facts would tell.
    evidence::LocalFacts local = everything();
    // What --challenge would tell.
    void tell_challenge(std::string challenge) { m_challenges.push_back(std::move(challenge)); }

    [[nodiscard]] std::vector<input::Exchange>& exchanges() { return m_exchanges; }
    [[nodiscard]] const std::vector<std::string>& challenges() const { return m_challenges; }

    // Parts of plans, to be put together otherwise.
    [[nodiscard]] MessagePlan request(scep::MessageType type, Octets content);
    [[nodiscard]] MessagePlan reply(const MessagePlan& request, scep::PkiStatus status);
    [[nodiscard]] Octets nonce();
    [[nodiscard]] static Octets csr(const Party& key, const std::function<void(scep::build::CertificationRequestBuilder&)>& change = {},
                                    Digest digest = Digest::sha256);
    [[nodiscard]] static Octets issued(const Party& key, std::int64_t serial = 4660);
    [[nodiscard]] static Octets certificates(const std::vector<Octets>& certificates, const std::vector<Octets>& crls = {});
    [[nodiscard]] static const Octets& ca_certificate();
    [[nodiscard]] static Octets next_ca_certificate();  // valid for longer

private:
    [[nodiscard]] static evidence::LocalFacts everything();
    std::vector<input::Exchange> m_exchanges;
    [[nodiscard]] std::string one_time_secret();
    std::optional<std::size_t> m_capabilities;  // which of the exchanges
    std::vector<std::string> m_challenges;
    std::uint32_t m_count = 0;
    std::uint32_t m_secrets = 0;
};

}  // namespace sceplab::vectors
