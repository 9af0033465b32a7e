#include <conformance/redact/wire.h>
#include <conformance/redact/writer.h>

#include <pcap/pcap.h>
#include <tins/ip.h>
#include <tins/ipv6.h>
#include <tins/rawpdu.h>
#include <tins/tcp.h>

#include <algorithm>
#include <map>

namespace sceplab::redact {

namespace {

using input::Endpoint;
using input::Peers;
using input::Timestamp;

// An address of its own for each, from the ranges that no network uses.
class Addresses {
public:
    std::string of(const Endpoint& endpoint) {
        const auto [known, is_new] = m_numbers.try_emplace({endpoint.v6, endpoint.address}, 0);
        if (is_new) {
            known->second = ++m_count[endpoint.v6 ? 1 : 0];
        }
        const std::uint32_t number = known->second;
        if (endpoint.v6) {
            char text[32];
            std::snprintf(text, sizeof text, "2001:db8::%x:%x", number >> 16, number & 0xffff);
            return text;
        }
        constexpr const char* documentation[] = {"192.0.2.", "198.51.100.", "203.0.113."};
        constexpr std::uint32_t hosts = 254;
        const std::uint32_t block = (number - 1) / hosts;
        if (block < std::size(documentation)) {
            return documentation[block] + std::to_string((number - 1) % hosts + 1);
        }
        return "127." + std::to_string(number >> 16 & 0xff) + '.' + std::to_string(number >> 8 & 0xff) + '.' + std::to_string(number & 0xff);
    }

private:
    std::map<std::pair<bool, std::array<std::uint8_t, 16>>, std::uint32_t> m_numbers;
    std::uint32_t m_count[2] = {0, 0};
};

struct ClosePcap {
    void operator()(pcap_t* pcap) const { pcap_close(pcap); }
};

class PcapWriter final : public Writer {
public:
    explicit PcapWriter(std::FILE* file) : m_pcap(pcap_open_dead(DLT_RAW, largest_packet)), m_file(file) {
        // The dumper closes its file with itself; this one stays its owner's, so the dumper is left as it is and the file flushed.
        m_dumper = m_pcap ? pcap_dump_fopen(m_pcap.get(), file) : nullptr;
    }

    void add(const MaskedExchange& exchange) override {
        Talk& talk = talk_for(exchange);
        if (exchange.request) {
            m_time = exchange.request->time.value_or(m_time);
            if (!talk.begun) {
                handshake(talk);
            }
            say(talk, true, wire_form(*exchange.request));
        }
        if (exchange.response) {
            m_time = exchange.response->time.value_or(m_time);
            talk.begun = true;
            say(talk, false, wire_form(*exchange.response));
        }
        const bool whole = exchange.request && exchange.response && exchange.request->complete && exchange.response->complete;
        if (exchange.response && exchange.response->complete && ends_with_connection(*exchange.response)) {
            close(talk);
        } else if (!exchange.response && exchange.ended == input::Ending::rst) {
            send(talk, false, Tins::TCP::RST | Tins::TCP::ACK, {});
            talk.closed = true;
        } else if (!exchange.response && exchange.ended == input::Ending::fin) {
            close(talk);
        } else if (!whole) {
            // What follows on this connection would be taken for the rest of it.
            talk.closed = true;
        }
    }

    void finish() override {
        for (auto& [number, talk] : m_talks) {
            if (!talk.closed && talk.begun) {
                close(talk);
            }
        }
        std::fflush(m_file);
    }

private:
    static constexpr int largest_packet = 65535;

    struct Talk {
        Peers peers;
        std::uint32_t seq[2] = {0, 0}; // of the client, of the server
        bool begun = false;
        bool closed = false;
    };

    Talk& talk_for(const MaskedExchange& exchange) {
        const std::uint32_t number = exchange.connection.value_or(0);
        auto known = m_talks.find(number);
        if (known != m_talks.end() && !known->second.closed && exchange.request) {
            return known->second;
        }
        Talk talk;
        talk.peers = exchange.peers.value_or(Peers{});
        // Of its own for each, so that a port that is used again begins another connection.
        constexpr std::uint32_t apart = 1u << 20;
        talk.seq[0] = talk.seq[1] = apart * ++m_begun;
        if (known != m_talks.end()) {
            // Another connection in place of one that cannot go on.
            talk.peers.client.port = static_cast<std::uint16_t>(known->second.peers.client.port + 1);
            known->second = talk;
            return known->second;
        }
        return m_talks.emplace(number, talk).first->second;
    }

    void handshake(Talk& talk) {
        using enum Tins::TCP::Flags;
        send(talk, true, SYN, {});
        ++talk.seq[0];
        send(talk, false, SYN | ACK, {});
        ++talk.seq[1];
        send(talk, true, ACK, {});
        talk.begun = true;
    }

    void say(Talk& talk, bool client, std::string_view octets) {
        constexpr std::size_t segment = 1400;
        while (!octets.empty()) {
            const std::string_view now = octets.substr(0, segment);
            send(talk, client, Tins::TCP::ACK, now);
            talk.seq[client ? 0 : 1] += static_cast<std::uint32_t>(now.size());
            octets.remove_prefix(now.size());
        }
    }

    void close(Talk& talk) {
        for (const bool client : {false, true}) {
            send(talk, client, Tins::TCP::FIN | Tins::TCP::ACK, {});
            ++talk.seq[client ? 0 : 1];
        }
        talk.closed = true;
    }

    void send(const Talk& talk, bool client, int flags, std::string_view payload) {
        const Endpoint& from = client ? talk.peers.client : talk.peers.server;
        const Endpoint& to = client ? talk.peers.server : talk.peers.client;
        Tins::TCP tcp(to.port, from.port);
        tcp.seq(talk.seq[client ? 0 : 1]);
        tcp.ack_seq((flags & Tins::TCP::ACK) != 0 ? talk.seq[client ? 1 : 0] : 0);
        tcp.flags(static_cast<std::uint16_t>(flags));
        if (!payload.empty()) {
            tcp.inner_pdu(Tins::RawPDU(std::string(payload)));
        }
        const std::string source = m_addresses.of(from);
        const std::string destination = m_addresses.of(to);
        if (from.v6) {
            Tins::IPv6 packet = Tins::IPv6(destination, source) / tcp;
            dump(packet.serialize());
        } else {
            Tins::IP packet = Tins::IP(destination, source) / tcp;
            packet.ttl(64);
            dump(packet.serialize());
        }
    }

    void dump(const std::vector<std::uint8_t>& packet) {
        if (m_dumper == nullptr) {
            return;
        }
        pcap_pkthdr header{};
        header.ts.tv_sec = m_time / 1'000'000;
        header.ts.tv_usec = m_time % 1'000'000;
        header.caplen = header.len = static_cast<bpf_u_int32>(packet.size());
        pcap_dump(reinterpret_cast<u_char*>(m_dumper), &header, packet.data());
    }

    std::unique_ptr<pcap_t, ClosePcap> m_pcap;
    pcap_dumper_t* m_dumper = nullptr;
    std::FILE* m_file;
    Addresses m_addresses;
    std::map<std::uint32_t, Talk> m_talks;
    std::uint32_t m_begun = 0;
    Timestamp m_time = 0;
};

} // namespace

std::unique_ptr<Writer> pcap_writer(std::FILE* file) { return std::make_unique<PcapWriter>(file); }

} // namespace sceplab::redact
