#include <conformance/report/exchange_line.h>

#include <conformance/tree/legible.h>

#include <fmt/format.h>

namespace sceplab::report {

namespace {

using evidence::BodyKind;
using evidence::MessageSummary;
using tree::legible;

constexpr std::size_t short_width = 24;
constexpr std::size_t long_width = 60;

std::string request_text(const MessageSummary& request) { return request.bytes == 0 ? std::string() : message_text(request); }

std::string reason(std::string_view text) { return text.empty() ? std::string() : " (" + legible(text, long_width) + ')'; }

std::string signature_text(const scep::botan::Check& check, const Style& style) {
    switch (check.verdict) {
    case scep::botan::Verdict::valid:
        return style.green("signature valid");
    case scep::botan::Verdict::invalid:
        return style.red("signature invalid") + reason(check.reason);
    case scep::botan::Verdict::not_performed:
        break;
    }
    return "signature not checked" + reason(check.reason);
}

// What cryptography says of one side.
std::string verdicts(const MessageSummary& message, const Style& style) {
    std::string out;
    const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
    if (message.signature) {
        add(signature_text(*message.signature, style));
    }
    if (message.decryption == evidence::Decryption::ok) {
        add("decrypted");
    } else if (message.decryption) {
        add((*message.decryption == evidence::Decryption::failed ? style.yellow("decryption failed") : "not decrypted") +
            reason(message.decryption_reason));
    }
    if (message.error) {
        add(style.red("does not decode") + reason(*message.error));
    }
    return out;
}

std::string verdicts(const evidence::ExchangeSummary& exchange, const Style& style) {
    const std::string request = exchange.request ? verdicts(*exchange.request, style) : std::string();
    const std::string response = exchange.response ? verdicts(*exchange.response, style) : std::string();
    if (request.empty() || response.empty()) {
        return request + response;
    }
    return request == response ? "both " + request : fmt::format("{} → {}", request, response);
}

} // namespace

std::string message_text(const MessageSummary& message) {
    if (message.message_type) {
        std::string out = legible(*message.message_type, short_width);
        if (message.pki_status) {
            out += ' ' + legible(*message.pki_status, short_width);
        }
        if (message.fail_info) {
            out += ' ' + legible(*message.fail_info, short_width);
        }
        if (message.fail_info_text) {
            out += " \"" + legible(*message.fail_info_text, long_width) + '"';
        }
        return out;
    }
    switch (message.kind) {
    case BodyKind::pki_message:
        return "SignedData";
    case BodyKind::certificates: {
        const std::string crls = message.crls > 0 ? ", " + counted(message.crls, "CRL") : std::string();
        return message.certificates.empty() && message.crls > 0 ? counted(message.crls, "CRL")
                                                                : counted(message.certificates.size(), "certificate") + crls;
    }
    case BodyKind::capabilities: {
        std::string words;
        for (const std::string& word : message.capabilities.value_or(std::vector<std::string>{})) {
            words += (words.empty() ? "" : " ") + word;
        }
        return words.empty() ? "no capabilities" : legible(words, long_width);
    }
    case BodyKind::enveloped:
        return "EnvelopedData without a signature";
    case BodyKind::messageData:
        return message.message_data.value_or("messageData") + " in the clear";
    case BodyKind::none:
        return message.bytes == 0 ? "" : "no message";
    case BodyKind::other:
        break;
    }
    const std::string type = message.content_type ? legible(*message.content_type, long_width) : "not CMS";
    return fmt::format("{}, {}", type, counted(message.bytes, "octet"));
}

std::string answer_text(const evidence::ExchangeSummary& exchange, const Style& style) {
    if (!exchange.response) {
        switch (exchange.ended) {
        case input::Ending::fin:
            return style.yellow("no answer, connection closed");
        case input::Ending::rst:
            return style.yellow("no answer, connection reset");
        case input::Ending::capture:
        case input::Ending::answered:
            break;
        }
        return style.dim("no answer in the capture");
    }
    const MessageSummary& response = *exchange.response;
    std::string out = message_text(response);
    if (response.http_status && *response.http_status != 200) {
        const std::string status = style.yellow("HTTP " + std::to_string(*response.http_status));
        out = out.empty() ? status : status + ' ' + out;
    }
    return out.empty() ? "empty" : out;
}

std::string counted(std::size_t count, std::string_view noun) { return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s"); }

std::string exchange_line(const evidence::ExchangeSummary& exchange, const Style& style, const Options& options) {
    std::string out = style.bold(fmt::format("#{:<3}", exchange.index));
    const auto add = [&](std::string_view gap, const std::string& text) {
        if (!text.empty()) {
            out += std::string(gap) + text;
        }
    };
    add(" ", exchange.method ? legible(*exchange.method, short_width) : "message");
    add(" ", exchange.operation ? legible(*exchange.operation, short_width) : std::string());
    const std::string request = exchange.request ? request_text(*exchange.request) : std::string();
    add("  ", request);
    // A message that was given by itself has no answer to speak of.
    if (exchange.method || exchange.response) {
        add(exchange.request ? " → " : "  ", answer_text(exchange, style));
    }
    const MessageSummary* asked = exchange.request ? &*exchange.request : nullptr;
    const MessageSummary* answered = exchange.response ? &*exchange.response : nullptr;
    const auto& id = asked != nullptr && asked->transaction_id ? asked->transaction_id
                     : answered != nullptr                     ? answered->transaction_id
                                                               : std::nullopt;
    add("  ", id ? "tid " + legible(*id, short_width) : std::string());
    add("  ", asked != nullptr && asked->subject ? legible(*asked->subject, long_width) : std::string());
    if (asked != nullptr && asked->challenge_password && options.show_secrets) {
        add("  ", "challengePassword \"" + legible(*asked->challenge_password, long_width) + '"');
    }
    add("  ", verdicts(exchange, style));
    return out;
}

} // namespace sceplab::report
