#include <conformance/redact/mask.h>

#include <conformance/input/scep_traffic.h>

#include <scepcodec/scep/http.h>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <span>

namespace sceplab::redact {

namespace {

constexpr char mask_character = 'x';

// Fields whose values name nobody; of the others only the name is kept, and of those that are not known not even that.
constexpr std::string_view kept_values[] = {
    "Accept",        "Accept-Charset", "Accept-Encoding", "Accept-Ranges", "Age",        "Allow",      "Cache-Control",
    "Connection",    "Content-Encoding", "Content-Length", "Content-Transfer-Encoding", "Content-Type", "Date",
    "Expect",        "Expires",        "Keep-Alive",      "MIME-Version",  "Pragma",     "Proxy-Connection", "Retry-After", "TE",
    "Trailer",       "Transfer-Encoding", "Upgrade",      "Vary",          "X-Content-Type-Options"};
constexpr std::string_view kept_names[] = {
    "Accept-Language", "Authorization", "Content-Disposition", "Content-Language", "Content-Location", "Content-MD5", "Cookie",
    "ETag",            "Forwarded",     "From",                "Host",             "If-Modified-Since", "If-None-Match", "Last-Modified",
    "Link",            "Location",      "Origin",              "Proxy-Authenticate", "Proxy-Authorization", "Referer", "Server",
    "Set-Cookie",      "Strict-Transport-Security", "User-Agent", "Via",           "Warning",           "WWW-Authenticate",
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Powered-By",    "X-Real-IP",         "X-Request-ID"};
// What stands in the paths of SCEP servers everywhere.
constexpr std::string_view kept_segments[] = {"",      "scep",    "pkiclient.exe", "cgi-bin", "mscep",     "mscep.dll", "mscep_admin", "certsrv", "ca",
                                              "ejbca", "publicweb", "apply",       "api",     "enroll", "enrol", "pki", "v1", "v2"};
constexpr std::string_view kept_parameters[] = {"operation", "message"};

bool any_but_for_case(std::span<const std::string_view> known, std::string_view text) {
    return std::ranges::any_of(known, [&](std::string_view each) {
        return boost::beast::iequals({each.data(), each.size()}, {text.data(), text.size()});
    });
}

bool names_something(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

// Letters and digits; what stands between them is kept, so that a grammar still fits. Gives whether there were any.
bool mask_words(std::string& text, std::size_t begin, std::size_t end) {
    bool any = false;
    for (std::size_t i = begin; i < end; ++i) {
        if (names_something(text[i])) {
            text[i] = mask_character;
            any = true;
        }
    }
    return any;
}

// The same in a URL, whose escapes stay escapes.
bool mask_escaped(std::string& text, std::size_t begin, std::size_t end) {
    bool any = false;
    for (std::size_t i = begin; i < end; ++i) {
        if (text[i] == '%' && i + 2 < end) {
            text[i + 1] = '7';
            text[i + 2] = '8';
            i += 2;
            any = true;
        } else {
            any = mask_words(text, i, i + 1) || any;
        }
    }
    return any;
}

std::size_t end_of_line(std::string_view text, std::size_t from) { return std::min(text.find_first_of("\r\n", from), text.size()); }

bool is_message(std::string_view body) {
    constexpr char sequence = 0x30;
    const std::span octets(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
    return body.empty() || body[0] == sequence || scep::http::looks_like_base64(scep::der::Input(octets));
}

bool is_capabilities(const input::Exchange& exchange) {
    const auto& request = exchange.request;
    const auto target = request ? scep::http::parse_target(request->target) : scep::http::RequestTarget{};
    const auto operation = target.operation_text();
    return exchange.response->status == 200 && operation && operation->text() == "GetCACaps" &&
           exchange.response->body.text().find('<') == std::string_view::npos;
}

template <class Message>
Masked copy(const Message& message) {
    Masked out;
    out.time = message.time;
    out.malformed = message.malformed.has_value();
    out.complete = message.complete;
    out.body_lost = message.body_lost;
    out.head = message.head.text();
    // What was refused in its head is all of it, in both.
    out.head_in_body = out.malformed && message.body.slice(0, message.head.size()).same_octets(message.head);
    out.body = message.body.from(out.head_in_body ? message.head.size() : 0).text();
    if (out.head_in_body) {
        for (const std::string_view empty_line : {"\r\n\r\n", "\n\n"}) {
            if (const auto end = out.head.find(empty_line); end != std::string::npos) {
                out.body.insert(0, out.head, end + empty_line.size());
                out.head.resize(end + empty_line.size());
                break;
            }
        }
    }
    return out;
}

} // namespace

MaskedExchange Masker::mask(const input::Exchange& exchange) {
    MaskedExchange out{.connection = exchange.connection, .peers = exchange.peers, .request = {}, .response = {}, .ended = exchange.ended};
    if (exchange.request) {
        out.request = copy(*exchange.request);
        mask_head(out.request->head, true, 0);
        if (!out.request->malformed || out.request->head_in_body) {
            mask_body(out.request->body);
        }
    }
    if (exchange.response) {
        out.response = copy(*exchange.response);
        out.response->status = exchange.response->status;
        mask_head(out.response->head, false, exchange.response->status);
        if (!is_capabilities(exchange) && (!out.response->malformed || out.response->head_in_body)) {
            mask_body(out.response->body);
        }
    }
    return out;
}

void Masker::mask_head(std::string& head, bool request, int status) {
    const std::size_t line = end_of_line(head, 0);
    if (request) {
        const std::size_t target = std::min(head.find(' '), line);
        const std::size_t version = head.rfind(" HTTP/", line);
        mask_target(head, std::min(target + 1, line), version == std::string::npos || version < target ? line : std::min(version, line));
    } else if (const std::size_t code = std::min(head.find(' '), line); code + 5 <= line) {
        const auto usual = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(static_cast<unsigned>(std::max(status, 0))));
        if (head.substr(code + 5, line - code - 5) != std::string_view(usual.data(), usual.size())) {
            mask_words(head, code + 5, line);
        }
    }
    for (std::size_t at = line; at < head.size();) {
        const std::size_t begin = std::min(head.find_first_not_of("\r\n", at), head.size());
        at = end_of_line(head, begin);
        mask_field(head, begin, at);
    }
}

void Masker::mask_target(std::string& head, std::size_t begin, std::size_t end) {
    const std::string before = head.substr(begin, end - begin);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (before.starts_with(scheme)) {
            const std::size_t authority_end = std::min(head.find_first_of("/?", begin + scheme.size()), end);
            mask_host(head, begin + scheme.size(), authority_end);
            begin = authority_end;
            break;
        }
    }
    const std::size_t query = std::min(head.find('?', begin), end);
    bool any = false;
    for (std::size_t at = begin; at < query;) {
        const std::size_t slash = std::min(head.find('/', at), query);
        if (!any_but_for_case(kept_segments, std::string_view(head).substr(at, slash - at))) {
            any = mask_escaped(head, at, slash) || any;
        }
        at = slash + 1;
    }
    for (std::size_t at = std::min(query + 1, end); at < end;) {
        const std::size_t next = std::min(head.find('&', at), end);
        const std::size_t equals = std::min(head.find('=', at), next);
        if (!any_but_for_case(kept_parameters, std::string_view(head).substr(at, equals - at))) {
            any = mask_escaped(head, equals, next) || any;
        }
        at = next + 1;
    }
    m_counts.targets += any ? 1 : 0;
}

void Masker::mask_field(std::string& head, std::size_t begin, std::size_t end) {
    const std::size_t colon = std::min(head.find(':', begin), end);
    const std::string name = head.substr(begin, colon - begin);
    const std::size_t value = std::min(head.find_first_not_of(" \t", std::min(colon + 1, end)), end);
    if (any_but_for_case(kept_values, name)) {
        return;
    }
    if (any_but_for_case(std::span(kept_names), name)) {
        if (boost::beast::iequals(name, "Host")) {
            mask_host(head, value, std::min(head.find_last_not_of(" \t", end - 1) + 1, end));
            return;
        }
    } else {
        m_counts.names += mask_words(head, begin, colon) ? 1 : 0;
    }
    m_counts.values += mask_words(head, value, end) ? 1 : 0;
}

// A name of the same length for each, with its port.
void Masker::mask_host(std::string& text, std::size_t begin, std::size_t end) {
    if (begin >= end) {
        return;
    }
    const std::size_t colon = text.rfind(':', end - 1);
    const bool has_port = colon != std::string::npos && colon >= begin && text.find_first_not_of("0123456789", colon + 1) >= end;
    const std::size_t name_end = has_port ? colon : end;
    const std::string name = text.substr(begin, name_end - begin);
    auto known = m_hosts.find(name);
    if (known == m_hosts.end()) {
        std::string masked(name.size(), 'h');
        std::size_t number = m_hosts_of_length[name.size()]++;
        for (std::size_t i = masked.size(); i-- > 0 && number > 0; number /= 10) {
            masked[i] = static_cast<char>('0' + number % 10);
        }
        known = m_hosts.emplace(name, std::move(masked)).first;
        ++m_counts.hosts;
    }
    text.replace(begin, name.size(), known->second);
}

// A message of SCEP is kept. Of anything else its first two octets are, which tell that it is none, and the names of markup.
void Masker::mask_body(std::string& body) {
    constexpr std::size_t kept = 2;
    if (is_message(body)) {
        return;
    }
    bool markup = body[0] == '<';
    for (std::size_t i = kept; i < body.size(); ++i) {
        markup = body[i] == '<' || (markup && std::string_view(" \t\r\n>").find(body[i]) == std::string_view::npos);
        if (!markup && names_something(body[i])) {
            body[i] = mask_character;
        }
    }
    ++m_counts.texts;
}

} // namespace sceplab::redact
