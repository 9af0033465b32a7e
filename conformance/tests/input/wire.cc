#include "wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace wire {

namespace {

void add(Octets& to, std::string_view text) { to.insert(to.end(), text.begin(), text.end()); }
void add(Octets& to, const Octets& octets) { to.insert(to.end(), octets.begin(), octets.end()); }

void add_number(Octets& to, std::uint64_t value, int octets, bool big_endian = true) {
    for (int i = 0; i < octets; ++i) {
        to.push_back(static_cast<std::uint8_t>(value >> 8 * (big_endian ? octets - 1 - i : i)));
    }
}

void add_address(Octets& to, const std::string& address) {
    if (const auto colons = address.find("::"); colons != std::string::npos) {
        to.insert(to.end(), 14, 0);
        add_number(to, std::stoul(address.substr(colons + 2), nullptr, 16), 2);
        return;
    }
    std::size_t from = 0;
    for (int i = 0; i < 4; ++i) {
        const auto dot = address.find('.', from);
        to.push_back(static_cast<std::uint8_t>(std::stoul(address.substr(from, dot - from))));
        from = dot + 1;
    }
}

} // namespace

Packet tcp_packet(const Host& from, const Host& to, std::uint32_t seq, std::uint32_t acknowledged, std::uint8_t flags,
                  std::string_view payload) {
    Octets tcp;
    add_number(tcp, from.port, 2);
    add_number(tcp, to.port, 2);
    add_number(tcp, seq, 4);
    add_number(tcp, acknowledged, 4);
    add_number(tcp, 0x5000u | flags, 2);
    add_number(tcp, 0xffff, 2);
    add_number(tcp, 0, 4);
    add(tcp, payload);

    Packet packet;
    packet.v6 = from.address.find(':') != std::string::npos;
    Octets& ip = packet.ip;
    if (packet.v6) {
        add_number(ip, 0x60000000, 4);
        add_number(ip, tcp.size(), 2);
        add_number(ip, 0x0640, 2); // TCP, hop limit
    } else {
        add_number(ip, 0x4500, 2);
        add_number(ip, tcp.size() + 20, 2);
        add_number(ip, 0x00014000, 4); // identification, don't fragment
        add_number(ip, 0x4006, 2);     // TTL, TCP
        add_number(ip, 0, 2);
    }
    add_address(ip, from.address);
    add_address(ip, to.address);
    add(ip, tcp);
    return packet;
}

void Talk::add(bool from_client, std::uint8_t set, std::string_view payload) {
    const std::uint32_t seq = from_client ? m_client_seq : m_server_seq;
    const std::uint32_t acknowledged = set & ack ? (from_client ? m_server_seq : m_client_seq) : 0;
    m_packets.push_back(tcp_packet(from_client ? m_client : m_server, from_client ? m_server : m_client, seq, acknowledged, set, payload));
    (from_client ? m_client_seq : m_server_seq) += static_cast<std::uint32_t>(payload.size()) + (set & (syn | fin) ? 1 : 0);
}

Talk& Talk::open() {
    add(true, syn, {});
    add(false, syn | ack, {});
    add(true, ack, {});
    return *this;
}

Talk& Talk::say(bool from_client, std::string_view payload, std::size_t segment) {
    for (; !payload.empty(); payload.remove_prefix(std::min(segment, payload.size()))) {
        add(from_client, psh | ack, payload.substr(0, segment));
    }
    return *this;
}

Talk& Talk::flags(bool from_client, std::uint8_t set) {
    add(from_client, set, {});
    return *this;
}

Talk& Talk::client_lost(std::size_t octets) {
    m_client_seq += static_cast<std::uint32_t>(octets);
    return *this;
}

Talk& Talk::server_lost(std::size_t octets) {
    m_server_seq += static_cast<std::uint32_t>(octets);
    return *this;
}

Talk& Talk::client_fin() { return flags(true, fin | ack); }
Talk& Talk::server_fin() { return flags(false, fin | ack); }

Octets frame(const Packet& packet, Link link, Tags tags) {
    Octets out;
    const std::uint64_t ethertype = packet.v6 ? 0x86dd : 0x0800;
    switch (link) {
    case Link::null:
        add_number(out, packet.v6 ? 30 : 2, 4, false); // macOS' number for IPv6
        break;
    case Link::loop:
        add_number(out, packet.v6 ? 24 : 2, 4); // OpenBSD's
        break;
    case Link::ethernet:
        add_number(out, 0x0200'0000'0001, 6);
        add_number(out, 0x0200'0000'0002, 6);
        if (tags == Tags::qinq) {
            add_number(out, 0x88a8'0064, 4);
        }
        if (tags != Tags::none) {
            add_number(out, 0x8100'000a, 4);
        }
        add_number(out, ethertype, 2);
        break;
    case Link::sll:
        add_number(out, 0x0000'0001, 4); // to us, Ethernet
        add_number(out, 6, 2);
        add_number(out, 0x0200'0000'0001'0000, 8);
        add_number(out, ethertype, 2);
        break;
    case Link::sll2:
        add_number(out, ethertype, 2);
        add_number(out, 0, 2);
        add_number(out, 3, 4); // interface
        add_number(out, 1, 2); // Ethernet
        add_number(out, 0x0006, 2);
        add_number(out, 0x0200'0000'0001'0000, 8);
        break;
    case Link::raw:
    case Link::ipv4:
    case Link::ipv6:
        break;
    }
    add(out, packet.ip);
    if (link == Link::ethernet) {
        constexpr std::size_t shortest = 60;
        out.resize(std::max(out.size(), shortest)); // padding that is no payload
    }
    return out;
}

namespace {

constexpr std::int64_t step = 1000;

Octets pcap(const std::vector<Packet>& packets, const Format& format) {
    const auto number = [&](Octets& to, std::uint64_t value, int octets) { add_number(to, value, octets, format.big_endian); };
    Octets out;
    number(out, format.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 4);
    number(out, 2, 2);
    number(out, 4, 2);
    number(out, 0, 8);
    number(out, format.snaplen, 4);
    number(out, static_cast<std::uint32_t>(format.link), 4);
    std::int64_t time = start;
    for (const Packet& packet : packets) {
        Octets octets = frame(packet, format.link, format.tags);
        const auto size = octets.size();
        octets.resize(std::min<std::size_t>(size, format.snaplen));
        number(out, static_cast<std::uint64_t>(time / 1'000'000), 4);
        number(out, static_cast<std::uint64_t>(time % 1'000'000) * (format.nanoseconds ? 1000 : 1), 4);
        number(out, octets.size(), 4);
        number(out, size, 4);
        add(out, octets);
        time += step;
    }
    return out;
}

Octets pcapng(const std::vector<Packet>& packets, const Format& format) {
    const auto number = [&](Octets& to, std::uint64_t value, int octets) { add_number(to, value, octets, format.big_endian); };
    Octets out;
    const auto block = [&](std::uint32_t type, const Octets& body) {
        const auto size = body.size() + 12;
        number(out, type, 4);
        number(out, size, 4);
        add(out, body);
        number(out, size, 4);
    };
    Octets section;
    number(section, 0x1a2b3c4d, 4);
    number(section, 1, 2);
    number(section, 0, 2);
    number(section, ~std::uint64_t{0}, 8);
    block(0x0a0d0d0a, section);
    Octets interface;
    number(interface, static_cast<std::uint32_t>(format.link), 2);
    number(interface, 0, 2);
    number(interface, format.snaplen, 4);
    number(interface, 9, 2); // if_tsresol
    number(interface, 1, 2);
    interface.insert(interface.end(), {static_cast<std::uint8_t>(format.nanoseconds ? 9 : 6), 0, 0, 0});
    number(interface, 0, 4);
    block(1, interface);
    std::int64_t time = start;
    for (const Packet& packet : packets) {
        const Octets octets = frame(packet, format.link, format.tags);
        const auto ticks = static_cast<std::uint64_t>(time) * (format.nanoseconds ? 1000 : 1);
        Octets body;
        number(body, 0, 4);
        number(body, ticks >> 32, 4);
        number(body, ticks & 0xffffffff, 4);
        number(body, octets.size(), 4);
        number(body, octets.size(), 4);
        add(body, octets);
        body.resize((body.size() + 3) / 4 * 4);
        block(6, body);
        time += step;
    }
    return out;
}

} // namespace

Octets capture_file(const std::vector<Packet>& packets, const Format& format) {
    return format.pcapng ? pcapng(packets, format) : pcap(packets, format);
}

std::size_t offset_of_packet(const std::vector<Packet>& packets, std::size_t number, const Format& format) {
    return capture_file({packets.begin(), packets.begin() + static_cast<std::ptrdiff_t>(number)}, format).size();
}

std::string get(std::string_view target, std::string_view version) {
    return fmt::format("GET {} {}\r\nHost: ca.example\r\n\r\n", target, version);
}

std::string post(std::string_view target, std::string_view body, std::string_view type) {
    return fmt::format("POST {} HTTP/1.1\r\nHost: ca.example\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", target, type,
                       body.size(), body);
}

std::string answer(std::string_view body, std::string_view type, std::string_view status) {
    return fmt::format("HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", status, type, body.size(), body);
}

std::string chunked_answer(std::string_view body, std::size_t chunk, std::string_view type) {
    std::string out = fmt::format("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nTransfer-Encoding: chunked\r\n\r\n", type);
    for (; !body.empty(); body.remove_prefix(std::min(chunk, body.size()))) {
        const auto part = body.substr(0, chunk);
        out += fmt::format("{:x};part=1\r\n{}\r\n", part.size(), part);
    }
    return out + "0\r\nX-Trailer: yes\r\n\r\n";
}

} // namespace wire
