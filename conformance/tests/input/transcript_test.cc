// The JSON that other programs write: what is read of it, and how precisely errors are told.
#include "check.h"
#include "messages.h"

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

reading::Result read(const json& document) {
    const std::string text = document.dump();
    return reading::read_octets({text.begin(), text.end()});
}

json transcript(std::vector<json> exchanges) { return {{"schema", "sceplab-transcript/1"}, {"exchanges", std::move(exchanges)}}; }

json exchange() {
    return {{"connection", 3},
            {"request",
             {{"time", "2026-11-23T16:33:30.123456Z"},
              {"method", "POST"},
              {"url", "http://ca.example/scep?operation=PKIOperation"},
              {"headers", {{{"name", "Content-Type"}, {"value", "application/x-pki-message"}}}},
              {"body", messages::base64(messages::pki_message("19", "T1", "0123456789abcdef", {}))}}},
            {"response", {{"time", "2026-11-23T17:33:31+01:00"}, {"status", 500}, {"reason", "Oh no"}, {"headers", nullptr}, {"body", "PGh0bWw+"}}},
            {"_mark", {1, 2}}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(transcript_files)

BOOST_AUTO_TEST_CASE(an_exchange) {
    const auto result = read(transcript({exchange(), {{"request", {{"method", "GET"}, {"url", "/scep?operation=GetCACaps"}}}, {"ended", "rst"}}}));
    BOOST_TEST(result.damage.empty());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    const auto& read = result.exchanges[0];
    BOOST_TEST(*read.connection == 3u);
    BOOST_TEST(*read.request->time == 1'795'451'610'123'456);
    BOOST_TEST(*read.response->time == 1'795'451'611'000'000);
    BOOST_TEST(read.request->body.same_octets(messages::pki_message("19", "T1", "0123456789abcdef", {})));
    BOOST_TEST(reading::text(read.request->head) ==
               "POST /scep?operation=PKIOperation HTTP/1.1\r\nHost: ca.example\r\nContent-Type: application/x-pki-message\r\n\r\n");
    BOOST_TEST(reading::text(read.response->head) == "HTTP/1.1 500 Oh no\r\n\r\n");
    BOOST_TEST(reading::text(read.response->body) == "<html>");
    BOOST_TEST((result.exchanges[1].ended == sceplab::input::Ending::rst));
}

BOOST_AUTO_TEST_CASE(what_is_no_http_is_told) {
    json first = exchange();
    first["response"]["malformed"] = "bad chunk";
    const auto result = read(transcript({first}));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(!result.exchanges[0].request->malformed);
    BOOST_TEST(result.exchanges[0].response->malformed.value() == "bad chunk");
}

BOOST_AUTO_TEST_CASE(a_message_alone_has_no_head) {
    const auto result = read(transcript({{{"response", {{"status", 0}, {"body", "QQ=="}}}}}));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].response->head.empty());
    BOOST_TEST(reading::text(result.exchanges[0].response->body) == "A");
}

namespace {

struct Row {
    const char* pointer;
    json value;
    const char* damage;

    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.damage; }
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        {"", json::array(), "/exchanges/1: an object is due"},
        {"/request", 7, "/exchanges/1/request: an object is due"},
        {"/requst", nullptr, "/exchanges/1/requst: there is no such member"},
        {"/connection", 0, "/exchanges/1/connection: an integer from 1 to 4294967295 is due"},
        {"/connection", "1", "/exchanges/1/connection: an integer from 1 to 4294967295 is due"},
        {"/ended", "timeout", "/exchanges/1/ended: fin, rst or capture is due"},
        {"/request/method", nullptr, "/exchanges/1/request/method: is missing"},
        {"/request/url", 1, "/exchanges/1/request/url: a string is due"},
        {"/request/time", "yesterday", "/exchanges/1/request/time: no time like 2026-11-23T16:33:30.123Z"},
        {"/request/time", "2026-02-30T00:00:00Z", "/exchanges/1/request/time: no time like 2026-11-23T16:33:30.123Z"},
        {"/request/headers", json::object(), "/exchanges/1/request/headers: an array is due"},
        {"/request/headers/0/value", nullptr, "/exchanges/1/request/headers/0/value: is missing"},
        {"/request/headers/0/Value", "", "/exchanges/1/request/headers/0/Value: there is no such member"},
        {"/request/body", "MII*", "/exchanges/1/request/body: no base64 at character 3"},
        {"/request/complete", "no", "/exchanges/1/request/complete: true or false is due"},
        {"/response/status", nullptr, "/exchanges/1/response/status: is missing"},
        {"/response/status", 99, "/exchanges/1/response/status: an integer from 100 to 999 is due"},
    };
    return all;
}

} // namespace

BOOST_DATA_TEST_CASE(what_does_not_fit_is_left_out_and_told, boost::unit_test::data::make(rows()), row) {
    json changed = exchange();
    changed[json::json_pointer(row.pointer)] = row.value;
    const auto result = read(transcript({exchange(), changed, exchange()}));
    BOOST_TEST(result.exchanges.size() == 2u);
    BOOST_TEST(result.only_damage() == row.damage);
    BOOST_TEST(!result.damage[0].unusable);
    BOOST_TEST(result.damage[0].offset > 0u);
}

BOOST_AUTO_TEST_CASE(documents_that_are_none) {
    BOOST_TEST(read(transcript({})).only_damage() == "no SCEP traffic: no exchange in this transcript");
    BOOST_TEST(read({{"schema", "sceplab-transcript/1"}}).only_damage() == "/exchanges: is missing");
    BOOST_TEST(read({{"exchanges", json::array()}}).only_damage() == "/schema: is missing; \"sceplab-transcript/1\" is due");
    BOOST_TEST(read({{"schema", "sceplab-transcript/2"}, {"exchanges", json::array()}}).only_damage() ==
               "/schema: is \"sceplab-transcript/2\"; \"sceplab-transcript/1\" is due");
    const auto neither = read(transcript({json::object()}));
    BOOST_TEST(neither.damage.size() == 2u);
    BOOST_TEST(neither.damage[0].reason == "/exchanges/0: neither a request nor a response");
}

BOOST_AUTO_TEST_CASE(the_offset_is_that_of_the_exchange) {
    const std::string text = R"({"schema": "sceplab-transcript/1", "exchanges": [ {"a": 1}, {"b": 1}]})";
    const auto result = reading::read_octets({text.begin(), text.end()});
    BOOST_REQUIRE_EQUAL(result.damage.size(), 3u);
    BOOST_TEST(result.damage[0].offset == text.find("{\"a\""));
    BOOST_TEST(result.damage[1].offset == text.find("{\"b\""));
    const auto broken = reading::read_octets({text.begin(), text.begin() + 60});
    BOOST_TEST(broken.damage.back().offset == 60u);
}

BOOST_AUTO_TEST_SUITE_END()
