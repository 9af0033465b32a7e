#include <conformance/input/capture.h>

#include <conformance/input/connections.h>

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>

namespace sceplab::input {

namespace {

struct ClosePcap {
    void operator()(pcap_t* pcap) const { pcap_close(pcap); }
};

struct Counts {
    std::uint64_t packets = 0;
    std::uint64_t unreadable = 0;
    std::uint64_t fragments = 0;
    std::uint64_t cut = 0;            // by the snapshot length
    std::uint64_t first_fragment = 0; // offset in the file
    std::uint64_t first_cut = 0;
};

std::string counted(std::uint64_t number, std::string_view what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

// A broken pcapng can claim any time: what is outside the years that can be written is moved to their edge.
Timestamp timestamp(const timeval& time) {
    constexpr Timestamp year_10000 = 253'402'300'800;
    return std::clamp<Timestamp>(time.tv_sec, 0, year_10000 - 1) * 1'000'000 + std::clamp<Timestamp>(time.tv_usec, 0, 999'999);
}

std::string tls_text(const Endpoint& server) {
    return fmt::format(
        "TLS on {}: not readable; export a HAR from the client or browser, or decrypt with a key log and save the decrypted traffic",
        server.to_string());
}

std::string no_scep_text(const Counts& counts, const Connections& connections) {
    std::string text =
        fmt::format("no SCEP traffic: {}, {}", counted(counts.packets, "packet"), counted(connections.last_number(), "TCP connection"));
    if (connections.requests() > 0) {
        text += fmt::format(", {}, none of them SCEP", counted(connections.requests(), "HTTP request"));
    }
    if (counts.unreadable > 0) {
        text += fmt::format(", {} unreadable", counted(counts.unreadable, "packet"));
    }
    if (counts.cut > 0) {
        text += fmt::format(", {} cut by the snapshot length", counted(counts.cut, "packet"));
    }
    if (counts.fragments > 0) {
        text += fmt::format(", {} left out (fragments are not put together)", counted(counts.fragments, "IP fragment"));
    }
    constexpr std::size_t shown = 3;
    std::size_t servers = 0;
    for (const Endpoint& server : connections.tls_servers()) {
        if (++servers <= shown) {
            text += "; " + tls_text(server);
        }
    }
    if (servers > shown) {
        text += fmt::format("; TLS on {} more", servers - shown);
    }
    return text;
}

// libpcap's words, and what to do where it is known.
std::string pcap_reason(std::string_view error) {
    if (error.find("different from the") != std::string_view::npos) {
        return fmt::format(
            "interfaces of different kinds in one pcapng, which libpcap does not read: save one on its own, with "
            "`tshark -r FILE -Y 'frame.interface_id == 0' -w one.pcapng` and `editcap -T ether -F pcap one.pcapng one.pcap` ({})",
            error);
    }
    return std::string(error);
}

class CaptureReader {
public:
    CaptureReader(std::uint32_t input, std::uint32_t last_connection, const Sink& sink)
        : m_sink(sink), m_order(sink.exchange), m_connections(input, last_connection, m_order, sink.damage), m_input(input) {}

    CaptureSummary read(File file) {
        char error[PCAP_ERRBUF_SIZE] = "";
        // libpcap closes the file from here on.
        std::FILE* stream = file.get();
        const std::unique_ptr<pcap_t, ClosePcap> pcap(pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_MICRO, error));
        if (!pcap) {
            m_sink.damage({m_input, 0, pcap_reason(error), true});
            return {0, m_connections.last_number()};
        }
        static_cast<void>(file.release());
        const int link_type = pcap_datalink(pcap.get());
        if (!link_type_known(link_type)) {
            const char* name = pcap_datalink_val_to_name(link_type);
            m_sink.damage(
                {m_input, 0, fmt::format("link type {} is not supported", name != nullptr ? name : std::to_string(link_type)), true});
            return {0, m_connections.last_number()};
        }
        const std::optional<Damage> broken = read_packets(pcap.get(), stream, link_type);
        m_connections.close_all();
        tell(broken);
        return {m_order.given(), m_connections.last_number()};
    }

private:
    std::optional<Damage> read_packets(pcap_t* pcap, std::FILE* stream, int link_type) {
        Segment segment;
        for (;;) {
            const auto offset = static_cast<std::uint64_t>(std::max(std::ftell(stream), 0L));
            pcap_pkthdr* header = nullptr;
            const u_char* octets = nullptr;
            const int got = pcap_next_ex(pcap, &header, &octets);
            if (got == PCAP_ERROR) {
                return Damage{m_input, offset,
                              fmt::format("{} (after {})", pcap_reason(pcap_geterr(pcap)), counted(m_counts.packets, "packet"))};
            }
            if (got != 1) {
                return std::nullopt;
            }
            ++m_counts.packets;
            const Moment moment{timestamp(header->ts), m_counts.packets, offset};
            take(read_packet(link_type, {octets, header->caplen}, segment), segment, header->caplen < header->len, moment);
        }
    }

    void take(PacketKind kind, Segment& segment, bool cut, const Moment& moment) {
        switch (kind) {
        case PacketKind::tcp:
            if (cut && m_counts.cut++ == 0) {
                m_counts.first_cut = moment.offset;
            }
            m_connections.add(std::move(segment), moment);
            break;
        case PacketKind::fragment:
            if (m_counts.fragments++ == 0) {
                m_counts.first_fragment = moment.offset;
            }
            break;
        case PacketKind::unreadable:
            ++m_counts.unreadable;
            break;
        case PacketKind::other:
            break;
        }
    }

    void tell(const std::optional<Damage>& broken) {
        if (m_order.given() == 0) {
            std::string reason = no_scep_text(m_counts, m_connections);
            if (broken) {
                reason = fmt::format("{}; {}", broken->reason, reason);
            }
            m_sink.damage({m_input, broken ? broken->offset : 0, std::move(reason), true});
            return;
        }
        if (broken) {
            m_sink.damage(Damage(*broken));
        }
        if (m_counts.cut > 0) {
            m_sink.damage(
                {m_input, m_counts.first_cut, counted(m_counts.cut, "TCP packet") + " cut by the snapshot length of the capture"});
        }
        if (m_counts.fragments > 0) {
            m_sink.damage({m_input, m_counts.first_fragment,
                           counted(m_counts.fragments, "IP fragment") + " left out: fragments are not put together"});
        }
        if (m_order.out_of_order()) {
            m_sink.damage({m_input, 0, "too much waited for unfinished exchanges: later ones come before them"});
        }
        for (const Endpoint& server : m_connections.tls_servers()) {
            const auto same_host = [&](const Endpoint& scep) { return scep.address == server.address && scep.v6 == server.v6; };
            if (std::ranges::any_of(m_connections.scep_servers(), same_host)) {
                m_sink.damage({m_input, 0, tls_text(server)});
            }
        }
    }

    const Sink& m_sink;
    InOrder m_order;
    Connections m_connections;
    Counts m_counts;
    std::uint32_t m_input;
};

} // namespace

bool is_capture(std::span<const std::uint8_t> start) {
    if (start.size() < 4) {
        return false;
    }
    std::uint32_t magic = 0;
    for (const std::uint8_t octet : start.first(4)) {
        magic = magic << 8 | octet;
    }
    // pcap in microseconds, in nanoseconds and Kuznetzov's, each in both orders; the Section Header Block of pcapng.
    constexpr std::uint32_t magics[] = {0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0xa1b2cd34, 0x34cdb2a1, 0x0a0d0d0a};
    return std::ranges::find(magics, magic) != std::end(magics);
}

CaptureSummary read_capture(File file, std::uint32_t input, std::uint32_t last_connection, const Sink& sink) {
    return CaptureReader(input, last_connection, sink).read(std::move(file));
}

} // namespace sceplab::input
