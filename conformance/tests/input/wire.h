#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Writes captures octet by octet, independently of what reads them.
namespace wire {

using Octets = std::vector<std::uint8_t>;

enum Flag : std::uint8_t { fin = 1, syn = 2, rst = 4, psh = 8, ack = 16 };

// An IP packet with a TCP segment in it, or any other packet of the network layer.
struct Packet {
    Octets ip;
    bool v6 = false;
};

struct Host {
    std::string address; // "10.0.0.2", or one hexadecimal digit group for IPv6: "::7"
    std::uint16_t port = 0;
};

Packet tcp_packet(const Host& from, const Host& to, std::uint32_t seq, std::uint32_t acknowledged, std::uint8_t flags,
                  std::string_view payload);

// One TCP connection as its two ends speak. Packets are appended in order; a test may shuffle them afterwards.
class Talk {
public:
    explicit Talk(std::vector<Packet>& packets, Host client = {"10.0.0.2", 40000}, Host server = {"10.0.0.1", 80},
                  std::uint32_t client_seq = 1000, std::uint32_t server_seq = 5000)
        : m_packets(packets), m_client(std::move(client)), m_server(std::move(server)), m_client_seq(client_seq), m_server_seq(server_seq) {
    }

    Talk& open();
    Talk& client(std::string_view payload, std::size_t segment = 1400) { return say(true, payload, segment); }
    Talk& server(std::string_view payload, std::size_t segment = 1400) { return say(false, payload, segment); }
    // Octets that were sent and are not in the capture.
    Talk& client_lost(std::size_t octets);
    Talk& server_lost(std::size_t octets);
    Talk& client_acks() { return flags(true, ack); }
    Talk& server_acks() { return flags(false, ack); }
    Talk& client_fin();
    Talk& server_fin();
    Talk& client_rst() { return flags(true, rst | ack); }
    Talk& server_rst() { return flags(false, rst | ack); }
    Talk& close() { return client_fin().server_fin().client_acks(); }

private:
    Talk& say(bool from_client, std::string_view payload, std::size_t segment);
    Talk& flags(bool from_client, std::uint8_t set);
    void add(bool from_client, std::uint8_t set, std::string_view payload);

    std::vector<Packet>& m_packets;
    Host m_client;
    Host m_server;
    std::uint32_t m_client_seq;
    std::uint32_t m_server_seq;
};

// The numbers that tcpdump.org gives to link types.
enum class Link : std::uint32_t { null = 0, ethernet = 1, raw = 101, loop = 108, sll = 113, ipv4 = 228, ipv6 = 229, sll2 = 276 };
enum class Tags : std::uint8_t { none, vlan, qinq };

Octets frame(const Packet& packet, Link link, Tags tags = Tags::none);

struct Format {
    Link link = Link::ethernet;
    Tags tags = Tags::none;
    bool big_endian = false;
    bool nanoseconds = false;
    std::uint32_t snaplen = 262144;
    bool pcapng = false;
};

// Packet i is captured at `start` + i milliseconds.
inline constexpr std::int64_t start = 1'795'451'610'000'000;
Octets capture_file(const std::vector<Packet>& packets, const Format& format = {});
// Where packet `number` (from 0) of a capture with one frame size for each begins.
std::size_t offset_of_packet(const std::vector<Packet>& packets, std::size_t number, const Format& format = {});

std::string get(std::string_view target, std::string_view version = "HTTP/1.1");
std::string post(std::string_view target, std::string_view body, std::string_view type = "application/x-pki-message");
std::string answer(std::string_view body, std::string_view type = "application/x-pki-message", std::string_view status = "200 OK");
std::string chunked_answer(std::string_view body, std::size_t chunk, std::string_view type = "application/x-pki-message");

} // namespace wire
