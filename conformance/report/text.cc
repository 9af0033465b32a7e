#include <conformance/report/text.h>

#include <conformance/report/exchange_line.h>
#include <conformance/report/style.h>
#include <conformance/report/where.h>
#include <conformance/tree/legible.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sceplab::report {

namespace {

using tree::add_legible;
using tree::legible;

constexpr std::size_t name_width = 120;
constexpr std::size_t message_width = 300;

class Printer {
public:
    Printer(const rules::Result& result, const Options& options, const Write& write)
        : m_result(result), m_options(options), m_write(write), m_style(options.colour) {}

    void print() {
        inputs();
        findings_of_run();
        expectations();
        if (!m_options.quiet) {
            conformed();
            not_performed();
        }
        summary();
        m_write(m_out);
    }

private:
    void line(std::string_view text) {
        m_out += text;
        end_line();
    }

    void end_line() {
        constexpr std::size_t piece = 1u << 16;
        m_out += '\n';
        if (m_out.size() >= piece) {
            m_write(m_out);
            m_out.clear();
        }
    }

    // The exchanges under the input they came from, and its damage after them.
    void inputs() {
        std::size_t next = 0;
        for (std::uint32_t number = 0; number < m_result.inputs.size(); ++number) {
            if (!m_options.quiet) {
                line(m_style.bold(legible(m_result.inputs[number], name_width)));
            }
            for (; next < m_result.exchanges.size() && m_result.exchanges.input(next) == number; ++next) {
                exchange(static_cast<std::uint32_t>(next));
            }
            damage(number);
        }
        for (; next < m_result.exchanges.size(); ++next) {
            exchange(static_cast<std::uint32_t>(next));
        }
    }

    void exchange(std::uint32_t index) {
        if (!m_options.quiet) {
            line("  " + exchange_line(m_result.exchanges[index], m_style, m_options));
        }
        const auto exchange_of = [](const rules::Finding& each) { return each.violation.place.exchange; };
        for (const rules::Finding& found : std::ranges::equal_range(m_result.findings, index, {}, exchange_of)) {
            finding(found);
        }
    }

    void damage(std::uint32_t number) {
        for (const input::Damage& damage : m_result.errors) {
            if (damage.input == number && !m_options.quiet) {
                const std::string where = damage.unusable ? std::string("not usable") : fmt::format("damaged at {}", damage.offset);
                line(fmt::format("  {}: {}", m_style.red(where), legible(damage.reason, message_width)));
            }
        }
    }

    void finding(const rules::Finding& finding) {
        const rules::Place& place = finding.violation.place;
        begin_finding(place);
        m_out.append(finding.expected ? m_style.dim("expected") : severity(finding.rule.severity)).append(" ");
        add_where(m_out, place, m_result);
        m_out += "  ";
        add_legible(m_out, finding.violation.message, message_width);
        m_out.append(m_style.dim(beside(finding))).append(" ");
        m_out.append(m_style.dim(std::string("[").append(finding.rule.id).append(", ").append(to_string(finding.rule.cite)).append("]")));
        end_line();
        if (const std::string known_failures = known_to_break(finding); !known_failures.empty()) {
            begin_finding(place);
            m_out.append(severity(rules::Severity::notice)).append(" ").append(known_failures);
            end_line();
        }
    }

    // In brackets behind a finding: what it was compared with, and why it was expected.
    std::string beside(const rules::Finding& finding) const {
        std::string out;
        for (const rules::Place& other : finding.violation.related) {
            out += out.empty() ? " (see " : ", ";
            if (other.exchange != finding.violation.place.exchange && !is_run(other, m_result)) {
                out.append("#").append(std::to_string(other.exchange)).append(" ");
            }
            add_where(out, other, m_result);
        }
        if (!out.empty()) {
            out += ')';
        }
        if (finding.expected) {
            out.append(" (known: ").append(legible(m_result.expectations[*finding.expected].reason, message_width)).append(")");
        }
        return out;
    }

    // What each line of a finding begins with.
    void begin_finding(const rules::Place& place) {
        if (!m_options.quiet) {
            m_out += "      ";
        } else if (!is_run(place, m_result)) {
            constexpr std::size_t width = 3;
            const std::string number = std::to_string(place.exchange);
            m_out.append("#").append(number).append(width - std::min(width, number.size()) + 1, ' ');
        }
    }

    std::string severity(rules::Severity severity) const {
        constexpr std::size_t width = 8;
        std::string text(name(severity));
        text.resize(width, ' ');
        return severity == rules::Severity::error     ? m_style.red(text)
               : severity == rules::Severity::warning ? m_style.yellow(text)
                                                      : m_style.cyan(text);
    }

    void findings_of_run() {
        bool first = true;
        for (const rules::Finding& found : m_result.findings) {
            if (is_run(found.violation.place, m_result)) {
                if (first && !m_options.quiet) {
                    line(m_style.bold("the whole run"));
                }
                first = false;
                finding(found);
            }
        }
    }

    // What was expected and did not come; what came stands with its exchange.
    void expectations() {
        bool first = true;
        for (const rules::Expectation& entry : m_result.expectations) {
            const bool unmet = entry.state == rules::Expectation::State::unmet;
            if (entry.state == rules::Expectation::State::met || (m_options.quiet && !unmet)) {
                continue;
            }
            if (first && !m_options.quiet) {
                line(m_style.bold("known deviations"));
            }
            first = false;
            const std::string state = unmet ? m_style.red(fmt::format("{:<8}", name(entry.state))) : m_style.dim(name(entry.state));
            line(fmt::format("{}{} {}: {}", m_options.quiet ? "" : "  ", state, legible(entry.rule, name_width), legible(entry.reason, message_width)));
        }
    }

    // A line a family: "nonce: fresh 4, recipient-echoes-sender 2/3", each rule with how many of its checks held.
    void conformed() {
        std::map<std::string_view, std::string> families;
        std::size_t rules = 0;
        std::size_t without_subject = 0;
        for (const rules::Tally& tally : m_result.rules) {
            without_subject += tally.pass == 0 && tally.violated == 0 && tally.not_performed.empty() ? 1 : 0;
            if (tally.pass == 0) {
                continue;
            }
            ++rules;
            const std::string_view family = report::family(tally.rule.id);
            std::string& text = families[family];
            const std::string of = tally.violated > 0 ? fmt::format("/{}", tally.pass + tally.violated) : std::string();
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", tally.rule.id.substr(std::min(tally.rule.id.size(), family.size() + 1)),
                                tally.pass, of);
        }
        if (rules > 0) {
            line(m_style.bold("conformed"));
        }
        for (const auto& [family, text] : families) {
            line(fmt::format("  {}: {}", family, text));
        }
        if (without_subject > 0) {
            line(m_style.bold("not applicable"));
            line(fmt::format("  {} met nothing to judge", counted(without_subject, "rule")));
        }
    }

    void not_performed() {
        struct Gap {
            std::size_t checks = 0;
            std::set<std::string_view> rules;
            std::set<std::uint32_t> exchanges;
        };
        std::map<std::string_view, Gap> gaps;
        for (const rules::Tally& tally : m_result.rules) {
            for (const rules::NotPerformed& entry : tally.not_performed) {
                Gap& gap = gaps[entry.reason];
                ++gap.checks;
                gap.rules.insert(tally.rule.id);
                if (entry.exchange) {
                    gap.exchanges.insert(*entry.exchange);
                }
            }
        }
        if (!gaps.empty()) {
            line(m_style.bold("not performed"));
        }
        for (const auto& [reason, gap] : gaps) {
            const std::string on = gap.exchanges.empty() ? std::string() : " on " + ranges(gap.exchanges);
            line(fmt::format("  {}: {} of {}{}", legible(reason, message_width), counted(gap.checks, "check"),
                             counted(gap.rules.size(), "rule"), on));
        }
    }

    // "#1-#4, #7"
    static std::string ranges(const std::set<std::uint32_t>& numbers) {
        constexpr std::size_t most = 8;
        std::string out;
        std::size_t count = 0;
        for (auto at = numbers.begin(); at != numbers.end();) {
            if (++count > most) {
                return out + ", …";
            }
            const std::uint32_t first = *at;
            std::uint32_t last = first;
            for (++at; at != numbers.end() && *at == last + 1; ++at) {
                last = *at;
            }
            out += fmt::format("{}#{}{}", out.empty() ? "" : ", ", first, last == first ? std::string() : fmt::format("-#{}", last));
        }
        return out;
    }

    void summary() {
        const auto severities = [&](rules::Severity severity) { return m_result.count(severity); };
        const std::size_t errors = severities(rules::Severity::error);
        const std::string error_text = counted(errors, "error");
        const std::size_t unmet = m_result.count(rules::Expectation::State::unmet);
        const std::string unmet_text = counted(unmet, "expectation") + " unmet";
        const std::string known = m_result.expectations.empty() ? std::string()
                                                                : fmt::format("{} expected, {}, ", m_result.expected(), unmet > 0 ? m_style.red(unmet_text) : unmet_text);
        line(fmt::format("{}, {}, {}, {}, {}{} not performed", counted(m_result.exchanges.size(), "exchange"),
                         errors > 0 ? m_style.red(error_text) : error_text, counted(severities(rules::Severity::warning), "warning"),
                         counted(severities(rules::Severity::notice), "notice"), known, m_result.not_performed()));
    }

    const rules::Result& m_result;
    const Options& m_options;
    const Write& m_write;
    Style m_style;
    std::string m_out;
};

} // namespace

void text(const rules::Result& result, const Options& options, const Write& write) { Printer(result, options, write).print(); }

std::string text(const rules::Result& result, const Options& options) {
    std::string out;
    text(result, options, [&](std::string_view piece) { out += piece; });
    return out;
}

} // namespace sceplab::report
