#include <conformance/redact/wire.h>

#include <boost/beast/core/string.hpp>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <span>

namespace sceplab::redact {

namespace {

scep::der::Input view(std::string_view text) { return scep::der::Input(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())); }

std::string_view field(std::string_view head, std::string_view name) {
    const auto found = input::find_in(view(head), name);
    return found ? found->text() : std::string_view();
}

bool is_any_of(std::string_view value, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) {
        return boost::beast::iequals({value.data(), value.size()}, {word.data(), word.size()});
    });
}

bool chunked(std::string_view head) {
    std::string_view coding = field(head, "Transfer-Encoding");
    const auto comma = coding.rfind(',');
    coding = comma == std::string_view::npos ? coding : coding.substr(comma + 1);
    coding.remove_prefix(std::min(coding.find_first_not_of(" \t"), coding.size()));
    return is_any_of(coding, {"chunked"});
}

std::string gzip(std::string_view octets) {
    z_stream stream{};
    constexpr int gzip_header = 16;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_header + MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    std::string out(deflateBound(&stream, octets.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(octets.data()));
    stream.avail_in = static_cast<uInt>(octets.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// As wide as before, where that is wide enough.
void set_content_length(std::string& head, std::size_t length) {
    if (const auto value = input::find_in(view(head), "Content-Length")) {
        head.replace(value->offset(), value->size(), fmt::format("{:0{}}", length, value->size()));
    }
}

} // namespace

std::string wire_form(const Masked& message) {
    if (message.malformed) {
        return message.head + message.body;
    }
    std::string head = message.head;
    std::string body = message.body;
    const bool was_coded = is_any_of(field(head, "Content-Encoding"), {"gzip", "x-gzip"}) && !body.empty() && !body.starts_with("\x1f\x8b");
    if (was_coded && message.complete) {
        body = gzip(body);
        set_content_length(head, body.size());
    }
    if (!chunked(head)) {
        return head + body;
    }
    if (!body.empty()) {
        body = fmt::format("{:x}\r\n", body.size()) + body + "\r\n";
    }
    return head + body + (message.complete ? "0\r\n\r\n" : "");
}

bool ends_with_connection(const Masked& response) {
    const bool no_body = response.status == 204 || response.status == 304 || response.status / 100 == 1;
    return !response.malformed && !no_body && !chunked(response.head) && !input::find_in(view(response.head), "Content-Length");
}

} // namespace sceplab::redact
