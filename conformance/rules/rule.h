#pragma once

#include <conformance/rules/outcome.h>

#include <span>
#include <string_view>
#include <vector>

namespace sceplab::rules {

enum class Severity : std::uint8_t { notice, warning, error };
[[nodiscard]] std::string_view name(Severity severity);

enum class Document : std::uint8_t {
    rfc8894, nourse22, gutmann01, rfc2315, rfc2985, rfc2986, rfc3211, rfc3370, rfc3565, rfc3986, rfc4648, rfc5280, rfc5652, rfc5754, rfc8018, rfc8933, rfc9110, rfc9112, rfc9629,
    rfc9936, x690,
    practice,  // what implementations do, without a document
};
// "RFC 8894"
[[nodiscard]] std::string_view name(Document document);
struct Citation {
    Document document = Document::rfc8894;
    std::string_view section;
};
// "RFC 8894, 3.2.1.5"; of practice, the name alone
[[nodiscard]] std::string to_string(const Citation& citation);

// One requirement that can be checked. The subject's type is the precondition: the engine builds subjects (subjects.h), a rule looks at one and gives an Outcome.
template <class Subject>
struct Rule {
    std::string_view id;                     // permanent, never reused: "nonce.recipient-echoes-sender"
    Severity severity = Severity::error;     // profiles change it in profile.cc
    Citation cite;
    std::string_view says;                   // the requirement, as a sentence that is true of a conforming message
    std::vector<std::string_view> covers;    // requirement ids of the catalogue
    Outcome (*check)(const Subject&) = nullptr;
};

template <class Subject>
using RuleSpan = std::span<const Rule<Subject>>;

// The part of a rule that does not depend on its subject; what it looks at lives as long as the program.
struct RuleInfo {
    std::string_view id;
    Severity severity = Severity::error;
    Citation cite;
    std::string_view says;
    std::span<const std::string_view> covers;  // of the rule's own list
    std::string_view subject = {};  // what it is asked of: the name of its subject's type, "Pair"
};

}  // namespace sceplab::rules
