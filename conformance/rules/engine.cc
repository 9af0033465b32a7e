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

// The rules for one kind of subject that are asked, each with its tally.
template <class Subject>
struct Asked {
    const Rule<Subject>* rule;
    std::uint16_t tally;
};
template <class... Subject>
using AskedOf = std::tuple<std::vector<Asked<Subject>>...>;
using AllAsked = AskedOf<Query, Answer, CapsText, CaCertificates, Body, Signed, Message, Enveloped, Request, Csr, CertRep, Pair, NextCACert, MetCertificate, MetCrl,
                         Transaction, Run>;

using Index = std::map<std::string_view, std::uint16_t>;

template <class Subject>
void fill(std::vector<Asked<Subject>>& asked, const Index& index) {
    for (const RuleSpan<Subject> rules : rules_for<Subject>()) {
        for (const Rule<Subject>& rule : rules) {
            if (const auto found = index.find(rule.id); found != index.end()) {
                asked.push_back({&rule, found->second});
            }
        }
    }
}

// Asks the rules of one exchange.
class Judge {
public:
    // About as many as the rules of a request and its reply.
    static constexpr std::size_t usual_answers = 250;
    static constexpr std::size_t usual_details = 32;

    Judge(const AllAsked& asked, std::optional<std::uint32_t> exchange) : m_asked(asked) {
        m_out.exchange = exchange;
        m_out.answers.reserve(usual_answers);
        m_out.details.reserve(usual_details);
    }

    void exchange(const ExchangeFacts& exchange) {
        if (exchange.target) {
            if (const auto* request = exchange.side(Side::request)) {
                apply(Query{exchange, *exchange.target, *request}, Side::request);
            }
        }
        for (const Side side : {Side::request, Side::response}) {
            if (const auto* facts = exchange.side(side)) {
                judge_message(exchange, *facts);
            }
        }
        if (const auto* answer = exchange.side(Side::response)) {
            judge_answer(exchange, *answer);
            judge_server_knowledge(exchange, *answer);
        }
        judge_pair(exchange);
        m_out.input = exchange.exchange.input;
        m_out.record = evidence::record(exchange);
    }

    template <class Subject>
    void apply(const Subject& subject, Side side) {
        const std::vector<Asked<Subject>>& rules = std::get<std::vector<Asked<Subject>>>(m_asked);
        std::size_t next = m_out.answers.size();
        m_out.answers.resize(next + rules.size());
        for (const Asked<Subject>& each : rules) {
            Outcome outcome = each.rule->check(subject);
            m_out.answers[next++] = {each.tally, side, outcome.state()};
            if (outcome.has_details()) {
                m_out.details.push_back(std::move(outcome));
            }
        }
    }

    [[nodiscard]] Judgement take() { return std::move(m_out); }

private:
    // Rules whose subject is there and cannot be seen.
    template <class Subject>
    void not_performed(const std::string& reason, Side side) {
        const Outcome outcome = Outcome::not_performed(reason);
        for (const Asked<Subject>& each : std::get<std::vector<Asked<Subject>>>(m_asked)) {
            m_out.answers.push_back({each.tally, side, outcome.state()});
            m_out.details.push_back(outcome);
        }
    }

    void judge_message(const ExchangeFacts& exchange, const MessageFacts& facts) {
        for (const MetCertificate& each : met_certificates(exchange, facts)) {
            apply(each, facts.side);
        }
        for (const MetCrl& each : met_crls(exchange, facts)) {
            apply(each, facts.side);
        }
        if (wants_cms(exchange, facts)) {
            apply(Body{exchange, facts}, facts.side);
        }
        if (!facts.message) {
            return;
        }
        const Signed as_signed{exchange, facts, *facts.message, facts.message->attributes};
        apply(as_signed, facts.side);
        if (is_next_ca(exchange, facts)) {
            apply(NextCACert{as_signed}, facts.side);
        }
        if (is_next_ca(exchange, facts) || !is_pki_message(exchange)) {
            return;
        }
        const Message message{as_signed};
        apply(message, facts.side);
        if (facts.envelope && facts.envelope->enveloped_data) {
            apply(Enveloped{message, *facts.envelope->enveloped_data}, facts.side);
        }
        if (is_from_client(exchange, facts)) {
            judge_request(Request{message});
        } else {
            apply(CertRep{message}, facts.side);
        }
    }

    void judge_request(const Request& request) {
        const MessageFacts& facts = request.facts;
        apply(request, facts.side);
        const auto type = facts.message_type();
        if (type != scep::MessageType::PKCSReq && type != scep::MessageType::RenewalReq) {
            return;
        }
        if (facts.message_data && facts.message_data->certification_request) {
            apply(Csr{request, *facts.message_data, *facts.message_data->certification_request}, facts.side);
        } else if (!facts.message_data && facts.envelope && facts.envelope->enveloped_data) {
            not_performed<Csr>(facts.envelope->reason, facts.side);
        }
    }

    // What only HTTP has.
    void judge_answer(const ExchangeFacts& exchange, const MessageFacts& facts) {
        if (!exchange.target || !exchange.exchange.response) {
            return;
        }
        apply(Answer{exchange, *exchange.target, *exchange.exchange.response, facts}, Side::response);
    }

    void judge_server_knowledge(const ExchangeFacts& exchange, const MessageFacts& facts) {
        const int status = exchange.exchange.response ? exchange.exchange.response->status : 0;
        if (status != 200 && status != 0) {
            return;
        }
        if (exchange.operation == scep::Operation::GetCACaps && facts.capabilities) {
            apply(CapsText{exchange, facts, *facts.capabilities}, facts.side);
        }
        if (exchange.operation == scep::Operation::GetCACert && !facts.certificates.empty()) {
            apply(CaCertificates{exchange, facts, facts.certificates}, facts.side);
        }
    }

    void judge_pair(const ExchangeFacts& exchange) {
        const auto* request = exchange.side(Side::request);
        const auto* reply = exchange.side(Side::response);
        const bool both = request != nullptr && reply != nullptr && request->message && reply->message;
        if (both && is_pki_message(exchange)) {
            const Pair pair{{{{exchange, *request, *request->message, request->message->attributes}}},
                            {{{exchange, *reply, *reply->message, reply->message->attributes}}}};
            apply(pair, Side::response);
        }
    }

    const AllAsked& m_asked;
    Judgement m_out;
};

bool stands_before(const Finding& a, const Finding& b) {
    const auto key = [](const Finding& finding) {
        const Place& place = finding.violation.place;
        return std::tuple(place.exchange, place.side, place.where.source, place.where.offset, finding.rule.id);
    };
    return key(a) < key(b);
}

}  // namespace

struct Engine::State {
    Profile profile;
    std::vector<Tally> tallies;                    // in the registry's order
    AllAsked asked;
    std::vector<Finding> findings;
    Reasons reasons;
    std::deque<ExchangeRecord> records;
    std::map<std::uint32_t, std::uint32_t> inputs; // the first exchange of each input, and the input

    State(const Profile& chosen, std::string_view pattern, std::string_view without) : profile(chosen) {
        Index index;
        for (RuleInfo& rule : all_rules()) {
            const auto severity = profile.severity(rule.id, rule.severity);
            if (severity && glob_matches(pattern, rule.id) && rule.id != without) {
                rule.severity = *severity;
                index.emplace(rule.id, static_cast<std::uint16_t>(tallies.size()));
                tallies.push_back(Tally{.rule = std::move(rule), .not_performed = {}});
            }
        }
        std::apply([&](auto&... each) { (fill(each, index), ...); }, asked);
    }

    void count(Judgement&& judgement) {
        auto detail = judgement.details.begin();
        const std::optional<std::uint32_t> input = input_of(judgement.exchange);
        for (const Judgement::Answer& answer : judgement.answers) {
            Tally& tally = tallies[answer.tally];
            if (!judgement.exchange) {
                tally.of_run = true;
            }
            switch (answer.state) {
                case Outcome::State::pass:
                    ++tally.pass;
                    note_pass(tally, input);
                    break;
                case Outcome::State::not_applicable: ++tally.not_applicable; break;
                case Outcome::State::not_performed:
                    tally.not_performed.push_back({judgement.exchange, answer.side, kept(detail->reason(), tally)});
                    ++detail;
                    break;
                case Outcome::State::violated:
                    ++tally.violated;
                    keep(tally, detail->take_violations());
                    ++detail;
                    break;
            }
        }
    }

    std::string_view kept(const std::string& reason, const Tally& tally) {
        // Most often the one it was before.
        if (!tally.not_performed.empty() && tally.not_performed.back().reason == reason) {
            return tally.not_performed.back().reason;
        }
        const auto found = reasons.find(reason);
        return found != reasons.end() ? *found : *reasons.insert(reason).first;
    }

    [[nodiscard]] std::optional<std::uint32_t> input_of(std::optional<std::uint32_t> exchange) const {
        const auto after = exchange ? inputs.upper_bound(*exchange) : inputs.begin();
        return after != inputs.begin() ? std::optional(std::prev(after)->second) : std::nullopt;
    }

    static void note_pass(Tally& tally, std::optional<std::uint32_t> input) {
        if (input) {
            if (tally.passed_in.size() <= *input) {
                tally.passed_in.resize(*input + std::size_t{1});
            }
            tally.passed_in[*input] = true;
        }
    }

    // A body of a million bad lines is told of in a few findings.
    void keep(const Tally& tally, std::vector<Violation>&& violations) {
        constexpr std::size_t most = 32;
        for (std::size_t i = 0; i < std::min(most, violations.size()); ++i) {
            findings.push_back({tally.rule, std::move(violations[i])});
        }
        if (violations.size() > most) {
            findings.back().violation.message += "; and " + std::to_string(violations.size() - most) + " more like it";
        }
    }

    template <class Subject>
    void judge_sequence(const Subject& subject, std::optional<std::uint32_t> exchange) {
        Judge judge(asked, exchange);
        judge.apply(subject, Side::request);
        count(judge.take());
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
            judge_sequence(Transaction{exchanges}, exchanges.front().exchange);
        }
        judge_sequence(Run{records}, std::nullopt);
    }
};

Engine::Engine(const Profile& profile, std::string_view pattern, std::string_view without)
    : m_state(std::make_unique<State>(profile, pattern, without)) {}
Engine::~Engine() = default;

Judgement Engine::look(const ExchangeFacts& exchange) const {
    Judge judge(m_state->asked, exchange.index);
    judge.exchange(exchange);
    return judge.take();
}

void Engine::add(Judgement&& judgement) {
    if (m_state->inputs.empty() || m_state->inputs.rbegin()->second != judgement.input) {
        m_state->inputs.emplace(*judgement.exchange, judgement.input);
    }
    m_state->records.push_back(std::move(judgement.record));
    const auto before = static_cast<std::ptrdiff_t>(m_state->findings.size());
    m_state->count(std::move(judgement));
    std::stable_sort(m_state->findings.begin() + before, m_state->findings.end(), stands_before);
}

void Engine::finish(Result& result) {
    const auto exchange_findings = static_cast<std::ptrdiff_t>(m_state->findings.size());
    m_state->judge_sequences();
    std::vector<Finding>& findings = m_state->findings;
    std::stable_sort(findings.begin() + exchange_findings, findings.end(), stands_before);
    std::inplace_merge(findings.begin(), findings.begin() + exchange_findings, findings.end(), stands_before);
    for (Finding& finding : m_state->findings) {
        finding.known = known_failures(finding.rule.id, finding.violation);
    }
    result.profile = m_state->profile.name();
    result.findings = std::move(m_state->findings);
    result.rules = std::move(m_state->tallies);
    result.reasons = std::make_shared<const Reasons>(std::move(m_state->reasons));
}

}  // namespace sceplab::rules
