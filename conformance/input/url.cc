#include <conformance/input/url.h>

#include <conformance/input/scep_traffic.h>

#include <algorithm>

namespace sceplab::input {

namespace {

constexpr std::string_view parameter = "operation=";
constexpr std::string_view methods[] = {"GET", "POST", "HEAD"};
constexpr std::string_view around = " \t\r\n\"'<>";

// Where the path begins, if the query that holds `at` is a field of its own behind it: "GET /certsrv/mscep/mscep.dll operation=GetCACaps 80".
std::optional<std::size_t> split_path(std::string_view line, std::size_t at) {
    const auto space = line.find_last_of(" \t", at);
    if (space == std::string_view::npos || space == 0 || line.substr(space, at - space).find('?') != std::string_view::npos) {
        return std::nullopt;
    }
    const auto before = line.find_last_of(around, space - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const bool is_path = line[start] == '/' && line.substr(start, space - start).find('?') == std::string_view::npos;
    return is_path ? std::optional(start) : std::nullopt;
}

// Where the query parameter begins, in any case; npos where there is none.
std::size_t find_operation(std::string_view line) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    auto from = line.begin();
    for (;;) {
        const auto found = std::search(from, line.end(), parameter.begin(), parameter.end(), [&](char a, char b) { return lower(a) == b; });
        if (found == line.end()) {
            return std::string_view::npos;
        }
        const auto at = static_cast<std::size_t>(found - line.begin());
        const char before = at > 0 ? line[at - 1] : 'x';
        if (before == '?' || before == '&' || ((before == ' ' || before == '\t') && split_path(line, at))) {
            return at;
        }
        from = std::next(found);
    }
}

// Path and query that are fields of their own, as a target; each octet keeps its place.
std::string joined(std::string_view split) {
    std::string target(split);
    target[target.find_first_of(" \t")] = '?';
    return target;
}

std::string_view trimmed(std::string_view line) {
    const auto first = line.find_first_not_of(around);
    if (first == std::string_view::npos) {
        return {};
    }
    return line.substr(first, line.find_last_not_of(around) - first + 1);
}

// A line that begins with a path or a URL is one up to the parameter, spaces and all.
std::size_t start_of_target(std::string_view line, std::size_t operation) {
    const auto first = std::min(line.find_first_not_of(around), line.size());
    const std::string_view text = line.substr(first);
    if (text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://")) {
        return first;
    }
    const auto separator = line.find_last_of(around, operation);
    return separator == std::string_view::npos ? 0 : separator + 1;
}

bool ends_with_method(std::string_view before, std::string_view& method) {
    const auto word_end = before.find_last_not_of(' ');
    if (word_end == std::string_view::npos || word_end + 1 == before.size()) {
        return false;
    }
    before = before.substr(0, word_end + 1);
    for (const std::string_view known : methods) {
        const bool alone =
            before.size() == known.size() ||
            (before.size() > known.size() && around.find(before[before.size() - known.size() - 1]) != std::string_view::npos);
        if (before.ends_with(known) && alone) {
            method = before.substr(before.size() - known.size());
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<FoundTarget> find_target(std::string_view line) {
    const auto operation = find_operation(line);
    if (operation == std::string_view::npos) {
        return std::nullopt;
    }
    const auto path = split_path(line, operation);
    const std::size_t start = path ? *path : start_of_target(line, operation);
    FoundTarget found{.method = "GET"};
    found.split = path.has_value();
    const bool request_line = ends_with_method(line.substr(0, start), found.method);
    const bool alone = trimmed(line.substr(0, start)).empty();
    const auto version = line.find(" HTTP/", operation);
    if (found.split) {
        found.target = line.substr(start, line.find_first_of(around, operation) - start);
    } else if ((request_line || alone) && version != std::string_view::npos) {
        // Spaces before the version belong to the target: a "+" that somebody decoded.
        found.target = line.substr(start, version - start);
        const std::string_view rest = line.substr(version + 1);
        found.version = rest.substr(0, rest.find_first_of(around));
    } else if (alone) {
        found.target = trimmed(line.substr(start));
    } else {
        found.target = line.substr(start, line.find_first_of(around, start) - start);
    }
    if (!is_scep_target(found.split ? joined(found.target) : std::string(found.target))) {
        return std::nullopt;
    }
    return found;
}

bool is_url(std::string_view argument) {
    return argument.starts_with("http://") || argument.starts_with("https://") || find_operation(argument) != std::string_view::npos;
}

Request request_of(scep::der::Input line, const FoundTarget& found, scep::Sources& sources) {
    Request request;
    request.method = found.method;
    request.version = found.version;
    const auto begin = static_cast<std::uint32_t>(found.target.data() - line.text().data());
    request.target = line.slice(begin, static_cast<std::uint32_t>(found.target.size()));
    if (found.split) {
        const std::string target = joined(found.target);
        const auto source =
            sources.add_derived(scep::SourceKind::normalised, line.source(), {target.begin(), target.end()}, {{0, request.target.offset()}});
        request.target = source ? *source : scep::der::Input{};
    }
    return request;
}

Exchange exchange_of(std::string_view line) {
    Exchange exchange;
    const auto source = exchange.sources.add_captured(std::vector<std::uint8_t>(line.begin(), line.end()));
    const auto found = source ? find_target(source->text()) : std::nullopt;
    exchange.request = found ? request_of(*source, *found, exchange.sources) : Request{};
    return exchange;
}

} // namespace sceplab::input
