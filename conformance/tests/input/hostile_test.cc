// Inputs that are made to hurt: nothing may crash, hang or grow without bound.
#include "check.h"
#include "messages.h"

#include <fmt/format.h>

#include <ctime>
#include <random>

using namespace wire;
using reading::read_octets;
using reading::read_packets;

namespace {

std::vector<Packet> short_talk() {
    std::vector<Packet> packets;
    Talk(packets).open().client(get("/scep?operation=GetCACaps")).server(chunked_answer("AES", 2)).close();
    return packets;
}

// What must hold of whatever is given.
void check_sane(const reading::Result& result) {
    bool unusable = false;
    for (const auto& damage : result.damage) {
        unusable = unusable || damage.unusable;
        BOOST_TEST(!damage.reason.empty());
    }
    BOOST_TEST(unusable == result.exchanges.empty());
    for (const auto& exchange : result.exchanges) {
        BOOST_TEST((exchange.request || exchange.response));
        BOOST_TEST((exchange.ended == sceplab::input::Ending::answered) == exchange.response.has_value());
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_DATA_TEST_CASE(every_prefix, boost::unit_test::data::make({false, true}), pcapng) {
    const Octets whole = capture_file(short_talk(), {.pcapng = pcapng});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        check_sane(read_octets({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}));
    }
}

BOOST_DATA_TEST_CASE(flipped_octets, boost::unit_test::data::make({false, true}), pcapng) {
    const Octets whole = capture_file(short_talk(), {.pcapng = pcapng});
    std::mt19937 random(8894);
    for (int round = 0; round < 1500; ++round) {
        Octets changed = whole;
        for (unsigned flips = 1 + random() % 4; flips > 0; --flips) {
            changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
        }
        check_sane(read_octets(changed));
    }
}

BOOST_AUTO_TEST_CASE(flipped_octets_of_packets) {
    std::mt19937 random(8894);
    for (const Link link : {Link::ethernet, Link::sll, Link::sll2, Link::null, Link::raw}) {
        for (int round = 0; round < 200; ++round) {
            auto packets = short_talk();
            for (Packet& packet : packets) {
                packet.ip[random() % packet.ip.size()] ^= static_cast<std::uint8_t>(1u << random() % 8);
            }
            check_sane(read_packets(packets, {.link = link}));
        }
    }
}

BOOST_AUTO_TEST_CASE(changed_messages_of_http) {
    const std::string requests = get("/scep?operation=GetCACaps") + post("/scep?operation=PKIOperation", "question");
    const std::string answers = chunked_answer("AES", 2) + answer("reply");
    std::mt19937 random(2616);
    for (int round = 0; round < 600; ++round) {
        std::string changed_requests = requests;
        std::string changed_answers = answers;
        changed_requests[random() % requests.size()] = static_cast<char>(random());
        changed_answers[random() % answers.size()] = static_cast<char>(random());
        changed_answers.erase(random() % changed_answers.size(), random() % 3);
        std::vector<Packet> packets;
        Talk(packets).open().client(changed_requests, 1 + random() % 60).server(changed_answers, 1 + random() % 60).close();
        check_sane(read_packets(packets));
    }
}

BOOST_AUTO_TEST_CASE(every_prefix_of_a_message) {
    const auto request = messages::pki_message("19", "T1", "0123456789abcdef", {});
    for (const std::string& text : {std::string(request.begin(), request.end()), messages::pem("PKCS7", request), messages::hex(request)}) {
        for (std::size_t size = 1; size < text.size(); size += 3) {
            check_sane(read_octets({text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size)}));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_thousand_connections_at_once) {
    constexpr int connections = 1000;
    const std::string request = post("/scep?operation=PKIOperation", std::string(200, 'q'));
    const std::string reply = answer(std::string(500, 'r'));
    std::vector<Packet> packets;
    std::vector<Talk> talks;
    for (int i = 0; i < connections; ++i) {
        talks.emplace_back(packets, Host{fmt::format("10.1.{}.{}", i / 250, i % 250), static_cast<std::uint16_t>(20000 + i)});
        talks.back().open();
    }
    for (std::size_t at = 0; at < request.size(); at += 100) {
        for (Talk& talk : talks) {
            talk.client(std::string_view(request).substr(at, 100));
        }
    }
    for (std::size_t at = 0; at < reply.size(); at += 200) {
        for (int i = connections - 1; i >= 0; --i) {
            talks[static_cast<std::size_t>(i)].server(std::string_view(reply).substr(at, 200));
        }
    }
    const auto result = read_packets(packets);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), std::size_t{connections});
    for (int i = 0; i < connections; ++i) {
        const auto& exchange = result.exchanges[static_cast<std::size_t>(i)];
        BOOST_TEST(*exchange.connection == static_cast<std::uint32_t>(i + 1));
        BOOST_TEST(exchange.request->complete);
        BOOST_TEST(exchange.response->body.size() == 500u);
    }
}

BOOST_AUTO_TEST_CASE(many_connections_that_say_nothing) {
    std::vector<Packet> packets;
    for (std::uint32_t i = 0; i < 70'000; ++i) {
        packets.push_back(tcp_packet({fmt::format("10.{}.{}.{}", i >> 16, i >> 8 & 255, i & 255), 1}, {"10.200.0.1", 80}, i, 0, syn, {}));
    }
    Talk(packets).open().client(get("/scep?operation=GetCACaps")).server(answer("AES")).close();
    const auto result = read_packets(packets);
    check_lines(result.lines(), {"70001 GET /scep?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_CASE(segments_that_never_join) {
    // Every second octet, so that each waits for the one before it.
    const Host client{"10.0.0.2", 40000};
    const Host server{"10.0.0.1", 80};
    std::vector<Packet> packets;
    Talk(packets).open().client("POST /scep?operation=PKIOperation HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        packets.push_back(tcp_packet(client, server, 2001 + 2 * i, 5001, ack, "x"));
    }
    const std::clock_t before = std::clock();
    const auto result = read_packets(packets);
    BOOST_TEST((std::clock() - before) / CLOCKS_PER_SEC < 20);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(!result.exchanges[0].request->complete);
    BOOST_TEST(result.damage.size() <= 8u);
}

BOOST_AUTO_TEST_CASE(segments_far_out_of_the_window) {
    auto packets = short_talk();
    for (std::uint32_t i = 0; i < 32; ++i) {
        packets.insert(packets.begin() + 4,
                       tcp_packet({"10.0.0.2", 40000}, {"10.0.0.1", 80}, 1000 + (i << 27), 5001, ack, std::string(1000, 'x')));
    }
    check_sane(read_packets(packets));
}

BOOST_AUTO_TEST_CASE(requests_without_an_end_to_them) {
    // More unanswered octets than are kept: the connection is given up, and said to be.
    std::vector<Packet> packets;
    Talk talk(packets);
    talk.open();
    const std::string request = post("/scep?operation=PKIOperation", std::string(30u << 20, 'q'));
    for (int i = 0; i < 5; ++i) {
        talk.client(request, 60'000);
    }
    const auto result = read_packets(packets);
    BOOST_TEST(result.exchanges.size() >= 4u);
    BOOST_TEST(!result.exchanges.back().request->complete);
    check_contains(result.only_damage(), "given up here");
}

BOOST_AUTO_TEST_CASE(a_flood_of_octets_in_one_head) {
    std::vector<Packet> packets;
    Talk talk(packets);
    talk.open().client("GET /scep?operation=PKIOperation&message=");
    for (int i = 0; i < 30'000; ++i) {
        talk.client("MIIB", 1);
    }
    talk.client(" HTTP/1.1\r\n\r\n").server(answer("reply"));
    const auto result = read_packets(packets);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request->target.size() > 120'000u);
    BOOST_TEST(!result.exchanges[0].request->malformed);
}

// Four times as much may take four times as long, and not sixteen times.
namespace {

template <class Work>
double seconds(Work work) {
    const std::clock_t before = std::clock();
    work();
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

template <class Work>
void check_linear(std::size_t size, std::string_view what, Work work) {
    const double once = seconds([&] { work(size); });
    const double four_times = seconds([&] { work(4 * size); });
    BOOST_TEST(four_times < 8 * once + 0.1, what << ": " << once << " s, then " << four_times << " s");
}

Octets repeated(std::string_view before, std::string_view part, std::size_t size) {
    Octets out(before.begin(), before.end());
    while (out.size() < size) {
        out.insert(out.end(), part.begin(), part.end());
    }
    return out;
}

} // namespace

BOOST_DATA_TEST_CASE(many_requests_on_one_connection, boost::unit_test::data::make({false, true}), answered) {
    check_linear(6'000, "requests", [&](std::size_t number) {
        std::vector<Packet> packets;
        Talk talk(packets);
        talk.open();
        for (std::size_t i = 0; i < number; ++i) {
            talk.client(get("/scep?operation=GetCACaps"));
        }
        for (std::size_t i = 0; i < number && answered; ++i) {
            talk.server(answer("AES"));
        }
        const auto result = read_packets(packets);
        BOOST_TEST(result.exchanges.size() == number);
        BOOST_TEST((result.exchanges.back().ended == sceplab::input::Ending::answered) == answered);
    });
}

// All that waited behind the missing octets becomes readable at once.
BOOST_AUTO_TEST_CASE(many_messages_behind_a_hole) {
    check_linear(900'000, "octets", [](std::size_t size) {
        std::vector<Packet> packets;
        const Octets requests = repeated("", get("/scep?operation=GetCACaps"), size);
        Talk(packets).open().client_lost(10).client({reinterpret_cast<const char*>(requests.data()), requests.size()}, 60'000);
        BOOST_TEST(read_packets(packets).exchanges.size() > size / 100);
    });
}

BOOST_AUTO_TEST_CASE(a_token_without_an_end) {
    check_linear(800'000, "octets", [](std::size_t size) {
        std::vector<Packet> packets;
        Talk(packets).client(std::string(size, 'A'), 100);
        read_packets(packets);
    });
}

BOOST_AUTO_TEST_CASE(lines_without_an_end) {
    for (const std::string_view part : {"operation=", " operation=", "/operation=", "/ operation=", "&operation=", "0000 ", "00000000: 30\n", "*\n"}) {
        check_linear(200'000, part, [&](std::size_t size) { check_sane(read_octets(repeated("", part, size))); });
    }
}

BOOST_AUTO_TEST_CASE(json_that_is_deep_or_wide) {
    for (const std::string_view part : {"[", "{\"a\":", "[],", "{\"name\":\"\"},", "0,", "\"\\u0000\","}) {
        for (const std::string_view before :
             {R"({"log": {"entries": [)", R"({"log": {"entries": [{"request": {"headers": [)", R"({"exchanges": [{"request": {"headers": [)"}) {
            check_linear(200'000, std::string(before) + std::string(part), [&](std::size_t size) { check_sane(read_octets(repeated(before, part, size))); });
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
