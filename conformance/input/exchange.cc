#include <conformance/input/exchange.h>

#include <scepcodec/scep/http.h>

#include <algorithm>

namespace sceplab::input {

using scep::http::same_but_for_case;

std::optional<std::string_view> find(const std::vector<HeaderField>& fields, std::string_view name) {
    for (const HeaderField& field : fields) {
        if (same_but_for_case(field.name, name)) {
            return field.value;
        }
    }
    return std::nullopt;
}

std::optional<scep::der::Input> find_in(scep::der::Input head, std::string_view name) {
    const std::string_view all = head.text();
    // The start line is no field.
    std::size_t line = std::min(all.find('\n'), all.size() - (all.empty() ? 0 : 1)) + 1;
    while (line < all.size()) {
        const std::size_t end = std::min(all.find('\n', line), all.size());
        const std::string_view text = all.substr(line, end - line);
        const std::size_t colon = text.find(':');
        if (colon != std::string_view::npos && same_but_for_case(text.substr(0, colon), name)) {
            const std::size_t last = text.find_last_not_of(" \t\r");
            const std::size_t first = std::min(text.find_first_not_of(" \t", colon + 1), last + 1);
            return head.slice(static_cast<std::uint32_t>(line + first), static_cast<std::uint32_t>(last + 1 - first));
        }
        line = end + 1;
    }
    return std::nullopt;
}

std::string_view name(Ending ending) {
    switch (ending) {
    case Ending::answered:
        return "answered";
    case Ending::fin:
        return "fin";
    case Ending::rst:
        return "rst";
    case Ending::capture:
        break;
    }
    return "capture";
}

} // namespace sceplab::input
