#include <conformance/report/where.h>

#include <conformance/tree/legible.h>

#include <fmt/format.h>

#include <algorithm>

namespace sceplab::report {

namespace {

constexpr std::size_t path_width = 120;

} // namespace

void add_where(std::string& out, const rules::Place& place, const rules::Result& result) {
    if (is_run(place, result)) {
        tree::add_legible(out, place.path.empty() ? "run" : place.path, path_width);
        return;
    }
    out.append(name(place.side)).append(place.path.empty() ? "" : " ");
    tree::add_legible(out, place.path, path_width);
    out += ' ';
    if (const auto kind = result.exchanges.source_kind(place.exchange, place.where.source); kind && *kind != scep::SourceKind::captured) {
        out.append(scep::name(*kind)).append(" ");
    }
    out.append("@").append(std::to_string(place.where.offset)).append("+").append(std::to_string(place.where.length));
}

std::string where(const rules::Place& place, const rules::Result& result) {
    std::string out;
    add_where(out, place, result);
    return out;
}

const std::string& input_name(const rules::Result& result, std::uint32_t number) {
    static const std::string none;
    return number < result.inputs.size() ? result.inputs[number] : none;
}

std::string known_to_break(const rules::Finding& finding) {
    std::string out;
    for (const rules::KnownFailure* failure : finding.known) {
        out.append(out.empty() ? "known to break " : ", ").append(failure->breaks).append(" (").append(failure->id).append(")");
    }
    return out;
}

std::string_view family(std::string_view rule) { return rule.substr(0, rule.find('.')); }

std::string url(const rules::Citation& citation) {
    // "RFC 8894, 3.2.1.5" or "draft-nourse-scep-22, 2.3"
    const std::string text = to_string(citation);
    const std::string document = text.substr(0, text.find(','));
    const bool numbered = !citation.section.empty() && citation.section.front() >= '0' && citation.section.front() <= '9';
    const bool appendix = !citation.section.empty() && citation.section.front() >= 'A' && citation.section.front() <= 'Z' &&
                          std::ranges::all_of(citation.section.substr(1), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    const std::string anchor = numbered   ? fmt::format("#section-{}", citation.section)
                               : appendix ? fmt::format("#appendix-{}", citation.section)
                                          : std::string();
    if (document.starts_with("RFC ")) {
        return fmt::format("https://www.rfc-editor.org/rfc/rfc{}.html{}", document.substr(4), anchor);
    }
    return document.starts_with("draft-") ? fmt::format("https://datatracker.ietf.org/doc/html/{}{}", document, anchor) : std::string();
}

} // namespace sceplab::report
