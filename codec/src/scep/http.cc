#include <scepcodec/scep/http.h>

#include <algorithm>
#include <array>

namespace scep::http {

namespace {

using der::Input;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The part of `text` before `separator`, which is taken off too.
Input take_until(Input& text, char separator) {
    const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.text().find(separator), text.size()));
    const Input part = text.slice(0, size);
    text = text.from(size).from(1);
    return part;
}

}  // namespace

bool same_but_for_case(std::string_view a, std::string_view b) { return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower); }

std::optional<Operation> operation_named(std::string_view text) {
    for (const Operation each : {Operation::GetCACaps, Operation::GetCACert, Operation::GetNextCACert, Operation::PKIOperation}) {
        if (same_but_for_case(text, name(each))) {
            return each;
        }
    }
    return std::nullopt;
}

std::optional<Input> RequestTarget::parameter(std::string_view wanted) const {
    for (const Parameter& candidate : parameters) {
        if (same_but_for_case(candidate.name.text(), wanted)) {
            return candidate.value;
        }
    }
    return std::nullopt;
}

std::optional<Operation> RequestTarget::operation() const {
    const auto text = operation_text();
    const auto named = text ? operation_named(text->text()) : std::nullopt;
    return named && text->text() == name(*named) ? named : std::nullopt;
}

RequestTarget parse_target(Input target) {
    RequestTarget out;
    out.whole = target;
    Input query = target;
    out.path = take_until(query, '?');
    while (!query.empty()) {
        Input value = take_until(query, '&');
        const Input name = take_until(value, '=');
        out.parameters.push_back({name, value});
    }
    return out;
}

namespace {

constexpr std::array keywords{"AES", "DES3", "GetNextCACert", "POSTPKIOperation", "Renewal", "SHA-1", "SHA-256", "SHA-512", "SCEPStandard"};

Input trimmed(Input line) {
    const auto is_space = [](std::uint8_t c) { return c == ' ' || c == '\t'; };
    while (!line.empty() && is_space(line[0])) {
        line = line.from(1);
    }
    while (!line.empty() && is_space(line[line.size() - 1])) {
        line = line.slice(0, line.size() - 1);
    }
    return line;
}

}  // namespace

Capabilities parse_capabilities(Input text) {
    Capabilities out;
    while (!text.empty()) {
        const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(text.text().find_first_of("\r\n"), text.size()));
        const Input line = trimmed(text.slice(0, end));
        text = text.from(end).from(1);
        if (line.empty()) {
            continue;
        }
        Capability capability{line};
        for (const std::string_view keyword : keywords) {
            capability.known = capability.known || line.text() == keyword;
            capability.other_case = capability.other_case || (line.text() != keyword && same_but_for_case(line.text(), keyword));
        }
        out.lines.push_back(capability);
    }
    return out;
}

bool Capabilities::has(std::string_view keyword) const {
    return std::ranges::any_of(lines, [&](const Capability& line) { return same_but_for_case(line.text.text(), keyword); });
}

std::string media_type(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    const auto first = content_type.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    const auto last = content_type.find_last_not_of(" \t");
    std::string out(content_type.substr(first, last - first + 1));
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

}  // namespace scep::http
