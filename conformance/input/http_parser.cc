#include <conformance/input/http_parser.h>

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace sceplab::input {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

std::string_view text_of(std::span<const std::uint8_t> octets) { return {reinterpret_cast<const char*>(octets.data()), octets.size()}; }

void append(std::vector<std::uint8_t>& to, std::span<const std::uint8_t> octets) {
    const std::size_t room = HttpParser::max_body - std::min(to.size(), HttpParser::max_body);
    to.insert(to.end(), octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(std::min(room, octets.size())));
}

std::string version_text(int version) { return version == 10 ? "HTTP/1.0" : "HTTP/1.1"; }

template <bool is_request>
class Parser final : public HttpParser, private http::basic_parser<is_request> {
    using Base = http::basic_parser<is_request>;

public:
    Parser(const Moment& begin, bool no_body) {
        m_message.begin = begin;
        Base::header_limit(max_head);
        Base::body_limit(std::numeric_limits<std::uint64_t>::max()); // no limit of Beast's: a long body is read and not kept
        Base::eager(true);
        Base::skip(no_body);
    }

    std::size_t put(std::span<const std::uint8_t> octets) override {
        std::size_t used = 0;
        while (used < octets.size() && !refused() && !Base::is_done()) {
            const auto rest = octets.subspan(used);
            const bool in_head = !Base::is_header_done();
            beast::error_code error;
            const std::size_t now = Base::put(boost::asio::const_buffer(rest.data(), rest.size()), error);
            keep(rest.first(now), in_head);
            used += now;
            if (error == http::error::need_more || (!error && now == 0)) {
                return used;
            }
            if (error) {
                refuse(error.message(), octets.subspan(used));
                return octets.size();
            }
        }
        if (refused()) {
            append(m_message.body, octets.subspan(used));
            return octets.size();
        }
        return used;
    }

    bool done() const override { return !refused() && Base::is_done(); }

    void end(std::span<const std::uint8_t> rest, bool orderly) override {
        if (refused() || Base::is_done()) {
            m_message.complete = m_message.complete || orderly;
            read_start_line();
            return;
        }
        if (!Base::is_header_done()) {
            end_in_head(rest, orderly);
            return;
        }
        beast::error_code error;
        if (orderly) {
            Base::put_eof(error);
            m_message.complete = !error && !m_message.too_large;
        }
    }

private:
    // Beast reads a head at once, when all of it is there, and may go on into the body.
    void keep(std::span<const std::uint8_t> octets, bool in_head) {
        if (in_head) {
            const std::size_t head = m_message.head.size();
            append(m_message.head, octets);
            if (!Base::is_header_done()) {
                return;
            }
            const auto end_of_head = text_of(m_message.head).find("\r\n\r\n");
            if (end_of_head != std::string_view::npos) {
                m_message.head.resize(std::min(m_message.head.size(), end_of_head + 4));
            }
            octets = octets.subspan(std::min(octets.size(), m_message.head.size() - std::min(head, m_message.head.size())));
        }
        if (Base::chunked()) {
            append(m_raw, octets);
        }
    }

    void refuse(std::string why, std::span<const std::uint8_t> rest) {
        m_message.malformed = std::move(why);
        if (!Base::is_header_done()) {
            m_raw = m_message.head;
        }
        if (!Base::is_header_done() || Base::chunked()) {
            m_message.body = std::move(m_raw);
        }
        append(m_message.body, rest);
    }

    void end_in_head(std::span<const std::uint8_t> rest, bool orderly) {
        append(m_message.head, rest);
        if (text_of(m_message.head).find("\n\n") != std::string_view::npos) {
            m_message.malformed = "bad line ending";
            m_message.complete = orderly;
            m_message.body = m_message.head;
        }
        read_start_line();
    }

    // What the start line says, where Beast did not come to tell.
    void read_start_line() {
        if (!m_message.version.empty()) {
            return;
        }
        if (m_message.head.empty()) {
            m_message.head.assign(m_message.body.begin(),
                                  m_message.body.begin() + std::min<std::ptrdiff_t>(std::ssize(m_message.body), max_head));
        }
        const std::string_view all = text_of(m_message.head);
        const std::string_view line = all.substr(0, all.find_first_of("\r\n"));
        const auto first_space = line.find(' ');
        if (first_space == std::string_view::npos) {
            return;
        }
        if constexpr (is_request) {
            const auto version_at = line.rfind(" HTTP/");
            m_message.method = line.substr(0, first_space);
            m_message.target_offset = first_space + 1;
            if (version_at != std::string_view::npos && version_at > first_space) {
                m_message.version = line.substr(version_at + 1);
                m_message.target_size = version_at - m_message.target_offset;
            } else {
                m_message.target_size = line.size() - m_message.target_offset;
            }
        } else {
            m_message.version = line.substr(0, first_space);
            const std::string_view code = line.substr(first_space + 1, 3);
            std::from_chars(code.data(), code.data() + code.size(), m_message.status);
        }
    }

    void on_request_impl(http::verb, beast::string_view method, beast::string_view target, int version, beast::error_code&) override {
        m_message.method.assign(method.data(), method.size());
        m_message.target_offset = method.size() + 1; // one space between them, or Beast refuses
        m_message.target_size = target.size();
        m_message.version = version_text(version);
    }
    void on_response_impl(int code, beast::string_view, int version, beast::error_code&) override {
        m_message.status = code;
        m_message.version = version_text(version);
    }
    void on_field_impl(http::field, beast::string_view name, beast::string_view value, beast::error_code&) override {
        m_message.fields.push_back({std::string(name), std::string(value)});
    }
    void on_header_impl(beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view body, beast::error_code&) override {
        m_message.too_large = m_message.too_large || m_message.body.size() + body.size() > max_body;
        append(m_message.body, {reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, beast::error_code& error) override {
        return on_body_impl(body, error);
    }
    void on_finish_impl(beast::error_code&) override { m_message.complete = !m_message.too_large; }
};

bool is_token(std::uint8_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

constexpr std::size_t max_method = 32;

} // namespace

std::string_view HttpMessage::target() const { return text_of(head).substr(std::min(target_offset, head.size()), target_size); }

std::unique_ptr<HttpParser> request_parser(const Moment& begin) { return std::make_unique<Parser<true>>(begin, false); }

std::unique_ptr<HttpParser> response_parser(const Moment& begin, bool no_body) { return std::make_unique<Parser<false>>(begin, no_body); }

Look looks_like_request(std::span<const std::uint8_t> octets) {
    octets = octets.first(std::min(octets.size(), max_method + 1));
    const auto method_end = std::ranges::find_if_not(octets, is_token);
    const auto size = static_cast<std::size_t>(method_end - octets.begin());
    if (size > max_method) {
        return Look::no;
    }
    if (method_end == octets.end()) {
        return Look::perhaps;
    }
    return size > 0 && *method_end == ' ' ? Look::yes : Look::no;
}

Look looks_like_plain_request(std::span<const std::uint8_t> octets) {
    const Look look = looks_like_request(octets);
    if (look != Look::yes) {
        return look;
    }
    const std::string_view text = text_of(octets);
    const std::string_view target = text.substr(text.find(' ') + 1);
    if (target.empty()) {
        return Look::perhaps;
    }
    return target.front() == '/' || std::string_view("http://").starts_with(target.substr(0, 7)) ? Look::yes : Look::no;
}

Look looks_like_response(std::span<const std::uint8_t> octets) {
    constexpr std::string_view start = "HTTP/";
    const std::string_view text = text_of(octets).substr(0, start.size());
    if (!start.starts_with(text)) {
        return Look::no;
    }
    return text.size() == start.size() ? Look::yes : Look::perhaps;
}

} // namespace sceplab::input
