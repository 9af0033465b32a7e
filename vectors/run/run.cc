#include <vectors/run/run.h>

#include <vectors/run/json_text.h>
#include <vectors/run/own.h>

#include <istream>
#include <ostream>

namespace sceplab::vectors {

std::vector<Outcome> run(std::span<const Vector> vectors, const Asker& ask, Told told) {
    std::vector<Outcome> outcomes;
    outcomes.reserve(vectors.size());
    for (const Vector& vector : vectors) {
        Answer answer = ask(vector.request);
        Verdict verdict = judge(vector.test, answer, told);
        outcomes.push_back({&vector, std::move(answer), std::move(verdict)});
    }
    return outcomes;
}

Counts count(std::span<const Outcome> outcomes) {
    Counts out;
    for (const Outcome& each : outcomes) {
        ++out.cases;
        out.unexpected += each.verdict.state == Verdict::State::unexpected ? 1 : 0;
        out.skipped += each.verdict.state == Verdict::State::skipped ? 1 : 0;
    }
    return out;
}

bool serve(std::istream& in, std::ostream& out, std::string& fault) {
    for (std::string line; std::getline(in, line);) {
        const auto request = parse_json(line);
        if (!request || !request->is_object() || !request->value("id", Json()).is_string()) {
            fault = "not a question of the contract: " + line.substr(0, 200);
            return false;
        }
        Json answer = {{"id", request->at("id")}};
        answer.update(to_json(own_answer(*request)));
        out << answer.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
        if (!out) {
            fault = "the answer cannot be written";
            return false;
        }
    }
    if (in.bad()) {
        fault = "cannot be read";
    }
    return !in.bad();
}

}  // namespace sceplab::vectors
