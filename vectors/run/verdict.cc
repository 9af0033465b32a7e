#include <vectors/run/verdict.h>

namespace sceplab::vectors {

namespace {

Verdict unexpected(std::string why) { return {Verdict::State::unexpected, std::move(why)}; }

// Nothing where they agree. `member` as it is named to people; long octets are not repeated.
std::optional<Verdict> compare(const std::string& member, const Json& expected, const Json& told) {
    if (expected == told) {
        return {};
    }
    constexpr std::size_t long_value = 200;
    const auto shown = [](const Json& value) {
        const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
        return text.size() <= long_value ? text : text.substr(0, long_value) + "...";
    };
    return unexpected(member + " is " + shown(told) + ", " + shown(expected) + " is expected");
}

template <class T>
std::optional<Verdict> compare(const Json& test, const char* member, const std::optional<T>& told, Told how) {
    if (!test.contains(member) || (!told && how == Told::some)) {
        return {};
    }
    return compare(member, test[member], told ? Json(*told) : Json());
}

std::optional<Verdict> compare_fields(const Json& test, const Json& told, Told how) {
    const Json fields = test.value("fields", Json::object());
    for (const auto& [name, expected] : fields.items()) {
        if (!told.contains(name) && how == Told::some) {
            continue;
        }
        if (auto wrong = compare(name, expected, told.value(name, Json()))) {
            return wrong;
        }
    }
    return {};
}

}  // namespace

Verdict judge(const Json& test, const Answer& answer, Told told) {
    using State = Answer::State;
    const std::string result = test.at("result");
    const std::string because = answer.reason.empty() ? "" : ": " + answer.reason;
    switch (answer.state) {
    case State::skip:
        return told == Told::all ? unexpected("not answered" + because) : Verdict{Verdict::State::skipped, answer.reason};
    case State::hang:
        return unexpected("no answer in time");
    case State::crash:
        return unexpected("the harness ended" + because);
    case State::reject:
        if (result == "valid") {
            return unexpected("rejected, though valid" + because);
        }
        if (auto wrong = compare(test, "where", answer.where, result == "invalid" ? told : Told::some)) {
            return *wrong;
        }
        break;
    case State::accept:
        if (result == "invalid") {
            return unexpected("accepted, though invalid" + because);
        }
        if (auto wrong = compare_fields(test, answer.fields, told)) {
            return *wrong;
        }
        if (auto wrong = compare(test, "plaintext", answer.plaintext, told)) {
            return *wrong;
        }
        break;
    }
    // Findings are expected of what is rejected, too.
    return compare(test, "findings", answer.findings, told).value_or(Verdict());
}

}  // namespace sceplab::vectors
