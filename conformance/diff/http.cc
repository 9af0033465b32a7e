#include <conformance/diff/http.h>

#include <conformance/tree/legible.h>

#include <algorithm>
#include <array>
#include <map>

namespace sceplab::diff {

namespace {

using tree::Difference;
using tree::DifferenceKind;
using Fields = std::vector<input::HeaderField>;

constexpr std::size_t says_width = 120;

// Differ from one message, host or day to the next. Some are secrets, too.
constexpr std::array<std::string_view, 16> varying_fields{"age",    "authorization", "content-length", "cookie",       "date",   "etag",       "expires",        "host",
                                                          "last-modified", "proxy-authorization", "server", "set-cookie", "user-agent", "via", "x-request-id", "x-powered-by"};
constexpr std::array<std::string_view, 4> secret_fields{"authorization", "cookie", "proxy-authorization", "set-cookie"};

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

Difference& add(std::vector<Difference>& out, DifferenceKind kind, std::string path, std::string_view a, std::string_view b) {
    Difference& difference = out.emplace_back();
    difference.kind = kind;
    difference.path = tree::legible(path, says_width);
    difference.a_says = tree::legible(a, says_width);
    difference.b_says = tree::legible(b, says_width);
    return difference;
}

void compare_text(std::vector<Difference>& out, const char* path, std::string_view a, std::string_view b) {
    if (a != b) {
        add(out, DifferenceKind::value, path, a, b);
    }
}

// The fields by name, values of one name together.
std::map<std::string, std::string> by_name(const Fields& fields) {
    std::map<std::string, std::string> out;
    for (const input::HeaderField& field : fields) {
        std::string& value = out[lower_case(field.name)];
        value += (value.empty() ? "" : ", ") + field.value;
    }
    return out;
}

void compare_fields(const Fields& a, const Fields& b, std::vector<Difference>& out) {
    const auto of_a = by_name(a);
    const auto of_b = by_name(b);
    const auto hidden = [](const std::string& name, const std::string& value) {
        return std::ranges::find(secret_fields, name) != secret_fields.end() ? std::string("(hidden)") : value;
    };
    for (const auto& [name, value] : of_a) {
        const auto found = of_b.find(name);
        if (found == of_b.end()) {
            add(out, DifferenceKind::only_a, "HTTP." + name, hidden(name, value), "");
        } else if (value != found->second) {
            Difference& difference = add(out, DifferenceKind::value, "HTTP." + name, hidden(name, value), hidden(name, found->second));
            difference.matters = std::ranges::find(varying_fields, name) == varying_fields.end();
        }
    }
    for (const auto& [name, value] : of_b) {
        if (!of_a.contains(name)) {
            add(out, DifferenceKind::only_b, "HTTP." + name, "", hidden(name, value));
        }
    }
}

// The path, without the scheme and the host of an absolute target.
std::string_view path_of(const scep::http::RequestTarget& target) {
    std::string_view path = target.path.text();
    if (const std::size_t scheme = path.find("://"); scheme != std::string_view::npos && scheme < path.find('/')) {
        path = path.substr(std::min(path.find('/', scheme + 3), path.size()));
    }
    return path;
}

// "operation&message": which parameters, in which order.
std::string form(const scep::http::RequestTarget& target) {
    std::string out;
    for (const scep::http::Parameter& parameter : target.parameters) {
        out += (out.empty() ? "" : "&") + std::string(parameter.name.text());
    }
    return out.empty() ? "no query" : out;
}

// How a base64 value writes what a query may not hold: raw or escaped. Nothing where it has none of that character.
std::optional<std::string_view> spelling(std::string_view value, char raw, std::string_view escape) {
    const std::string lower = lower_case(value);
    return lower.find(escape) != std::string::npos ? std::optional<std::string_view>("escaped")
           : value.find(raw) != std::string_view::npos ? std::optional<std::string_view>("raw")
                                                        : std::nullopt;
}

void compare_queries(const scep::http::RequestTarget& a, const scep::http::RequestTarget& b, bool of_message, std::vector<Difference>& out) {
    compare_text(out, "HTTP.query", form(a), form(b));
    for (const scep::http::Parameter& parameter : a.parameters) {
        const auto found = b.parameter(parameter.name.text());
        if (!found || found->same_octets(parameter.value)) {
            continue;
        }
        const std::string path = "HTTP.query." + std::string(parameter.name.text());
        if (!of_message || lower_case(parameter.name.text()) != "message") {
            add(out, DifferenceKind::value, path, parameter.value.text(), found->text());
            continue;
        }
        for (const auto& [raw, escape] : {std::pair('+', "%2b"), std::pair('/', "%2f"), std::pair('=', "%3d")}) {
            const auto of_a = spelling(parameter.value.text(), raw, escape);
            const auto of_b = spelling(found->text(), raw, escape);
            if (of_a && of_b && *of_a != *of_b) {
                add(out, DifferenceKind::encoding, path + ' ' + raw, *of_a, *of_b);
            }
        }
    }
}

}  // namespace

void compare_requests(const evidence::ExchangeFacts& a, const evidence::ExchangeFacts& b, std::vector<Difference>& out) {
    if (!a.exchange.request || !b.exchange.request || !a.target || !b.target) {
        return;
    }
    const input::Request& of_a = *a.exchange.request;
    const input::Request& of_b = *b.exchange.request;
    compare_text(out, "HTTP.method", of_a.method, of_b.method);
    if (!of_a.version.empty() && !of_b.version.empty()) {
        compare_text(out, "HTTP.version", of_a.version, of_b.version);
    }
    compare_text(out, "HTTP.path", path_of(*a.target), path_of(*b.target));
    compare_queries(*a.target, *b.target, a.operation == scep::Operation::PKIOperation, out);
    compare_text(out, "HTTP.malformed", of_a.malformed.value_or(""), of_b.malformed.value_or(""));
    compare_fields(of_a.fields, of_b.fields, out);
}

void compare_responses(const evidence::ExchangeFacts& a, const evidence::ExchangeFacts& b, std::vector<Difference>& out) {
    if (!a.exchange.response || !b.exchange.response || a.exchange.response->status == 0 || b.exchange.response->status == 0) {
        return;
    }
    const input::Response& of_a = *a.exchange.response;
    const input::Response& of_b = *b.exchange.response;
    compare_text(out, "HTTP.status", std::to_string(of_a.status), std::to_string(of_b.status));
    compare_text(out, "HTTP.version", of_a.version, of_b.version);
    compare_text(out, "HTTP.malformed", of_a.malformed.value_or(""), of_b.malformed.value_or(""));
    compare_fields(of_a.fields, of_b.fields, out);
}

}  // namespace sceplab::diff
