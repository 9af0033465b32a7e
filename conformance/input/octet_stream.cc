#include <conformance/input/octet_stream.h>

namespace sceplab::input {

namespace {

// Sequence numbers further off than any window are noise.
constexpr std::int64_t max_distance = 1 << 30;
constexpr std::size_t segment_cost = 96;

} // namespace

void OctetStream::start(std::uint32_t seq, bool from_start) {
    m_tracker = Tins::TCPIP::DataTracker(seq);
    m_started = true;
    m_may_move_back = !from_start;
}

std::uint64_t OctetStream::position_of(std::uint32_t seq) const {
    const auto distance = static_cast<std::int32_t>(seq - m_tracker.sequence_number());
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(end()) + distance);
}

bool OctetStream::add(std::uint32_t seq, std::vector<std::uint8_t> payload, const Moment& moment) {
    if (payload.empty()) {
        return false;
    }
    const std::uint64_t position = position_of(seq);
    const std::int64_t distance = static_cast<std::int64_t>(position) - static_cast<std::int64_t>(end());
    if (distance > max_distance || distance < -max_distance) {
        return false;
    }
    if (m_may_move_back && position < m_position) {
        // The first segment that was captured is not the first that was sent.
        const std::uint64_t later_position = m_position;
        const std::uint32_t later_seq = m_tracker.sequence_number() - static_cast<std::uint32_t>(m_tracker.payload().size());
        auto later = std::move(m_tracker.payload());
        auto waiting = std::move(m_tracker.buffered_payload());
        m_tracker = Tins::TCPIP::DataTracker(seq);
        m_position = position;
        m_segments.emplace(position, moment);
        m_tracker.process_payload(seq, std::move(payload));
        m_tracker.process_payload(later_seq, std::move(later));
        for (auto& [waiting_seq, octets] : waiting) {
            m_tracker.process_payload(waiting_seq, std::move(octets));
        }
        m_segments.try_emplace(later_position, moment);
    } else {
        if (position + payload.size() <= end()) {
            return false;
        }
        m_segments.emplace(std::max(position, end()), moment);
        m_tracker.process_payload(seq, std::move(payload));
    }
    m_waiting_octets = 0;
    for (const auto& [waiting_seq, octets] : m_tracker.buffered_payload()) {
        m_waiting_octets += octets.size();
    }
    return !pending().empty();
}

void OctetStream::close_at(std::uint32_t seq) {
    if (!m_close) {
        m_close = position_of(seq);
    }
}

void OctetStream::consume(std::size_t octets) {
    auto& payload = m_tracker.payload();
    m_consumed += octets;
    if (m_consumed > payload.size() / 2) {
        payload.erase(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(m_consumed));
        m_consumed = 0;
    }
    m_position += octets;
    m_may_move_back = m_may_move_back && octets == 0;
    forget_segments();
}

void OctetStream::forget_segments() {
    auto keep = m_segments.upper_bound(m_position);
    if (keep != m_segments.begin()) {
        m_segments.erase(m_segments.begin(), std::prev(keep));
    }
}

Moment OctetStream::moment_at(std::uint64_t position) const {
    const auto after = m_segments.upper_bound(position);
    if (after != m_segments.begin()) {
        return std::prev(after)->second;
    }
    return after != m_segments.end() ? after->second : Moment{};
}

std::uint64_t OctetStream::next_segment(std::uint64_t after) const {
    const auto found = m_segments.upper_bound(after);
    return found != m_segments.end() && found->first < end() ? found->first : end();
}

bool OctetStream::over_limit() const {
    return m_waiting_octets > max_waiting_octets || m_tracker.buffered_payload().size() > max_waiting_segments;
}

bool OctetStream::hole_acknowledged(std::uint32_t acknowledged) const {
    return has_hole() && static_cast<std::int32_t>(acknowledged - m_tracker.sequence_number()) > 0;
}

std::uint64_t OctetStream::skip_hole() {
    auto& waiting = m_tracker.buffered_payload();
    const std::uint32_t next = m_tracker.sequence_number();
    auto nearest = waiting.begin();
    for (auto it = waiting.begin(); it != waiting.end(); ++it) {
        if (it->first - next < nearest->first - next) {
            nearest = it;
        }
    }
    if (nearest == waiting.end()) {
        return 0;
    }
    const std::uint32_t seq = nearest->first;
    const std::uint64_t missing = seq - next;
    auto octets = std::move(nearest->second);
    waiting.erase(nearest);
    m_tracker.sequence_number(seq);
    m_position += missing;
    m_tracker.process_payload(seq, std::move(octets));
    m_waiting_octets = 0;
    for (const auto& [waiting_seq, rest] : waiting) {
        m_waiting_octets += rest.size();
    }
    forget_segments();
    return missing;
}

std::size_t OctetStream::memory() const {
    return m_tracker.payload().size() + m_waiting_octets + (m_segments.size() + m_tracker.buffered_payload().size()) * segment_cost;
}

} // namespace sceplab::input
