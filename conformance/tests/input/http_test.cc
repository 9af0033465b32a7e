// What stands in a stream: messages of HTTP in their many forms.
#include "check.h"

#include <fmt/format.h>

using namespace wire;
using reading::read_packets;

namespace {

reading::Result read_talk(std::string_view requests, std::string_view answers, std::size_t segment = 1400) {
    std::vector<Packet> packets;
    Talk(packets).open().client(requests, segment).server(answers, segment).close();
    return read_packets(packets);
}

const std::string caps = get("/scep?operation=GetCACaps");
const std::string caps_line = "1 GET /scep?operation=GetCACaps [] -> ";

} // namespace

BOOST_AUTO_TEST_SUITE(http)

BOOST_DATA_TEST_CASE(pipelined, boost::unit_test::data::make({1, 10, 1400, 60000}), segment) {
    std::string requests;
    std::string answers;
    Lines wanted;
    for (int i = 0; i < 50; ++i) {
        const auto text = std::to_string(i);
        requests +=
            i % 2 == 0 ? get("/scep?operation=GetCACaps&message=" + text) : post("/scep?operation=PKIOperation&message=" + text, text);
        answers += i % 3 == 0 ? chunked_answer("to " + text, 2) : answer("to " + text);
        wanted.push_back(i % 2 == 0 ? fmt::format("1 GET /scep?operation=GetCACaps&message={} [] -> 200 [to {}]", i, i)
                                    : fmt::format("1 POST /scep?operation=PKIOperation&message={} [{}] -> 200 [to {}]", i, i, i));
    }
    const auto result = read_talk(requests, answers, static_cast<std::size_t>(segment));
    check_lines(result.lines(), wanted);
    BOOST_TEST(result.damage.empty());
}

BOOST_AUTO_TEST_CASE(a_long_keep_alive) {
    std::vector<Packet> packets;
    Talk talk(packets);
    talk.open();
    for (int i = 0; i < 300; ++i) {
        talk.client(caps).server(answer("AES")).client_acks();
    }
    BOOST_TEST(read_packets(packets).exchanges.size() == 300u);
}

BOOST_AUTO_TEST_CASE(a_body_up_to_the_close) {
    for (const char* version : {"HTTP/1.0", "HTTP/1.1"}) {
        const auto head = fmt::format("{} 200 OK\r\nContent-Type: application/x-pki-message\r\n\r\n", version);
        const auto result = read_talk(get("/scep?operation=GetCACaps", version), head + "all of it");
        check_lines(result.lines(), {caps_line + "200 [all of it]"});
        BOOST_TEST(result.exchanges[0].request->version == version);
        BOOST_TEST(result.exchanges[0].response->version == version);
    }
}

BOOST_AUTO_TEST_CASE(a_body_up_to_the_close_that_never_came) {
    for (const bool reset : {false, true}) {
        std::vector<Packet> packets;
        Talk talk(packets);
        talk.open().client(caps).server("HTTP/1.0 200 OK\r\n\r\nsome of it");
        if (reset) {
            talk.server_rst();
        }
        check_lines(read_packets(packets).lines(), {caps_line + "200 [some of it] incomplete"});
    }
}

BOOST_AUTO_TEST_CASE(a_body_shorter_than_its_length) {
    check_lines(read_talk(caps, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort").lines(), {caps_line + "200 [short] incomplete"});
    check_lines(read_talk(caps, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n").lines(),
                {caps_line + "200 [short] incomplete"});
}

BOOST_AUTO_TEST_CASE(a_claimed_length_beyond_measure) {
    check_lines(read_talk(caps, "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551614\r\n\r\nshort").lines(),
                {caps_line + "200 [short] incomplete"});
    const auto result = read_talk(caps, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff0\r\nshort");
    check_lines(result.lines(), {caps_line + "200 [short] incomplete"});
}

BOOST_AUTO_TEST_CASE(answers_without_a_body) {
    const auto result =
        read_talk(caps + caps + get("/scep?operation=GetCACert"),
                  "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n" + answer("certificate"));
    check_lines(result.lines(), {caps_line + "204 []", caps_line + "304 []", "1 GET /scep?operation=GetCACert [] -> 200 [certificate]"});
}

BOOST_AUTO_TEST_CASE(the_answer_to_head) {
    const auto result =
        read_talk("HEAD /scep?operation=GetCACaps HTTP/1.1\r\n\r\n" + caps, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + answer("AES"));
    check_lines(result.lines(), {"1 HEAD /scep?operation=GetCACaps [] -> 200 []", caps_line + "200 [AES]"});
}

BOOST_AUTO_TEST_CASE(interim_answers) {
    const auto result = read_talk(post("/scep?operation=PKIOperation", "q") + caps,
                                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("reply") +
                                      "HTTP/1.1 102 Processing\r\n\r\n" + answer("AES"));
    check_lines(result.lines(), {"1 POST /scep?operation=PKIOperation [q] -> 200 [reply]", caps_line + "200 [AES]"});
}

BOOST_AUTO_TEST_CASE(continued_after_an_interim_answer) {
    const std::string request = post("/scep?operation=PKIOperation", "question");
    std::vector<Packet> packets;
    Talk(packets)
        .open()
        .client(request.substr(0, request.size() - 8))
        .server("HTTP/1.1 100 Continue\r\n\r\n")
        .client("question")
        .server(answer("reply", "application/x-pki-message", "500 Error"));
    check_lines(read_packets(packets).lines(), {"1 POST /scep?operation=PKIOperation [question] -> 500 [reply]"});
}

BOOST_AUTO_TEST_CASE(a_long_target_and_long_fields) {
    const std::string message(200'000, 'M');
    const auto result =
        read_talk("GET /scep?operation=PKIOperation&message=" + message + " HTTP/1.1\r\nX-Long: " + std::string(50'000, 'x') + "\r\n\r\n",
                  answer("reply"));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request->target.size() == message.size() + std::string("/scep?operation=PKIOperation&message=").size());
    BOOST_TEST(!result.exchanges[0].request->malformed);
    BOOST_TEST(reading::text(result.exchanges[0].response->body) == "reply");
}

BOOST_AUTO_TEST_CASE(a_head_without_end) {
    const auto result = read_talk("GET /scep?operation=GetCACaps HTTP/1.1\r\nX: " + std::string(1'200'000, 'x'), answer("reply"), 60'000);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(*result.exchanges[0].request->malformed == "header limit exceeded");
    BOOST_TEST(result.exchanges[0].request->method == "GET");
}

BOOST_AUTO_TEST_CASE(a_large_body_is_kept_in_part) {
    std::vector<Packet> packets;
    Talk(packets)
        .open()
        .client(caps)
        .server(answer(std::string(40u << 20, 'x')), 64'000)
        .client(get("/scep?operation=GetCACert"))
        .server(answer("c"));
    const auto result = read_packets(packets);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    BOOST_TEST(!result.exchanges[0].response->complete);
    BOOST_TEST(result.exchanges[0].response->body.size() == 32u << 20);
    check_contains(result.only_damage(), "longer than");
}

BOOST_AUTO_TEST_CASE(lines_between_messages) {
    const auto result = read_talk(post("/scep?operation=PKIOperation", "q") + "\r\n" + caps, answer("reply") + answer("AES"));
    check_lines(result.lines(), {"1 POST /scep?operation=PKIOperation [q] -> 200 [reply]", caps_line + "200 [AES]"});
    BOOST_TEST(result.damage.empty());
}

BOOST_AUTO_TEST_CASE(a_body_longer_than_its_length) {
    std::vector<Packet> packets;
    Talk(packets)
        .open()
        .client(caps)
        .server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nAES and more")
        .client(get("/scep?operation=GetCACert"))
        .server(answer("certificate"))
        .close();
    const auto result = read_packets(packets);
    check_lines(result.lines(), {caps_line + "200 [AES]", "1 GET /scep?operation=GetCACert [] -> 200 [certificate]"});
    BOOST_TEST(result.only_damage() == "connection 1: 9 octets where an answer was due");
}

BOOST_AUTO_TEST_CASE(a_refused_request_line) {
    // A base64 "+" became a space, and went into the request line.
    const std::string request = "GET /scep?operation=PKIOperation&message=MII A= HTTP/1.1\r\nHost: x\r\n\r\n";
    for (const std::size_t segment : {std::size_t{1}, std::size_t{1400}}) {
        std::vector<Packet> packets;
        Talk(packets).open().client(request, segment).server(answer("reply")).client(caps).server(answer("AES"));
        const auto result = read_packets(packets);
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
        const auto& first = *result.exchanges[0].request;
        BOOST_TEST(first.malformed.has_value());
        BOOST_TEST(first.method == "GET");
        BOOST_TEST(reading::text(first.target) == "/scep?operation=PKIOperation&message=MII A=");
        BOOST_TEST(first.version == "HTTP/1.1");
        BOOST_TEST(reading::text(first.body) == request);
        BOOST_TEST(result.exchanges[0].response->status == 200);
        BOOST_TEST(result.lines()[1] == caps_line + "200 [AES]");
    }
}

BOOST_AUTO_TEST_CASE(a_refused_status_line) {
    const std::string refused = "HTTP/1.1 200\r\nContent-Type: application/x-pki-message\r\n\r\nreply";
    std::vector<Packet> packets;
    Talk(packets).open().client(caps).server(refused).client(get("/scep?operation=GetCACert")).server(answer("certificate"));
    const auto result = read_packets(packets);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    BOOST_TEST(result.exchanges[0].response->malformed.has_value());
    BOOST_TEST(result.exchanges[0].response->status == 200);
    BOOST_TEST(reading::text(result.exchanges[0].response->body) == refused);
    BOOST_TEST(result.lines()[1] == "1 GET /scep?operation=GetCACert [] -> 200 [certificate]");
}

BOOST_AUTO_TEST_CASE(refused_fields) {
    const std::string request = "POST /scep?operation=PKIOperation HTTP/1.1\r\nBad Field: x\r\nContent-Length: 3\r\n\r\nabc";
    const auto result = read_talk(request, answer("reply"));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request->malformed.has_value());
    BOOST_TEST(reading::text(result.exchanges[0].request->target) == "/scep?operation=PKIOperation");
    BOOST_TEST(reading::text(result.exchanges[0].request->body) == request);
    BOOST_TEST(reading::text(result.exchanges[0].response->body) == "reply");
}

BOOST_AUTO_TEST_CASE(refused_chunks) {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-pki-message\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::size_t segment : {std::size_t{1}, std::size_t{1400}}) {
        const auto result = read_talk(caps, head + "3\r\nabc\r\nzz\r\nrest", segment);
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
        BOOST_TEST(result.exchanges[0].response->malformed.has_value());
        BOOST_TEST(reading::text(result.exchanges[0].response->body) == "3\r\nabc\r\nzz\r\nrest");
    }
}

BOOST_AUTO_TEST_CASE(bare_line_feeds) {
    const std::string request = "GET /scep?operation=GetCACaps HTTP/1.1\nHost: x\n\n";
    const auto result = read_talk(request, answer("AES"));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request->malformed.has_value());
    BOOST_TEST(reading::text(result.exchanges[0].request->body) == request);
    BOOST_TEST(reading::text(result.exchanges[0].response->body) == "AES");
}

BOOST_AUTO_TEST_CASE(contradicting_lengths) {
    const auto result = read_talk(caps, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nAES");
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].response->malformed.has_value());
}

BOOST_AUTO_TEST_CASE(compressed_bodies) {
    // gzip -n of "AES\nSHA-256\n", with a file name in its header in the second.
    const std::string plain(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x73\x74\x0d\xe6\x0a\xf6\x70\xd4\x35\x32\x35\xe3\x02\x00\xf5\xad\x52\xf0\x0c\x00\x00\x00",
        32);
    std::string named = plain;
    named[3] = 8;
    named.insert(10, std::string("caps.txt\0", 9));
    for (const std::string& body : {plain, named}) {
        for (const char* coding : {"gzip", "x-gzip"}) {
            const auto result = read_talk(
                caps, fmt::format("HTTP/1.1 200 OK\r\nContent-Encoding: {}\r\nContent-Length: {}\r\n\r\n{}", coding, body.size(), body));
            check_lines(result.lines(), {caps_line + "200 [AES\nSHA-256\n]"});
        }
    }
    // What does not decode stays as it is.
    check_lines(read_talk(caps, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nAES").lines(),
                {caps_line + "200 [AES]"});
}

BOOST_AUTO_TEST_CASE(a_tunnel) {
    const std::string hello("\x16\x03\x01\x00\x05hello", 10);
    std::vector<Packet> packets;
    Talk(packets, {"10.0.0.2", 1}, {"10.0.0.1", 3128})
        .open()
        .client("CONNECT ca.example:443 HTTP/1.1\r\n\r\n")
        .server("HTTP/1.1 200 OK\r\n\r\n")
        .client(hello)
        .server(hello);
    check_contains(read_packets(packets).only_damage(), "TLS on 10.0.0.1:3128");
}

BOOST_AUTO_TEST_SUITE_END()
