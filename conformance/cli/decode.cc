#include <conformance/cli/decode.h>

#include <conformance/cli/materials.h>
#include <conformance/cli/output.h>
#include <conformance/input/read.h>
#include <conformance/report/tree_json.h>
#include <conformance/tree/build.h>
#include <conformance/tree/legible.h>
#include <conformance/tree/text.h>

#include <fmt/format.h>

#include <unistd.h>

namespace sceplab::cli {

namespace {

using report::DecodedMessage;

// Captures are lists of exchanges; other inputs are messages by themselves.
void add_side(const evidence::ExchangeFacts& facts, scep::Sources& sources, const evidence::MessageFacts* side, const std::string& input,
              std::vector<DecodedMessage>& out) {
    if (side == nullptr || side->kind == evidence::BodyKind::none || side->kind == evidence::BodyKind::capabilities ||
        (side->kind == evidence::BodyKind::other && !side->error)) {
        return;
    }
    std::vector<scep::der::Input> layers;
    if (side->message_data && !side->message_data->in_clear) {
        layers.push_back(side->message_data->octets);
    }
    DecodedMessage message{.input = input, .exchange = std::nullopt, .side = {}, .nodes = tree::build(side->octets, sources, layers)};
    if (facts.target) {
        message.exchange = facts.index;
        message.side = name(side->side);
    }
    out.push_back(std::move(message));
}

std::string heading(const DecodedMessage& message) {
    const std::string input = tree::legible(message.input);
    return message.exchange ? fmt::format("{}, exchange {}, {}\n", input, *message.exchange, message.side) : input + "\n";
}

std::string as_text(const std::vector<DecodedMessage>& messages, const OutputOptions& options) {
    std::string out;
    const tree::TextOptions how{.colour = options.file.empty() && isatty(STDOUT_FILENO) == 1, .show_secrets = options.show_secrets};
    for (const DecodedMessage& message : messages) {
        out += (out.empty() ? "" : "\n") + heading(message) + tree::text(message.nodes, how);
    }
    return out;
}

}  // namespace

int decode(const DecodeOptions& options) {
    auto settings = load_materials(options.materials);
    if (!settings) {
        tell(settings.error().input, settings.error().reason);
        return exit_unusable;
    }
    evidence::Investigator investigator(std::move(*settings));
    std::vector<DecodedMessage> messages;
    bool damaged = false;
    const input::Sink sink{
        .exchange = [&](input::Exchange&& exchange) {
            evidence::ExchangeFacts facts = investigator.investigate(std::move(exchange));
            scep::Sources& sources = facts.exchange.sources;
            const std::string& input = options.inputs[facts.exchange.input];
            add_side(facts, sources, facts.side(evidence::Side::request), input, messages);
            add_side(facts, sources, facts.side(evidence::Side::response), input, messages);
        },
        .damage = [&](input::Damage&& damage) {
            damaged = true;
            tell(options.inputs[damage.input], damage);
        }};
    for (std::uint32_t i = 0; i < options.inputs.size(); ++i) {
        input::read(options.inputs[i], i, sink);
    }
    const std::string document = options.output.format == "json" ? report::tree_json(SCEPLAB_VERSION, messages, {.show_secrets = options.output.show_secrets})
                                                                 : as_text(messages, options.output);
    return write_document(document, options.output.file) && !damaged ? exit_nothing_found : exit_unusable;
}

}  // namespace sceplab::cli
