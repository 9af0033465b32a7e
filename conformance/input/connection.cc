#include <conformance/input/connection.h>

#include <fmt/format.h>

namespace sceplab::input {

namespace {

// Packets may stand a little out of order in a capture: octets that were acknowledged and do not come within so many packets are not in it.
constexpr std::uint32_t patience = 16;

// A TLS record: its type, and a version of SSL 3.0 to TLS 1.3.
bool looks_like_tls(std::span<const std::uint8_t> octets) {
    return octets.size() >= 3 && octets[0] >= 20 && octets[0] <= 23 && octets[1] == 3 && octets[2] <= 4;
}

} // namespace

Connection::Connection(std::uint32_t input, std::uint32_t number, InOrder& order, const Segment& first)
    : m_order(order), m_pairing(input, number, order), m_number(number) {
    m_sides[0].endpoint = first.from;
    m_sides[1].endpoint = first.to;
    tell_peers();
}

bool Connection::is_reuse(const Segment& segment) const {
    if (!segment.syn || segment.ack) {
        return false;
    }
    const Side& side = segment.from == m_sides[0].endpoint ? m_sides[0] : m_sides[1];
    return m_closed || m_reset || (side.octets.started() && side.first_seq != segment.seq + 1);
}

Endpoint Connection::server() const {
    if (m_client != nullptr) {
        return m_client == &m_sides[0] ? m_sides[1].endpoint : m_sides[0].endpoint;
    }
    return m_sides[0].endpoint.port < m_sides[1].endpoint.port ? m_sides[0].endpoint : m_sides[1].endpoint;
}

void Connection::tell_peers() {
    const Endpoint to = server();
    m_pairing.set_peers({to == m_sides[0].endpoint ? m_sides[1].endpoint : m_sides[0].endpoint, to});
}

Ending Connection::ending() const { return m_reset ? Ending::rst : m_fin ? Ending::fin : Ending::capture; }

void Connection::start(Side& side, std::uint32_t seq, bool from_start) {
    if (!side.octets.started()) {
        side.octets.start(seq, from_start);
        side.first_seq = seq;
        side.from_start = from_start;
    }
}

void Connection::set_client(Side& client) {
    if (m_client != nullptr) {
        return;
    }
    m_client = &client;
    tell_peers();
    if (client.http) {
        client.http->set_direction(Direction::requests);
    }
    if (Side& server = other(client); server.http) {
        server.http->set_direction(Direction::responses);
    }
}

void Connection::begin_from_syn(Side& side, const Segment& segment) {
    start(side, segment.seq + 1, true);
    if (segment.ack) {
        start(other(side), segment.acknowledged, true);
        set_client(other(side));
    } else {
        set_client(side);
    }
    if (m_client->from_start) {
        m_pairing.seen_from_start();
    }
}

void Connection::add(Segment segment, const Moment& moment) {
    if (m_closed) {
        return;
    }
    m_last = moment;
    Side& side = segment.from == m_sides[0].endpoint ? m_sides[0] : m_sides[1];
    Side& peer = other(side);
    const std::uint32_t seq = segment.seq + (segment.syn ? 1 : 0);
    if (segment.rst) {
        m_reset = true;
        return;
    }
    if (segment.syn) {
        begin_from_syn(side, segment);
    }
    const auto size = static_cast<std::uint32_t>(segment.payload.size());
    if (size > 0 || segment.fin) {
        start(side, seq, false);
    }
    if (!m_ignored && side.octets.add(seq, std::move(segment.payload), moment)) {
        read(side);
    }
    if (segment.fin) {
        m_fin = true;
        side.octets.close_at(seq + size);
    }
    if (segment.ack && peer.octets.hole_acknowledged(segment.acknowledged)) {
        ++peer.acknowledged_packets;
    }
    for (Side* each : {&side, &peer}) {
        if (each->octets.over_limit() || each->acknowledged_packets > patience) {
            skip_missing(*each);
        }
        hold_order(*each, moment);
        if (!each->ended && each->octets.ended()) {
            end(*each, true);
        }
    }
    if (m_sides[0].ended && m_sides[1].ended) {
        close();
    }
}

void Connection::hold_order(Side& side, const Moment& moment) {
    if (!side.octets.has_hole()) {
        side.acknowledged_packets = 0;
        if (side.waits_for_missing) {
            m_order.drop(*side.waits_for_missing);
            side.waits_for_missing.reset();
        }
    } else if (!side.waits_for_missing) {
        side.waits_for_missing = m_order.open(moment);
    }
}

void Connection::read(Side& side) {
    if (!side.http) {
        if (looks_like_tls(side.octets.pending())) {
            m_tls = server();
            ignore_rest();
            return;
        }
        std::optional<Direction> direction;
        if (m_client != nullptr) {
            direction = &side == m_client ? Direction::requests : Direction::responses;
        }
        side.http.emplace(direction, side.from_start && direction);
    }
    read_http(side);
}

void Connection::read_http(Side& side) {
    if (&side == m_client) {
        m_pairing.set_requests(&*side.http);
    }
    side.http->read(side.octets, m_pairing);
    if (m_client == nullptr && side.http->direction()) {
        set_client(side.http->direction() == Direction::requests ? side : other(side));
        if (m_client->http) {
            m_pairing.set_requests(&*m_client->http);
        }
    }
    // Not HTTP from its first octet on, or no longer.
    const bool never_http = side.from_start && m_pairing.requests() + m_pairing.responses() == 0 && m_pairing.idle();
    if (m_pairing.tunnel()) {
        m_tls = server();
    }
    if (m_pairing.tunnel() || (never_http && m_pairing.saw_stray_octets())) {
        ignore_rest();
    }
}

void Connection::ignore_rest() {
    m_ignored = true;
    for (Side& side : m_sides) {
        side.octets = OctetStream{};
    }
}

void Connection::skip_missing(Side& side) {
    side.acknowledged_packets = 0;
    while (side.octets.has_hole()) {
        if (side.http) {
            side.http->end(side.octets, m_pairing, false);
        } else {
            side.octets.consume(side.octets.pending().size());
        }
        const std::uint64_t missing = side.octets.skip_hole();
        tell_missing(side, missing, side.octets.moment_at(side.octets.position()));
        read(side);
        if (m_ignored) {
            return;
        }
        if (!m_closed && !side.octets.over_limit()) {
            return;
        }
    }
}

void Connection::tell_missing(const Side& side, std::uint64_t missing, const Moment& behind) {
    const bool requests = &side == m_client;
    m_pairing.add_damage(behind, fmt::format("{} octets of the {} are not in the capture", missing, requests ? "requests" : "answers"));
    m_pairing.octets_missing(requests ? Direction::requests : Direction::responses);
}

void Connection::end(Side& side, bool orderly) {
    side.ended = true;
    if (side.http) {
        side.http->end(side.octets, m_pairing, orderly);
    }
    if (&side != m_client) {
        m_pairing.no_more_responses(ending());
    }
}

void Connection::close() {
    if (m_closed) {
        return;
    }
    m_closed = true;
    for (Side* side : {&m_sides[0], &m_sides[1]}) {
        if (!side->ended && !m_ignored) {
            skip_missing(*side);
        }
        if (side->waits_for_missing) {
            m_order.drop(*side->waits_for_missing);
            side->waits_for_missing.reset();
        }
    }
    for (Side& side : m_sides) {
        if (!side.ended && !m_ignored) {
            if (const std::uint64_t missing = side.octets.missing_at_end(); missing > 0) {
                tell_missing(side, missing, m_last);
            }
            end(side, side.octets.ended());
        }
    }
    m_pairing.close(ending());
    for (Side& side : m_sides) {
        m_pairing.set_requests(nullptr);
        side.http.reset();
        side.octets = OctetStream{};
    }
}

std::size_t Connection::memory() const {
    std::size_t octets = m_pairing.memory();
    for (const Side& side : m_sides) {
        octets += side.octets.memory() + (side.http ? side.http->memory() : 0);
    }
    return octets;
}

} // namespace sceplab::input
