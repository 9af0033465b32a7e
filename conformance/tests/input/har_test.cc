// HAR as browsers and proxies write it.
#include "check.h"
#include "messages.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

constexpr sceplab::input::Timestamp second = 1'000'000;

wire::Octets message() {
    // Every octet stands in it.
    std::string nonce;
    for (int octet = 0; octet < 256; ++octet) {
        nonce += static_cast<char>(octet);
    }
    return messages::pki_message("19", "T1", nonce, {});
}

std::string text_of(const wire::Octets& octets) { return {octets.begin(), octets.end()}; }

// The characters of the octets, by their number or by their place in windows-1252.
std::string as_characters(const wire::Octets& octets, bool windows) {
    static const std::u16string c1 = u"\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
                                     u"\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
    std::string out;
    for (const std::uint8_t octet : octets) {
        const char16_t c = windows && octet >= 0x80 && octet < 0xa0 ? c1[octet - 0x80u] : octet;
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += {static_cast<char>(0xc0 | c >> 6), static_cast<char>(0x80 | (c & 0x3f))};
        } else {
            out += {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f)), static_cast<char>(0x80 | (c & 0x3f))};
        }
    }
    return out;
}

json headers(const std::vector<std::pair<std::string, std::string>>& fields) {
    json out = json::array();
    for (const auto& [name, value] : fields) {
        out.push_back({{"name", name}, {"value", value}});
    }
    return out;
}

json entry() {
    return {{"startedDateTime", "2026-11-23T17:33:30.250+01:00"},
            {"time", 30},
            {"request",
             {{"method", "POST"},
              {"url", "http://ca.example:8080/scep?operation=PKIOperation"},
              {"httpVersion", "HTTP/1.1"},
              {"headers", headers({{"Host", "ca.example:8080"}, {"Content-Type", "application/x-pki-message"}})},
              {"bodySize", message().size()},
              {"postData", {{"mimeType", "application/x-pki-message"}, {"text", messages::base64(message())}, {"encoding", "base64"}}}}},
            {"response",
             {{"status", 200},
              {"statusText", "OK"},
              {"httpVersion", "HTTP/1.1"},
              {"headers", headers({{"Content-Type", "application/x-pki-message"}})},
              {"content", {{"size", message().size()}, {"mimeType", "application/x-pki-message"}, {"text", messages::base64(message())}, {"encoding", "base64"}}}}},
            {"timings", {{"blocked", -1}, {"send", 1}, {"wait", 19.5}, {"receive", 10}}}};
}

json har(std::vector<json> entries) { return {{"log", {{"version", "1.2"}, {"creator", {{"name", "test"}}}, {"pages", json::array()}, {"entries", std::move(entries)}}}}; }

reading::Result read(const json& document) {
    const std::string text = document.dump();
    return reading::read_octets({text.begin(), text.end()});
}

json with(const char* pointer, json value) {
    json out = entry();
    out[json::json_pointer(pointer)] = std::move(value);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(har_files)

BOOST_AUTO_TEST_CASE(an_entry) {
    const auto result = read(har({entry()}));
    BOOST_TEST(result.damage.empty());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    const auto& exchange = result.exchanges[0];
    BOOST_TEST(exchange.request->body.same_octets(message()));
    BOOST_TEST(exchange.response->body.same_octets(message()));
    BOOST_TEST(exchange.response->status == 200);
    BOOST_TEST(*exchange.request->time == 1'795'451'610 * second + 250'000);
    BOOST_TEST(*exchange.response->time == *exchange.request->time + 20'500);
    BOOST_TEST(reading::text(exchange.request->target) == "/scep?operation=PKIOperation");
    // The body is base64 of a captured source, and the head stands as it does on the wire.
    const auto& source = exchange.sources[exchange.request->body.source()];
    BOOST_TEST((source.kind == scep::SourceKind::base64));
    BOOST_TEST(reading::text(exchange.sources[*source.parent].octets) == messages::base64(message()));
    BOOST_TEST(reading::text(exchange.request->head) ==
               "POST /scep?operation=PKIOperation HTTP/1.1\r\nHost: ca.example:8080\r\nContent-Type: application/x-pki-message\r\n\r\n");
    BOOST_TEST(reading::text(exchange.response->head) == "HTTP/1.1 200 OK\r\nContent-Type: application/x-pki-message\r\n\r\n");
    const auto type = sceplab::input::find_in(exchange.response->head, "content-type");
    BOOST_REQUIRE(type);
    BOOST_TEST(reading::text(*type) == "application/x-pki-message");
    BOOST_TEST(!sceplab::input::find_in(exchange.response->head, "http/1.1 200 ok"));
}

namespace {

struct Flavour {
    const char* name;
    json entry;

    friend std::ostream& operator<<(std::ostream& out, const Flavour& flavour) { return out << flavour.name; }
};

json renamed(const char* from, const char* to) {
    json out = entry();
    out["request"][to] = out["request"][from];
    out["request"].erase(from);
    return out;
}

json post(const std::string& text, bool with_length = false) {
    json out = with("/request/postData", {{"mimeType", "application/x-pki-message"}, {"text", text}, {"params", json::array()}});
    if (with_length) {
        out["request"]["headers"].push_back({{"name", "Content-Length"}, {"value", std::to_string(message().size())}});
    }
    return out;
}

std::vector<Flavour> flavours() {
    return {{"base64", entry()},
            {"octets as characters", post(as_characters(message(), false))},
            {"octets as characters of windows-1252", post(as_characters(message(), true))},
            {"base64 that does not say so", post(messages::base64(message()), true)},
            {"_postData", renamed("postData", "_postData")},
            {"_content", renamed("postData", "_content")},
            {"BASE64", with("/request/postData/encoding", "BASE64")},
            {"HTTP/2",
             with("/request/headers", headers({{":method", "POST"}, {":authority", "ca.example:8080"}, {":path", "/scep?operation=PKIOperation"}, {":scheme", "https"}, {"content-type", "application/x-pki-message"}}))},
            {"size before its coding", with("/response/content/size", 40)}};
}

} // namespace

BOOST_DATA_TEST_CASE(bodies, boost::unit_test::data::make(flavours()), flavour) {
    const auto result = read(har({flavour.entry}));
    BOOST_TEST(result.damage.empty());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request->body.same_octets(message()));
    BOOST_TEST(result.exchanges[0].response->body.same_octets(message()));
    BOOST_TEST(!result.exchanges[0].request->body_lost);
    BOOST_TEST(std::string(sceplab::input::find(result.exchanges[0].request->fields, "Host").value_or("")) == "ca.example:8080");
}

BOOST_AUTO_TEST_CASE(text_stays_text) {
    json caps = with("/request/url", "http://h/scep?operation=GetCACaps");
    caps["request"]["method"] = "GET";
    caps["request"].erase("postData");
    caps["request"]["bodySize"] = 0;
    caps["response"]["content"] = {{"size", 9}, {"text", "AES\nGr\u00fc\u00df"}};
    const auto result = read(har({caps}));
    BOOST_TEST(result.damage.empty());
    BOOST_TEST(reading::text(result.exchanges.at(0).response->body) == "AES\nGr\u00fc\u00df");
}

namespace {

struct Lost {
    const char* pointer; // of what is changed
    json value;
    bool request;
    const char* reason;

    friend std::ostream& operator<<(std::ostream& out, const Lost& lost) { return out << lost.reason; }
};

std::vector<Lost> losses() {
    std::string lossy = "0\xef\xbf\xbd\x01";
    return {{"/request/postData", {{"text", lossy}}, true, "/request: the body was saved as text, and octets that are no text are lost; capture it as pcapng"},
            {"/request/postData", nullptr, true, "/request: the body of 500 octets was not saved; capture it"},
            {"/request/postData", {{"params", json::array({{{"name", "a"}}})}}, true, "/request: the body was kept as form parameters, not as octets"},
            {"/request/postData/text", std::string(2000, '!'), true, "/request/postData/text: no base64 at character 0"},
            {"/response/content", {{"size", 7}}, false, "/response/content: the body of 7 octets was not saved"},
            {"/response/content", {{"size", 7}, {"text", ""}}, false, "/response/content: the body of 7 octets was not saved"},
            {"/response/content/text", "M" + std::string(2000, '!'), false, "/response/content/text: no base64 at character 1"}};
}

} // namespace

BOOST_DATA_TEST_CASE(lost_bodies_are_told, boost::unit_test::data::make(losses()), lost) {
    json changed = with(lost.pointer, lost.value);
    changed["request"]["bodySize"] = 500;
    const auto result = read(har({entry(), changed}));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    check_contains(result.only_damage(), std::string("/log/entries/1") + lost.reason);
    BOOST_TEST(!result.damage[0].unusable);
    BOOST_TEST(result.damage[0].offset > 0u);
    BOOST_TEST(result.exchanges[1].request->body_lost == lost.request);
    BOOST_TEST(result.exchanges[1].response->body_lost == !lost.request);
}

BOOST_AUTO_TEST_CASE(a_cut_body_is_told) {
    const auto result = read(har({with("/response/content/size", message().size() + 500)}));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(!result.exchanges[0].response->complete);
    check_contains(result.only_damage(), fmt::format("octets of a body of {} were saved", message().size() + 500));
}

BOOST_AUTO_TEST_CASE(what_is_not_scep_is_passed_over) {
    const json page = {{"request", {{"method", "GET"}, {"url", "http://h/index.html"}}}, {"response", {{"status", 200}, {"content", {{"size", 5}}}}}};
    const json redirect = {{"request", {{"method", "GET"}, {"url", "http://h/scep?operation=GetCACaps#top"}}},
                           {"response", {{"status", 302}, {"headers", headers({{"Location", "http://h/ca"}})}, {"content", {{"size", 0}}}}}};
    const json failed = {{"request", {{"method", "GET"}, {"url", "http://h?operation=GetCACaps"}}}, {"response", {{"status", 0}}}};
    const auto result = read(har({page, redirect, json(7), json::object(), failed, entry()}));
    const std::string body = text_of(message());
    check_lines(result.lines(), {"GET /scep?operation=GetCACaps [] -> 302 []", "GET /?operation=GetCACaps [] -> capture",
                                 "POST /scep?operation=PKIOperation [" + body + "] -> 200 [" + body + "]"});
    BOOST_REQUIRE_EQUAL(result.damage.size(), 2u);
    BOOST_TEST(result.damage[0].reason == "/log/entries/2/request/url: no text");
    BOOST_TEST(result.damage[1].reason == "/log/entries/3/request/url: no text");
    BOOST_TEST(read(har({page})).only_damage() == "no SCEP traffic: 1 HTTP request, none of them SCEP");
    BOOST_TEST(read({{"log", 1}}).only_damage() == "no HAR: /log/entries is missing");
}

BOOST_AUTO_TEST_CASE(connections_are_counted) {
    std::vector<json> entries;
    for (const char* connection : {"443", "51234", "443"}) {
        entries.push_back(entry());
        entries.back()["connection"] = connection;
    }
    const auto result = read(har(entries));
    BOOST_TEST(*result.exchanges.at(0).connection == 1u);
    BOOST_TEST(*result.exchanges.at(1).connection == 2u);
    BOOST_TEST(*result.exchanges.at(2).connection == 1u);
}

BOOST_AUTO_TEST_CASE(a_har_that_breaks_off_is_read_up_to_there) {
    const std::string whole = har({entry(), entry()}).dump();
    const auto second_entry = whole.rfind("{\"request\"");
    for (const std::size_t cut : {whole.size() - 1, whole.size() - 4, second_entry + 1, second_entry}) {
        const auto result = reading::read_octets({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)});
        BOOST_TEST(result.exchanges.size() == (cut > second_entry + 1 ? 2u : 1u));
        check_contains(result.only_damage(), "JSON: ");
        BOOST_TEST(result.damage[0].offset == cut);
    }
    std::string marked = "\xef\xbb\xbf" + whole;
    BOOST_TEST(reading::read_octets({marked.begin(), marked.end()}).exchanges.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
