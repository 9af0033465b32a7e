#include <vectors/run/own.h>

#include <scepcodec/der/values.h>
#include <scepcodec/scep/http.h>

#include <algorithm>
#include <array>

namespace sceplab::vectors {

namespace {

using scep::der::Input;

constexpr std::array<std::string_view, 9> keywords{"AES",   "DES3",    "GetNextCACert", "POSTPKIOperation", "Renewal",
                                                   "SHA-1", "SHA-256", "SHA-512",       "SCEPStandard"};

// Values of a parameter that differ: which of them counts, nobody can tell.
bool is_ambiguous(const scep::http::RequestTarget& target, std::string_view name) {
    const auto first = target.parameter(name);
    return std::ranges::any_of(target.parameters, [&](const scep::http::Parameter& each) {
        return scep::http::same_but_for_case(each.name.text(), name) && !each.value.same_octets(*first);
    });
}

} // namespace

Answer own_capabilities(const Json& request) {
    const auto octets = octets_of(request);
    const Input input(octets);
    const auto is_text = [](std::uint8_t c) { return c >= 0x20 || c == '\r' || c == '\n' || c == '\t'; };
    const bool wide = input.text().starts_with("\xff\xfe") || input.text().starts_with("\xfe\xff");
    if (input.text().starts_with('<') || wide || !std::ranges::all_of(input, is_text)) {
        return rejected("no plain text");
    }
    Answer out = accepted();
    out.fields["capabilities"] = Json::array();
    for (const scep::http::Capability& line : scep::http::parse_capabilities(input).lines) {
        const auto* const keyword =
            std::ranges::find_if(keywords, [&](std::string_view each) { return scep::http::same_but_for_case(each, line.text.text()); });
        if (keyword != keywords.end()) {
            out.fields["capabilities"].push_back(*keyword);
        }
    }
    return out;
}

Answer own_request_target(const Json& request) {
    scep::Sources sources;
    const auto input = sources.add_captured(octets_of(request));
    const auto target = scep::http::parse_target(*input);
    const auto text = target.operation_text();
    const auto operation = text ? scep::http::operation_named(text->text()) : std::nullopt;
    if (!operation) {
        return rejected("no operation that SCEP has");
    }
    if (is_ambiguous(target, "operation") || is_ambiguous(target, "message")) {
        return rejected("a parameter with two values");
    }
    Answer out = accepted();
    out.fields["operation"] = scep::name(*operation);
    if (*operation != scep::Operation::PKIOperation || request.value("method", "") == "POST") {
        return out;
    }
    const auto message = target.message();
    if (!message || message->empty()) {
        return rejected("a GET PKIOperation without a message");
    }
    const auto decoded = scep::http::decode_get_message(*message, sources);
    if (!decoded) {
        return rejected(decoded.error().to_string());
    }
    out.fields["message"] = scep::der::to_hex(decoded->octets.octets());
    return out;
}

} // namespace sceplab::vectors
