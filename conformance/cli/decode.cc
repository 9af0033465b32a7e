#include <conformance/cli/decode.h>

#include <conformance/cli/output.h>
#include <conformance/cli/recording.h>
#include <conformance/diff/message_tree.h>
#include <conformance/report/exchange_line.h>
#include <conformance/report/tree_json.h>
#include <conformance/tree/legible.h>
#include <conformance/tree/remark.h>
#include <conformance/tree/text.h>

#include <fmt/format.h>

#include <map>

#include <unistd.h>

namespace sceplab::cli {

namespace {

using report::DecodedMessage;

// A message with what is printed above it.
struct Decoded {
    std::vector<DecodedMessage> messages;
    std::vector<std::string> headings;
};

std::string heading(const DecodedMessage& message, const evidence::ExchangeFacts& facts, const evidence::MessageFacts& side) {
    std::string out = tree::legible(message.input);
    if (message.exchange) {
        out += fmt::format(", exchange {}, {}", *message.exchange, message.side);
    }
    const auto* attributes = side.attributes();
    const bool typed = attributes != nullptr && attributes->message_type;
    const std::string what = typed ? attributes->message_type->to_string() : facts.operation_text;
    return fmt::format("{}{}{}: {}", out, what.empty() ? "" : ", ", tree::legible(what, 40), report::counted(side.octets.size(), "octet"));
}

// Captures are lists of exchanges; other inputs are messages by themselves.
void add_side(evidence::ExchangeFacts& facts, const evidence::MessageFacts* side, const std::string& input, const std::vector<const rules::Finding*>& findings,
              Decoded& out) {
    if (side == nullptr || !diff::has_tree(*side)) {
        return;
    }
    scep::Sources& sources = facts.exchange.sources;
    DecodedMessage message{.input = input, .exchange = std::nullopt, .side = {}, .nodes = diff::tree_of(*side, sources), .remarks = {}};
    if (facts.target) {
        message.exchange = facts.index;
        message.side = name(side->side);
    }
    for (const rules::Finding* finding : findings) {
        const rules::Place& place = finding->violation.place;
        tree::Remark remark{std::string(name(finding->rule.severity)), std::string(finding->rule.id), finding->violation.message, to_string(finding->rule.cite)};
        if (place.side == side->side && !tree::add_remark(message.nodes, sources, place.where, remark)) {
            message.remarks.push_back(std::move(remark));
        }
    }
    out.headings.push_back(heading(message, facts, *side));
    out.messages.push_back(std::move(message));
}

Decoded decoded(const diff::Recording& recording) {
    std::map<std::uint32_t, std::vector<const rules::Finding*>> findings;
    for (const rules::Finding& finding : recording.result.findings) {
        findings[finding.violation.place.exchange].push_back(&finding);
    }
    Decoded out;
    for (const auto& facts : recording.exchanges) {
        const std::string& input = recording.result.inputs[facts->exchange.input];
        for (const evidence::Side side : {evidence::Side::request, evidence::Side::response}) {
            add_side(*facts, facts->side(side), input, findings[facts->index], out);
        }
    }
    return out;
}

std::string as_text(const Decoded& decoded, const OutputOptions& options) {
    std::string out;
    const tree::TextOptions how{.colour = options.file.empty() && isatty(STDOUT_FILENO) == 1, .show_secrets = options.show_secrets};
    for (std::size_t i = 0; i < decoded.messages.size(); ++i) {
        out += (out.empty() ? "" : "\n") + decoded.headings[i] + '\n' + tree::text(decoded.messages[i].remarks, how) + tree::text(decoded.messages[i].nodes, how);
    }
    return out;
}

std::string render(const Decoded& decoded, const std::vector<report::DecodingError>& errors, const OutputOptions& options) {
    return options.format == "json" ? report::tree_json(SCEPLAB_VERSION, decoded.messages, errors, {.show_secrets = options.show_secrets}) : as_text(decoded, options);
}

}  // namespace

int decode(const DecodeOptions& options) {
    std::vector<report::DecodingError> errors;
    Decoded messages;
    const auto recording = record(options.inputs, options.materials, options.profile, false);
    if (recording) {
        messages = decoded(*recording);
        for (const input::Damage& damage : recording->result.errors) {
            errors.push_back({options.inputs[damage.input], damage.offset, damage.reason});
        }
    } else {
        tell(recording.error().input, recording.error().reason);
        errors.push_back({recording.error().input, 0, recording.error().reason});
    }
    return write_document(render(messages, errors, options.output), options.output.file) && errors.empty() ? exit_nothing_found : exit_unusable;
}

}  // namespace sceplab::cli
