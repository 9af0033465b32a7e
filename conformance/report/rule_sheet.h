#pragma once

#include <conformance/report/options.h>
#include <conformance/rules/rule.h>

#include <span>
#include <string>

namespace sceplab::report {

// A line a rule: its level, its id, what it says.
[[nodiscard]] std::string rule_list(std::span<const rules::RuleInfo> rules);

// All that is known of each: what it says, where that stands, its level in each profile, what it is asked of, the requirements of the catalogue that it
// covers, and a finding of it.
[[nodiscard]] std::string rule_sheets(std::span<const rules::RuleInfo> rules, const Options& options = {});

// The same as JSON, as sceplab-rules-1.schema.json says.
[[nodiscard]] std::string rules_json(std::string_view version, std::span<const rules::RuleInfo> rules);

} // namespace sceplab::report
