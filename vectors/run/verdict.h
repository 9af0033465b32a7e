#pragma once

#include <vectors/run/answer.h>

namespace sceplab::vectors {

struct Verdict {
    enum class State : std::uint8_t { expected, unexpected, skipped };
    State state = State::expected;
    std::string why;  // of what is unexpected: one clause
};

// How much of what is expected has to be told. A harness may skip cases, leave out fields, plaintext, place and findings, and is held to
// those it tells; our own codec answers everything.
enum class Told : std::uint8_t { all, some };

// Holds an answer against what a test expects.
[[nodiscard]] Verdict judge(const Json& test, const Answer& answer, Told told);

}  // namespace sceplab::vectors
