#include <conformance/rules/engine.h>

#include <conformance/rules/glob.h>
#include <conformance/rules/registry.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace sceplab::rules {

namespace {

// HTTP tells the direction; of a bare message, its type does.
bool is_from_client(const ExchangeFacts& exchange, const MessageFacts& facts) {
    const auto type = exchange.target ? std::nullopt : facts.message_type();
    return type ? *type != scep::MessageType::CertRep : facts.side == Side::request;
}

bool is_next_ca(const ExchangeFacts& exchange, const MessageFacts& facts) {
    return exchange.operation == scep::Operation::GetNextCACert ||
           (!exchange.operation && facts.certs_only && !facts.attributes()->message_type_slot.present());
}

// A signed answer to GetCACert is no pkiMessage.
bool is_pki_message(const ExchangeFacts& exchange) {
    return !exchange.operation || exchange.operation == scep::Operation::PKIOperation;
}

// Where SCEP wants CMS; the other bodies are HTTP's business.
bool wants_cms(const ExchangeFacts& exchange, const MessageFacts& facts) {
    using enum scep::Operation;
    if (facts.side == Side::request) {
        if (exchange.exchange.request->body_lost) {
            return false;
        }
        return exchange.operation == PKIOperation || !exchange.target;
    }
    if (exchange.exchange.response->body_lost) {
        return false;
    }
    const int status = exchange.exchange.response->status;
    const bool from_operation = exchange.operation == PKIOperation || exchange.operation == GetCACert || exchange.operation == GetNextCACert;
    return status == 200 ? from_operation : status == 0 && exchange.operation != GetCACaps;
}

}  // namespace

struct Engine::State {
    Profile profile;
    std::vector<Tally> tallies;                    // in the registry's order
    std::map<std::string_view, std::size_t> index; // id to tally; only the rules that are asked
    std::vector<Finding> findings;
    std::deque<ExchangeRecord> records;
    std::map<std::uint32_t, std::uint32_t> inputs; // the first exchange of each input, and the input

    State(const Profile& chosen, std::string_view pattern) : profile(chosen) {
        for (RuleInfo& rule : all_rules()) {
            const auto severity = profile.severity(rule.id, rule.severity);
            if (severity && glob_matches(pattern, rule.id)) {
                rule.severity = *severity;
                index.emplace(rule.id, tallies.size());
                tallies.push_back(Tally{.rule = std::move(rule), .not_performed = {}});
            }
        }
    }

    template <class Subject>
    void apply(const Subject& subject, std::optional<std::uint32_t> exchange, Side side) {
        for (const RuleSpan<Subject> rules : rules_for<Subject>()) {
            for (const Rule<Subject>& rule : rules) {
                if (const auto asked = index.find(rule.id); asked != index.end()) {
                    count(tallies[asked->second], rule.check(subject), exchange, side);
                }
            }
        }
    }

    // Rules whose subject is there and cannot be seen.
    template <class Subject>
    void not_performed(const std::string& reason, std::uint32_t exchange, Side side) {
        for (const RuleSpan<Subject> rules : rules_for<Subject>()) {
            for (const Rule<Subject>& rule : rules) {
                if (const auto asked = index.find(rule.id); asked != index.end()) {
                    tallies[asked->second].not_performed.push_back({exchange, side, reason});
                }
            }
        }
    }

    void count(Tally& tally, const Outcome& outcome, std::optional<std::uint32_t> exchange, Side side) {
        tally.of_run = !exchange;
        switch (outcome.state()) {
            case Outcome::State::pass:
                ++tally.pass;
                note_pass(tally, exchange);
                break;
            case Outcome::State::not_applicable: ++tally.not_applicable; break;
            case Outcome::State::not_performed: tally.not_performed.push_back({exchange, side, outcome.reason()}); break;
            case Outcome::State::violated:
                ++tally.violated;
                keep(tally, outcome.violations());
                break;
        }
    }

    void note_pass(Tally& tally, std::optional<std::uint32_t> exchange) const {
        const auto after = exchange ? inputs.upper_bound(*exchange) : inputs.begin();
        if (after != inputs.begin()) {
            const std::uint32_t input = std::prev(after)->second;
            tally.passed_in.resize(std::max<std::size_t>(tally.passed_in.size(), input + std::size_t{1}));
            tally.passed_in[input] = true;
        }
    }

    // A body of a million bad lines is told of in a few findings.
    void keep(const Tally& tally, const std::vector<Violation>& violations) {
        constexpr std::size_t most = 32;
        for (std::size_t i = 0; i < std::min(most, violations.size()); ++i) {
            findings.push_back({tally.rule, violations[i]});
        }
        if (violations.size() > most) {
            findings.back().violation.message += "; and " + std::to_string(violations.size() - most) + " more like it";
        }
    }

    void judge_message(const ExchangeFacts& exchange, const MessageFacts& facts) {
        for (const MetCertificate& each : met_certificates(exchange, facts)) {
            apply(each, exchange.index, facts.side);
        }
        for (const MetCrl& each : met_crls(exchange, facts)) {
            apply(each, exchange.index, facts.side);
        }
        if (wants_cms(exchange, facts)) {
            apply(Body{exchange, facts}, exchange.index, facts.side);
        }
        if (!facts.message) {
            return;
        }
        const Signed as_signed{exchange, facts, *facts.message, facts.message->attributes};
        apply(as_signed, exchange.index, facts.side);
        if (is_next_ca(exchange, facts)) {
            apply(NextCACert{as_signed}, exchange.index, facts.side);
        }
        if (is_next_ca(exchange, facts) || !is_pki_message(exchange)) {
            return;
        }
        const Message message{as_signed};
        apply(message, exchange.index, facts.side);
        if (facts.envelope && facts.envelope->enveloped_data) {
            apply(Enveloped{message, *facts.envelope->enveloped_data}, exchange.index, facts.side);
        }
        if (is_from_client(exchange, facts)) {
            judge_request(Request{message});
        } else {
            apply(CertRep{message}, exchange.index, facts.side);
        }
    }

    void judge_request(const Request& request) {
        const ExchangeFacts& exchange = request.exchange;
        const MessageFacts& facts = request.facts;
        apply(request, exchange.index, facts.side);
        const auto type = facts.message_type();
        if (type != scep::MessageType::PKCSReq && type != scep::MessageType::RenewalReq) {
            return;
        }
        if (facts.message_data && facts.message_data->certification_request) {
            apply(Csr{request, *facts.message_data, *facts.message_data->certification_request}, exchange.index, facts.side);
        } else if (!facts.message_data && facts.envelope && facts.envelope->enveloped_data) {
            not_performed<Csr>(facts.envelope->reason, exchange.index, facts.side);
        }
    }

    // What only HTTP has.
    void judge_answer(const ExchangeFacts& exchange, const MessageFacts& facts) {
        if (!exchange.target || !exchange.exchange.response) {
            return;
        }
        apply(Answer{exchange, *exchange.target, *exchange.exchange.response, facts}, exchange.index, Side::response);
    }

    void judge_server_knowledge(const ExchangeFacts& exchange, const MessageFacts& facts) {
        const int status = exchange.exchange.response ? exchange.exchange.response->status : 0;
        if (status != 200 && status != 0) {
            return;
        }
        if (exchange.operation == scep::Operation::GetCACaps && facts.capabilities) {
            apply(CapsText{exchange, facts, *facts.capabilities}, exchange.index, facts.side);
        }
        if (exchange.operation == scep::Operation::GetCACert && !facts.certificates.empty()) {
            apply(CaCertificates{exchange, facts, facts.certificates}, exchange.index, facts.side);
        }
    }

    void judge_pair(const ExchangeFacts& exchange) {
        const auto* request = exchange.side(Side::request);
        const auto* reply = exchange.side(Side::response);
        const bool both = request != nullptr && reply != nullptr && request->message && reply->message;
        if (both && is_pki_message(exchange)) {
            const Pair pair{{{{exchange, *request, *request->message, request->message->attributes}}},
                            {{{exchange, *reply, *reply->message, reply->message->attributes}}}};
            apply(pair, exchange.index, Side::response);
        }
    }

    void judge_sequences() {
        std::map<std::uint32_t, std::vector<std::uint32_t>> transactions;
        for (const ExchangeRecord& record : records) {
            if (record.transaction) {
                transactions[*record.transaction].push_back(record.exchange);
            }
        }
        std::vector<ExchangeRecord> exchanges;
        for (const auto& [number, members] : transactions) {
            exchanges.clear();
            std::ranges::transform(members, std::back_inserter(exchanges), [&](std::uint32_t exchange) { return records[exchange]; });
            apply(Transaction{exchanges}, exchanges.front().exchange, Side::request);
        }
        apply(Run{records}, std::nullopt, Side::request);
    }
};

Engine::Engine(const Profile& profile, std::string_view pattern) : m_state(std::make_unique<State>(profile, pattern)) {}
Engine::~Engine() = default;

void Engine::judge(const ExchangeFacts& exchange) {
    if (m_state->inputs.empty() || m_state->inputs.rbegin()->second != exchange.exchange.input) {
        m_state->inputs.emplace(exchange.index, exchange.exchange.input);
    }
    if (exchange.target) {
        if (const auto* request = exchange.side(Side::request)) {
            m_state->apply(Query{exchange, *exchange.target, *request}, exchange.index, Side::request);
        }
    }
    for (const Side side : {Side::request, Side::response}) {
        if (const auto* facts = exchange.side(side)) {
            m_state->judge_message(exchange, *facts);
        }
    }
    if (const auto* answer = exchange.side(Side::response)) {
        m_state->judge_answer(exchange, *answer);
        m_state->judge_server_knowledge(exchange, *answer);
    }
    m_state->judge_pair(exchange);
    m_state->records.push_back(evidence::record(exchange));
}

void Engine::finish(Result& result) {
    m_state->judge_sequences();
    std::ranges::stable_sort(m_state->findings, {}, [](const Finding& finding) {
        const Place& place = finding.violation.place;
        return std::tuple(place.exchange, place.side, place.where.source, place.where.offset, finding.rule.id);
    });
    for (Finding& finding : m_state->findings) {
        finding.known = known_failures(finding.rule.id, finding.violation);
    }
    result.profile = m_state->profile.name();
    result.findings = std::move(m_state->findings);
    result.rules = std::move(m_state->tallies);
}

}  // namespace sceplab::rules
