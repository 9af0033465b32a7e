#pragma once

#include <conformance/rules/profile.h>
#include <conformance/rules/result.h>
#include <conformance/rules/subjects.h>

#include <memory>

namespace sceplab::rules {

// Applies the registered rules. Phase one judges each exchange while its octets are held; phase two, the sequences, by records.
class Engine {
public:
    // `pattern`: a glob (* and ?) over rule ids; the other rules are not asked and not reported.
    explicit Engine(const Profile& profile, std::string_view pattern = "*");
    ~Engine();

    void judge(const ExchangeFacts& exchange);
    // The rest of the rules; then the tallies and the findings, in order. To be called once, last.
    void finish(Result& result);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace sceplab::rules
