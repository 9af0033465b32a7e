#include <conformance/report/sarif.h>

#include <conformance/report/exchange_line.h>
#include <conformance/report/json_text.h>
#include <conformance/report/where.h>
#include <conformance/tree/legible.h>

#include <fmt/format.h>

#include <map>

namespace sceplab::report {

namespace {

using json_t = nlohmann::ordered_json;
using tree::legible;

std::string_view level(rules::Severity severity) {
    return severity == rules::Severity::error ? "error" : severity == rules::Severity::warning ? "warning" : "note";
}

json_t text(std::string_view words) { return {{"text", words}}; }

// A relative reference: what is not unreserved, or a slash, is escaped.
std::string uri(std::string_view path) {
    std::string out;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return path == "-" ? "stdin" : out;
}

class Writer {
public:
    explicit Writer(const rules::Result& result) : m_result(result), m_exchanges_of(result.inputs.size()) {
        for (const evidence::ExchangeSummary& exchange : result.exchanges) {
            if (exchange.input < m_exchanges_of.size()) {
                ++m_exchanges_of[exchange.input];
            }
        }
        for (std::size_t i = 0; i < result.rules.size(); ++i) {
            m_rule_index[result.rules[i].rule.id] = i;
        }
        for (const std::string& input : result.inputs) {
            m_artifacts.push_back({{"location", {{"uri", uri(input)}}}, {"roles", json_t::array({"analysisTarget"})}});
        }
    }

    std::string write() {
        json_t results = json_t::array();
        for (const rules::Finding& finding : m_result.findings) {
            results.push_back(violation(finding));
        }
        for (const rules::Tally& tally : m_result.rules) {
            outcomes(tally, results);
        }
        json_t run{
            {"tool",
             {{"driver",
               {{"name", "sceplab"}, {"version", m_result.version}, {"semanticVersion", m_result.version}, {"rules", rules()}}}}},
            {"invocations", json_t::array({invocation()})},
            {"artifacts", m_artifacts},
            {"results", std::move(results)},
            {"columnKind", "utf16CodeUnits"},
            {"properties", {{"profile", m_result.profile}}},
        };
        return json_text({{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
                          {"version", "2.1.0"},
                          {"runs", json_t::array({std::move(run)})}});
    }

private:
    json_t rules() const {
        json_t out = json_t::array();
        for (const rules::Tally& tally : m_result.rules) {
            const rules::RuleInfo& rule = tally.rule;
            json_t entry{{"id", rule.id},
                         {"shortDescription", text(rule.says)},
                         {"fullDescription", text(fmt::format("{} ({})", rule.says, to_string(rule.cite)))}};
            if (const std::string address = url(rule.cite); !address.empty()) {
                entry["helpUri"] = address;
            }
            entry["defaultConfiguration"] = {{"level", level(rule.severity)}};
            entry["properties"] = {{"citation", to_string(rule.cite)}, {"requirements", rule.covers}, {"tags", json_t::array({family(rule.id)})}};
            out.push_back(std::move(entry));
        }
        return out;
    }

    json_t invocation() const {
        json_t notifications = json_t::array();
        for (const input::Damage& damage : m_result.errors) {
            json_t place{{"artifactLocation", artifact_location(damage.input)}};
            if (!damage.unusable) {
                place["region"] = {{"byteOffset", damage.offset}, {"byteLength", 0}};
            }
            notifications.push_back({{"level", "error"},
                                     {"message", text(legible(damage.reason))},
                                     {"locations", json_t::array({json_t{{"physicalLocation", std::move(place)}}})}});
        }
        return {{"executionSuccessful", m_result.errors.empty()}, {"toolExecutionNotifications", std::move(notifications)}};
    }

    json_t artifact_location(std::size_t index) const {
        return index < m_artifacts.size() ? json_t{{"uri", m_artifacts[index]["location"]["uri"]}, {"index", index}}
                                          : json_t{{"uri", "unknown"}};
    }

    // The artifact that a source of an exchange is: the input itself where a message was given as it is, else one nested in what it was
    // made of.
    std::size_t artifact_of(const evidence::ExchangeSummary& exchange, std::uint32_t source) {
        const evidence::SourceSummary& summary = exchange.sources[source];
        const bool known_input = exchange.input < m_result.inputs.size();
        const bool bare = !exchange.method && !exchange.connection && !summary.parent && summary.kind == scep::SourceKind::captured;
        if (bare && known_input && m_exchanges_of[exchange.input] == 1) {
            return exchange.input;
        }
        const auto key = std::pair(exchange.index, source);
        if (const auto known = m_nested.find(key); known != m_nested.end()) {
            return known->second;
        }
        json_t artifact{{"location",
                         {{"uri", fmt::format("/exchange-{}/{}/source-{}", exchange.index, name(summary.side),
                                              m_result.source_number(exchange.index, source))}}},
                        {"description", text(fmt::format("{} octets, {} of exchange {}", scep::name(summary.kind), name(summary.side),
                                                         exchange.index))}};
        if (summary.parent && *summary.parent < source) {
            artifact["parentIndex"] = artifact_of(exchange, *summary.parent);
        } else if (known_input) {
            artifact["parentIndex"] = exchange.input;
        }
        artifact["length"] = summary.length;
        m_artifacts.push_back(std::move(artifact));
        m_nested[key] = m_artifacts.size() - 1;
        return m_artifacts.size() - 1;
    }

    json_t location(const rules::Place& place) {
        json_t out = json_t::object();
        if (is_run(place, m_result)) {
            out["logicalLocations"] =
                json_t::array({json_t{{"fullyQualifiedName", place.path.empty() ? "run" : legible(place.path)}}});
            return out;
        }
        const evidence::ExchangeSummary& exchange = m_result.exchanges[place.exchange];
        if (place.where.source < exchange.sources.size()) {
            out["physicalLocation"] = {{"artifactLocation", artifact_location(artifact_of(exchange, place.where.source))},
                                       {"region", {{"byteOffset", place.where.offset}, {"byteLength", place.where.length}}}};
        }
        const std::string side = fmt::format("exchange {}, {}", place.exchange, name(place.side));
        const std::string full = place.path.empty() ? side : fmt::format("{}, {}", side, legible(place.path));
        out["logicalLocations"] = json_t::array({json_t{{"fullyQualifiedName", full}, {"kind", "member"}}});
        out["properties"] = {{"exchange", place.exchange}, {"side", name(place.side)}, {"path", legible(place.path)}};
        return out;
    }

    json_t violation(const rules::Finding& finding) {
        const rules::Violation& violation = finding.violation;
        json_t out{{"ruleId", finding.rule.id}};
        if (const auto index = m_rule_index.find(finding.rule.id); index != m_rule_index.end()) {
            out["ruleIndex"] = index->second;
        }
        out["kind"] = "fail";
        out["level"] = level(finding.rule.severity);
        out["message"] = text(legible(violation.message));
        out["locations"] = json_t::array({location(violation.place)});
        json_t related = json_t::array();
        for (const rules::Place& place : violation.related) {
            json_t other = location(place);
            other["id"] = related.size() + 1;
            other["message"] = text("compared with");
            related.push_back(std::move(other));
        }
        if (!related.empty()) {
            out["relatedLocations"] = std::move(related);
        }
        out["partialFingerprints"] = {{"sceplab/v1", fingerprint(finding)}};
        return out;
    }

    // The same for the same finding in another capture of the same talk: octets and offsets differ there.
    std::string fingerprint(const rules::Finding& finding) const {
        const rules::Place& place = finding.violation.place;
        std::string words(finding.rule.id);
        if (!is_run(place, m_result)) {
            const evidence::ExchangeSummary& exchange = m_result.exchanges[place.exchange];
            const auto& request = exchange.request;
            words += fmt::format("\n{}\n{}\n{}", exchange.operation.value_or(""), request ? request->message_type.value_or("") : "",
                                 name(place.side));
        }
        words += '\n' + place.path;
        std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
        for (const char c : words) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        }
        return fmt::format("{:016x}", hash);
    }

    void outcomes(const rules::Tally& tally, json_t& results) const {
        const auto add = [&](std::string_view kind, const std::string& message) {
            results.push_back({{"ruleId", tally.rule.id},
                               {"ruleIndex", m_rule_index.at(tally.rule.id)},
                               {"kind", kind},
                               {"level", "none"},
                               {"message", text(message)}});
        };
        if (tally.pass > 0) {
            add("pass", fmt::format("{} held", counted(tally.pass, "check")));
        }
        std::map<std::string_view, std::size_t> reasons;
        for (const rules::NotPerformed& gap : tally.not_performed) {
            ++reasons[gap.reason];
        }
        for (const auto& [reason, count] : reasons) {
            add("open", fmt::format("{} not performed: {}", counted(count, "check"), legible(reason)));
        }
        if (tally.pass == 0 && tally.violated == 0 && reasons.empty()) {
            add("notApplicable", "nothing to judge");
        }
    }

    const rules::Result& m_result;
    std::vector<std::size_t> m_exchanges_of; // by input
    std::map<std::string_view, std::size_t> m_rule_index;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> m_nested; // exchange and source to artifact
    json_t m_artifacts = json_t::array();
};

} // namespace

std::string sarif(const rules::Result& result) { return Writer(result).write(); }

} // namespace sceplab::report
