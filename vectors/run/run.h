#pragma once

#include <vectors/run/cases.h>
#include <vectors/run/verdict.h>

#include <functional>

namespace sceplab::vectors {

// A case, what was answered and what that means.
struct Outcome {
    const Vector* vector = nullptr;
    Answer answer;
    Verdict verdict;
};

using Asker = std::function<Answer(const Json& request)>;

// In the order of the vectors, which must outlive the outcomes. What `ask` throws goes through.
[[nodiscard]] std::vector<Outcome> run(std::span<const Vector> vectors, const Asker& ask, Told told);

struct Counts {
    std::size_t cases = 0;
    std::size_t unexpected = 0;
    std::size_t skipped = 0;
};
[[nodiscard]] Counts count(std::span<const Outcome> outcomes);

// Each unexpected case, a line a file, and the sum.
[[nodiscard]] std::string text(std::span<const Outcome> outcomes);
// sceplab-run/1: {"schema", "harness", "cases": [{"id", "verdict", "why"?, "answer"}], "summary"}.
[[nodiscard]] std::string json(std::span<const Outcome> outcomes, const std::string& harness);
// A testsuite a file, a testcase a case.
[[nodiscard]] std::string junit(std::span<const Outcome> outcomes);

// Answers the lines of `in` on `out`, as a harness does: our own codec behind the contract. False where a line is no question, or
// reading or writing fails; the reason is then in `fault`.
[[nodiscard]] bool serve(std::istream& in, std::ostream& out, std::string& fault);

}  // namespace sceplab::vectors
