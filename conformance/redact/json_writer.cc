#include <conformance/redact/writer.h>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sceplab::redact {

namespace {

using Json = nlohmann::ordered_json;

std::string base64(std::string_view octets) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((octets.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = group << 8 | (i + j < octets.size() ? static_cast<std::uint8_t>(octets[i + j]) : 0u);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            out += i + j > octets.size() ? '=' : digits[group >> (18 - 6 * j) & 0x3f];
        }
    }
    return out;
}

std::string timestamp(input::Timestamp time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z", fmt::gmtime(static_cast<std::time_t>(time / 1'000'000)), time % 1'000'000);
}

// A head that was put together the way told.cc does it, taken apart again.
struct Head {
    std::string first; // of the start line: the method, the version
    std::string second;
    std::string third;
    Json fields = Json::array();
    std::string host;
    std::string type;
};

Head take_apart(std::string_view head) {
    Head out;
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const auto one = std::min(line.find(' '), line.size());
    const auto two = std::min(line.find(' ', one + 1), line.size());
    const bool request = !line.starts_with("HTTP/");
    const auto split = request ? std::max(line.rfind(' ') == std::string_view::npos ? one : line.rfind(' '), one) : two;
    out.first = line.substr(0, one);
    out.second = line.substr(std::min(one + 1, line.size()), split - std::min(one + 1, split));
    out.third = line.substr(std::min(split + 1, line.size()));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    while (!head.empty()) {
        const std::string_view field = head.substr(0, head.find("\r\n"));
        const auto colon = field.find(": ");
        if (colon != std::string_view::npos) {
            const std::string name(field.substr(0, colon));
            const std::string value(field.substr(colon + 2));
            out.fields.push_back({{"name", name}, {"value", value}});
            if (name.size() == 4 && (name[0] | 0x20) == 'h' && (name[1] | 0x20) == 'o') {
                out.host = value;
            }
            if (name.size() == 12 && (name[8] | 0x20) == 't' && (name[9] | 0x20) == 'y') {
                out.type = value;
            }
        }
        head.remove_prefix(std::min(field.size() + 2, head.size()));
    }
    return out;
}

class JsonWriter : public Writer {
public:
    JsonWriter(std::FILE* file, std::string_view begin, std::string_view end) : m_file(file), m_end(end) { put(begin); }

    void add(const MaskedExchange& exchange) override {
        put(m_any ? ",\n" : "\n");
        m_any = true;
        put(element(exchange).dump(2, ' ', true, Json::error_handler_t::replace));
    }
    void finish() override {
        put(m_end);
        std::fflush(m_file);
    }

private:
    [[nodiscard]] virtual Json element(const MaskedExchange& exchange) const = 0;
    void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), m_file); }

    std::FILE* m_file;
    std::string m_end;
    bool m_any = false;
};

class HarWriter final : public JsonWriter {
public:
    explicit HarWriter(std::FILE* file)
        : JsonWriter(file, R"({"log": {"version": "1.2", "creator": {"name": "sceplab redact", "version": "1"}, "entries": [)", "\n]}}\n") {}

private:
    // A body of which octets are missing is one octet larger than what is there.
    static std::size_t size(const Masked& message) { return message.body.size() + (message.complete && !message.body_lost ? 0 : 1); }

    [[nodiscard]] Json element(const MaskedExchange& exchange) const override {
        Json entry;
        const input::Timestamp began = exchange.request && exchange.request->time ? *exchange.request->time : 0;
        if (began != 0) {
            entry["startedDateTime"] = timestamp(began);
        }
        if (exchange.connection) {
            entry["connection"] = std::to_string(*exchange.connection);
        }
        if (exchange.request) {
            const Head head = take_apart(exchange.request->head);
            Json& request = entry["request"];
            const bool origin_form = head.second.starts_with('/');
            request = {{"method", head.first}, {"url", (origin_form ? "http://" + head.host : "") + head.second}, {"httpVersion", head.third}, {"headers", head.fields}, {"bodySize", size(*exchange.request)}};
            if (!exchange.request->body.empty()) {
                request["postData"] = {{"mimeType", head.type}, {"text", base64(exchange.request->body)}, {"encoding", "base64"}};
            }
        }
        Json& response = entry["response"];
        if (!exchange.response) {
            response = {{"status", 0}};
            return entry;
        }
        const Head head = take_apart(exchange.response->head);
        Json content = {{"size", size(*exchange.response)}, {"mimeType", head.type}};
        if (!exchange.response->body_lost) {
            content["text"] = base64(exchange.response->body);
            content["encoding"] = "base64";
        }
        response = {{"status", exchange.response->status}, {"statusText", head.third}, {"httpVersion", head.first}, {"headers", head.fields}, {"content", std::move(content)}};
        if (began != 0 && exchange.response->time) {
            entry["timings"] = {{"wait", static_cast<double>(*exchange.response->time - began) / 1000}};
        }
        return entry;
    }
};

class TranscriptWriter final : public JsonWriter {
public:
    explicit TranscriptWriter(std::FILE* file) : JsonWriter(file, R"({"schema": "sceplab-transcript/1", "exchanges": [)", "\n]}\n") {}

private:
    static Json message(const Masked& masked, const Head& head) {
        Json out;
        if (masked.time) {
            out["time"] = timestamp(*masked.time);
        }
        out["headers"] = head.fields;
        out["body"] = base64(masked.body);
        out["complete"] = masked.complete;
        return out;
    }

    [[nodiscard]] Json element(const MaskedExchange& exchange) const override {
        Json out;
        if (exchange.connection) {
            out["connection"] = *exchange.connection;
        }
        if (exchange.request) {
            const Head head = take_apart(exchange.request->head);
            Json request = message(*exchange.request, head);
            request["method"] = head.first;
            request["url"] = head.second;
            request["version"] = head.third;
            out["request"] = std::move(request);
        }
        if (exchange.response) {
            const Head head = take_apart(exchange.response->head);
            Json response = message(*exchange.response, head);
            response["status"] = exchange.response->status;
            response["reason"] = head.third;
            response["version"] = head.first;
            out["response"] = std::move(response);
        } else {
            out["ended"] = input::name(exchange.ended);
        }
        return out;
    }
};

} // namespace

std::unique_ptr<Writer> har_writer(std::FILE* file) { return std::make_unique<HarWriter>(file); }
std::unique_ptr<Writer> transcript_writer(std::FILE* file) { return std::make_unique<TranscriptWriter>(file); }

} // namespace sceplab::redact
