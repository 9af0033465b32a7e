#include <conformance/rules/http_fields.h>

namespace sceplab::rules {

Field field(const Query& query, std::string_view name) {
    const auto& fields = query.exchange.exchange.request->fields;
    return {!fields.empty(), input::find(fields, name)};
}

Field field(const Answer& answer, std::string_view name) { return {!answer.http.fields.empty(), input::find(answer.http.fields, name)}; }

namespace {

// The field's value where the input has the head, else the head, else what there is of the message.
Input field_octets(Input head, Input body, Input target, std::string_view name) {
    if (const auto value = input::find_in(head, name)) {
        return *value;
    }
    return !head.empty() ? head : !body.empty() ? body : target;
}

}  // namespace

Place field_place(const Query& query, std::string_view name) {
    const auto& request = *query.exchange.exchange.request;
    return place(query.exchange, Side::request, field_octets(request.head, request.body, query.target.whole, name).location(), std::string(name));
}

Place field_place(const Answer& answer, std::string_view name) {
    return place(answer.exchange, Side::response, field_octets(answer.http.head, answer.http.body, {}, name).location(), std::string(name));
}

Place body_place(const Answer& answer) {
    const bool has_body = !answer.http.body.empty() || answer.http.head.empty();
    return place(answer.exchange, Side::response, (has_body ? answer.http.body : answer.http.head).location(), has_body ? "body" : "head");
}

}  // namespace sceplab::rules
