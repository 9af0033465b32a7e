#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

// From the octets of a captured packet to a TCP segment.
namespace sceplab::input {

struct Endpoint {
    std::array<std::uint8_t, 16> address{};
    std::uint16_t port = 0;
    bool v6 = false;

    friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
    [[nodiscard]] std::string to_string() const; // "10.0.0.1:443", "[::1]:443"
};

struct Segment {
    Endpoint from;
    Endpoint to;
    std::uint32_t seq = 0;
    std::uint32_t acknowledged = 0;
    bool syn = false;
    bool ack = false;
    bool fin = false;
    bool rst = false;
    std::vector<std::uint8_t> payload;
};

enum class PacketKind : std::uint8_t {
    tcp,
    other,      // no TCP
    fragment,   // of an IPv4 packet that carries TCP, or of any IPv6 packet
    unreadable, // headers that are cut off or make no sense
};

// Whether packets of this link type (libpcap's DLT_ number) can be read.
[[nodiscard]] bool link_type_known(int link_type);

// `segment` is set where the kind is tcp. Never throws for what the octets hold.
[[nodiscard]] PacketKind read_packet(int link_type, std::span<const std::uint8_t> octets, Segment& segment);

} // namespace sceplab::input
