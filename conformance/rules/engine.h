#pragma once

#include <conformance/rules/profile.h>
#include <conformance/rules/result.h>
#include <conformance/rules/subjects.h>

#include <memory>

namespace sceplab::rules {

// What the rules say of one exchange, before it is counted.
struct Judgement {
    struct Answer {
        std::uint16_t tally = 0;  // position of the rule's
        Side side = Side::request;
        Outcome::State state = Outcome::State::pass;
    };
    std::optional<std::uint32_t> exchange;  // nothing for the run as a whole
    std::uint32_t input = 0;
    std::vector<Answer> answers;
    std::vector<Outcome> details;           // of those that are violated or not performed, in their order
    evidence::ExchangeRecord record;        // its transaction may be filled in later
};

// Applies the registered rules. Phase one judges each exchange while its octets are held; phase two, the sequences, by records.
class Engine {
public:
    // `pattern`: a glob (* and ?) over rule ids; the other rules are not asked and not reported. `without`: nor is the rule of that id.
    explicit Engine(const Profile& profile, std::string_view pattern = "*", std::string_view without = {});
    ~Engine();

    // What the message and exchange rules say of an exchange. Any thread, several at a time.
    [[nodiscard]] Judgement look(const ExchangeFacts& exchange) const;
    // Counts it. To be called in the order of the exchanges.
    void add(Judgement&& judgement);
    void judge(const ExchangeFacts& exchange) { add(look(exchange)); }
    // The rest of the rules; then the tallies and the findings, in order. To be called once, last.
    void finish(Result& result);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace sceplab::rules
