// Containers and links: the same talk in each must give the same exchanges.
#include "check.h"

#include <ostream>

using namespace wire;
using reading::read_octets;
using reading::read_packets;

namespace {

struct Row {
    const char* name;
    Format format;
    bool v6 = false;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const Row rows[] = {
    {"pcap", {}},
    {"pcap, big endian", {.big_endian = true}},
    {"pcap, nanoseconds", {.nanoseconds = true}},
    {"pcap, nanoseconds, big endian", {.big_endian = true, .nanoseconds = true}},
    {"pcapng", {.pcapng = true}},
    {"pcapng, big endian", {.big_endian = true, .pcapng = true}},
    {"pcapng, nanoseconds", {.nanoseconds = true, .pcapng = true}},
    {"BSD loopback", {.link = Link::null}},
    {"BSD loopback, IPv6", {.link = Link::null}, true},
    {"OpenBSD loopback", {.link = Link::loop}},
    {"OpenBSD loopback, IPv6", {.link = Link::loop}, true},
    {"Ethernet, IPv6", {}, true},
    {"VLAN", {.tags = Tags::vlan}},
    {"VLAN, IPv6", {.tags = Tags::vlan}, true},
    {"QinQ", {.tags = Tags::qinq}},
    {"raw IP", {.link = Link::raw}},
    {"raw IP, IPv6", {.link = Link::raw}, true},
    {"raw IPv4", {.link = Link::ipv4}},
    {"raw IPv6", {.link = Link::ipv6}, true},
    {"Linux cooked", {.link = Link::sll}},
    {"Linux cooked, IPv6", {.link = Link::sll}, true},
    {"Linux cooked 2", {.link = Link::sll2}},
    {"Linux cooked 2 in pcapng, IPv6", {.link = Link::sll2, .pcapng = true}, true},
};

std::vector<Packet> usual_talk(bool v6 = false) {
    std::vector<Packet> packets;
    Talk(packets, {v6 ? "::2" : "10.0.0.2", 40000}, {v6 ? "::1" : "10.0.0.1", 80})
        .open()
        .client(get("/scep?operation=GetCACaps"))
        .server(answer("AES\n", "text/plain"))
        .client(post("/scep?operation=PKIOperation", "question"), 100)
        .server(chunked_answer("reply", 2), 90)
        .close();
    return packets;
}

const Lines usual_lines{"1 GET /scep?operation=GetCACaps [] -> 200 [AES\n]",
                        "1 POST /scep?operation=PKIOperation [question] -> 200 [reply]"};

} // namespace

BOOST_AUTO_TEST_SUITE(capture)

BOOST_DATA_TEST_CASE(every_container_and_link, boost::unit_test::data::make(rows), row) {
    const auto result = read_packets(usual_talk(row.v6), row.format);
    check_lines(result.lines(), usual_lines);
    BOOST_TEST(result.damage.empty());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    // The request is in the fourth packet, its answer in the fifth; the POST in the sixth.
    BOOST_TEST(*result.exchanges[0].request->time == start + 3000);
    BOOST_TEST(*result.exchanges[0].response->time == start + 4000);
    BOOST_TEST(*result.exchanges[1].request->time == start + 5000);
    BOOST_TEST(result.exchanges[1].input == 7u);
}

BOOST_AUTO_TEST_CASE(octets_have_their_place) {
    const auto result = read_packets(usual_talk());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
    const auto& exchange = result.exchanges[1];
    const auto& request = *exchange.request;
    BOOST_TEST(request.target.offset() == std::string("POST ").size());
    BOOST_TEST(reading::text(exchange.sources[request.target.source()].octets).substr(0, 10) == "POST /scep");
    BOOST_TEST(request.body.offset() == 0u);
    BOOST_TEST(request.body.source() != request.target.source());
    BOOST_TEST(reading::text(exchange.sources[exchange.response->body.source()].octets) == "reply");
    BOOST_TEST(*sceplab::input::find(request.fields, "content-TYPE") == "application/x-pki-message");
    BOOST_TEST(!sceplab::input::find(request.fields, "content"));
    BOOST_TEST(request.version == "HTTP/1.1");
}

BOOST_AUTO_TEST_CASE(a_time_beyond_measure) {
    Octets octets = capture_file(usual_talk(), {.pcapng = true});
    const auto first_packet = offset_of_packet(usual_talk(), 3, {.pcapng = true});
    octets[first_packet + 12 + 3] = 0x7f; // the high octet of the 64 bits
    const auto result = read_octets(octets);
    check_lines(result.lines(), usual_lines);
    BOOST_TEST(*result.exchanges[0].request->time == 253'402'300'799'000'000 + *result.exchanges[0].request->time % 1'000'000);
}

BOOST_AUTO_TEST_CASE(ipv6_extension_headers) {
    auto packets = usual_talk(true);
    for (Packet& packet : packets) {
        // Hop-by-hop options and destination options, eight octets of padding each.
        packet.ip[6] = 0;
        packet.ip[5] = static_cast<std::uint8_t>(packet.ip[5] + 16);
        packet.ip[4] = static_cast<std::uint8_t>(packet.ip[4] + (packet.ip[5] < 16 ? 1 : 0));
        const std::uint8_t headers[] = {60, 0, 1, 4, 0, 0, 0, 0, 6, 0, 1, 4, 0, 0, 0, 0};
        packet.ip.insert(packet.ip.begin() + 40, std::begin(headers), std::end(headers));
    }
    check_lines(read_packets(packets).lines(), usual_lines);
}

BOOST_AUTO_TEST_CASE(ip_options) {
    auto packets = usual_talk();
    for (Packet& packet : packets) {
        packet.ip[0] = 0x46;
        const int size = (packet.ip[2] << 8 | packet.ip[3]) + 4;
        packet.ip[2] = static_cast<std::uint8_t>(size >> 8);
        packet.ip[3] = static_cast<std::uint8_t>(size);
        packet.ip.insert(packet.ip.begin() + 20, {1, 1, 1, 0});
    }
    check_lines(read_packets(packets).lines(), usual_lines);
}

BOOST_AUTO_TEST_CASE(a_length_of_zero_where_the_card_cuts_segments) {
    auto packets = usual_talk();
    for (Packet& packet : packets) {
        packet.ip[2] = packet.ip[3] = 0;
    }
    check_lines(read_packets(packets, {.link = Link::raw}).lines(), usual_lines);
}

BOOST_AUTO_TEST_CASE(other_packets_between) {
    auto packets = usual_talk();
    Octets arp(28, 0);
    Octets udp = tcp_packet({"10.0.0.9", 53}, {"10.0.0.8", 53}, 0, 0, 0, "dns").ip;
    udp[9] = 17;
    packets.insert(packets.begin() + 2, {{arp, false}, {udp, false}});
    check_lines(read_packets(packets).lines(), usual_lines);
}

BOOST_AUTO_TEST_CASE(unreadable_packets_between) {
    auto packets = usual_talk();
    Octets header_only = packets[0].ip;
    header_only.resize(30);
    packets.insert(packets.begin() + 2, {{header_only, false}, {{0x4f}, false}, {{}, false}});
    check_lines(read_packets(packets, {.link = Link::raw}).lines(), usual_lines);
}

BOOST_AUTO_TEST_CASE(fragments_are_named) {
    auto packets = usual_talk();
    packets[5].ip[6] = 0x20; // more fragments
    const auto result = read_packets(packets);
    BOOST_REQUIRE(!result.exchanges.empty());
    BOOST_TEST(result.lines()[0] == usual_lines[0]);
    check_contains(result.damage.back().reason, "1 IP fragment left out");
    BOOST_TEST(result.damage.back().offset == offset_of_packet(packets, 5));
    BOOST_TEST(!result.damage.back().unusable);
}

BOOST_AUTO_TEST_CASE(fragments_of_ipv6_are_named) {
    auto packets = usual_talk(true);
    Octets& ip = packets[5].ip;
    ip[6] = 44;
    ip[5] = static_cast<std::uint8_t>(ip[5] + 8);
    const std::uint8_t header[] = {6, 0, 0, 1, 0, 0, 0, 9}; // more fragments follow
    ip.insert(ip.begin() + 40, std::begin(header), std::end(header));
    const auto result = read_packets(packets);
    BOOST_REQUIRE(!result.exchanges.empty());
    check_contains(result.damage.back().reason, "1 IP fragment left out");
}

BOOST_AUTO_TEST_CASE(packets_cut_by_the_snapshot_length) {
    for (const bool v6 : {false, true}) {
        std::vector<Packet> packets;
        Talk(packets, {v6 ? "::2" : "10.0.0.2", 40000}, {v6 ? "::1" : "10.0.0.1", 80})
            .open()
            .client(get("/scep?operation=GetCACaps"))
            .server(answer(std::string(1000, 'x')))
            .client(get("/scep?operation=GetCACert"))
            .server(answer("certificate"))
            .close();
        const auto result = read_packets(packets, {.snaplen = 300});
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 2u);
        BOOST_TEST(!result.exchanges[0].response->complete);
        BOOST_TEST(result.lines()[1] == "1 GET /scep?operation=GetCACert [] -> 200 [certificate]");
        BOOST_REQUIRE_EQUAL(result.damage.size(), 2u);
        check_contains(result.damage[0].reason, "connection 1: ");
        check_contains(result.damage[0].reason, "octets of the answers are not in the capture");
        check_contains(result.damage[1].reason, "1 TCP packet cut by the snapshot length");
    }
}

BOOST_DATA_TEST_CASE(cut_in_the_middle, boost::unit_test::data::make({false, true}), pcapng) {
    const auto packets = usual_talk();
    const Format format{.pcapng = pcapng};
    Octets octets = capture_file(packets, format);
    const auto cut = offset_of_packet(packets, 6, format) + 30;
    octets.resize(cut);
    const auto result = read_octets(octets);
    check_lines(result.lines(), {usual_lines[0], "1 POST /scep?operation=PKIOperation [] incomplete -> capture"});
    BOOST_REQUIRE_EQUAL(result.damage.size(), 1u);
    BOOST_TEST(result.damage[0].offset == offset_of_packet(packets, 6, format));
    BOOST_TEST(!result.damage[0].unusable);
    BOOST_TEST(result.damage[0].input == 7u);
    check_contains(result.damage[0].reason, "after 6 packets");
}

BOOST_AUTO_TEST_CASE(a_pcapng_of_mixed_links) {
    Octets octets = capture_file(usual_talk(), {.pcapng = true});
    // The second interface comes with a second capture behind its own section's header of 28 octets.
    const Octets other = capture_file(usual_talk(), {.link = Link::raw, .pcapng = true});
    octets.insert(octets.end(), other.begin() + 28, other.end());
    const auto result = read_octets(octets);
    check_lines(result.lines(), usual_lines);
    check_contains(result.only_damage(), "interfaces of different kinds");
    check_contains(result.only_damage(), "tshark");
    BOOST_TEST(!result.damage[0].unusable);
}

BOOST_AUTO_TEST_CASE(a_link_that_is_not_supported) {
    Octets octets = capture_file(usual_talk());
    octets[20] = 105; // IEEE 802.11
    const auto result = read_octets(octets);
    BOOST_TEST(result.exchanges.empty());
    BOOST_TEST(result.only_damage() == "link type IEEE802_11 is not supported");
    BOOST_TEST(result.damage[0].unusable);
}

BOOST_AUTO_TEST_CASE(tls_is_named) {
    std::vector<Packet> packets;
    const std::string hello("\x16\x03\x01\x00\x05hello", 10);
    Talk(packets, {"10.0.0.2", 40000}, {"10.0.0.1", 443}).open().client(hello).server(hello).close();
    Talk(packets, {"::2", 40000}, {"::1", 8443}).client(hello).server(hello);
    const auto result = read_packets(packets);
    check_contains(result.only_damage(), "no SCEP traffic: 10 packets, 2 TCP connections");
    check_contains(result.only_damage(),
                   "TLS on 10.0.0.1:443: not readable; export a HAR from the client or browser, or decrypt with a key log and save "
                   "the decrypted traffic");
    check_contains(result.only_damage(), "TLS on [::1]:8443");
    BOOST_TEST(result.damage[0].unusable);
}

BOOST_AUTO_TEST_CASE(tls_beside_scep_on_one_host) {
    auto packets = usual_talk();
    const std::string hello("\x16\x03\x03\x00\x05hello", 10);
    Talk(packets, {"10.0.0.2", 40001}, {"10.0.0.1", 443}).open().client(hello);
    Talk(packets, {"10.0.0.2", 40002}, {"10.9.9.9", 443}).open().client(hello); // somebody else's
    const auto result = read_packets(packets);
    check_lines(result.lines(), usual_lines);
    check_contains(result.only_damage(), "TLS on 10.0.0.1:443");
    BOOST_TEST(!result.damage[0].unusable);
}

BOOST_AUTO_TEST_SUITE_END()
