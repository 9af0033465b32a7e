#include <conformance/input/told.h>

#include <conformance/input/scep_traffic.h>

#include <scepcodec/scep/http.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace sceplab::input {

namespace {

using scep::der::Input;
using Octets = std::vector<std::uint8_t>;

Octets octets_of(std::string_view text) { return {text.begin(), text.end()}; }

// A line end inside would make another head of it.
std::string one_line(std::string_view text) {
    std::string out(text);
    std::ranges::replace_if(out, [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return out;
}

std::string head_of(std::string start_line, const std::vector<HeaderField>& fields) {
    std::string head = std::move(start_line) + "\r\n";
    for (const HeaderField& field : fields) {
        head += one_line(field.name) + ": " + one_line(field.value) + "\r\n";
    }
    return head + "\r\n";
}

struct Body {
    Input octets;
    std::optional<std::string> wrong;
};

Body add_body(scep::Sources& sources, Told& told) {
    if (told.body.empty() || told.body_lost) {
        return {};
    }
    const auto text = sources.add_captured(octets_of(told.body));
    if (!text) {
        return {{}, text.error().to_string()};
    }
    if (!told.base64) {
        return {*text, {}};
    }
    const auto decoded = scep::http::decode_base64(*text, sources);
    if (!decoded) {
        return {{}, fmt::format("no base64 at character {}", decoded.error().where.offset)};
    }
    return {decoded->octets, {}};
}

// Of a Request or Response, what both have.
template <class Message>
std::expected<void, std::string> fill(Message& message, scep::Sources& sources, Told&& told, std::string start_line) {
    message.time = told.time;
    message.complete = told.complete;
    message.body_lost = told.body_lost;
    message.malformed = std::move(told.malformed);
    message.version = std::move(told.version);
    if (const auto head = sources.add_captured(octets_of(head_of(std::move(start_line), told.fields)))) {
        message.head = *head;
    }
    message.fields = std::move(told.fields);
    Body body = add_body(sources, told);
    message.body = body.octets;
    if (body.wrong) {
        message.body_lost = true;
        return std::unexpected(std::move(*body.wrong));
    }
    return {};
}

} // namespace

std::expected<void, std::string> add_request(Exchange& exchange, Told&& told) {
    Request request;
    request.method = one_line(told.method);
    const std::string target = one_line(told.target);
    const auto filled = fill(request, exchange.sources, std::move(told), request.method + " " + target + " " + one_line(told.version));
    request.target = request.head.slice(static_cast<std::uint32_t>(request.method.size() + 1), static_cast<std::uint32_t>(target.size()));
    exchange.request = std::move(request);
    return filled;
}

std::expected<void, std::string> add_response(Exchange& exchange, Told&& told) {
    Response response;
    response.status = told.status;
    const std::string start_line = fmt::format("{} {} {}", one_line(told.version), told.status, one_line(told.reason));
    const auto filled = fill(response, exchange.sources, std::move(told), start_line);
    if (response.status == 0) {
        response.head = {};
    }
    exchange.response = std::move(response);
    return filled;
}

bool is_scep(const Told* request, const Told* response) {
    return (request != nullptr && (is_scep_target(request->target) || is_scep_content(request->fields))) ||
           (response != nullptr && is_scep_content(response->fields));
}

SplitUrl split_url(std::string_view url) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (url.starts_with(scheme)) {
            const std::string_view rest = url.substr(scheme.size());
            const auto authority_end = std::min(rest.find_first_of("/?#"), rest.size());
            const std::string_view target = rest.substr(authority_end, rest.find('#', authority_end) - authority_end);
            return {std::string(rest.substr(0, authority_end)), (target.starts_with('/') ? "" : "/") + std::string(target)};
        }
    }
    return {{}, std::string(url)};
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    // Digits in a row, nothing where they are fewer than due.
    const auto number = [&](std::size_t at, std::size_t digits) -> std::optional<int> {
        int value = 0;
        for (std::size_t i = at; i < at + digits; ++i) {
            if (i >= text.size() || text[i] < '0' || text[i] > '9') {
                return std::nullopt;
            }
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const auto is = [&](std::size_t at, std::string_view any) { return at < text.size() && any.find(text[at]) != std::string_view::npos; };
    const auto year = number(0, 4);
    const auto month = number(5, 2);
    const auto day = number(8, 2);
    const auto hour = number(11, 2);
    const auto minute = number(14, 2);
    const auto second = number(17, 2);
    if (!year || !month || !day || !hour || !minute || !second || !is(4, "-") || !is(7, "-") || !is(10, "Tt ") || !is(13, ":") ||
        !is(16, ":") || *hour > 24 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                              std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    std::size_t at = 19;
    Timestamp fraction = 0;
    if (is(at, ".,")) {
        Timestamp unit = 100'000;
        for (++at; number(at, 1); ++at) {
            fraction += unit * *number(at, 1);
            unit /= 10;
        }
    }
    Timestamp zone = 0; // minutes
    if (is(at, "+-")) {
        const auto hours = number(at + 1, 2);
        const std::size_t minutes_at = at + (is(at + 3, ":") ? 4 : 3);
        const auto minutes = minutes_at < text.size() ? number(minutes_at, 2) : std::optional(0);
        if (!hours || !minutes) {
            return std::nullopt;
        }
        zone = (*hours * 60 + *minutes) * (text[at] == '-' ? -1 : 1);
        at = text.size();
    } else if (is(at, "Zz")) {
        ++at;
    }
    if (at != text.size()) {
        return std::nullopt;
    }
    const Timestamp days = sys_days(date).time_since_epoch().count();
    return ((days * 24 + *hour) * 60 + *minute - zone) * 60'000'000 + *second * 1'000'000 + fraction;
}

} // namespace sceplab::input
