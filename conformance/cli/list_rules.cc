#include <conformance/cli/list_rules.h>

#include <conformance/cli/near_names.h>
#include <conformance/cli/output.h>
#include <conformance/report/rule_sheet.h>
#include <conformance/rules/glob.h>
#include <conformance/rules/registry.h>

#include <algorithm>

#include <unistd.h>

namespace sceplab::cli {

int list_rules(const RulesOptions& options) {
    const std::vector<rules::RuleInfo> all = rules::all_rules();
    const auto fits = [](const std::string& pattern) {
        return [&](const rules::RuleInfo& rule) { return rules::glob_matches(pattern, rule.id); };
    };
    std::vector<std::string_view> ids;
    for (const rules::RuleInfo& rule : all) {
        ids.push_back(rule.id);
    }
    for (const std::string& pattern : options.patterns) {
        if (std::ranges::none_of(all, fits(pattern))) {
            tell(pattern, "no such rule" + did_you_mean(pattern, ids));
            return exit_unusable;
        }
    }
    std::vector<rules::RuleInfo> chosen;
    std::ranges::copy_if(all, std::back_inserter(chosen), [&](const rules::RuleInfo& rule) {
        return options.patterns.empty() || std::ranges::any_of(options.patterns, [&](const std::string& pattern) { return fits(pattern)(rule); });
    });
    const report::Options how{.colour = options.output.file.empty() && isatty(STDOUT_FILENO) == 1};
    const std::string document = options.output.format == "json" ? report::rules_json(SCEPLAB_VERSION, chosen)
                                 : options.patterns.empty()      ? report::rule_list(chosen)
                                                                 : report::rule_sheets(chosen, how);
    return write_document(document, options.output.file) ? exit_nothing_found : exit_unusable;
}

}  // namespace sceplab::cli
