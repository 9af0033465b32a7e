#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <array>
#include <utility>

// The request target and the texts in it (RFC 8894, 4.1). One row for each way to write base64 otherwise.
namespace sceplab::rules {

namespace {

using evidence::BodyKind;
using scep::Operation;
using scep::http::TextDeviationKind;

struct Row {
    TextDeviationKind kind;
    std::string_view id;
    Severity severity;
    Citation cite;
    std::string_view says;
    std::string_view covers;
    const char* message;
    std::string_view also = {};  // covered too
};

// clang-format off
constexpr std::array rows{
    Row{TextDeviationKind::raw_plus, "get.plus-escaped", Severity::error, {Document::rfc8894, "4.1"},
        "\"+\" of the base64 is sent as %2B", "SCEP-4.1-get-escaped", "a \"+\" that is not escaped reads as a space"},
    Row{TextDeviationKind::raw_slash, "get.slash-escaped", Severity::notice, {Document::rfc8894, "4.1"},
        "\"/\" of the base64 is sent as %2F", "SCEP-4.1-get-escaped", "a \"/\" that is not escaped, as RFC 3986 allows in a query"},
    Row{TextDeviationKind::raw_equals, "get.equals-escaped", Severity::notice, {Document::rfc8894, "4.1"},
        "\"=\" of the base64 is sent as %3D", "SCEP-4.1-get-escaped", "a \"=\" that is not escaped, as RFC 3986 allows in a query"},
    Row{TextDeviationKind::space_for_plus, "get.no-space-for-plus", Severity::error, {Document::rfc8894, "4.1"},
        "The base64 has no spaces for \"+\"", "URL-plus-space", "a space where base64 has \"+\""},
    Row{TextDeviationKind::base64url, "get.base64-alphabet", Severity::error, {Document::rfc8894, "4.1"},
        "The message is in base64, not base64url", "SCEP-4.1-get-not-base64url", "characters of base64url", "SCEP-4.1-get-base64"},
    Row{TextDeviationKind::line_break, "get.no-line-breaks", Severity::warning, {Document::rfc4648, "3.1"},
        "The base64 has no line breaks", "SCEP-4.1-get-no-whitespace", "a line break inside the base64"},
    Row{TextDeviationKind::missing_padding, "get.padded", Severity::warning, {Document::rfc4648, "3.2"},
        "The base64 is padded with \"=\"", "SCEP-4.1-get-padding", "the padding of the base64 is missing"},
    Row{TextDeviationKind::pad_bits, "get.pad-bits-zero", Severity::error, {Document::rfc4648, "3.5"},
        "The bits of the base64 that no octet takes are zero", "URL-b64-pad-bits", "the last digit of the base64 has bits that are not zero and no octet takes"},
    Row{TextDeviationKind::double_escape, "get.escaped-once", Severity::error, {Document::rfc8894, "4.1"},
        "The base64 is percent-escaped once", "SCEP-4.1-get-escape-order", "the base64 is percent-escaped twice"},
    Row{TextDeviationKind::base64_body, "post.binary", Severity::error, {Document::rfc8894, "4.1"},
        "The body of a POST is the message itself, without base64", "SCEP-4.1-post-no-encoding", "the body is base64"},
    Row{TextDeviationKind::pem, "post.not-pem", Severity::error, {Document::rfc8894, "4.1"},
        "The body of a POST is the message itself, without PEM", "SCEP-4.1-post-no-encoding", "the body is PEM"},
};
// clang-format on

constexpr bool concerns_body(TextDeviationKind kind) { return kind == TextDeviationKind::base64_body || kind == TextDeviationKind::pem; }

template <std::size_t row>
Outcome written_right(const Query& query) {
    const bool in_body = !query.exchange.exchange.request->body.empty();
    if (query.exchange.operation != Operation::PKIOperation || query.facts.kind == BodyKind::none ||
        in_body != concerns_body(rows[row].kind)) {
        return Outcome::not_applicable();
    }
    const auto& deviations = query.facts.text_deviations;
    const auto found = std::ranges::find(deviations, rows[row].kind, &scep::http::TextDeviation::kind);
    return found == deviations.end()
               ? Outcome::pass()
               : Outcome::violation(place(query.exchange, Side::request, found->where, in_body ? "body" : "request-target.message"),
                                    rows[row].message);
}

template <std::size_t... row>
void add_family(std::vector<Rule<Query>>& rules, std::index_sequence<row...>) {
    (rules.push_back({.id = rows[row].id,
                      .severity = rows[row].severity,
                      .cite = rows[row].cite,
                      .says = rows[row].says,
                      .covers = rows[row].also.empty() ? std::vector{rows[row].covers} : std::vector{rows[row].covers, rows[row].also},
                      .check = written_right<row>}),
     ...);
}

constexpr std::array operations{Operation::GetCACaps, Operation::GetCACert, Operation::GetNextCACert, Operation::PKIOperation};

Place operation_place(const Query& query) {
    const auto text = query.target.operation_text();
    return place(query.exchange, Side::request, text ? text->location() : query.target.whole.location(),
                 text ? "request-target.operation" : "request-target");
}

Outcome operation_spelt(const Query& query) {
    const std::string& sent = query.exchange.operation_text;
    for (const Operation each : operations) {
        if (sent == name(each)) {
            return Outcome::pass();
        }
        if (lower_case(sent) == lower_case(name(each))) {
            return Outcome::violation(operation_place(query), "operation is " + quoted(sent) + " where " + quoted(name(each)) + " is due");
        }
    }
    return Outcome::not_applicable();
}

Outcome operation_known(const Query& query) {
    if (query.exchange.operation) {
        return Outcome::pass();
    }
    const auto text = query.target.operation_text();
    if (!text && query.facts.kind != BodyKind::pki_message) {
        return Outcome::not_applicable();
    }
    return Outcome::violation(operation_place(query), text ? "operation " + quoted(text->text()) + " is none that SCEP has"
                                                           : std::string("a pkiMessage without an operation"));
}

std::vector<Rule<Query>> make_rules() {
    using enum Document;
    using enum Severity;
    std::vector<Rule<Query>> rules{
        {.id = "operation.known",
         .severity = error,
         .cite = {rfc8894, "4.1"},
         .says = "operation is one of the four that SCEP has",
         .covers = {"SCEP-4.1-operation-known", "SCEP-4.3-operation", "SCEP-4.4-operation", "SCEP-4.5-operation", "SCEP-4.6-operation",
                    "LEG-5.2-operations"},
         .check = operation_known},
        {.id = "operation.spelt-exactly",
         .severity = error,
         .cite = {rfc8894, "4.2"},
         .says = "operation is spelt as the RFC spells it, case included",
         .covers = {"SCEP-4.1-operation-case", "SCEP-4.2-operation", "SCEP-4.7-operation"},
         .check = operation_spelt},
    };
    add_family(rules, std::make_index_sequence<rows.size()>());
    return rules;
}

}  // namespace

RuleSpan<Query> http_query_rules() {
    static const std::vector<Rule<Query>> rules = make_rules();
    return rules;
}

}  // namespace sceplab::rules
