#include <conformance/rules/http_fields.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <charconv>

// How a request is put into HTTP: method, target and fields (RFC 8894, 3.5.1, 4.1, 4.2, 4.3, 4.7).
namespace sceplab::rules {

namespace {

using scep::Operation;

const input::Request& http(const Query& query) { return *query.exchange.exchange.request; }

bool asks_without_data(const Query& query) {
    const auto operation = query.exchange.operation;
    return operation == Operation::GetCACaps || operation == Operation::GetCACert || operation == Operation::GetNextCACert;
}

bool is_post(const Query& query) { return query.exchange.operation == Operation::PKIOperation && http(query).method == "POST"; }

Place target_place(const Query& query, Input octets, const char* path) {
    return place(query.exchange, Side::request, octets.location(), path);
}

Outcome well_formed(const Query& query) {
    const auto& malformed = http(query).malformed;
    return malformed ? Outcome::violation(place(query.exchange, Side::request, http(query).body.location(), "body"),
                                          "the request is no HTTP message: " + *malformed)
                     : Outcome::pass();
}

Outcome version_is_current(const Query& query) {
    const std::string& version = http(query).version;
    // HTTP/2 has no such token, and a log line may lack it.
    if (!version.starts_with("HTTP/0") && !version.starts_with("HTTP/1")) {
        return Outcome::not_applicable();
    }
    return version == "HTTP/1.1" ? Outcome::pass()
                                 : Outcome::violation(target_place(query, query.target.whole, "request-target"),
                                                      "the request is of " + version + ", as the drafts show it");
}

Outcome asked_by_get(const Query& query) {
    if (!asks_without_data(query) || http(query).method.empty()) {
        return Outcome::not_applicable();
    }
    return http(query).method == "GET" ? Outcome::pass()
                                       : Outcome::violation(target_place(query, query.target.whole, "request-target"),
                                                            std::string(name(*query.exchange.operation)) + " by " + http(query).method);
}

Outcome post_has_message_in_body(const Query& query) {
    if (!is_post(query)) {
        return Outcome::not_applicable();
    }
    const auto message = query.target.message();
    return message && !message->empty()
               ? Outcome::violation(target_place(query, *message, "request-target.message"),
                                    "a POST with a message= of " + std::to_string(message->size()) + " characters in its target")
               : Outcome::pass();
}

Outcome parameters_once(const Query& query) {
    if (query.target.parameters.empty()) {
        return Outcome::not_applicable();
    }
    for (const std::string_view name : {"operation", "message"}) {
        std::uint32_t count = 0;
        for (const auto& each : query.target.parameters) {
            if (lower_case(each.name.text()) == name && ++count == 2) {
                return Outcome::violation(target_place(query, each.value, name == "operation" ? "request-target.operation" : "request-target.message"),
                                          "the parameter " + std::string(name) + " is there twice, now as " + quoted(each.value.text()));
            }
        }
    }
    return Outcome::pass();
}

Outcome operation_comes_first(const Query& query) {
    const auto operation = query.target.operation_text();
    if (!operation) {
        return Outcome::not_applicable();
    }
    const auto& first = query.target.parameters.front();
    return lower_case(first.name.text()) == "operation"
               ? Outcome::pass()
               : Outcome::violation(target_place(query, *operation, "request-target.operation"),
                                    "the parameter " + quoted(first.name.text()) + " stands before operation");
}

// Data that is no text: control characters, or the base64 of a long SEQUENCE.
bool is_binary(Input value) {
    constexpr std::uint32_t longest_name = 64;
    const std::string_view text = value.text();
    if (text.size() > longest_name && text.starts_with("MI")) {
        return true;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned octet = static_cast<unsigned char>(text[i]);
        if (octet == '%' && i + 2 < text.size()) {
            std::from_chars(text.data() + i + 1, text.data() + i + 3, octet, 16);
        }
        if (octet < 0x20 || octet == 0x7f) {
            return true;
        }
    }
    return false;
}

Outcome no_request_data(const Query& query) {
    if (!asks_without_data(query)) {
        return Outcome::not_applicable();
    }
    const std::string operation(name(*query.exchange.operation));
    const Input body = http(query).body;
    if (!body.empty()) {
        return Outcome::violation(place(query.exchange, Side::request, body.location(), "body"),
                                  operation + " with a body of " + std::to_string(body.size()) + " octets");
    }
    const auto message = query.target.message();
    return message && is_binary(*message) ? Outcome::violation(target_place(query, *message, "request-target.message"),
                                                               operation + " with data in its message, and no identifier of a CA")
                                          : Outcome::pass();
}

Outcome default_path(const Query& query) {
    constexpr std::string_view fixed = "/cgi-bin/pkiclient.exe";
    const std::string_view path = query.target.path.text();
    const auto& directed = query.exchange.local->scep_path;
    if (path == fixed || path == directed) {
        return Outcome::pass();
    }
    return directed ? Outcome::violation(target_place(query, query.target.path, "request-target.path"),
                                         "the path is " + quoted(path) + ", neither " + quoted(fixed) + " nor " + quoted(*directed))
                    : Outcome::not_performed("whether the CA directs its clients to this path is not known");
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Percent escapes of the target that are wrong, or written in small letters: the first, and how many.
struct Escapes {
    std::uint32_t all = 0;
    std::uint32_t invalid = 0;
    std::uint32_t lower_case = 0;
    std::uint32_t first_invalid = 0;
    std::uint32_t first_lower_case = 0;
};
Escapes escapes(Input target) {
    Escapes out;
    const std::string_view text = target.text();
    for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
        ++out.all;
        const std::string_view digits = text.substr(i + 1, 2);
        const auto at = static_cast<std::uint32_t>(i);
        if (digits.size() < 2 || !is_hex(digits[0]) || !is_hex(digits[1])) {
            out.first_invalid = out.invalid++ == 0 ? at : out.first_invalid;
        } else if (digits[0] >= 'a' || digits[1] >= 'a') {
            out.first_lower_case = out.lower_case++ == 0 ? at : out.first_lower_case;
        }
    }
    return out;
}

Outcome escapes_valid(const Query& query) {
    const Escapes found = escapes(query.target.whole);
    if (found.all == 0) {
        return Outcome::not_applicable();
    }
    const Input first = query.target.whole.slice(found.first_invalid, 3);
    return found.invalid == 0 ? Outcome::pass()
                              : Outcome::violation(target_place(query, first, "request-target"), quoted(first.text()) + " is no percent escape");
}

Outcome escapes_upper_case(const Query& query) {
    const Escapes found = escapes(query.target.whole);
    if (found.all == 0) {
        return Outcome::not_applicable();
    }
    const Input first = query.target.whole.slice(found.first_lower_case, 3);
    return found.lower_case == 0
               ? Outcome::pass()
               : Outcome::violation(target_place(query, first, "request-target"),
                                    std::to_string(found.lower_case) + " percent escapes in small letters, the first " + quoted(first.text()));
}

Outcome post_content_type(const Query& query) {
    if (!is_post(query) || http(query).body.empty() || http(query).malformed) {
        return Outcome::not_applicable();
    }
    const Field type = field(query, "Content-Type");
    if (!type.known) {
        return no_fields();
    }
    if (type.value && scep::http::media_type(*type.value) == "application/x-pki-message") {
        return Outcome::pass();
    }
    return Outcome::violation(field_place(query, "Content-Type"), type.value ? "Content-Type is " + quoted(*type.value) + " where application/x-pki-message is due"
                                                                             : std::string("a POST without a Content-Type"));
}

Outcome post_content_length(const Query& query) {
    const input::Request& request = http(query);
    if (!is_post(query) || request.body.empty() || request.malformed || !request.version.starts_with("HTTP/1")) {
        return Outcome::not_applicable();
    }
    const Field length = field(query, "Content-Length");
    if (!length.known) {
        return no_fields();
    }
    if (field(query, "Transfer-Encoding").value) {
        return Outcome::pass();
    }
    if (!request.complete) {
        return Outcome::not_performed("the body was not captured whole");
    }
    if (!length.value) {
        return Outcome::violation(field_place(query, "Content-Length"),
                                  "a body of " + std::to_string(request.body.size()) + " octets without a Content-Length");
    }
    // What Content-Encoding makes of a body has another length.
    const bool equal = *length.value == std::to_string(request.body.size());
    return equal || field(query, "Content-Encoding").value
               ? Outcome::pass()
               : Outcome::violation(field_place(query, "Content-Length"), "Content-Length is " + quoted(*length.value) + ", the body has " +
                                                                              std::to_string(request.body.size()) + " octets");
}

// What a client sends only where the CA announced it.
Outcome announced(const Query& query, std::string_view keyword, const std::string& what) {
    const auto& server = query.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    return server.announces(keyword) ? Outcome::pass()
                                     : Outcome::violation(target_place(query, query.target.whole, "request-target"), what);
}

Outcome post_announced(const Query& query) {
    return is_post(query) ? announced(query, "POSTPKIOperation", "a POST though the CA announced neither POSTPKIOperation nor SCEPStandard")
                          : Outcome::not_applicable();
}

Outcome next_ca_announced(const Query& query) {
    return query.exchange.operation == Operation::GetNextCACert
               ? announced(query, "GetNextCACert", "GetNextCACert though the CA did not announce it")
               : Outcome::not_applicable();
}

Outcome capabilities_answered(const Query& query) {
    if (query.exchange.operation != Operation::GetCACaps) {
        return Outcome::not_applicable();
    }
    if (query.exchange.response) {
        return Outcome::pass();
    }
    const bool closed = query.exchange.exchange.ended == input::Ending::fin || query.exchange.exchange.ended == input::Ending::rst;
    return closed ? Outcome::violation(target_place(query, query.target.whole, "request-target"),
                                       "the connection was closed without an answer to GetCACaps, as Microsoft's servers do")
                  : Outcome::not_applicable();
}

}  // namespace

RuleSpan<Query> http_request_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Query>> rules{
        {.id = "http.request-well-formed",
         .severity = error,
         .cite = {rfc9112, "2.1"},
         .says = "A request is an HTTP message that parses",
         .covers = {"HTTP-chunked"},
         .check = well_formed},
        {.id = "http.version-current",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "A request is of HTTP/1.1",
         .covers = {"SCEP-4.1-http-version", "LEG-5.2-http10"},
         .check = version_is_current},
        {.id = "method.get-without-data",
         .severity = error,
         .cite = {rfc8894, "4.1"},
         .says = "GetCACaps, GetCACert and GetNextCACert go by GET",
         .covers = {"SCEP-3.5.1-request-line", "SCEP-4.1-get-only-ops"},
         .check = asked_by_get},
        {.id = "method.post-announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "PKIOperation goes by POST to a CA that announced it",
         .covers = {"SCEP-3.5.2-client-empty-means-none"},
         .check = post_announced},
        {.id = "post.message-in-body",
         .severity = error,
         .cite = {rfc8894, "4.1"},
         .says = "The message of a POST is in its body and not in its target",
         .covers = {"SCEP-4.1-post-request-line"},
         .check = post_has_message_in_body},
        {.id = "post.media-type",
         .severity = warning,
         .cite = {rfc8894, "4.3"},
         .says = "A POST has Content-Type application/x-pki-message",
         .covers = {"SCEP-4.3-post-content-type"},
         .check = post_content_type},
        {.id = "post.content-length",
         .severity = error,
         .cite = {rfc8894, "4.3"},
         .says = "A POST has the Content-Length of its body, or is chunked",
         .covers = {"SCEP-4.1-content-length"},
         .check = post_content_length},
        {.id = "target.parameters-once",
         .severity = error,
         .cite = {rfc8894, "4.1"},
         .says = "operation and message are in the target once at most",
         .covers = {"SCEP-4.1-get-request-line"},
         .check = parameters_once},
        {.id = "target.operation-first",
         .severity = warning,
         .cite = {rfc8894, "4.1"},
         .says = "operation is the first parameter of the target",
         .covers = {"SCEP-4.1-get-request-line"},
         .check = operation_comes_first},
        {.id = "target.no-request-data",
         .severity = warning,
         .cite = {rfc8894, "4.2"},
         .says = "GetCACaps, GetCACert and GetNextCACert have no data, or the drafts' identifier of a CA",
         .covers = {"SCEP-4.2-no-request-data", "SCEP-4.7-no-request-data", "LEG-5.1-ca-ident"},
         .check = no_request_data},
        {.id = "target.path-directed",
         .severity = warning,
         .cite = {rfc8894, "4.1"},
         .says = "The path is /cgi-bin/pkiclient.exe, or what the CA directs its clients to",
         .covers = {"SCEP-4.1-scepppath-default"},
         .check = default_path},
        {.id = "target.escapes-valid",
         .severity = error,
         .cite = {rfc3986, "2.1"},
         .says = "\"%\" in a target begins an escape of two hexadecimal digits",
         .covers = {"URL-percent-valid"},
         .check = escapes_valid},
        {.id = "target.escapes-upper-case",
         .severity = notice,
         .cite = {rfc3986, "2.1"},
         .says = "Percent escapes have upper-case digits",
         .covers = {"URL-percent-uppercase"},
         .check = escapes_upper_case},
        {.id = "next-ca.announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "GetNextCACert goes to a CA that announced it",
         .covers = {"SCEP-3.5.2-getnextcacert-keyword", "SCEP-3.5.2-client-empty-means-none"},
         .check = next_ca_announced},
        {.id = "capabilities.answered",
         .severity = warning,
         .cite = {rfc8894, "3.5"},
         .says = "GetCACaps is answered, and the connection not closed instead",
         .covers = {"SCEP-3.5-getcacaps-implemented", "VEN-ms-no-caps"},
         .check = capabilities_answered},
    };
    return rules;
}

}  // namespace sceplab::rules
