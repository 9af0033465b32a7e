#include <conformance/cli/list_rules.h>

#include <conformance/cli/options.h>
#include <conformance/cli/output.h>
#include <conformance/rules/registry.h>

#include <fmt/format.h>

#include <algorithm>

namespace sceplab::cli {

int list_rules(const std::string& id) {
    const std::vector<rules::RuleInfo> all = rules::all_rules();
    std::string out;
    if (id.empty()) {
        for (const rules::RuleInfo& rule : all) {
            out += fmt::format("{:<7}  {:<44}  {}\n", rules::name(rule.severity), rule.id, rule.says);
        }
        return write_document(out, {}) ? exit_nothing_found : exit_unusable;
    }
    const auto found = std::ranges::find(all, id, &rules::RuleInfo::id);
    if (found == all.end()) {
        tell(id, "no such rule; `sceplab rules` lists them");
        return exit_unusable;
    }
    out = fmt::format("{}\n  {}\n  level:  {}\n  source: {}\n", found->id, found->says, rules::name(found->severity), rules::to_string(found->cite));
    for (const std::string_view requirement : found->covers) {
        out += fmt::format("  covers: {}\n", requirement);
    }
    return write_document(out, {}) ? exit_nothing_found : exit_unusable;
}

}  // namespace sceplab::cli
