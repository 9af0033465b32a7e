#include <conformance/report/rule_sheet.h>

#include <conformance/report/style.h>
#include <conformance/rules/catalogue.h>
#include <conformance/rules/profile.h>
#include <conformance/rules/registry.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sceplab::report {

namespace {

using json_t = nlohmann::ordered_json;
using rules::RuleInfo;

// Of the section that is cited; empty where it has none.
std::string link(const rules::Citation& cite) {
    const auto documents = rules::documents();
    const auto found = std::ranges::find(documents, rules::name(cite.document), &rules::DocumentContents::name);
    std::string out(found == documents.end() ? std::string_view() : found->link);
    if (const std::size_t place = out.find("{}"); place != std::string::npos) {
        out.replace(place, 2, cite.section);
    }
    return out;
}

std::string level(const RuleInfo& rule, std::string_view profile) {
    const auto severity = rules::Profile::named(profile)->severity(rule.id, rule.severity);
    return std::string(severity ? rules::name(*severity) : "off");
}

// "error; nourse: warning"
std::string levels(const RuleInfo& rule) {
    std::string out(rules::name(rule.severity));
    for (const std::string_view profile : rules::Profile::names()) {
        if (const std::string here = level(rule, profile); here != rules::name(rule.severity)) {
            out += fmt::format("; {}: {}", profile, here);
        }
    }
    return out;
}

// "-" is how the tables say that there is nothing.
std::string_view or_nothing(std::string_view text) { return text == "-" ? std::string_view() : text; }

json_t or_null(std::string_view text) { return text.empty() ? json_t(nullptr) : json_t(text); }

class Sheets {
public:
    explicit Sheets(const Options& options) : m_style(options.colour) {}

    void add(const RuleInfo& rule) {
        m_out += fmt::format("{}{}\n", m_out.empty() ? "" : "\n", m_style.bold(rule.id));
        line("says", rule.says);
        line("source", to_string(rule.cite));
        line("", link(rule.cite));
        line("level", levels(rule));
        line("asked of", rules::subject_in_words(rule.subject));
        for (const std::string_view id : rule.covers) {
            line("covers", id);
            if (const rules::Requirement* requirement = rules::requirement(id)) {
                line("", fmt::format("{}, {}, {}", requirement->document, requirement->section, requirement->level));
                line("", or_nothing(requirement->statement));
            }
        }
        const rules::Example example = rules::example(rule.id);
        line("example", or_nothing(example.message));
        line("", example.message.empty() ? std::string_view() : or_nothing(example.path));
    }
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    void line(std::string_view name, std::string_view text) {
        if (!text.empty()) {
            m_out += fmt::format("  {} {}\n", m_style.dim(fmt::format("{:<9}", name)), text);
        }
    }

    Style m_style;
    std::string m_out;
};

json_t requirements(const RuleInfo& rule) {
    json_t out = json_t::array();
    for (const std::string_view id : rule.covers) {
        const rules::Requirement* requirement = rules::requirement(id);
        const auto text = [&](std::string_view rules::Requirement::*member) {
            return requirement == nullptr ? json_t(nullptr) : or_null(or_nothing(requirement->*member));
        };
        out.push_back({{"id", id},
                       {"document", text(&rules::Requirement::document)},
                       {"section", text(&rules::Requirement::section)},
                       {"level", text(&rules::Requirement::level)},
                       {"statement", text(&rules::Requirement::statement)}});
    }
    return out;
}

} // namespace

std::string rule_list(std::span<const RuleInfo> rules) {
    std::string out;
    for (const RuleInfo& rule : rules) {
        out += fmt::format("{:<7}  {:<44}  {}\n", rules::name(rule.severity), rule.id, rule.says);
    }
    return out;
}

std::string rule_sheets(std::span<const RuleInfo> rules, const Options& options) {
    Sheets sheets(options);
    for (const RuleInfo& rule : rules) {
        sheets.add(rule);
    }
    return sheets.take();
}

std::string rules_json(std::string_view version, std::span<const RuleInfo> rules) {
    json_t list = json_t::array();
    for (const RuleInfo& rule : rules) {
        json_t profiles = json_t::object();
        for (const std::string_view profile : rules::Profile::names()) {
            profiles[std::string(profile)] = level(rule, profile);
        }
        const rules::Example example = rules::example(rule.id);
        list.push_back({{"rule", rule.id},
                        {"says", rule.says},
                        {"severity", rules::name(rule.severity)},
                        {"profiles", std::move(profiles)},
                        {"citation", to_string(rule.cite)},
                        {"link", or_null(link(rule.cite))},
                        {"subject", rules::subject_in_words(rule.subject)},
                        {"requirements", requirements(rule)},
                        {"example", example.message.empty() ? json_t(nullptr) : json_t{{"path", example.path}, {"message", example.message}}}});
    }
    const json_t document{{"schema", "sceplab-rules/1"}, {"tool", {{"version", version}}}, {"rules", std::move(list)}};
    return document.dump(2, ' ', false, json_t::error_handler_t::replace) + '\n';
}

} // namespace sceplab::report
