#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <array>

// What a CA offers: its capabilities over time and by name, POST, media types (RFC 8894, 2.9, 6, 7.5).
namespace sceplab::rules {

namespace {

Place line_place(const CapsText& caps, const scep::http::Capability& line) {
    return place(caps.exchange, caps.facts.side, line.text.location(), "capabilities");
}

bool is_forbidden(const scep::http::Capability& line) {
    const std::string word = lower_case(line.text.text());
    return word == "des" || word == "md5";
}

Outcome no_des_md5(const CapsText& caps) {
    Outcome out = Outcome::pass();
    for (const auto& line : caps.capabilities.lines) {
        if (is_forbidden(line)) {
            out.add(line_place(caps, line), "the CA announces " + quoted(line.text.text()));
        }
    }
    return out;
}

// "Example.com-CapabilityName"
bool has_prefix(std::string_view word) {
    const auto dash = word.find('-');
    return dash != std::string_view::npos && dash > 0 && dash + 1 < word.size();
}

Outcome private_prefix(const CapsText& caps) {
    Outcome out = Outcome::pass();
    for (const auto& line : caps.capabilities.lines) {
        if (!line.known && !line.other_case && !is_forbidden(line) && !has_prefix(line.text.text())) {
            out.add(line_place(caps, line), "the capability " + quoted(line.text.text()) + " is not registered and has no prefix of its owner");
        }
    }
    return out;
}

Outcome no_downgrade(const CapsText& caps) {
    const auto& before = caps.exchange.server;
    if (!before.capabilities) {
        return Outcome::not_applicable();
    }
    const bool standard = caps.capabilities.has("SCEPStandard");
    std::string lost;
    for (const char* keyword : {"SCEPStandard", "AES", "SHA-256", "SHA-512", "POSTPKIOperation"}) {
        const std::string_view word = keyword;
        const bool implied = standard && word != "SHA-512";
        if (before.announces(word) && !implied && !caps.capabilities.has(word)) {
            lost += (lost.empty() ? "" : ", ") + std::string(word);
        }
    }
    return lost.empty() ? Outcome::pass()
                        : Outcome::violation(place(caps.exchange, caps.facts.side, caps.facts.octets.location(), "capabilities"),
                                             "the CA no longer announces what it did before: " + lost);
}

Outcome post_supported(const Answer& answer) {
    if (answer.exchange.operation != scep::Operation::PKIOperation || answer.exchange.exchange.request->method != "POST") {
        return Outcome::not_applicable();
    }
    if (answer.exchange.server.announces("POSTPKIOperation")) {
        // capabilities.post-works tells.
        return Outcome::not_applicable();
    }
    constexpr int method_not_allowed = 405;
    constexpr int not_implemented = 501;
    return answer.http.status == method_not_allowed || answer.http.status == not_implemented
               ? Outcome::violation(place(answer.exchange, Side::response, answer.http.body.location(), "body"),
                                    "HTTP status " + std::to_string(answer.http.status) + " to a PKIOperation by POST")
               : Outcome::pass();
}

constexpr std::array media_types{"application/x-x509-ca-cert", "application/x-x509-ca-ra-cert", "application/x-x509-next-ca-cert",
                                 "application/x-pki-message"};

Outcome no_parameters(const Answer& answer) {
    Outcome out = Outcome::not_applicable();
    const auto look = [&](const std::vector<input::HeaderField>& fields, Side side, Input body) {
        const auto type = input::find(fields, "Content-Type");
        if (!type || std::ranges::find(media_types, scep::http::media_type(*type)) == media_types.end()) {
            return;
        }
        if (type->find(';') != std::string_view::npos) {
            out.add(place(answer.exchange, side, body.location(), "Content-Type"), "the media type " + quoted(*type) + " has a parameter, and none is defined");
        } else if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
    };
    look(answer.exchange.exchange.request->fields, Side::request, answer.exchange.exchange.request->body);
    look(answer.http.fields, Side::response, answer.http.body);
    return out;
}

Outcome asked_before_next(const Query& query) {
    if (query.exchange.operation != scep::Operation::GetNextCACert) {
        return Outcome::not_applicable();
    }
    const auto& server = query.exchange.server;
    return server.announces("GetNextCACert")
               ? Outcome::pass()
               : Outcome::violation(place(query.exchange, Side::request, query.target.whole.location(), "request-target"),
                                    server.capabilities ? "GetNextCACert though GetCACaps told no GetNextCACert" : "GetNextCACert without a GetCACaps before");
}

}  // namespace

RuleSpan<CapsText> offered_capabilities_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CapsText>> rules{
        {.id = "capabilities.no-des-md5",
         .severity = error,
         .cite = {rfc8894, "7.5"},
         .says = "A CA announces neither single DES nor MD5",
         .covers = {"SCEP-7.5-des-md5-never"},
         .check = no_des_md5},
        {.id = "capabilities.private-prefix",
         .severity = warning,
         .cite = {rfc8894, "6"},
         .says = "A capability is one of the registry, or has the prefix of its owner",
         .covers = {"SCEP-6-private-caps-prefix", "SCEP-6-registry-use"},
         .check = private_prefix},
        {.id = "capabilities.no-downgrade",
         .severity = warning,
         .cite = {rfc8894, "7.5"},
         .says = "A CA goes on announcing the strong capabilities that it announced once",
         .covers = {"SCEP-7.5-downgrade"},
         .check = no_downgrade},
    };
    return rules;
}

RuleSpan<Answer> offered_transport_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Answer>> rules{
        {.id = "method.post-supported",
         .severity = error,
         .cite = {rfc8894, "2.9"},
         .says = "A CA takes a PKIOperation by POST",
         .covers = {"SCEP-2.9-support-POST"},
         .check = post_supported},
        {.id = "media-type.no-parameters",
         .severity = notice,
         .cite = {rfc8894, "6"},
         .says = "SCEP's media types come without parameters",
         .covers = {"SCEP-6-media-types"},
         .check = no_parameters},
    };
    return rules;
}

RuleSpan<Query> next_ca_query_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Query>> rules{
        {.id = "next-ca.capabilities-asked",
         .severity = warning,
         .cite = {nourse22, "E"},
         .says = "GetNextCACert comes after a GetCACaps that told GetNextCACert",
         .covers = {"LEG-E-caps-before-next"},
         .check = asked_before_next},
    };
    return rules;
}

}  // namespace sceplab::rules
