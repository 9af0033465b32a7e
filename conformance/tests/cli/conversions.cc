#include "conversions.h"

#include <conformance/input/read.h>

#include <sceptest.h>

#include <boost/beast/core/detail/base64.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/chrono.h>

#include <fstream>

namespace sceplab::test {

namespace {

using input::Exchange;
using Json = nlohmann::json;

std::string base64(scep::der::Input octets) {
    std::string out(boost::beast::detail::base64::encoded_size(octets.size()), '\0');
    out.resize(boost::beast::detail::base64::encode(out.data(), octets.data(), octets.size()));
    return out;
}

// Each octet as the character of its number.
std::string latin_1(scep::der::Input octets) {
    std::string out;
    for (const std::uint8_t octet : octets) {
        if (octet < 0x80) {
            out += static_cast<char>(octet);
        } else {
            out += static_cast<char>(0xc0 | octet >> 6);
            out += static_cast<char>(0x80 | (octet & 0x3f));
        }
    }
    return out;
}

std::string time_text(input::Timestamp time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}+00:00", fmt::gmtime(static_cast<std::time_t>(time / 1'000'000)), time % 1'000'000);
}

Json headers(const std::vector<input::HeaderField>& fields) {
    Json out = Json::array();
    for (const input::HeaderField& field : fields) {
        out.push_back({{"name", field.name}, {"value", field.value}});
    }
    return out;
}

std::string reason_of(const input::Response& response) {
    const std::string_view line = response.head.text().substr(0, response.head.text().find("\r\n"));
    return std::string(line.substr(std::min<std::size_t>(line.size(), 13)));
}

std::string url_of(const input::Request& request) {
    return "http://" + std::string(input::find(request.fields, "Host").value_or("")) + std::string(request.target.text());
}

void write(const std::filesystem::path& path, scep::der::Input octets) {
    std::ofstream(path, std::ios::binary) << octets.text();
}

} // namespace

std::vector<Exchange> read_exchanges(const std::filesystem::path& path) {
    std::vector<Exchange> out;
    input::read(path.string(), 0,
                {.exchange = [&](Exchange&& exchange) { out.push_back(std::move(exchange)); },
                 .damage = [&](input::Damage&& damage) { BOOST_ERROR(path << ": " << damage.reason); }});
    return out;
}

std::string as_har(const std::vector<Exchange>& exchanges, Har flavour) {
    Json entries = Json::array();
    for (const Exchange& exchange : exchanges) {
        const input::Request& asked = *exchange.request;
        Json request{{"method", asked.method}, {"url", url_of(asked)}, {"httpVersion", asked.version}, {"headers", headers(asked.fields)}, {"bodySize", asked.body.size()}};
        if (!asked.body.empty()) {
            request["postData"] = {{"mimeType", "application/x-pki-message"}, {"params", Json::array()}, {"text", flavour == Har::base64 ? base64(asked.body) : latin_1(asked.body)}};
            if (flavour == Har::base64) {
                request["postData"]["encoding"] = "base64";
            }
        }
        Json entry{{"startedDateTime", time_text(*asked.time)}, {"connection", std::to_string(*exchange.connection)}, {"request", std::move(request)}, {"response", {{"status", 0}}}};
        if (const auto& answered = exchange.response) {
            entry["response"] = {{"status", answered->status},
                                 {"statusText", reason_of(*answered)},
                                 {"httpVersion", answered->version},
                                 {"headers", headers(answered->fields)},
                                 {"content", {{"size", answered->body.size()}, {"text", base64(answered->body)}, {"encoding", "base64"}}}};
            entry["timings"] = {{"blocked", -1}, {"wait", static_cast<double>(*answered->time - *asked.time) / 1000}};
        }
        entries.push_back(std::move(entry));
    }
    return Json{{"log", {{"version", "1.2"}, {"entries", std::move(entries)}}}}.dump();
}

std::string as_transcript(const std::vector<Exchange>& exchanges) {
    Json all = Json::array();
    for (const Exchange& exchange : exchanges) {
        const input::Request& asked = *exchange.request;
        Json one{{"connection", *exchange.connection},
                 {"request", {{"time", time_text(*asked.time)}, {"method", asked.method}, {"url", asked.target.text()}, {"version", asked.version}, {"headers", headers(asked.fields)}, {"body", base64(asked.body)}}}};
        if (const auto& answered = exchange.response) {
            one["response"] = {{"time", time_text(*answered->time)}, {"status", answered->status}, {"reason", reason_of(*answered)}, {"version", answered->version}, {"headers", headers(answered->fields)}, {"body", base64(answered->body)}};
        } else {
            one["ended"] = name(exchange.ended);
        }
        all.push_back(std::move(one));
    }
    return Json{{"schema", "sceplab-transcript/1"}, {"exchanges", std::move(all)}}.dump();
}

void as_folder(const std::vector<Exchange>& exchanges, const std::filesystem::path& folder) {
    std::size_t number = 0;
    for (const Exchange& exchange : exchanges) {
        const std::string stem = fmt::format("{:03}-", number++);
        const input::Request& asked = *exchange.request;
        if (asked.body.empty()) {
            std::ofstream(folder / (stem + "req.txt")) << asked.method << ' ' << asked.target.text() << ' ' << asked.version << "\r\n";
        } else {
            write(folder / (stem + "req.der"), asked.body);
        }
        if (exchange.response) {
            write(folder / (stem + "resp.der"), exchange.response->body);
        }
    }
}

std::string as_log(const std::vector<Exchange>& exchanges) {
    std::string log;
    for (const Exchange& exchange : exchanges) {
        log += std::string(log_prefix) + std::string(exchange.request->target.text()) + " " + exchange.request->version + "\" 200 17 \"-\" \"client\"\n";
    }
    return log;
}

} // namespace sceplab::test
