#include <conformance/report/diff.h>

#include <conformance/report/exchange_line.h>
#include <conformance/report/style.h>
#include <conformance/tree/legible.h>

#include <fmt/format.h>

#include <algorithm>

namespace sceplab::report {

namespace {

using tree::Difference;
using tree::DifferenceKind;
using tree::legible;

constexpr std::size_t path_width = 160;
constexpr std::size_t message_width = 300;

class Printer {
public:
    Printer(const diff::Recording& a, const diff::Recording& b, const Options& options) : m_a(a), m_b(b), m_options(options), m_style(options.colour) {}

    std::string print(const diff::Comparison& comparison) {
        inputs("A", m_a);
        inputs("B", m_b);
        rules(comparison);
        for (const diff::ExchangeDifference& exchange : comparison.exchanges) {
            print(exchange);
        }
        const std::size_t count = comparison.count();
        line(count == 0 ? m_style.green("nothing differs that matters") : m_style.red(counted(count, "difference")) + (count == 1 ? " that matters" : " that matter"));
        return std::move(m_out);
    }

private:
    void line(std::string_view text) { m_out.append(text).append("\n"); }

    void inputs(std::string_view side, const diff::Recording& recording) {
        for (const std::string& input : recording.result.inputs) {
            line(m_style.bold(side) + "  " + legible(input, path_width));
        }
    }

    void rules(const diff::Comparison& comparison) {
        for (const diff::RuleDifference& entry : comparison.rules) {
            const rules::Place& place = entry.first.place;
            const auto& exchanges = (entry.in_a ? m_a : m_b).result.exchanges;
            const std::string where = place.exchange < exchanges.size() ? fmt::format("#{} {}", place.exchange, name(place.side)) : "the run";
            line(fmt::format("only in {}  {:<7}  {}: {}{} {}", entry.in_a ? "A" : "B", name(entry.rule.severity), where, legible(entry.first.message, message_width),
                             entry.count > 1 ? fmt::format(", and {} more", entry.count - 1) : "",
                             m_style.dim(fmt::format("[{}, {}]", entry.rule.id, to_string(entry.rule.cite)))));
        }
    }

    void print(const diff::ExchangeDifference& exchange) {
        const auto number = [](const std::optional<std::uint32_t>& index) { return index ? fmt::format("#{}", *index) : std::string("-"); };
        const std::string heading = m_style.bold(fmt::format("{} | {}", number(exchange.a), number(exchange.b))) + "  " + exchange.what;
        if (!exchange.paired()) {
            line(heading + "  " + m_style.yellow(exchange.a ? "only in A" : "only in B"));
            return;
        }
        line(heading);
        m_sources_a = &m_a.exchanges[*exchange.a]->sources();
        m_sources_b = &m_b.exchanges[*exchange.b]->sources();
        side("request", exchange.request);
        side("response", exchange.response);
    }

    void side(std::string_view name, const std::vector<Difference>& differences) {
        std::vector<std::string> as_they_must;
        for (const Difference& difference : differences) {
            if (difference.matters) {
                print(name, difference);
            } else if (difference.kind != DifferenceKind::not_compared) {
                as_they_must.push_back(short_name(difference.path));
            } else {
                line(fmt::format("  {:<8} {}", name, m_style.dim(fmt::format("{}: {} | {}, and not compared", difference.path, difference.a_says, difference.b_says))));
            }
        }
        std::ranges::sort(as_they_must);
        as_they_must.erase(std::ranges::unique(as_they_must).begin(), as_they_must.end());
        if (!as_they_must.empty() && !m_options.quiet) {
            line(fmt::format("  {:<8} {}", name, m_style.dim(fmt::format("differ, as they must: {}", fmt::join(as_they_must, ", ")))));
        }
    }

    void print(std::string_view side, const Difference& difference) {
        const std::string at_a = m_style.dim(offset(difference.a, m_sources_a));
        const std::string at_b = m_style.dim(offset(difference.b, m_sources_b));
        const std::string path = difference.path.empty() ? "message" : legible(difference.path, path_width);
        std::string text;
        switch (difference.kind) {
        case DifferenceKind::only_a:
            text = fmt::format("only in A: {} {}", difference.a_says, at_a);
            break;
        case DifferenceKind::only_b:
            text = fmt::format("only in B: {} {}", difference.b_says, at_b);
            break;
        default:
            text = fmt::format("{}: {} {}{}| {} {}", name(difference.kind), difference.a_says, at_a, difference.a ? " " : "", difference.b_says, at_b);
        }
        while (text.ends_with(' ')) {
            text.pop_back();
        }
        line(fmt::format("  {:<8} {}  {}", side, path, text));
    }

    // "@412+34"; octets that were not captured as they are have their source's kind: "decrypted @12+16".
    static std::string offset(const std::optional<scep::Location>& where, const scep::Sources* sources) {
        if (!where || where->source >= sources->size()) {
            return {};
        }
        const scep::SourceKind kind = (*sources)[where->source].kind;
        return fmt::format("{}@{}+{}", kind == scep::SourceKind::captured ? std::string() : std::string(scep::name(kind)) + ' ', where->offset, where->length);
    }

    // What people call it: an attribute by its type, a value of a name by the name, parameters by their algorithm.
    static std::string short_name(std::string_view path) {
        if (const std::size_t values = path.rfind("].attrValues["); values != std::string_view::npos) {
            const std::string_view before = path.substr(0, values);
            return std::string(before.substr(before.rfind('[') + 1));
        }
        for (const std::string_view part : {".value", ".parameters"}) {
            if (path.ends_with(part)) {
                path.remove_suffix(part.size());
            }
        }
        path = path.substr(path.rfind('.') + 1);
        return std::string(path.substr(0, path.find('[')));
    }

    const diff::Recording& m_a;
    const diff::Recording& m_b;
    const Options& m_options;
    const scep::Sources* m_sources_a = nullptr;  // of the pair that is printed
    const scep::Sources* m_sources_b = nullptr;
    Style m_style;
    std::string m_out;
};

} // namespace

std::string diff_text(const diff::Recording& a, const diff::Recording& b, const diff::Comparison& comparison, const Options& options) {
    return Printer(a, b, options).print(comparison);
}

} // namespace sceplab::report
