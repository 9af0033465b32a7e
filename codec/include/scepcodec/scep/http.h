#pragma once

#include <scepcodec/der/source.h>
#include <scepcodec/scep/types.h>

#include <string>
#include <vector>

// SCEP's HTTP binding (RFC 8894, 4) as pure functions over captured octets. Octets that are decoded become a derived source, whose offsets map back.
namespace scep::http {

// ASCII letters of either case are the same, as for the names of HTTP's fields and of capabilities.
[[nodiscard]] bool same_but_for_case(std::string_view a, std::string_view b);
// In any case, as servers take it; RequestTarget::operation() is exact.
[[nodiscard]] std::optional<Operation> operation_named(std::string_view text);

// One name=value of a query; neither is percent-decoded.
struct Parameter {
    der::Input name;
    der::Input value;
};

// A request target: path "?" query (RFC 8894, 4.1).
struct RequestTarget {
    der::Input whole;
    der::Input path;
    std::vector<Parameter> parameters;  // in order, doubled ones too

    // The first parameter of that name, compared without regard to case.
    [[nodiscard]] std::optional<der::Input> parameter(std::string_view name) const;
    [[nodiscard]] std::optional<der::Input> operation_text() const { return parameter("operation"); }
    // Known only when it is spelt exactly as the RFC spells it.
    [[nodiscard]] std::optional<Operation> operation() const;
    [[nodiscard]] std::optional<der::Input> message() const { return parameter("message"); }
};
[[nodiscard]] RequestTarget parse_target(der::Input target);

// How a base64 text departs from RFC 8894, 4.1: standard base64 whose "+", "/" and "=" are percent-escaped in a query.
enum class TextDeviationKind : std::uint8_t {
    raw_plus,
    raw_slash,
    raw_equals,
    space_for_plus,
    base64url,
    line_break,
    missing_padding,
    pad_bits,          // bits of the last digit that no octet takes are not zero (RFC 4648, 3.5)
    double_escape,     // "%252B"
    base64_body,       // a POST body that is base64 where octets are due
    pem,
};
[[nodiscard]] std::string_view name(TextDeviationKind kind);

struct TextDeviation {
    TextDeviationKind kind = TextDeviationKind::raw_plus;
    Location where;  // the first occurrence, in the text
};

struct DecodedText {
    der::Input octets;                      // a source of kind base64
    std::vector<TextDeviation> deviations;  // one of each kind at most, in the order of their places
};

// The message= value of a GET PKIOperation: percent decoding, then base64. Errors: invalid_percent_escape, invalid_base64, at the offset of the octet; limit_bytes.
[[nodiscard]] Result<DecodedText> decode_get_message(der::Input value, Sources& sources);
// Base64 or PEM where no percent encoding is: a file, or a body that was not decoded by its sender. Errors: invalid_base64, invalid_pem, limit_bytes.
[[nodiscard]] Result<DecodedText> decode_base64(der::Input text, Sources& sources);
// Hexadecimal digits, white space and colons between. Errors: invalid_hex, limit_bytes.
[[nodiscard]] Result<DecodedText> decode_hex(der::Input text, Sources& sources);
// Whether octets look like base64 or PEM text of a DER value, so that decoding is worth a try.
[[nodiscard]] bool looks_like_base64(der::Input octets);

// One line of a GetCACaps answer (RFC 8894, 3.5.2); white space around it is left out.
struct Capability {
    der::Input text;
    bool known = false;        // a keyword of the RFC, spelt exactly
    bool other_case = false;   // a keyword but for its case
};
struct Capabilities {
    std::vector<Capability> lines;  // empty lines are left out

    // The keyword, in any case: receivers differ, and a checker must not lose it.
    [[nodiscard]] bool has(std::string_view keyword) const;
};
[[nodiscard]] Capabilities parse_capabilities(der::Input text);

// A media type without its parameters, in lower case: "application/x-pki-message". Empty where there is none.
[[nodiscard]] std::string media_type(std::string_view content_type);

}  // namespace scep::http
