#pragma once

#include <conformance/input/moment.h>

#include <tins/tcp_ip/data_tracker.h>

#include <map>
#include <span>

namespace sceplab::input {

// One direction of a TCP connection: segments in any order go in, the octets in their order come out. libtins puts them together; here is
// kept when each of them was captured, where segments begin, and where octets are missing. Positions count octets of the stream.
class OctetStream {
public:
    static constexpr std::size_t max_waiting_segments = 1024;
    static constexpr std::size_t max_waiting_octets = 4u << 20;

    [[nodiscard]] bool started() const { return m_started; }
    // `from_start` says that the SYN was seen; else octets before `seq` may still come, as long as nothing was consumed.
    void start(std::uint32_t seq, bool from_start);
    // Gives whether new octets can be read.
    bool add(std::uint32_t seq, std::vector<std::uint8_t> payload, const Moment& moment);
    // No octets come at and after this sequence number.
    void close_at(std::uint32_t seq);

    [[nodiscard]] std::span<const std::uint8_t> pending() const { return std::span(m_tracker.payload()).subspan(m_consumed); }
    [[nodiscard]] std::uint64_t position() const { return m_position; } // of pending()[0]
    [[nodiscard]] std::uint64_t end() const { return m_position + pending().size(); }
    void consume(std::size_t octets);

    // The segment that brought the octet at this position.
    [[nodiscard]] Moment moment_at(std::uint64_t position) const;
    // Where the first segment after this position begins; end() where none is known.
    [[nodiscard]] std::uint64_t next_segment(std::uint64_t after) const;

    // Octets wait behind missing ones.
    [[nodiscard]] bool has_hole() const { return !m_tracker.buffered_payload().empty(); }
    [[nodiscard]] bool over_limit() const;
    // The other side acknowledged octets that are missing here.
    [[nodiscard]] bool hole_acknowledged(std::uint32_t acknowledged) const;
    // Goes on behind the hole; pending octets must have been consumed. Gives how many octets are missing.
    std::uint64_t skip_hole();

    // All octets up to the FIN were given.
    [[nodiscard]] bool ended() const { return m_close && end() >= *m_close; }
    // Octets before the FIN that never came.
    [[nodiscard]] std::uint64_t missing_at_end() const { return m_close && *m_close > end() ? *m_close - end() : 0; }
    [[nodiscard]] std::size_t memory() const;

private:
    [[nodiscard]] std::uint64_t position_of(std::uint32_t seq) const;
    void forget_segments();

    Tins::TCPIP::DataTracker m_tracker;
    std::map<std::uint64_t, Moment> m_segments; // by the position of their first octet
    std::uint64_t m_position = 1ull << 40;      // so that earlier octets have positions too
    std::optional<std::uint64_t> m_close;
    std::size_t m_waiting_octets = 0;
    std::size_t m_consumed = 0; // of the tracker's octets; dropped when they are the greater part, so that many small messages cost no more than their octets
    bool m_started = false;
    bool m_may_move_back = false;
};

} // namespace sceplab::input
