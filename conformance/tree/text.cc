#include <conformance/tree/text.h>

#include <conformance/tree/legible.h>

#include <scepcodec/der/values.h>

#include <fmt/format.h>

namespace sceplab::tree {

namespace {

constexpr std::string_view plain = "\x1b[0m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view yellow = "\x1b[33m";

class Printer {
public:
    explicit Printer(const TextOptions& options) : m_options(options) {}

    void print(std::span<const Node> nodes, std::size_t depth) {
        for (const Node& node : nodes) {
            if (node.layer) {
                new_source(node, depth);
            }
            line(node, depth);
            print(node.remarks, 20 + 2 * depth);
            print(node.children, depth + 1);
        }
    }
    void print(std::span<const Remark> remarks, std::size_t indent) {
        for (const Remark& remark : remarks) {
            m_out.append(indent, ' ');
            const std::string_view style = remark.level == "error" ? red : remark.level == "warning" ? yellow : dim;
            put(style, fmt::format("^ {}", remark.level));
            m_out += fmt::format(": {} ", legible(remark.text, 4 * m_options.width));
            put(dim, fmt::format("[{}, {}]", remark.rule, remark.citation));
            m_out += '\n';
        }
    }
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    void put(std::string_view style, std::string_view text) {
        if (m_options.colour) {
            m_out.append(style).append(text).append(plain);
        } else {
            m_out.append(text);
        }
    }

    void new_source(const Node& node, std::size_t depth) {
        m_out.append(21 + 2 * depth, ' ');
        put(dim, fmt::format("-- {}: source {}, its own offsets --", scep::name(*node.layer), node.where.source));
        m_out += '\n';
    }

    void line(const Node& node, std::size_t depth) {
        const std::string length = node.indefinite ? "inf" : std::to_string(node.is_tlv() ? node.length() : node.where.length);
        put(dim, fmt::format("{:>7} {:>3} {:>7}", node.where.offset, node.is_tlv() ? std::to_string(node.header) : "-", length));
        m_out.append(3 + 2 * depth, ' ');
        if (!node.label.empty()) {
            put(bold, node.label);
            m_out += ' ';
        }
        m_out += node.is_tlv() ? scep::to_string(node.tag) : "octets";
        if (!node.value.empty()) {
            m_out += ' ';
            value(node);
        }
        if (!node.note.empty()) {
            put(dim, "  -- " + legible(node.note, m_options.width));
        }
        for (const scep::ber::DeviationKind deviation : node.deviations) {
            put(yellow, fmt::format("  ! {}", scep::ber::name(deviation)));
        }
        if (node.error) {
            put(red, fmt::format("  !! {}", scep::name(*node.error)));
        }
        m_out += '\n';
    }

    void value(const Node& node) {
        if (node.secret && !m_options.show_secrets) {
            put(dim, "(hidden)");
            return;
        }
        std::string shown = legible(node.value, m_options.width);
        if (node.shortened && !shown.ends_with("…")) {
            shown += "…";
        }
        const bool quoted = scep::der::is_character_string(node.tag);
        m_out += quoted ? '"' + shown + '"' : shown;
        if (shown.ends_with("…")) {
            put(dim, fmt::format(" ({} octets)", node.is_tlv() ? node.length() : node.where.length));
        }
    }

    const TextOptions& m_options;
    std::string m_out;
};

} // namespace

std::string text(std::span<const Node> nodes, const TextOptions& options) {
    Printer printer(options);
    printer.print(nodes, 0);
    return printer.take();
}

std::string text(std::span<const Remark> remarks, const TextOptions& options) {
    Printer printer(options);
    printer.print(remarks, 2);
    return printer.take();
}

} // namespace sceplab::tree
