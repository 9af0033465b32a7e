#include <conformance/rules/http_fields.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <array>
#include <utility>

// How answers are put into HTTP: status, Content-Type, and bodies that are what they say (RFC 8894, 3.5.2, 4.2.1, 4.3.1, 4.7.1).
namespace sceplab::rules {

namespace {

using evidence::BodyKind;
using scep::Operation;

bool is_good(const Answer& answer) { return answer.http.status == 200; }

std::string status(const Answer& answer) { return "HTTP status " + std::to_string(answer.http.status); }

Outcome well_formed(const Answer& answer) {
    const auto& malformed = answer.http.malformed;
    return malformed ? Outcome::violation(body_place(answer), "the answer is no HTTP message: " + *malformed) : Outcome::pass();
}

Outcome content_coding(const Answer& answer) {
    const auto coding = field(answer, "Content-Encoding").value;
    if (answer.http.body.empty()) {
        return Outcome::not_applicable();
    }
    return coding && lower_case(*coding) != "identity"
               ? Outcome::violation(field_place(answer, "Content-Encoding"), "the body came with Content-Encoding " + quoted(*coding))
               : Outcome::pass();
}

Outcome body_is_binary(const Answer& answer) {
    using enum scep::http::TextDeviationKind;
    const bool cms = answer.facts.kind == BodyKind::pki_message || answer.facts.kind == BodyKind::certificates;
    if (!is_good(answer) || !cms) {
        return Outcome::not_applicable();
    }
    for (const auto& deviation : answer.facts.text_deviations) {
        if (deviation.kind == base64_body || deviation.kind == pem) {
            return Outcome::violation(place(answer.exchange, Side::response, deviation.where, "body"),
                                      std::string("the body is ") + (deviation.kind == pem ? "PEM" : "base64") + " where binary is due");
        }
    }
    return Outcome::pass();
}

Outcome has_content_type(const Answer& answer) {
    if (!is_good(answer) || answer.http.body.empty()) {
        return Outcome::not_applicable();
    }
    const Field type = field(answer, "Content-Type");
    if (!type.known) {
        return no_fields();
    }
    return type.value ? Outcome::pass() : Outcome::violation(field_place(answer, "Content-Type"), "an answer without a Content-Type");
}

// Which type is due: of what answers an operation, or of the form in which GetCACert answers.
struct Type {
    Operation operation;
    std::string_view media_type;
    std::string_view id;
    std::string_view section;
    std::string_view says;
    std::string_view covers;
};

// clang-format off
constexpr std::array types{
    Type{Operation::GetCACaps, "text/plain", "media-type.capabilities", "3.5.2",
         "The answer to GetCACaps has Content-Type text/plain", "SCEP-3.5.2-content-type"},
    Type{Operation::GetNextCACert, "application/x-x509-next-ca-cert", "media-type.next-ca", "4.7.1",
         "The answer to GetNextCACert has Content-Type application/x-x509-next-ca-cert", "SCEP-4.7.1-content-type"},
    Type{Operation::PKIOperation, "application/x-pki-message", "media-type.cert-rep", "4.3.1",
         "A CertRep has Content-Type application/x-pki-message", "SCEP-4.3.1-response-content-type"},
};
// clang-format on

constexpr std::string_view one_certificate = "application/x-x509-ca-cert";
constexpr std::string_view chain = "application/x-x509-ca-ra-cert";

// The media type of an answer that is what was asked for; nothing where there is nothing to judge.
std::optional<std::string> type_of(const Answer& answer, Operation operation) {
    const BodyKind kind = answer.facts.kind;
    const bool is_it = operation == Operation::GetCACaps ? kind == BodyKind::capabilities
                                                         : kind == BodyKind::pki_message || kind == BodyKind::certificates;
    const auto type = field(answer, "Content-Type").value;
    return is_good(answer) && answer.exchange.operation == operation && is_it && type ? std::optional(scep::http::media_type(*type))
                                                                                      : std::nullopt;
}

Outcome other_type(const Answer& answer, const std::string& due) {
    return Outcome::violation(field_place(answer, "Content-Type"),
                              "Content-Type is " + quoted(*field(answer, "Content-Type").value) + " where " + due + " is due");
}

template <std::size_t row>
Outcome has_type(const Answer& answer) {
    const auto type = type_of(answer, types[row].operation);
    if (!type) {
        return Outcome::not_applicable();
    }
    return *type == types[row].media_type ? Outcome::pass() : other_type(answer, std::string(types[row].media_type));
}

Outcome certificates_have_type(const Answer& answer) {
    const auto type = type_of(answer, Operation::GetCACert);
    if (!type) {
        return Outcome::not_applicable();
    }
    return *type == one_certificate || *type == chain ? Outcome::pass() : other_type(answer, std::string(one_certificate) + " or " + std::string(chain));
}

Outcome certificates_are_of_type(const Answer& answer) {
    const auto type = type_of(answer, Operation::GetCACert);
    if (!type || (*type != one_certificate && *type != chain)) {
        return Outcome::not_applicable();
    }
    const bool bare = answer.facts.certs_only && answer.facts.certs_only->certificate;
    if (bare == (*type == one_certificate)) {
        return Outcome::pass();
    }
    return Outcome::violation(field_place(answer, "Content-Type"),
                              "Content-Type is " + *type + ", the body " + (bare ? "one Certificate" : "a SignedData"));
}

template <std::size_t... row>
void add_types(std::vector<Rule<Answer>>& rules, std::index_sequence<row...>) {
    (rules.push_back({.id = types[row].id,
                      .severity = Severity::warning,
                      .cite = {Document::rfc8894, types[row].section},
                      .says = types[row].says,
                      .covers = {types[row].covers},
                      .check = has_type<row>}),
     ...);
}

Outcome cert_rep_with_200(const Answer& answer) {
    if (answer.exchange.operation != Operation::PKIOperation || !answer.facts.message || answer.http.status == 0) {
        return Outcome::not_applicable();
    }
    return is_good(answer) ? Outcome::pass() : Outcome::violation(body_place(answer), "a CertRep under " + status(answer));
}

Outcome ca_certificate_with_200(const Answer& answer) {
    const int code = answer.http.status;
    if (answer.exchange.operation != Operation::GetCACert || code == 0 || (code >= 300 && code < 400)) {
        return Outcome::not_applicable();
    }
    return is_good(answer) ? Outcome::pass() : Outcome::violation(body_place(answer), "GetCACert is answered with " + status(answer));
}

Outcome post_works(const Answer& answer) {
    const auto& request = answer.exchange.exchange.request;
    const bool post = answer.exchange.operation == Operation::PKIOperation && request && request->method == "POST";
    if (!post || !answer.exchange.server.announces("POSTPKIOperation")) {
        return Outcome::not_applicable();
    }
    const bool refused = answer.http.status == 405 || answer.http.status == 501;
    return refused ? Outcome::violation(body_place(answer), "a POST is answered with " + status(answer) + " though the CA announced that it takes them")
                   : Outcome::pass();
}

Outcome next_ca_works(const Answer& answer) {
    if (answer.exchange.operation != Operation::GetNextCACert || !answer.exchange.server.announces("GetNextCACert")) {
        return Outcome::not_applicable();
    }
    return answer.http.status >= 400
               ? Outcome::violation(body_place(answer), "GetNextCACert is answered with " + status(answer) + " though the CA announced it")
               : Outcome::pass();
}

Outcome capabilities_are_text(const Answer& answer) {
    if (answer.exchange.operation != Operation::GetCACaps || !is_good(answer) || answer.http.body.empty()) {
        return Outcome::not_applicable();
    }
    const Input body = answer.http.body;
    const auto text_place = [&](std::uint32_t at) { return place(answer.exchange, Side::response, body.slice(at, 1).location(), "body"); };
    if (body[0] == '<') {
        return Outcome::violation(text_place(0), "the body begins like HTML or XML: " + quoted(body.slice(0, 40).text()));
    }
    const auto is_text = [](std::uint8_t c) { return (c >= 0x20 && c < 0x7f) || c == '\r' || c == '\n' || c == '\t'; };
    const auto* wrong = std::ranges::find_if_not(body, is_text);
    if (wrong == body.end()) {
        return Outcome::pass();
    }
    const auto at = static_cast<std::uint32_t>(wrong - body.begin());
    return Outcome::violation(text_place(at), "octet " + hex(body.slice(at, 1)) + " is no character of a plain text");
}

std::vector<Rule<Answer>> make_rules() {
    using enum Document;
    using enum Severity;
    std::vector<Rule<Answer>> rules{
        {.id = "http.answer-well-formed",
         .severity = error,
         .cite = {rfc9112, "2.1"},
         .says = "An answer is an HTTP message that parses",
         .covers = {"HTTP-chunked"},
         .check = well_formed},
        {.id = "http.no-content-coding",
         .severity = notice,
         .cite = {rfc9110, "8.4"},
         .says = "A body comes without a content coding that receivers of SCEP have to undo",
         .covers = {"HTTP-content-encoding"},
         .check = content_coding},
        {.id = "answer.binary",
         .severity = error,
         .cite = {rfc8894, "4.2.1.1"},
         .says = "Certificates and CertReps are sent as they are, without base64 or PEM",
         .covers = {"SCEP-4.2.1.1-single-der", "SCEP-4.3.1-response-binary"},
         .check = body_is_binary},
        {.id = "media-type.present",
         .severity = warning,
         .cite = {rfc9110, "8.3"},
         .says = "An answer with a body has a Content-Type",
         .covers = {"LEG-5.1.1-content-type-must"},
         .check = has_content_type},
        {.id = "media-type.get-ca-cert",
         .severity = warning,
         .cite = {rfc8894, "4.2.1"},
         .says = "The answer to GetCACert has one of its two media types",
         .covers = {"SCEP-4.2.1.1-single-ct", "SCEP-4.2.1.2-chain-ct"},
         .check = certificates_have_type},
        {.id = "media-type.fits-certificates",
         .severity = error,
         .cite = {rfc8894, "4.2.1"},
         .says = "application/x-x509-ca-cert is one Certificate, application/x-x509-ca-ra-cert a SignedData",
         .covers = {"SCEP-4.2.1.1-single-ct", "SCEP-4.2.1.2-chain-ct"},
         .check = certificates_are_of_type},
        {.id = "cert-rep.http-status",
         .severity = warning,
         .cite = {rfc8894, "4.3.1"},
         .says = "A CertRep, of FAILURE too, comes with HTTP status 200",
         .covers = {"SCEP-4.3.1-failure-is-http-200"},
         .check = cert_rep_with_200},
        {.id = "get-ca-cert.http-status",
         .severity = warning,
         .cite = {rfc8894, "4.2.1"},
         .says = "GetCACert is answered with HTTP status 200",
         .covers = {"SCEP-4.2-http-200"},
         .check = ca_certificate_with_200},
        {.id = "capabilities.post-works",
         .severity = error,
         .cite = {rfc8894, "3.5.2"},
         .says = "A CA that announces POSTPKIOperation or SCEPStandard takes a POST",
         .covers = {"SCEP-3.5.2-post-keyword", "SCEP-3.5.2-scepstandard-implies"},
         .check = post_works},
        {.id = "capabilities.next-ca-works",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "A CA that announces GetNextCACert answers it",
         .covers = {"SCEP-3.5.2-getnextcacert-keyword"},
         .check = next_ca_works},
        {.id = "capabilities.plain-text",
         .severity = error,
         .cite = {rfc8894, "3.5.2"},
         .says = "The capabilities are plain text",
         .covers = {"SCEP-3.5.2-plaintext-lines", "SCEP-3.5.2-empty-when-none"},
         .check = capabilities_are_text},
    };
    add_types(rules, std::make_index_sequence<types.size()>());
    return rules;
}

}  // namespace

RuleSpan<Answer> http_answer_rules() {
    static const std::vector<Rule<Answer>> rules = make_rules();
    return rules;
}

}  // namespace sceplab::rules
