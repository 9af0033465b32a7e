#include <conformance/report/diff.h>

#include <nlohmann/json.hpp>

namespace sceplab::report {

namespace {

using json_t = nlohmann::ordered_json;

template <class T>
json_t or_null(const std::optional<T>& value) {
    return value ? json_t(*value) : json_t(nullptr);
}

json_t errors(const diff::Recording& recording) {
    json_t out = json_t::array();
    for (const input::Damage& damage : recording.result.errors) {
        const auto& inputs = recording.result.inputs;
        out.push_back({{"input", damage.input < inputs.size() ? inputs[damage.input] : std::string()}, {"offset", damage.offset}, {"reason", damage.reason}});
    }
    return out;
}

json_t recording(const diff::Recording& of) {
    return {{"inputs", of.result.inputs}, {"exchanges", of.result.exchanges.size()}, {"errors", errors(of)}};
}

json_t rules(const diff::Recording& a, const diff::Recording& b, const diff::Comparison& comparison) {
    json_t out = json_t::array();
    for (const diff::RuleDifference& entry : comparison.rules) {
        const rules::Place& place = entry.first.place;
        const bool somewhere = place.exchange < (entry.in_a ? a : b).result.exchanges.size();
        out.push_back({{"rule", entry.rule.id},
                       {"severity", name(entry.rule.severity)},
                       {"in", entry.in_a ? "a" : "b"},
                       {"findings", entry.count},
                       {"exchange", somewhere ? json_t(place.exchange) : json_t(nullptr)},
                       {"side", somewhere ? json_t(name(place.side)) : json_t(nullptr)},
                       {"path", place.path},
                       {"message", entry.first.message},
                       {"citation", to_string(entry.rule.cite)}});
    }
    return out;
}

json_t place(const std::optional<scep::Location>& where, const std::string& says, const diff::Recording& recording, std::optional<std::uint32_t> exchange) {
    const auto& exchanges = recording.exchanges;
    const bool known = where && exchange && *exchange < exchanges.size() && where->source < exchanges[*exchange]->sources().size();
    return {{"layer", known ? json_t(scep::name(exchanges[*exchange]->sources()[where->source].kind)) : json_t(nullptr)},
            {"offset", where ? json_t(where->offset) : json_t(nullptr)},
            {"length", where ? json_t(where->length) : json_t(nullptr)},
            {"says", says.empty() ? json_t(nullptr) : json_t(says)}};
}

json_t differences(const std::vector<tree::Difference>& list, const diff::ExchangeDifference& exchange, const diff::Recording& a, const diff::Recording& b) {
    json_t out = json_t::array();
    for (const tree::Difference& difference : list) {
        out.push_back({{"kind", name(difference.kind)},
                       {"path", difference.path},
                       {"matters", difference.matters},
                       {"a", place(difference.a, difference.a_says, a, exchange.a)},
                       {"b", place(difference.b, difference.b_says, b, exchange.b)}});
    }
    return out;
}

} // namespace

std::string diff_json(const diff::Recording& a, const diff::Recording& b, const diff::Comparison& comparison) {
    json_t exchanges = json_t::array();
    for (const diff::ExchangeDifference& exchange : comparison.exchanges) {
        exchanges.push_back({{"a", or_null(exchange.a)},
                             {"b", or_null(exchange.b)},
                             {"what", exchange.what},
                             {"request", differences(exchange.request, exchange, a, b)},
                             {"response", differences(exchange.response, exchange, a, b)}});
    }
    const json_t document{{"schema", "sceplab-diff/1"},
                          {"tool", {{"version", a.result.version}, {"profile", a.result.profile}}},
                          {"a", recording(a)},
                          {"b", recording(b)},
                          {"rules", rules(a, b, comparison)},
                          {"exchanges", std::move(exchanges)},
                          {"summary", {{"differences", comparison.count()}}}};
    return document.dump(2, ' ', false, json_t::error_handler_t::replace) + '\n';
}

} // namespace sceplab::report
