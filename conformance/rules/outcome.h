#pragma once

#include <conformance/evidence/facts.h>

#include <memory>
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

// What a rule says of a subject. Almost all pass or do not apply: those hold no details.
class Outcome {
public:
    enum class State : std::uint8_t { pass, violated, not_applicable, not_performed };

    [[nodiscard]] static Outcome pass() { return Outcome(State::pass); }
    // The precondition is not met: there is nothing to judge.
    [[nodiscard]] static Outcome not_applicable() { return Outcome(State::not_applicable); }
    // There is something to judge, and it could not be: "no key", "no GetCACert answer before".
    [[nodiscard]] static Outcome not_performed(std::string reason) {
        Outcome out(State::not_performed);
        out.m_details = std::make_shared<Details>();
        out.m_details->reason = std::move(reason);
        return out;
    }
    [[nodiscard]] static Outcome violation(Place place, std::string message, std::vector<Place> related = {}) {
        Outcome out(State::pass);
        out.add(std::move(place), std::move(message), std::move(related));
        return out;
    }
    // One more violation, for rules that look at several values of one subject.
    void add(Place place, std::string message, std::vector<Place> related = {}) {
        if (!m_details) {
            m_details = std::make_shared<Details>();
        } else if (m_details.use_count() > 1) {
            m_details = std::make_shared<Details>(*m_details);
        }
        m_state = State::violated;
        m_details->violations.push_back({std::move(place), std::move(message), std::move(related)});
    }

    [[nodiscard]] State state() const { return m_state; }
    // Violated or not performed.
    [[nodiscard]] bool has_details() const { return m_details != nullptr; }
    // Of what was not performed.
    [[nodiscard]] const std::string& reason() const { return m_details->reason; }
    // Of what is violated.
    [[nodiscard]] std::vector<Violation> take_violations() {
        return m_details.use_count() > 1 ? m_details->violations : std::move(m_details->violations);
    }

private:
    struct Details {
        std::string reason;
        std::vector<Violation> violations;
    };

    explicit Outcome(State state) : m_state(state) {}
    std::shared_ptr<Details> m_details;  // copies share them until one adds
    State m_state;
};

}  // namespace sceplab::rules
