#include <conformance/rules/http_fields.h>

namespace sceplab::rules {

Field field(const Query& query, std::string_view name) {
    const auto& fields = query.exchange.exchange.request->fields;
    return {!fields.empty(), input::find(fields, name)};
}

Field field(const Answer& answer, std::string_view name) { return {!answer.http.fields.empty(), input::find(answer.http.fields, name)}; }

Place field_place(const Query& query, std::string_view name) {
    const auto& body = query.exchange.exchange.request->body;
    return place(query.exchange, Side::request, body.empty() ? query.target.whole.location() : body.location(), std::string(name));
}

Place field_place(const Answer& answer, std::string_view name) {
    return place(answer.exchange, Side::response, answer.http.body.location(), std::string(name));
}

Place body_place(const Answer& answer) { return place(answer.exchange, Side::response, answer.http.body.location(), "body"); }

}  // namespace sceplab::rules
