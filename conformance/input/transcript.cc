#include <conformance/input/transcript.h>

#include <conformance/input/json_list.h>
#include <conformance/input/told.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace sceplab::input {

namespace {

using nlohmann::json;

constexpr std::string_view path[] = {"exchanges"};

// What is wrong, and where below the exchange.
struct Misfit {
    std::string pointer;
    std::string reason;
};

// The members of one object; what does not fit is thrown, and caught where the exchange is read.
class Members {
public:
    Members(const json& object, std::string pointer, std::initializer_list<std::string_view> known) : m_object(object), m_pointer(std::move(pointer)) {
        if (!object.is_object()) {
            wrong("", "an object is due");
        }
        for (const auto& [name, value] : object.items()) {
            if (!name.starts_with('_') && std::ranges::find(known, name) == known.end()) {
                wrong("/" + name, "there is no such member");
            }
        }
    }

    [[noreturn]] void wrong(const std::string& where, std::string reason) const { throw Misfit{m_pointer + where, std::move(reason)}; }

    // Null where there is none.
    [[nodiscard]] const json& at(const char* name) const {
        static const json none;
        const auto found = m_object.find(name);
        return found == m_object.end() ? none : *found;
    }
    [[nodiscard]] std::string text(const char* name, bool required = false) const {
        const json& value = at(name);
        if (!value.is_string() && (required || !value.is_null())) {
            wrong(std::string("/") + name, value.is_null() ? "is missing" : "a string is due");
        }
        return value.is_string() ? value.get<std::string>() : std::string();
    }
    [[nodiscard]] std::optional<std::uint32_t> number(const char* name, std::uint32_t least, std::uint32_t most) const {
        const json& value = at(name);
        if (value.is_null()) {
            return std::nullopt;
        }
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() < least || value.get<std::uint64_t>() > most) {
            wrong(std::string("/") + name, fmt::format("an integer from {} to {} is due", least, most));
        }
        return value.get<std::uint32_t>();
    }
    [[nodiscard]] bool flag(const char* name, bool otherwise) const {
        const json& value = at(name);
        if (!value.is_boolean() && !value.is_null()) {
            wrong(std::string("/") + name, "true or false is due");
        }
        return value.is_boolean() ? value.get<bool>() : otherwise;
    }
    [[nodiscard]] std::optional<Timestamp> time() const {
        const std::string value = text("time");
        const auto time = parse_timestamp(value);
        if (!time && !value.empty()) {
            wrong("/time", "no time like 2026-11-23T16:33:30.123Z");
        }
        return time;
    }

private:
    const json& m_object;
    std::string m_pointer;
};

// What requests and responses have both.
Told common(const Members& members, const std::string& pointer) {
    Told told;
    told.time = members.time();
    told.version = members.text("version");
    told.version = told.version.empty() ? "HTTP/1.1" : told.version;
    told.body = members.text("body");
    told.base64 = true;
    told.complete = members.flag("complete", true);
    if (std::string why = members.text("malformed"); !why.empty()) {
        told.malformed = std::move(why);
    }
    const json& headers = members.at("headers");
    if (!headers.is_array() && !headers.is_null()) {
        members.wrong("/headers", "an array is due");
    }
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const Members field(headers[i], fmt::format("{}/headers/{}", pointer, i), {"name", "value"});
        told.fields.push_back({field.text("name", true), field.text("value", true)});
    }
    return told;
}

Told read_request(const json& value) {
    const Members members(value, "/request", {"time", "method", "url", "version", "headers", "body", "complete", "malformed"});
    Told told = common(members, "/request");
    told.method = members.text("method", true);
    auto [authority, target] = split_url(members.text("url", true));
    told.target = std::move(target);
    if (!authority.empty() && !find(told.fields, "Host")) {
        told.fields.insert(told.fields.begin(), {"Host", std::move(authority)});
    }
    return told;
}

Told read_response(const json& value) {
    const Members members(value, "/response", {"time", "status", "reason", "version", "headers", "body", "complete", "malformed"});
    Told told = common(members, "/response");
    const bool message_alone = members.at("status") == 0;
    const auto status = message_alone ? 0 : members.number("status", 100, 999);
    if (!status) {
        members.wrong("/status", "is missing");
    }
    told.status = static_cast<int>(*status);
    told.reason = members.text("reason");
    return told;
}

Ending read_ending(const Members& members) {
    const std::string ended = members.text("ended");
    for (const Ending each : {Ending::fin, Ending::rst, Ending::capture}) {
        if (ended == name(each)) {
            return each;
        }
    }
    if (!ended.empty()) {
        members.wrong("/ended", "fin, rst or capture is due");
    }
    return Ending::capture;
}

Exchange read_exchange(const json& value) {
    const Members members(value, "", {"connection", "request", "response", "ended"});
    Exchange exchange;
    exchange.connection = members.number("connection", 1, std::numeric_limits<std::uint32_t>::max());
    exchange.ended = read_ending(members);
    if (members.at("request").is_null() && members.at("response").is_null()) {
        members.wrong("", "neither a request nor a response");
    }
    const auto take = [](const std::expected<void, std::string>& added, const char* where) {
        if (!added) {
            throw Misfit{where, added.error()};
        }
    };
    if (!members.at("request").is_null()) {
        take(add_request(exchange, read_request(members.at("request"))), "/request/body");
    }
    if (!members.at("response").is_null()) {
        take(add_response(exchange, read_response(members.at("response"))), "/response/body");
        exchange.ended = Ending::answered;
    }
    return exchange;
}

} // namespace

std::size_t read_transcript(std::FILE* file, std::uint32_t input, const Sink& sink) {
    std::size_t given = 0;
    const JsonRead read = read_json_list(file, {.path = path, .element = [&](JsonElement&& element) {
                                                    try {
                                                        Exchange exchange = read_exchange(element.value);
                                                        exchange.input = input;
                                                        ++given;
                                                        sink.exchange(std::move(exchange));
                                                    } catch (const Misfit& misfit) {
                                                        sink.damage({input, element.offset,
                                                                     fmt::format("/exchanges/{}{}: {}", element.index, misfit.pointer, misfit.reason)});
                                                    }
                                                }});
    const auto schema = read.rest.find("schema");
    if (read.problem) {
        sink.damage({input, read.problem->offset, read.problem->reason, given == 0});
    } else if (schema == read.rest.end() || *schema != transcript_schema) {
        sink.damage({input, 0,
                     schema == read.rest.end() ? fmt::format("/schema: is missing; \"{}\" is due", transcript_schema)
                                               : fmt::format("/schema: is {}; \"{}\" is due", schema->dump(), transcript_schema),
                     given == 0});
    } else if (given == 0) {
        sink.damage({input, 0, read.found ? "no SCEP traffic: no exchange in this transcript" : "/exchanges: is missing", true});
    }
    return given;
}

std::size_t read_transcript(std::string_view text, std::uint32_t input, const Sink& sink) {
    std::string octets(text);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(fmemopen(octets.data(), octets.size(), "r"), &std::fclose);
    if (!file) {
        sink.damage({input, 0, "an empty text is no transcript", true});
        return 0;
    }
    return read_transcript(file.get(), input, sink);
}

} // namespace sceplab::input
