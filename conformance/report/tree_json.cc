#include <conformance/report/tree_json.h>

#include <conformance/report/json_text.h>

namespace sceplab::report {

namespace {

using json_t = nlohmann::ordered_json;

json_t or_null(const std::string& text) { return text.empty() ? json_t(nullptr) : json_t(text); }

json_t findings(const std::vector<tree::Remark>& remarks) {
    json_t out = json_t::array();
    for (const tree::Remark& remark : remarks) {
        out.push_back({{"rule", remark.rule}, {"severity", remark.level}, {"message", remark.text}, {"citation", remark.citation}});
    }
    return out;
}

json_t tree(const std::vector<tree::Node>& nodes, const Options& options) {
    json_t out = json_t::array();
    for (const tree::Node& node : nodes) {
        json_t deviations = json_t::array();
        for (const scep::ber::DeviationKind deviation : node.deviations) {
            deviations.push_back(scep::ber::name(deviation));
        }
        const bool hidden = node.secret && !options.show_secrets && !node.value.empty();
        out.push_back({{"source", node.where.source},
                       {"layer", node.layer ? json_t(scep::name(*node.layer)) : json_t(nullptr)},
                       {"offset", node.where.offset},
                       {"header", node.header},
                       {"length", node.length()},
                       {"end", node.end},
                       {"tag", node.is_tlv() ? json_t(scep::to_string(node.tag)) : json_t(nullptr)},
                       {"name", or_null(node.label)},
                       {"value", hidden ? json_t("(hidden)") : or_null(node.value)},
                       {"shortened", node.shortened},
                       {"note", or_null(node.note)},
                       {"deviations", std::move(deviations)},
                       {"error", node.error ? json_t(scep::name(*node.error)) : json_t(nullptr)},
                       {"findings", findings(node.remarks)},
                       {"children", tree(node.children, options)}});
    }
    return out;
}

} // namespace

std::string tree_json(std::string_view version, std::span<const DecodedMessage> messages, std::span<const DecodingError> errors, const Options& options) {
    json_t error_list = json_t::array();
    for (const DecodingError& error : errors) {
        error_list.push_back({{"input", error.input}, {"offset", error.offset}, {"reason", error.reason}});
    }
    json_t list = json_t::array();
    for (const DecodedMessage& message : messages) {
        list.push_back({{"input", message.input},
                        {"exchange", message.exchange ? json_t(*message.exchange) : json_t(nullptr)},
                        {"side", or_null(message.side)},
                        {"findings", findings(message.remarks)},
                        {"nodes", tree(message.nodes, options)}});
    }
    const json_t document{{"schema", "sceplab-tree/1"}, {"tool", {{"version", version}}}, {"errors", std::move(error_list)}, {"messages", std::move(list)}};
    return json_text(document);
}

} // namespace sceplab::report
