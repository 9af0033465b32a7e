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

namespace {

std::string_view name(Document document) {
    switch (document) {
        case Document::rfc8894: return "RFC 8894";
        case Document::nourse22: return "draft-nourse-scep-22";
        case Document::rfc5652: return "RFC 5652";
        case Document::rfc5280: return "RFC 5280";
        case Document::rfc2986: return "RFC 2986";
        case Document::rfc2985: return "RFC 2985";
        case Document::rfc4648: return "RFC 4648";
        case Document::rfc3986: return "RFC 3986";
        case Document::rfc5754: return "RFC 5754";
        case Document::x690: return "X.690";
    }
    return "";
}

}  // namespace

std::string to_string(const Citation& citation) {
    return std::string(name(citation.document)) + ", " + std::string(citation.section);
}

}  // namespace sceplab::rules
