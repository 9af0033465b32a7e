#pragma once

#include <conformance/rules/engine.h>
#include <conformance/tests/support/plan.h>

// A client and a CA that talk as RFC 8894 says, and someone who listens and judges.
namespace sceplab::test {

struct Judging {
    bool keys = true;
    std::string_view profile = "rfc8894";
    std::string_view pattern = "*";
};

class Laboratory {
public:
    // GetCACaps, then GetCACert.
    void introduce();
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

    void play(const ExchangePlan& plan) { m_exchanges.push_back(make(plan)); }
    void play(input::Exchange exchange) { m_exchanges.push_back(std::move(exchange)); }

    // What --facts would tell.
    evidence::LocalFacts local;
    // What --challenge would tell.
    void tell_challenge(std::string challenge) { m_challenges.push_back(std::move(challenge)); }

    // To be called once.
    [[nodiscard]] rules::Result judge(const Judging& judging = {});

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
    std::vector<input::Exchange> m_exchanges;
    std::vector<std::string> m_challenges;
    std::uint32_t m_count = 0;
};

// The rules that fired, in alphabetical order, as often as they did.
[[nodiscard]] std::vector<std::string> fired(const rules::Result& result);
// The finding of that rule; the test fails where there is not one.
[[nodiscard]] const rules::Finding& finding(const rules::Result& result, std::string_view rule);
[[nodiscard]] const rules::Tally& tally(const rules::Result& result, std::string_view rule);

}  // namespace sceplab::test
