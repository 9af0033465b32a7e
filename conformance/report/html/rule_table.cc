#include <conformance/report/html/rule_table.h>

#include <conformance/report/html/element.h>
#include <conformance/report/where.h>

#include <fmt/format.h>

#include <map>

namespace sceplab::report {

namespace {

using html::add_text;
using html::attribute;
using html::element;
using pugi::xml_node;
using rules::Tally;

// How many rules of a family ended how.
struct Sums {
    std::size_t held = 0;
    std::size_t violated = 0;
    std::size_t not_performed = 0;
    std::size_t not_applicable = 0;
};

Sums sum(const std::vector<const Tally*>& tallies) {
    Sums out;
    for (const Tally* tally : tallies) {
        ++(tally->violated > 0                ? out.violated
           : tally->pass > 0                  ? out.held
           : !tally->not_performed.empty() ? out.not_performed
                                              : out.not_applicable);
    }
    return out;
}

void reasons(xml_node cell, const Tally& tally) {
    constexpr std::size_t most = 6;
    std::map<std::string_view, std::vector<const rules::NotPerformed*>> by_reason;
    for (const rules::NotPerformed& gap : tally.not_performed) {
        by_reason[gap.reason].push_back(&gap);
    }
    for (const auto& [reason, gaps] : by_reason) {
        std::string where;
        for (std::size_t i = 0; i < gaps.size() && i < most; ++i) {
            where += (i == 0 ? " – " : ", ") + (gaps[i]->exchange ? fmt::format("#{} {}", *gaps[i]->exchange, name(gaps[i]->side)) : "run");
        }
        element(cell, "div", "gap", fmt::format("not performed: {}{}{}", reason, where, gaps.size() > most ? ", …" : ""));
    }
}

void add_rule(xml_node body, const Tally& tally) {
    xml_node row = element(body, "tr");
    attribute(row, "id", fmt::format("rule-{}", tally.rule.id));
    xml_node rule = element(row, "td");
    element(rule, "code", nullptr, tally.rule.id);
    element(rule, "div", nullptr, tally.rule.says);
    xml_node small = element(rule, "small");
    add_text(small, fmt::format("{} · ", name(tally.rule.severity)));
    cite(small, tally.rule.cite);
    xml_node outcome = element(row, "td");
    if (tally.violated > 0) {
        element(outcome, "div", std::string(name(tally.rule.severity)).c_str(), fmt::format("violated {}", tally.violated));
    }
    if (tally.pass > 0) {
        element(outcome, "div", "held", fmt::format("held {}", tally.pass));
    }
    reasons(outcome, tally);
    if (tally.pass == 0 && tally.violated == 0 && tally.not_performed.empty()) {
        element(outcome, "div", "quiet", "not applicable");
    }
}

} // namespace

void cite(xml_node parent, const rules::Citation& citation) {
    const std::string address = url(citation);
    if (address.empty()) {
        add_text(parent, to_string(citation));
        return;
    }
    xml_node anchor = element(parent, "a", nullptr, to_string(citation));
    attribute(anchor, "href", address);
    attribute(anchor, "rel", "noreferrer");
}

void add_rule_table(xml_node main, const rules::Result& result) {
    xml_node section = element(main, "section");
    attribute(section, "id", "rules");
    attribute(section, "aria-labelledby", "rules-title");
    attribute(element(section, "h2", nullptr, "Rules"), "id", "rules-title");
    std::map<std::string_view, std::vector<const Tally*>> families;
    for (const Tally& tally : result.rules) {
        families[family(tally.rule.id)].push_back(&tally);
    }
    for (const auto& [family, tallies] : families) {
        const Sums sums = sum(tallies);
        xml_node details = element(section, "details", "family");
        if (sums.violated > 0) {
            attribute(details, "open", "");
        }
        xml_node summary = element(details, "summary");
        element(summary, "b", nullptr, family);
        const auto part = [&](std::size_t count, const char* classes, const char* words) {
            if (count > 0) {
                element(summary, "span", classes, fmt::format("{} {}", count, words));
            }
        };
        part(sums.violated, "violated", "violated");
        part(sums.held, "held", "held");
        part(sums.not_performed, "gap", "not performed");
        part(sums.not_applicable, "quiet", "not applicable");
        xml_node table = element(details, "table");
        xml_node titles = element(element(table, "thead"), "tr");
        for (const char* title : {"Rule", "Outcome"}) {
            attribute(element(titles, "th", nullptr, title), "scope", "col");
        }
        xml_node body = element(table, "tbody");
        for (const Tally* tally : tallies) {
            add_rule(body, *tally);
        }
    }
}

} // namespace sceplab::report
