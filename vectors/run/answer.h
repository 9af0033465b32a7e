#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The harness contract (vectors/README.md): a case goes in, an answer comes out.
namespace sceplab::vectors {

using Json = nlohmann::ordered_json;

struct Answer {
    // hang, crash: no answer in time, or the end of the harness in its place.
    enum class State : std::uint8_t { accept, reject, skip, hang, crash };
    State state = State::skip;
    Json fields = Json::object();          // of what was accepted
    std::optional<std::string> plaintext;  // in hexadecimal
    std::optional<std::string> where;      // of what was rejected: the field
    std::optional<std::vector<std::string>> findings;
    std::string reason;                    // for people
};
[[nodiscard]] inline Answer accepted() {
    Answer out;
    out.state = Answer::State::accept;
    return out;
}
[[nodiscard]] inline Answer rejected(std::string reason, std::optional<std::string> where = {}) {
    Answer out;
    out.state = Answer::State::reject;
    out.where = std::move(where);
    out.reason = std::move(reason);
    return out;
}
[[nodiscard]] inline Answer skipped(std::string reason) {
    Answer out;
    out.reason = std::move(reason);
    return out;
}

// As a line of the contract has it, without "id".
[[nodiscard]] Json to_json(const Answer& answer);
// Nothing where that is no answer.
[[nodiscard]] std::optional<Answer> answer_of(const Json& line);

}  // namespace sceplab::vectors
