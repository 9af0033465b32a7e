#pragma once

#include <conformance/evidence/facts.h>

#include <string>
#include <utility>
#include <vector>

namespace sceplab::rules {

using evidence::Side;

// Octets of one side of one exchange, and what they are: "SignedData.signerInfos[0].signedAttrs[3].attrValues[0]".
struct Place {
    std::uint32_t exchange = 0;
    Side side = Side::request;
    scep::Location where;   // in that exchange's sources
    std::string path;
};

struct Violation {
    Place place;
    std::string message;          // what is wrong with these octets, values included; one sentence without a full stop
    std::vector<Place> related;   // the octets it was compared with
};

// What a rule says of a subject.
class Outcome {
public:
    enum class State : std::uint8_t { pass, violated, not_applicable, not_performed };

    [[nodiscard]] static Outcome pass() { return Outcome(State::pass); }
    // The precondition is not met: there is nothing to judge.
    [[nodiscard]] static Outcome not_applicable() { return Outcome(State::not_applicable); }
    // There is something to judge, and it could not be: "no key", "no GetCACert answer before".
    [[nodiscard]] static Outcome not_performed(std::string reason) {
        Outcome out(State::not_performed);
        out.m_reason = std::move(reason);
        return out;
    }
    [[nodiscard]] static Outcome violation(Place place, std::string message, std::vector<Place> related = {}) {
        Outcome out(State::pass);
        out.add(std::move(place), std::move(message), std::move(related));
        return out;
    }
    // One more violation, for rules that look at several values of one subject.
    void add(Place place, std::string message, std::vector<Place> related = {}) {
        m_state = State::violated;
        m_violations.push_back({std::move(place), std::move(message), std::move(related)});
    }

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::string& reason() const { return m_reason; }
    [[nodiscard]] const std::vector<Violation>& violations() const { return m_violations; }
    [[nodiscard]] std::vector<Violation> take_violations() { return std::move(m_violations); }

private:
    explicit Outcome(State state) : m_state(state) {}
    State m_state;
    std::string m_reason;
    std::vector<Violation> m_violations;
};

}  // namespace sceplab::rules
