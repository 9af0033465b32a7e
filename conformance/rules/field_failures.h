#pragma once

#include <conformance/rules/outcome.h>

#include <span>
#include <string_view>

// What was seen to fail in the field: the rows of conformance/field-failures.tsv, as data of the program.
namespace sceplab::rules {

struct KnownFailure {
    std::string_view id;     // "FF-001"; a name, for ever
    std::string_view kind;   // finding; live and receiver: what no capture can show
    std::string_view rules;  // whose findings are this deviation, separated by spaces
    std::string_view side;   // of the findings: request, response, both
    std::string_view when;   // a text that the finding's message has; "-": any
    std::string_view breaks; // the products it is known to break
    std::string_view what;   // one sentence
    std::string_view links;  // URLs, separated by spaces
    std::string_view reason; // why there is no finding
};
[[nodiscard]] std::span<const KnownFailure> known_failures();
// Those that a finding is, in the order of the table.
[[nodiscard]] std::vector<const KnownFailure*> known_failures(std::string_view rule, const Violation& violation);

} // namespace sceplab::rules
