#include <conformance/rules/rule.h>

namespace sceplab::rules {

std::string_view name(Severity severity) {
    switch (severity) {
        case Severity::notice: return "notice";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "notice";
}

std::string_view name(Document document) {
    switch (document) {
        using enum Document;
        case rfc8894: return "RFC 8894";
        case nourse22: return "draft-nourse-scep-22";
        case gutmann01: return "draft-gutmann-scep-01";
        case rfc2315: return "RFC 2315";
        case rfc2985: return "RFC 2985";
        case rfc2986: return "RFC 2986";
        case rfc3211: return "RFC 3211";
        case rfc3370: return "RFC 3370";
        case rfc3565: return "RFC 3565";
        case rfc3986: return "RFC 3986";
        case rfc4648: return "RFC 4648";
        case rfc5280: return "RFC 5280";
        case rfc5652: return "RFC 5652";
        case rfc5754: return "RFC 5754";
        case rfc8018: return "RFC 8018";
        case rfc8933: return "RFC 8933";
        case rfc9110: return "RFC 9110";
        case rfc9112: return "RFC 9112";
        case rfc9629: return "RFC 9629";
        case rfc9936: return "RFC 9936";
        case x690: return "X.690";
        case practice: return "practice";
    }
    return "";
}

std::string to_string(const Citation& citation) {
    std::string out(name(citation.document));
    return citation.document == Document::practice ? out : out.append(", ").append(citation.section);
}

}  // namespace sceplab::rules
