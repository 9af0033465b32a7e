#include <conformance/evidence/investigator.h>

#include <conformance/evidence/authorities.h>

#include <algorithm>
#include <array>

namespace sceplab::evidence {

namespace {

using scep::Operation;

// Of a list of capabilities, what is remembered: more than any server has ever announced.
constexpr std::size_t most_words = 64;
constexpr std::size_t longest_word = 64;

std::optional<input::Timestamp> time_of(const input::Exchange& exchange) {
    if (exchange.request && exchange.request->time) {
        return exchange.request->time;
    }
    return exchange.response ? exchange.response->time : std::nullopt;
}

// An empty message or an HTTP error is to be read as no capabilities.
bool announces_nothing(const MessageFacts& answer, const input::Response& http) {
    return http.status >= 400 || (http.status == 200 && answer.kind == BodyKind::none && !http.body_lost);
}

// Clients ask again and again.
bool are(const KnownCertificates& known, const std::vector<CertificateFacts>& given) {
    return std::ranges::equal(known, given, [](const auto& each, const CertificateFacts& other) { return other.original.same_octets(each->octets); });
}

}  // namespace

Investigator::Investigator(Settings settings)
    : m_settings(std::move(settings)), m_local(std::make_shared<const LocalFacts>(std::move(m_settings.local))) {}

Investigator::ServerKey Investigator::server_of(const input::Exchange& exchange) {
    std::string host;
    if (exchange.request) {
        host = input::find(exchange.request->fields, "Host").value_or("");
    }
    return host;
}

ExchangeFacts Investigator::begin(input::Exchange&& exchange) {
    ExchangeFacts facts;
    facts.index = m_next_index++;
    facts.exchange = std::move(exchange);
    facts.local = m_local;
    facts.time = m_settings.time ? m_settings.time : time_of(facts.exchange);
    if (facts.exchange.request && !facts.exchange.request->target.empty()) {
        facts.target = http::parse_target(facts.exchange.request->target);
        if (const auto text = facts.target->operation_text()) {
            facts.operation_text = text->text();
            facts.operation = http::operation_named(facts.operation_text);
        }
    }
    if (facts.exchange.input != m_input) {
        m_input = facts.exchange.input;
        m_servers.clear();
    }
    const auto [entry, first_met] = m_servers.try_emplace(server_of(facts.exchange));
    ServerKnowledge& server = entry->second;
    if (first_met) {
        server.number = m_next_server++;
    }
    if (first_met && !m_local->preloaded_ca_certificates.empty()) {
        server.ca_certificates = m_local->preloaded_ca_certificates;
        server.ca_certificates_known = true;
    }
    facts.server = server;
    return facts;
}

ExchangeFacts Investigator::investigate(input::Exchange&& exchange) {
    ExchangeFacts facts = begin(std::move(exchange));
    examine(facts);
    learn(facts);
    facts.transaction = transaction(facts.exchange.input, facts.transaction_key);
    return facts;
}

// A bare message tells by what is inside what it is.
bool Investigator::teaches(const ExchangeFacts& facts) { return !facts.target || (facts.operation && facts.operation != Operation::PKIOperation); }

std::optional<std::uint32_t> Investigator::transaction(std::uint32_t input, const std::optional<Sha256>& key) {
    if (input != m_input_of_transactions) {
        m_input_of_transactions = input;
        m_transactions.clear();
    }
    if (!key) {
        return std::nullopt;
    }
    const auto [known, is_new] = m_transactions.try_emplace(*key, m_next_transaction);
    m_next_transaction += is_new ? 1 : 0;
    return known->second;
}

void Investigator::learn(const ExchangeFacts& facts) {
    ServerKnowledge& server = m_servers[server_of(facts.exchange)];
    if (facts.response && facts.operation == Operation::GetCACaps && announces_nothing(*facts.response, *facts.exchange.response)) {
        server.capabilities.emplace();
    }
    if (!facts.response || (facts.exchange.response->status != 0 && facts.exchange.response->status != 200)) {
        return;
    }
    if (facts.operation == Operation::GetCACaps && facts.response->capabilities) {
        std::vector<std::string> words;
        for (const http::Capability& line : facts.response->capabilities->lines) {
            if (words.size() == most_words) {
                break;
            }
            words.emplace_back(line.text.text().substr(0, longest_word));
        }
        server.capabilities = std::move(words);
    }
    if (facts.operation == Operation::GetCACert && facts.response->kind == BodyKind::certificates) {
        if (!m_local->preloaded_ca_certificates.empty() || !are(server.ca_certificates, facts.response->certificates)) {
            server.ca_certificates = know_all(facts.response->certificates, m_settings.cryptography);
        }
        server.ca_certificates_known = true;
        server.ca_certificates_target = facts.target ? facts.target->whole.text() : std::string_view();
    }
    const bool next = facts.operation == Operation::GetNextCACert && facts.response->certs_only;
    if (next && facts.response->signature && facts.response->signature->overall.verdict != botan::Verdict::invalid) {
        server.next_ca_certificates = know_all(facts.response->certificates, m_settings.cryptography);
    }
}

}  // namespace sceplab::evidence
