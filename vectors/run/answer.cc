#include <vectors/run/answer.h>

#include <algorithm>
#include <array>

namespace sceplab::vectors {

namespace {

constexpr std::array<std::string_view, 3> results{"accept", "reject", "skip"};

template <class T>
void put(Json& line, const char* member, const std::optional<T>& value) {
    if (value) {
        line[member] = *value;
    }
}

bool is_text_or_absent(const Json& line, const char* member) { return !line.contains(member) || line[member].is_string(); }

std::optional<std::string> text(const Json& line, const char* member) {
    return line.contains(member) ? std::optional(line[member].get<std::string>()) : std::nullopt;
}

bool is_list_of_texts(const Json& list) {
    return list.is_array() && std::ranges::all_of(list, [](const Json& each) { return each.is_string(); });
}

}  // namespace

Json to_json(const Answer& answer) {
    Json line = {{"result", results.at(static_cast<std::size_t>(answer.state))}};
    if (!answer.fields.empty()) {
        line["fields"] = answer.fields;
    }
    put(line, "plaintext", answer.plaintext);
    put(line, "where", answer.where);
    put(line, "findings", answer.findings);
    if (!answer.reason.empty()) {
        line["reason"] = answer.reason;
    }
    return line;
}

std::optional<Answer> answer_of(const Json& line) {
    if (!line.is_object() || !line.contains("result")) {
        return {};
    }
    const auto state = std::ranges::find_if(results, [&](std::string_view each) { return line["result"] == each; });
    const bool fits = state != results.end() && is_text_or_absent(line, "plaintext") && is_text_or_absent(line, "where") &&
                      is_text_or_absent(line, "reason") && (!line.contains("fields") || line["fields"].is_object()) &&
                      (!line.contains("findings") || is_list_of_texts(line["findings"]));
    if (!fits) {
        return {};
    }
    Answer out;
    out.state = static_cast<Answer::State>(state - results.begin());
    out.fields = line.value("fields", Json::object());
    out.plaintext = text(line, "plaintext");
    out.where = text(line, "where");
    if (line.contains("findings")) {
        out.findings = line["findings"].get<std::vector<std::string>>();
    }
    out.reason = line.value("reason", "");
    return out;
}

}  // namespace sceplab::vectors
