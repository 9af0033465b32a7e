#pragma once

#include <conformance/diff/recording.h>
#include <conformance/tree/compare.h>

// "This one works, mine does not": two runs side by side.
namespace sceplab::diff {

// A rule that one of the two violates and the other does not.
struct RuleDifference {
    rules::RuleInfo rule;
    bool in_a = false;
    std::uint32_t count = 0;        // of its findings
    rules::Violation first;         // the first of them
};

// Two exchanges that stand for one another, or one that has no counterpart.
struct ExchangeDifference {
    std::optional<std::uint32_t> a;  // index
    std::optional<std::uint32_t> b;
    std::string what;                // "PKIOperation PKCSReq"
    std::vector<tree::Difference> request;
    std::vector<tree::Difference> response;

    [[nodiscard]] bool paired() const { return a && b; }
};

struct Comparison {
    std::vector<RuleDifference> rules;          // those of A first, the worst first
    std::vector<ExchangeDifference> exchanges;  // in A's order, then what is only in B

    // Differences that matter; exchanges without a counterpart are among them.
    [[nodiscard]] std::size_t count() const;
};

// Pairs the exchanges by operation and messageType, in their order (two single exchanges are a pair whatever they are), and compares each pair: HTTP, then
// the messages, structure by structure. Findings of a rule are compared over the whole run. The trees add their sources to those of the exchanges.
[[nodiscard]] Comparison compare(const Recording& a, const Recording& b);

}  // namespace sceplab::diff
