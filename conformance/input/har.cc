#include <conformance/input/har.h>

#include <conformance/input/json_list.h>
#include <conformance/input/text_body.h>
#include <conformance/input/told.h>

#include <boost/beast/core/string.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace sceplab::input {

namespace {

using nlohmann::json;

constexpr std::string_view path[] = {"log", "entries"};
constexpr std::string_view wanted[] = {"startedDateTime", "connection", "request",   "response", "method",  "url",      "httpVersion", "headers",
                                       "name",            "value",      "postData",  "_postData", "_content", "mimeType", "text",        "encoding",
                                       "params",          "bodySize",   "status",    "statusText", "content", "size",     "timings",     "blocked",
                                       "dns",             "connect",    "send",      "wait"};

// A member of any type, null where there is none.
const json& member(const json& object, const char* name) {
    static const json none;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? *found : none;
}

std::string text_of(const json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

std::optional<std::size_t> size_of(const json& value) {
    constexpr double largest = 1e15;
    if (!value.is_number() || value.get<double>() < 0 || value.get<double>() > largest) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(value.get<double>());
}

std::optional<std::size_t> content_length(const std::vector<HeaderField>& fields) {
    const auto text = find(fields, "Content-Length");
    std::size_t length = 0;
    return text && std::from_chars(text->data(), text->data() + text->size(), length).ec == std::errc{} ? std::optional(length) : std::nullopt;
}

// "http/1.1", "h2", "HTTP/2.0" as one would write it in a start line.
std::string version_of(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text == "H2" ? "HTTP/2" : text == "H3" ? "HTTP/3" : text.starts_with("HTTP/") ? text : "HTTP/1.1";
}

// One entry of the file.
class Entry {
public:
    Entry(const JsonElement& element, std::uint32_t input, const Sink& sink) : m_element(element), m_sink(sink), m_input(input) {}

    // Gives whether it was SCEP.
    bool read(std::map<std::string, std::uint32_t>& connections) {
        auto asked = request(member(m_element.value, "request"));
        if (!asked) {
            return false;
        }
        auto answered = response(member(m_element.value, "response"), *asked);
        if (!is_scep(&*asked, answered ? &*answered : nullptr)) {
            return false;
        }
        // Only now: of what is no SCEP nobody wants to hear.
        read_body(*asked, request_body(), "/request", {size_of(member(member(m_element.value, "request"), "bodySize")), content_length(asked->fields)});
        Exchange exchange;
        exchange.input = m_input;
        if (const std::string connection = text_of(member(m_element.value, "connection")); !connection.empty()) {
            exchange.connection = connections.try_emplace(connection, static_cast<std::uint32_t>(connections.size() + 1)).first->second;
        }
        take(add_request(exchange, std::move(*asked)), "/request/postData/text");
        if (answered) {
            const json& content = member(member(m_element.value, "response"), "content");
            const bool coded = find(answered->fields, "Content-Encoding").has_value();
            read_body(*answered, content, "/response/content",
                      {size_of(member(content, "size")), coded ? std::nullopt : content_length(answered->fields)}, coded);
            take(add_response(exchange, std::move(*answered)), "/response/content/text");
            exchange.ended = Ending::answered;
        }
        m_sink.exchange(std::move(exchange));
        return true;
    }

private:
    void damage(std::string_view where, std::string reason) {
        m_sink.damage({m_input, m_element.offset, fmt::format("/log/entries/{}{}: {}", m_element.index, where, reason)});
    }
    void take(const std::expected<void, std::string>& added, std::string_view where) {
        if (!added) {
            damage(where, added.error());
        }
    }

    static std::vector<HeaderField> fields_of(const json& headers, std::string* authority, std::string* path_of) {
        std::vector<HeaderField> fields;
        for (const json& header : headers.is_array() ? headers : json::array()) {
            HeaderField field{text_of(member(header, "name")), text_of(member(header, "value"))};
            if (!field.name.starts_with(':')) {
                fields.push_back(std::move(field));
            } else if (authority != nullptr && field.name == ":authority") {
                *authority = std::move(field.value);
            } else if (path_of != nullptr && field.name == ":path") {
                *path_of = std::move(field.value);
            }
        }
        return fields;
    }

    std::optional<Told> request(const json& request) {
        const json& url = member(request, "url");
        if (!url.is_string()) {
            damage("/request/url", "no text");
            return std::nullopt;
        }
        Told told;
        auto [authority, target] = split_url(url.get_ref<const std::string&>());
        told.method = text_of(member(request, "method"));
        told.version = version_of(text_of(member(request, "httpVersion")));
        told.fields = fields_of(member(request, "headers"), &authority, &target);
        told.target = std::move(target);
        // HTTP/2 has no Host; it says the same otherwise.
        if (!find(told.fields, "Host") && !authority.empty()) {
            told.fields.insert(told.fields.begin(), {"Host", std::move(authority)});
        }
        told.time = parse_timestamp(text_of(member(m_element.value, "startedDateTime")));
        return told;
    }

    std::optional<Told> response(const json& response, const Told& request) const {
        const json& status = member(response, "status");
        if (!status.is_number() || status.get<double>() < 1 || status.get<double>() > 999) {
            return std::nullopt;
        }
        Told told;
        told.status = static_cast<int>(status.get<double>());
        told.reason = text_of(member(response, "statusText"));
        told.version = version_of(text_of(member(response, "httpVersion")));
        told.fields = fields_of(member(response, "headers"), nullptr, nullptr);
        told.time = request.time;
        for (const char* phase : {"blocked", "dns", "connect", "send", "wait"}) {
            constexpr double longest = 1e9;
            const json& milliseconds = member(member(m_element.value, "timings"), phase);
            if (told.time && milliseconds.is_number() && milliseconds.get<double>() > 0 && milliseconds.get<double>() < longest) {
                *told.time += static_cast<Timestamp>(milliseconds.get<double>() * 1000);
            }
        }
        return told;
    }

    // Where the body of the request is; tools that keep octets have names of their own for it.
    const json& request_body() const {
        const json& request = member(m_element.value, "request");
        for (const char* name : {"_content", "postData"}) {
            if (member(request, name).is_object()) {
                return member(request, name);
            }
        }
        return member(request, "_postData");
    }

    struct Sizes {
        std::optional<std::size_t> told; // by the HAR
        std::optional<std::size_t> sent; // by Content-Length
    };

    void read_body(Told& told, const json& body, std::string_view where, const Sizes& sizes, bool coded = false) {
        const json& text = body.is_string() ? body : member(body, "text");
        const auto size = sizes.sent ? sizes.sent : sizes.told;
        if (!text.is_string() || (text.get_ref<const std::string&>().empty() && size.value_or(0) > 0)) {
            const json& params = member(body, "params");
            if (params.is_array() && !params.empty()) {
                lose(told, where, "the body was kept as form parameters, not as octets");
            } else if (size.value_or(0) > 0) {
                lose(told, where, fmt::format("the body of {} octets was not saved", *size));
            }
            return;
        }
        told.body = text.get_ref<const std::string&>();
        told.base64 = boost::beast::iequals(text_of(member(body, "encoding")), "base64") || (size && is_unsaid_base64(told.body, *size));
        if (!told.base64) {
            auto octets = octets_of_text(told.body, size);
            if (!octets) {
                lose(told, where, "the body was saved as text, and octets that are no text are lost");
                return;
            }
            told.body = std::move(*octets);
        }
        const std::size_t octets = told.base64 ? told.body.size() / 4 * 3 : told.body.size();
        // A response's size is the one before or after its coding, as the tool likes.
        if (!coded && size && octets < *size && !told.body.empty()) {
            told.complete = false;
            damage(where, fmt::format("{} octets of a body of {} were saved", octets, *size));
        }
    }

    void lose(Told& told, std::string_view where, std::string_view why) {
        told.body.clear();
        told.body_lost = true;
        damage(where, fmt::format("{}; capture it as pcapng, or as HAR with a proxy that keeps octets, as mitmproxy does", why));
    }

    const JsonElement& m_element;
    const Sink& m_sink;
    std::uint32_t m_input;
};

} // namespace

std::size_t read_har(std::FILE* file, std::uint32_t input, const Sink& sink) {
    std::size_t entries = 0;
    std::size_t given = 0;
    std::map<std::string, std::uint32_t> connections;
    const JsonRead read = read_json_list(file, {.path = path, .wanted = wanted, .element = [&](JsonElement&& element) {
                                                    ++entries;
                                                    given += Entry(element, input, sink).read(connections) ? 1 : 0;
                                                }});
    if (read.problem) {
        sink.damage({input, read.problem->offset, read.problem->reason, given == 0});
    } else if (!read.found) {
        sink.damage({input, 0, "no HAR: /log/entries is missing", true});
    } else if (given == 0) {
        sink.damage({input, 0, fmt::format("no SCEP traffic: {} HTTP {}, none of them SCEP", entries, entries == 1 ? "request" : "requests"), true});
    }
    return given;
}

} // namespace sceplab::input
