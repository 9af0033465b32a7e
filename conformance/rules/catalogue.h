#pragma once

#include <span>
#include <string_view>

// The tables of conformance/*.tsv, as data of the program: what the documents require, and how each requirement is met with.
namespace sceplab::rules {

// A row of requirements.tsv.
struct Requirement {
    std::string_view id;         // "SCEP-3.2.1.5-nonce-length"; a name, for ever
    std::string_view document;   // "RFC 8894"
    std::string_view section;
    std::string_view level;      // MUST, MUST NOT, SHOULD, SHOULD NOT, MAY; fact: a declarative sentence or a structural rule
    std::string_view severity;   // of the rule: error, warning, notice; "-" where there is none
    std::string_view kind;       // rule, guard, report, "same as ID", live, not decidable
    std::string_view by;         // the rules; the guard's test; the notice, or the member of the report; the reason
    std::string_view statement;
    std::string_view links;      // URLs, separated by spaces
};
[[nodiscard]] std::span<const Requirement> requirements();
// Nothing where there is none of that id.
[[nodiscard]] const Requirement* requirement(std::string_view id);

// A row of documents.tsv.
struct DocumentContents {
    std::string_view name;       // "RFC 8894"
    std::string_view link;       // of a section, which takes the place of "{}"
    std::string_view sections;   // all there are, separated by spaces
};
[[nodiscard]] std::span<const DocumentContents> documents();

// A row of examples.tsv: the finding of a rule in one of the tests. Empty texts where there is none.
struct Example {
    std::string_view rule;
    std::string_view path;
    std::string_view message;
};
[[nodiscard]] Example example(std::string_view rule);

}  // namespace sceplab::rules
