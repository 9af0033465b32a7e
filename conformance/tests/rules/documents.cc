#include <conformance/tests/rules/documents.h>
#include <conformance/tests/rules/rows.h>

#include <conformance/rules/catalogue.h>
#include <conformance/rules/profile.h>
#include <conformance/rules/registry.h>

#include <algorithm>
#include <cctype>

namespace sceplab::test {

namespace {

// Octets and figures that a second run would have otherwise.
std::string masked(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        bool digit = false;
        while (end < text.size() && std::isxdigit(static_cast<unsigned char>(text[end])) != 0) {
            digit = digit || std::isdigit(static_cast<unsigned char>(text[end])) != 0;
            ++end;
        }
        if (end > at && (digit || end - at >= 8)) {
            out += '#';
        } else {
            out += text.substr(at, end - at);
        }
        if (end < text.size()) {
            out += text[end++];
        }
        at = end;
    }
    return out;
}

std::string in_a_cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c == '|' ? "\\|" : c == '<' ? "&lt;" : std::string(1, c);
    }
    return out;
}

std::string link(std::string_view document, std::string_view section) {
    std::string text = std::string(document) + (section == "-" ? "" : ", " + std::string(section));
    for (const rules::DocumentContents& each : rules::documents()) {
        if (each.name == document && each.link != "-") {
            std::string url(each.link);
            if (const auto at = url.find("{}"); at != std::string::npos) {
                const bool appendix = std::isalpha(static_cast<unsigned char>(section.front())) != 0;
                url.replace(at, 2, section);
                if (const auto anchor = url.find("#section-"); appendix && anchor != std::string::npos) {
                    url.replace(anchor, 9, "#appendix-");
                }
            }
            return "[" + text + "](" + url + ")";
        }
    }
    return text;
}

std::string levels(const rules::RuleInfo& rule) {
    std::string out;
    std::string own = "off";
    for (const std::string_view profile : rules::Profile::names()) {
        const auto severity = rules::Profile::named(profile)->severity(rule.id, rule.severity);
        const std::string text(severity ? name(*severity) : "off");
        if (out.empty()) {
            own = text;
            out = text;
        } else if (text != own) {
            out += ", " + text + " in " + std::string(profile);
        }
    }
    return out;
}

std::string list(std::span<const std::string_view> items) {
    std::string out;
    for (const std::string_view each : items) {
        out += (out.empty() ? "" : ", ") + std::string(each);
    }
    return out;
}

}  // namespace

Examples examples() {
    Examples out;
    for (const Row& row : all_rows()) {
        if (std::ranges::all_of(row.findings, [&](const std::string& id) { return out.contains(id); })) {
            continue;
        }
        for (const rules::Finding& each : play(row).findings) {
            const rules::Example kept = rules::example(each.rule.id);
            const bool same = masked(kept.path) == masked(each.violation.place.path) && masked(kept.message) == masked(each.violation.message);
            out.try_emplace(std::string(each.rule.id), same ? ExampleFinding{std::string(kept.path), std::string(kept.message)}
                                                            : ExampleFinding{each.violation.place.path, each.violation.message});
        }
    }
    return out;
}

std::string render_examples(const Examples& examples) {
    std::string out = "rule\tpath\tmessage\n";
    for (const auto& [rule, example] : examples) {
        out += rule + "\t" + example.path + "\t" + example.message + "\n";
    }
    return out;
}

std::string render_rules(const Examples& examples) {
    std::string out = "# Rules\n\nMade from the registry by `./dev doc`.\n";
    std::string family;
    for (const rules::RuleInfo& rule : rules::all_rules()) {
        if (const auto next = std::string(rule.id.substr(0, rule.id.find('.'))); next != family) {
            family = next;
            out += "\n## " + family + "\n";
        }
        out += "\n### " + std::string(rule.id) + "\n\n" + std::string(rule.says) + ".\n\n";
        out += "- Level: " + levels(rule) + "\n";
        out += "- Cites: " + link(name(rule.cite.document), rule.cite.section) + "\n";
        out += "- Asked of: " + std::string(rules::subject_in_words(rule.subject)) + "\n";
        if (!rule.covers.empty()) {
            out += "- Covers: " + list(rule.covers) + "\n";
        }
        if (const auto example = examples.find(rule.id); example != examples.end()) {
            const std::string& path = example->second.path;
            out += "- Example: " + (path.empty() ? std::string() : "`" + path + "`: ") + in_a_cell(example->second.message) + "\n";
        }
    }
    return out;
}

std::string render_coverage() {
    std::map<std::string, std::size_t> kinds;
    for (const rules::Requirement& row : rules::requirements()) {
        ++kinds[std::string(row.kind.starts_with("same as ") ? "same as another" : row.kind)];
    }
    std::string out = "# Coverage\n\nEach requirement of the catalogue, and how it is met with. Made from `conformance/requirements.tsv` by `./dev doc`.\n\n";
    out += "| kind | requirements |\n|---|---|\n";
    for (const auto& [kind, count] : kinds) {
        out += "| " + kind + " | " + std::to_string(count) + " |\n";
    }
    out += "| all | " + std::to_string(rules::requirements().size()) + " |\n";
    std::string_view document;
    for (const rules::Requirement& row : rules::requirements()) {
        if (row.document != document) {
            document = row.document;
            out += "\n## " + std::string(document) + "\n\n| requirement | section | level | severity | kind | by | statement |\n|---|---|---|---|---|---|---|\n";
        }
        const std::string section = row.section == "-" ? "-" : link(row.document, row.section);
        out += "| " + std::string(row.id) + " | " + section + " | " + std::string(row.level) + " | " + std::string(row.severity) + " | " +
               std::string(row.kind) + " | " + in_a_cell(row.by) + " | " + in_a_cell(row.statement) + " |\n";
    }
    return out;
}

}  // namespace sceplab::test
