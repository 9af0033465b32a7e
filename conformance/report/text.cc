#include <conformance/report/text.h>

#include <conformance/report/exchange_line.h>
#include <conformance/report/style.h>
#include <conformance/tree/legible.h>

#include <fmt/format.h>

#include <map>
#include <set>

namespace sceplab::report {

namespace {

using tree::legible;

constexpr std::size_t path_width = 120;
constexpr std::size_t message_width = 300;

class Printer {
public:
    Printer(const rules::Result& result, const Options& options) : m_result(result), m_options(options), m_style(options.colour) {
        for (const rules::Finding& finding : result.findings) {
            m_findings[finding.violation.place.exchange].push_back(&finding);
        }
    }

    std::string print() {
        inputs();
        findings_of_run();
        if (!m_options.quiet) {
            not_performed();
        }
        summary();
        return std::move(m_out);
    }

private:
    void line(std::string_view text) { m_out.append(text).append("\n"); }

    // The exchanges under the input they came from, and its damage after them.
    void inputs() {
        std::size_t next = 0;
        for (std::uint32_t number = 0; number < m_result.inputs.size(); ++number) {
            if (!m_options.quiet) {
                line(m_style.bold(legible(m_result.inputs[number], path_width)));
            }
            for (; next < m_result.exchanges.size() && m_result.exchanges[next].input == number; ++next) {
                exchange(m_result.exchanges[next]);
            }
            damage(number);
        }
        for (; next < m_result.exchanges.size(); ++next) {
            exchange(m_result.exchanges[next]);
        }
    }

    void exchange(const evidence::ExchangeSummary& exchange) {
        if (!m_options.quiet) {
            line("  " + exchange_line(exchange, m_style, m_options));
        }
        for (const rules::Finding* found : m_findings[exchange.index]) {
            finding(*found);
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
        std::string related;
        for (const rules::Place& other : finding.violation.related) {
            related += fmt::format("{}{}", related.empty() ? "" : ", ", where(other, place));
        }
        line(fmt::format("{}{} {}  {}{} {}", m_options.quiet ? prefix(place) : "      ", severity(finding.rule.severity), where(place),
                         legible(finding.violation.message, message_width), related.empty() ? "" : m_style.dim(" (see " + related + ')'),
                         m_style.dim(fmt::format("[{}, {}]", finding.rule.id, to_string(finding.rule.cite)))));
        known(finding);
    }

    void known(const rules::Finding& finding) {
        std::string products;
        for (const rules::KnownFailure* failure : finding.known) {
            products += fmt::format("{}{} ({})", products.empty() ? "" : ", ", failure->breaks, failure->id);
        }
        if (!products.empty()) {
            line(fmt::format("{}{} known to break {}", m_options.quiet ? prefix(finding.violation.place) : "      ",
                             severity(rules::Severity::notice), products));
        }
    }

    std::string prefix(const rules::Place& place) const { return is_run(place) ? std::string() : fmt::format("#{:<3} ", place.exchange); }

    std::string severity(rules::Severity severity) const {
        const std::string text = fmt::format("{:<8}", name(severity));
        return severity == rules::Severity::error     ? m_style.red(text)
               : severity == rules::Severity::warning ? m_style.yellow(text)
                                                      : m_style.cyan(text);
    }

    [[nodiscard]] bool is_run(const rules::Place& place) const { return place.exchange >= m_result.exchanges.size(); }

    // "response SignedData.signerInfos[0].sid @412+34"; octets that were not captured as they are have their source's kind: "decrypted
    // @12+16".
    std::string where(const rules::Place& place) const {
        if (is_run(place)) {
            return legible(place.path.empty() ? "run" : place.path, path_width);
        }
        const auto& sources = m_result.exchanges[place.exchange].sources;
        const bool derived = place.where.source < sources.size() && sources[place.where.source].kind != scep::SourceKind::captured;
        return fmt::format("{}{}{} {}@{}+{}", name(place.side), place.path.empty() ? "" : " ", legible(place.path, path_width),
                           derived ? std::string(scep::name(sources[place.where.source].kind)) + ' ' : std::string(), place.where.offset,
                           place.where.length);
    }
    // The same beside another place: the exchange only where it is another one.
    std::string where(const rules::Place& place, const rules::Place& beside) const {
        const std::string exchange =
            place.exchange != beside.exchange && !is_run(place) ? fmt::format("#{} ", place.exchange) : std::string();
        return exchange + where(place);
    }

    void findings_of_run() {
        bool first = true;
        for (const rules::Finding& found : m_result.findings) {
            if (is_run(found.violation.place)) {
                if (first && !m_options.quiet) {
                    line(m_style.bold("the whole run"));
                }
                first = false;
                finding(found);
            }
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
        line(fmt::format("{}, {}, {}, {}, {} not performed", counted(m_result.exchanges.size(), "exchange"),
                         errors > 0 ? m_style.red(error_text) : error_text, counted(severities(rules::Severity::warning), "warning"),
                         counted(severities(rules::Severity::notice), "notice"), m_result.not_performed()));
    }

    const rules::Result& m_result;
    const Options& m_options;
    Style m_style;
    std::map<std::uint32_t, std::vector<const rules::Finding*>> m_findings;
    std::string m_out;
};

} // namespace

std::string text(const rules::Result& result, const Options& options) { return Printer(result, options).print(); }

} // namespace sceplab::report
