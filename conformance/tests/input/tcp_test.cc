// Segments in every order, and connections that begin and end in every way.
#include "check.h"

#include <algorithm>
#include <random>

using namespace wire;
using reading::read_packets;

namespace {

const Lines two_lines{"1 GET /scep?operation=GetCACaps [] -> 200 [AES]", "1 POST /scep?operation=PKIOperation [0123456789] -> 200 [reply]"};

Talk& two_exchanges(Talk& talk, std::size_t segment) {
    return talk.client(get("/scep?operation=GetCACaps"), segment)
        .server(answer("AES", "text/plain"), segment)
        .client(post("/scep?operation=PKIOperation", "0123456789"), segment)
        .server(chunked_answer("reply", 3), segment);
}

std::vector<Packet> two_exchanges(std::size_t segment, std::uint32_t client_seq = 1000, std::uint32_t server_seq = 5000) {
    std::vector<Packet> packets;
    Talk talk(packets, {"10.0.0.2", 40000}, {"10.0.0.1", 80}, client_seq, server_seq);
    two_exchanges(talk.open(), segment).close();
    return packets;
}

} // namespace

BOOST_AUTO_TEST_SUITE(tcp)

BOOST_DATA_TEST_CASE(any_segment_size, boost::unit_test::data::make({1, 2, 3, 7, 64, 1400}), segment) {
    const auto result = read_packets(two_exchanges(static_cast<std::size_t>(segment)));
    check_lines(result.lines(), two_lines);
    BOOST_TEST(result.damage.empty());
}

BOOST_DATA_TEST_CASE(out_of_order, boost::unit_test::data::xrange(1, 9), seed) {
    auto packets = two_exchanges(20);
    std::mt19937 random(static_cast<unsigned>(seed));
    // Within a few packets, as captures are.
    for (std::size_t from = 3; from + 5 < packets.size(); from += 5) {
        std::shuffle(packets.begin() + static_cast<std::ptrdiff_t>(from), packets.begin() + static_cast<std::ptrdiff_t>(from + 5), random);
    }
    const auto result = read_packets(packets);
    check_lines(result.lines(), two_lines);
    BOOST_TEST(result.damage.empty());
}

BOOST_AUTO_TEST_CASE(whole_directions_out_of_order) {
    std::vector<Packet> packets;
    Talk(packets).open().client(get("/scep?operation=GetCACaps"), 9).server(answer("AES"), 9).close();
    std::reverse(packets.begin() + 3, packets.end() - 3);
    check_lines(read_packets(packets).lines(), {"1 GET /scep?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_CASE(the_answer_before_its_request) {
    std::vector<Packet> packets;
    Talk talk(packets);
    talk.open()
        .client(get("/scep?operation=GetCACaps"))
        .server(answer("AES"))
        .client(get("/scep?operation=GetCACert"))
        .server(answer("certificate"));
    std::swap(packets[3], packets[4]);
    std::swap(packets[5], packets[6]);
    check_lines(read_packets(packets).lines(),
                {"1 GET /scep?operation=GetCACaps [] -> 200 [AES]", "1 GET /scep?operation=GetCACert [] -> 200 [certificate]"});
}

BOOST_AUTO_TEST_CASE(repeated) {
    auto packets = two_exchanges(30);
    std::vector<Packet> twice;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        twice.push_back(packets[i]);
        twice.push_back(packets[i]);
        if (i >= 6) {
            twice.push_back(packets[i - 3]);
        }
    }
    const auto result = read_packets(twice);
    check_lines(result.lines(), two_lines);
    BOOST_TEST(result.damage.empty());
}

BOOST_AUTO_TEST_CASE(overlapping) {
    const std::string request = post("/scep?operation=PKIOperation", "0123456789");
    const Host client{"10.0.0.2", 40000};
    const Host server{"10.0.0.1", 80};
    std::vector<Packet> packets;
    Talk(packets).open();
    const auto part = [&](std::size_t from, std::size_t size) {
        packets.push_back(
            tcp_packet(client, server, static_cast<std::uint32_t>(1001 + from), 5001, ack, std::string_view(request).substr(from, size)));
    };
    part(0, 20);
    part(10, 30);                  // half known
    part(60, 20);                  // ahead
    part(50, 40);                  // ahead, around the one before
    part(35, 20);                  // joins them
    part(80, request.size() - 80); // and the rest
    check_lines(read_packets(packets).lines(), {"1 POST /scep?operation=PKIOperation [0123456789] -> capture"});
}

BOOST_DATA_TEST_CASE(sequence_numbers_wrap, boost::unit_test::data::make({0xffffffffu, 0xfffffff0u, 0x7fffffe0u}), seq) {
    auto packets = two_exchanges(16, seq, seq - 40);
    for (std::size_t i = 4; i + 1 < packets.size(); i += 3) {
        std::swap(packets[i], packets[i + 1]);
    }
    check_lines(read_packets(packets).lines(), two_lines);
}

BOOST_AUTO_TEST_CASE(joined_midway) {
    std::vector<Packet> packets;
    Talk talk(packets);
    talk.client("end of a body that began before").client(get("/scep?operation=GetCACaps")).server(answer("AES"));
    two_exchanges(talk, 25);
    const auto result = read_packets(packets);
    check_lines(result.lines(), {"1 GET /scep?operation=GetCACaps [] -> 200 [AES]", two_lines[0], two_lines[1]});
}

BOOST_AUTO_TEST_CASE(joined_midway_out_of_order) {
    std::vector<Packet> packets;
    Talk(packets).client(post("/scep?operation=PKIOperation", "0123456789"), 60).server(answer("reply"));
    std::swap(packets[0], packets[1]);
    check_lines(read_packets(packets).lines(), {"1 POST /scep?operation=PKIOperation [0123456789] -> 200 [reply]"});
}

BOOST_AUTO_TEST_CASE(an_answer_whose_request_was_not_captured) {
    std::vector<Packet> packets;
    Talk(packets).server(answer("reply"), 40).client(get("/scep?operation=GetCACaps")).server(answer("AES", "text/plain")).close();
    check_lines(read_packets(packets).lines(), {"1 - -> 200 [reply]", "1 GET /scep?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_CASE(the_server_is_the_side_that_answers) {
    // Joined midway: the first packet is the server's.
    std::vector<Packet> packets;
    Talk(packets, {"10.0.0.2", 80}, {"10.0.0.1", 40000}).server_acks().client(get("/scep?operation=GetCACaps")).server(answer("AES"));
    check_lines(read_packets(packets).lines(), {"1 GET /scep?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_CASE(without_the_clients_syn) {
    std::vector<Packet> packets;
    Talk talk(packets);
    two_exchanges(talk.open(), 30).close();
    packets.erase(packets.begin());
    check_lines(read_packets(packets).lines(), two_lines);
}

BOOST_AUTO_TEST_CASE(without_the_servers_syn) {
    auto packets = two_exchanges(30);
    packets.erase(packets.begin() + 1);
    check_lines(read_packets(packets).lines(), two_lines);
}

BOOST_AUTO_TEST_CASE(a_lost_segment_of_a_request) {
    std::vector<Packet> packets;
    const std::string request = post("/scep?operation=PKIOperation", std::string(300, 'q'));
    Talk(packets)
        .open()
        .client(request.substr(0, 200))
        .client_lost(100)
        .client(request.substr(300))
        .server(answer("reply"))
        .client(get("/scep?operation=GetCACert"))
        .server(answer("certificate"))
        .close();
    const auto result = read_packets(packets);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    BOOST_TEST(!result.exchanges[0].request->complete);
    BOOST_TEST(reading::text(result.exchanges[0].response->body) == "reply");
    BOOST_TEST(result.lines()[1] == "1 GET /scep?operation=GetCACert [] -> 200 [certificate]");
    BOOST_TEST(result.only_damage() == "connection 1: 100 octets of the requests are not in the capture");
    BOOST_TEST(result.damage[0].offset == offset_of_packet(packets, 4));
}

BOOST_AUTO_TEST_CASE(a_lost_answer) {
    std::vector<Packet> packets;
    Talk(packets)
        .open()
        .client(get("/scep?operation=GetCACaps"))
        .server_lost(120)
        .client(get("/scep?operation=GetCACert"))
        .server(answer("certificate"))
        .close();
    const auto result = read_packets(packets);
    check_lines(result.lines(),
                {"1 GET /scep?operation=GetCACaps [] -> capture", "1 GET /scep?operation=GetCACert [] -> 200 [certificate]"});
    check_contains(result.only_damage(), "120 octets of the answers");
}

BOOST_AUTO_TEST_CASE(a_lost_request) {
    std::vector<Packet> packets;
    Talk(packets)
        .open()
        .client_lost(90)
        .server(answer("reply"))
        .client(get("/scep?operation=GetCACert"))
        .server(answer("certificate"))
        .close();
    const auto result = read_packets(packets);
    check_lines(result.lines(), {"1 - -> 200 [reply]", "1 GET /scep?operation=GetCACert [] -> 200 [certificate]"});
}

BOOST_AUTO_TEST_CASE(the_end_of_an_answer_is_lost) {
    std::vector<Packet> packets;
    const std::string reply = answer("reply");
    Talk(packets).open().client(get("/scep?operation=GetCACaps")).server(reply.substr(0, reply.size() - 2)).server_lost(2).close();
    const auto result = read_packets(packets);
    check_lines(result.lines(), {"1 GET /scep?operation=GetCACaps [] -> 200 [rep] incomplete"});
    check_contains(result.only_damage(), "2 octets of the answers");
}

BOOST_AUTO_TEST_CASE(a_hole_is_given_up_while_the_connection_lives) {
    std::vector<Packet> packets;
    Talk talk(packets);
    talk.open().client(get("/scep?operation=GetCACaps")).server_lost(120).client_acks();
    std::vector<Packet> later;
    Talk others(later, {"10.0.0.3", 50000});
    for (int i = 0; i < 40; ++i) {
        talk.client(get("/scep?operation=GetCACert")).server(answer("certificate"));
    }
    // The connection stays open, and yet the answers after the hole are given.
    const auto result = read_packets(packets);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 41u);
    BOOST_TEST(std::ranges::count(result.lines(), "1 GET /scep?operation=GetCACert [] -> 200 [certificate]") >= 30);
}

BOOST_AUTO_TEST_CASE(a_port_used_again) {
    std::vector<Packet> packets;
    Talk(packets).open().client(get("/scep?operation=GetCACaps")).server(answer("AES")).close();
    Talk(packets, {"10.0.0.2", 40000}, {"10.0.0.1", 80}, 900'000, 800'000).open().client(get("/scep?operation=GetCACert")).server_rst();
    Talk(packets, {"10.0.0.2", 40000}, {"10.0.0.1", 80}, 3'900'000, 4'800'000).open().client(get("/scep?operation=GetNextCACert"));
    check_lines(read_packets(packets).lines(),
                {"1 GET /scep?operation=GetCACaps [] -> 200 [AES]", "2 GET /scep?operation=GetCACert [] -> rst",
                 "3 GET /scep?operation=GetNextCACert [] -> capture"});
}

BOOST_AUTO_TEST_CASE(connections_count_from_their_first_packet) {
    std::vector<Packet> packets;
    Talk first(packets, {"10.0.0.2", 1001});
    Talk second(packets, {"10.0.0.2", 1002});
    Talk third(packets, {"::2", 1003}, {"::1", 80});
    first.open();
    second.client_acks();
    third.open().client(get("/scep?operation=GetCACaps")).server(answer("AES"));
    second.client(get("/scep?operation=GetCACert")).server(answer("certificate"));
    first.client(get("/scep?operation=GetNextCACert")).server(answer("next"));
    check_lines(read_packets(packets).lines(),
                {"3 GET /scep?operation=GetCACaps [] -> 200 [AES]", "2 GET /scep?operation=GetCACert [] -> 200 [certificate]",
                 "1 GET /scep?operation=GetNextCACert [] -> 200 [next]"});
}

BOOST_AUTO_TEST_CASE(in_the_order_in_which_requests_begin) {
    std::vector<Packet> packets;
    Talk slow(packets, {"10.0.0.2", 1001});
    Talk quick(packets, {"10.0.0.2", 1002});
    const std::string request = post("/scep?operation=PKIOperation", "slow");
    slow.open().client(request.substr(0, 30));
    quick.open()
        .client(get("/scep?operation=GetCACaps"))
        .server(answer("AES"))
        .client(get("/scep?operation=GetCACert"))
        .server(answer("one"))
        .close();
    slow.client(request.substr(30)).server(answer("reply")).close();
    check_lines(read_packets(packets).lines(),
                {"1 POST /scep?operation=PKIOperation [slow] -> 200 [reply]", "2 GET /scep?operation=GetCACaps [] -> 200 [AES]",
                 "2 GET /scep?operation=GetCACert [] -> 200 [one]"});
}

BOOST_AUTO_TEST_CASE(endings) {
    struct Row {
        void (*end)(Talk&);
        const char* wanted;
    };
    const Row rows[] = {
        {[](Talk& talk) { talk.server_fin().client_fin(); }, "fin"},
        {[](Talk& talk) { talk.client_fin(); }, "fin"},
        {[](Talk& talk) { talk.server_rst(); }, "rst"},
        {[](Talk& talk) { talk.client_rst(); }, "rst"},
        {[](Talk& talk) { talk.server_acks(); }, "capture"},
    };
    for (const Row& row : rows) {
        std::vector<Packet> packets;
        Talk talk(packets);
        row.end(talk.open().client(post("/scep?operation=PKIOperation", "q")));
        check_lines(read_packets(packets).lines(), {std::string("1 POST /scep?operation=PKIOperation [q] -> ") + row.wanted});
    }
}

BOOST_AUTO_TEST_CASE(an_answer_before_the_clients_fin_is_acknowledged) {
    std::vector<Packet> packets;
    Talk(packets).open().client(get("/scep?operation=GetCACaps")).client_fin().server(answer("AES")).server_fin();
    check_lines(read_packets(packets).lines(), {"1 GET /scep?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_SUITE_END()
