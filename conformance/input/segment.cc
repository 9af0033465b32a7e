#include <conformance/input/segment.h>

#include <fmt/format.h>
#include <pcap/dlt.h>
#include <tins/exceptions.h>
#include <tins/ip.h>
#include <tins/ipv6.h>
#include <tins/rawpdu.h>
#include <tins/tcp.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

namespace sceplab::input {

namespace {

using Octets = std::span<const std::uint8_t>;

constexpr std::uint16_t ethertype_ipv4 = 0x0800;
constexpr std::uint16_t ethertype_ipv6 = 0x86dd;
constexpr std::uint16_t ethertype_vlan = 0x8100;
constexpr std::uint16_t ethertype_qinq = 0x88a8;
constexpr std::size_t ipv6_header = 40;

std::uint16_t big_endian_16(Octets octets, std::size_t at) { return static_cast<std::uint16_t>(octets[at] << 8 | octets[at + 1]); }

template <class Pdu>
std::unique_ptr<Tins::PDU> parse(Octets octets) {
    return std::make_unique<Pdu>(octets.data(), static_cast<std::uint32_t>(octets.size()));
}

// An IP packet whose length field may say more than was captured, or zero, as it does where the network card cuts segments.
std::unique_ptr<Tins::PDU> parse_ip(Octets octets) {
    if (octets.empty()) {
        return nullptr;
    }
    const int version = octets[0] >> 4;
    if (version == 4) {
        if (octets.size() >= 20 && big_endian_16(octets, 2) == 0) {
            std::vector<std::uint8_t> patched(octets.begin(), octets.begin() + std::min<std::ptrdiff_t>(std::ssize(octets), 0xffff));
            patched[2] = static_cast<std::uint8_t>(patched.size() >> 8);
            patched[3] = static_cast<std::uint8_t>(patched.size());
            return parse<Tins::IP>(patched);
        }
        return parse<Tins::IP>(octets);
    }
    if (version != 6) {
        return nullptr;
    }
    if (octets.size() < ipv6_header) {
        throw Tins::malformed_packet();
    }
    // libtins refuses an IPv6 packet that was cut.
    const std::size_t announced = big_endian_16(octets, 4);
    const std::size_t present = octets.size() - ipv6_header;
    if (announced > present || (announced == 0 && present > 0 && octets[6] == 6)) {
        std::vector<std::uint8_t> patched(octets.begin(),
                                          octets.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(octets.size(), 0xffff)));
        patched[4] = static_cast<std::uint8_t>((patched.size() - ipv6_header) >> 8);
        patched[5] = static_cast<std::uint8_t>(patched.size() - ipv6_header);
        return parse<Tins::IPv6>(patched);
    }
    return parse<Tins::IPv6>(octets);
}

// What follows a link header that names an EtherType.
std::unique_ptr<Tins::PDU> parse_ethertype(std::uint16_t type, Octets octets) {
    // A VLAN tag is four octets: its number and the EtherType of what follows.
    while (type == ethertype_vlan || type == ethertype_qinq) {
        if (octets.size() < 4) {
            throw Tins::malformed_packet();
        }
        type = big_endian_16(octets, 2);
        octets = octets.subspan(4);
    }
    return type == ethertype_ipv4 || type == ethertype_ipv6 ? parse_ip(octets) : nullptr;
}

struct LinkHeader {
    int link_type;
    std::size_t size;
    std::optional<std::size_t> ethertype_at; // none: an IP packet follows
};

constexpr int dlt_raw_openbsd = 14;
// BSD loopback headers hold an address family whose numbers differ from system to system; the IP version tells the same.
constexpr LinkHeader link_headers[] = {
    {DLT_NULL, 4, {}}, {DLT_LOOP, 4, {}}, {DLT_EN10MB, 14, 12}, {DLT_RAW, 0, {}},        {dlt_raw_openbsd, 0, {}},
    {101, 0, {}},      {DLT_IPV4, 0, {}}, {DLT_IPV6, 0, {}},    {DLT_LINUX_SLL, 16, 14}, {DLT_LINUX_SLL2, 20, 0},
};

std::unique_ptr<Tins::PDU> parse_link(int link_type, Octets octets) {
    const auto* header = std::ranges::find(link_headers, link_type, &LinkHeader::link_type);
    if (header == std::end(link_headers)) {
        return nullptr;
    }
    if (octets.size() < header->size) {
        throw Tins::malformed_packet();
    }
    const Octets payload = octets.subspan(header->size);
    return header->ethertype_at ? parse_ethertype(big_endian_16(octets, *header->ethertype_at), payload) : parse_ip(payload);
}

template <class Address>
std::array<std::uint8_t, 16> octets_of(const Address& address) {
    std::array<std::uint8_t, 16> out{};
    if constexpr (std::is_same_v<Address, Tins::IPv4Address>) {
        const std::uint32_t value = address; // in network order
        std::memcpy(out.data(), &value, sizeof value);
    } else {
        std::copy(address.begin(), address.end(), out.begin());
    }
    return out;
}

constexpr std::uint8_t protocol_tcp = 6;

PacketKind read_ip(const Tins::PDU& packet, Segment& segment) {
    if (const auto* ip = packet.find_pdu<Tins::IP>()) {
        if (ip->is_fragmented()) {
            return ip->protocol() == protocol_tcp ? PacketKind::fragment : PacketKind::other;
        }
        segment.from.address = octets_of(ip->src_addr());
        segment.to.address = octets_of(ip->dst_addr());
        segment.from.v6 = segment.to.v6 = false;
    } else if (const auto* ip6 = packet.find_pdu<Tins::IPv6>()) {
        if (ip6->search_header(Tins::IPv6::FRAGMENT) != nullptr) {
            return PacketKind::fragment; // libtins does not tell of what
        }
        segment.from.address = octets_of(ip6->src_addr());
        segment.to.address = octets_of(ip6->dst_addr());
        segment.from.v6 = segment.to.v6 = true;
    } else {
        return PacketKind::other;
    }
    const auto* tcp = packet.find_pdu<Tins::TCP>();
    if (tcp == nullptr) {
        return PacketKind::other;
    }
    segment.from.port = tcp->sport();
    segment.to.port = tcp->dport();
    segment.seq = tcp->seq();
    segment.acknowledged = tcp->ack_seq();
    segment.syn = tcp->get_flag(Tins::TCP::SYN) != 0;
    segment.ack = tcp->get_flag(Tins::TCP::ACK) != 0;
    segment.fin = tcp->get_flag(Tins::TCP::FIN) != 0;
    segment.rst = tcp->get_flag(Tins::TCP::RST) != 0;
    segment.payload.clear();
    if (const auto* payload = tcp->find_pdu<Tins::RawPDU>()) {
        segment.payload = payload->payload();
    }
    return PacketKind::tcp;
}

} // namespace

std::string Endpoint::to_string() const {
    if (v6) {
        return fmt::format("[{}]:{}", Tins::IPv6Address(address.data()).to_string(), port);
    }
    return fmt::format("{}.{}.{}.{}:{}", address[0], address[1], address[2], address[3], port);
}

bool link_type_known(int link_type) { return std::ranges::find(link_headers, link_type, &LinkHeader::link_type) != std::end(link_headers); }

PacketKind read_packet(int link_type, std::span<const std::uint8_t> octets, Segment& segment) {
    try {
        const auto packet = parse_link(link_type, octets);
        return packet ? read_ip(*packet, segment) : PacketKind::other;
    } catch (const Tins::exception_base&) {
        return PacketKind::unreadable;
    }
}

} // namespace sceplab::input
