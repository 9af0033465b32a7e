#include <conformance/report/junit.h>

#include <conformance/report/where.h>
#include <conformance/tree/legible.h>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <map>
#include <sstream>

namespace sceplab::report {

namespace {

using tree::legible;

// The testcases of a suite or a run, by how they ended.
struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;

    Counts& operator+=(const Counts& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
        return *this;
    }
};

// What is known of one rule in one suite.
struct Case {
    std::vector<const rules::Finding*> findings;
    std::map<std::string_view, std::vector<const rules::NotPerformed*>> gaps; // by reason
};

void put(pugi::xml_node node, const char* name, const std::string& value) { node.append_attribute(name).set_value(value.c_str()); }
void put(pugi::xml_node node, const char* name, std::size_t value) { put(node, name, std::to_string(value)); }

pugi::xml_node add(pugi::xml_node parent, const char* name, const std::string& text) {
    pugi::xml_node node = parent.append_child(name);
    node.text().set(text.c_str());
    return node;
}

class Writer {
public:
    Writer(const rules::Result& result, const Options& options)
        : m_result(result), m_options(options), m_cases(result.inputs.size() + 1) {
        std::map<std::string_view, bool> of_run;
        for (const rules::Tally& tally : result.rules) {
            of_run[tally.rule.id] = tally.of_run;
            for (const rules::NotPerformed& gap : tally.not_performed) {
                m_cases[suite_of(tally.of_run, gap.exchange)][tally.rule.id].gaps[gap.reason].push_back(&gap);
            }
        }
        for (const rules::Finding& finding : result.findings) {
            const std::size_t suite = suite_of(of_run[finding.rule.id], finding.violation.place.exchange);
            m_cases[suite][finding.rule.id].findings.push_back(&finding);
        }
    }

    std::string write() {
        pugi::xml_document document;
        pugi::xml_node declaration = document.append_child(pugi::node_declaration);
        put(declaration, "version", std::string("1.0"));
        put(declaration, "encoding", std::string("UTF-8"));
        pugi::xml_node root = document.append_child("testsuites");
        put(root, "name", "sceplab " + m_result.profile);
        Counts all;
        for (std::size_t number = 0; number <= m_result.inputs.size(); ++number) {
            all += suite(root, number);
        }
        put(root, "tests", all.tests);
        put(root, "failures", all.failures);
        put(root, "errors", all.errors);
        std::ostringstream out;
        document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
        return out.str();
    }

private:
    // The last suite is that of the run.
    [[nodiscard]] std::size_t suite_of(bool of_run, std::optional<std::uint32_t> exchange) const {
        const bool somewhere = !of_run && exchange && *exchange < m_result.exchanges.size();
        return somewhere ? std::min<std::size_t>(m_result.exchanges[*exchange].input, m_result.inputs.size()) : m_result.inputs.size();
    }

    Counts suite(pugi::xml_node root, std::size_t number) {
        const bool run = number == m_result.inputs.size();
        Counts counts;
        pugi::xml_node suite = root.append_child("testsuite");
        put(suite, "name", run ? std::string("the whole run") : legible(m_result.inputs[number]));
        pugi::xml_node properties = suite.append_child("properties");
        property(properties, "sceplab", m_result.version);
        property(properties, "profile", m_result.profile);
        if (!run) {
            counts += input_case(suite, number);
        }
        for (const rules::Tally& tally : m_result.rules) {
            if (tally.of_run == run || m_cases[number].contains(tally.rule.id)) {
                counts += rule_case(suite, tally, number);
            }
        }
        put(suite, "tests", counts.tests);
        put(suite, "failures", counts.failures);
        put(suite, "errors", counts.errors);
        put(suite, "skipped", counts.skipped);
        put(suite, "time", std::string("0"));
        put(suite, "id", number);
        return counts;
    }

    static void property(pugi::xml_node properties, const char* name, const std::string& value) {
        pugi::xml_node node = properties.append_child("property");
        put(node, "name", std::string(name));
        put(node, "value", legible(value));
    }

    static pugi::xml_node testcase(pugi::xml_node suite, std::string_view classname, std::string_view name) {
        pugi::xml_node node = suite.append_child("testcase");
        put(node, "classname", std::string(classname));
        put(node, "name", std::string(name));
        put(node, "time", std::string("0"));
        return node;
    }

    // Whether the input could be read.
    Counts input_case(pugi::xml_node suite, std::size_t number) const {
        Counts counts{.tests = 1};
        pugi::xml_node node = testcase(suite, "input", "input");
        for (const input::Damage& damage : m_result.errors) {
            if (damage.input == number) {
                counts.errors = 1;
                pugi::xml_node error = node.append_child("error");
                put(error, "type", std::string(damage.unusable ? "unusable" : "damaged"));
                put(error, "message", legible(damage.reason) + (damage.unusable ? "" : fmt::format(" (at offset {})", damage.offset)));
            }
        }
        return counts;
    }

    Counts rule_case(pugi::xml_node suite, const rules::Tally& tally, std::size_t number) const {
        static const Case nothing;
        const auto found = m_cases[number].find(tally.rule.id);
        const Case& known = found == m_cases[number].end() ? nothing : found->second;
        const bool passed = tally.of_run ? tally.pass > 0 : number < tally.passed_in.size() && tally.passed_in[number];
        Counts counts{.tests = 1};
        pugi::xml_node node = testcase(suite, family(tally.rule.id), tally.rule.id);
        std::string notes;
        for (const auto& [reason, gaps] : known.gaps) {
            notes += fmt::format("{}not performed: {} ({})", notes.empty() ? "" : "\n", legible(reason), on(gaps));
        }
        if (known.findings.empty() && !passed) {
            counts.skipped = 1;
            add(node, "skipped", notes.empty() ? "not applicable: nothing to judge" : notes);
            return counts;
        }
        for (const rules::Finding* finding : known.findings) {
            if (finding->rule.severity >= m_options.fail_on) {
                counts.failures = 1;
                pugi::xml_node failure = add(node, "failure", text(*finding));
                put(failure, "type", std::string(name(finding->rule.severity)));
                put(failure, "message", legible(finding->violation.message));
            } else {
                notes += fmt::format("{}{}: {}\n{}", notes.empty() ? "" : "\n", name(finding->rule.severity),
                                     legible(finding->violation.message), text(*finding));
            }
        }
        if (!notes.empty()) {
            add(node, "system-out", notes);
        }
        return counts;
    }

    // Where, and by what rule.
    std::string text(const rules::Finding& finding) const {
        const rules::Place& place = finding.violation.place;
        std::string out = place_line(place);
        for (const rules::Place& other : finding.violation.related) {
            out += "\n  compared with " + place_line(other);
        }
        return out + fmt::format("\n  {} [{}]", finding.rule.says, to_string(finding.rule.cite));
    }

    std::string place_line(const rules::Place& place) const {
        if (is_run(place, m_result)) {
            return where(place, m_result);
        }
        const evidence::ExchangeSummary& exchange = m_result.exchanges[place.exchange];
        return fmt::format("exchange {} of {}, {}", exchange.index, legible(input_name(m_result, exchange.input)), where(place, m_result));
    }

    // "exchange 1, exchange 4": the first few.
    static std::string on(const std::vector<const rules::NotPerformed*>& gaps) {
        constexpr std::size_t most = 8;
        std::string out;
        for (std::size_t i = 0; i < gaps.size() && i <= most; ++i) {
            const std::string place = gaps[i]->exchange ? fmt::format("{} of exchange {}", name(gaps[i]->side), *gaps[i]->exchange) : "run";
            out += (i == 0 ? "" : ", ") + (i == most ? std::string("…") : place);
        }
        return out;
    }

    const rules::Result& m_result;
    const Options& m_options;
    std::vector<std::map<std::string_view, Case>> m_cases; // by suite, by rule
};

} // namespace

std::string junit(const rules::Result& result, const Options& options) { return Writer(result, options).write(); }

} // namespace sceplab::report
