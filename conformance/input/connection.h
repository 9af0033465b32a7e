#pragma once

#include <conformance/input/pairing.h>
#include <conformance/input/segment.h>

namespace sceplab::input {

// One TCP connection: two streams of octets, their HTTP messages, and the exchanges they make.
class Connection {
public:
    Connection(std::uint32_t input, std::uint32_t number, InOrder& order, const Segment& first);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Whether this SYN begins another connection between the same endpoints.
    [[nodiscard]] bool is_reuse(const Segment& segment) const;
    void add(Segment segment, const Moment& moment);
    // Nothing more comes: what was begun ends as it is.
    void close();

    [[nodiscard]] bool closed() const { return m_closed; }
    [[nodiscard]] bool reset() const { return m_reset; }
    [[nodiscard]] std::uint32_t number() const { return m_number; }
    [[nodiscard]] Pairing& pairing() { return m_pairing; }
    [[nodiscard]] std::size_t memory() const;
    // The server of a connection in which TLS was found.
    [[nodiscard]] const std::optional<Endpoint>& tls() const { return m_tls; }
    [[nodiscard]] Endpoint server() const;

private:
    struct Side {
        Endpoint endpoint;
        OctetStream octets;
        std::optional<HttpStream> http;
        std::optional<InOrder::Ticket> waits_for_missing; // later exchanges wait too
        std::uint32_t first_seq = 0;
        std::uint32_t acknowledged_packets = 0; // since the other side acknowledged octets that are missing here
        bool from_start = false;
        bool ended = false;
    };

    [[nodiscard]] Side& other(const Side& side) { return &side == &m_sides[0] ? m_sides[1] : m_sides[0]; }
    [[nodiscard]] Ending ending() const;
    void start(Side& side, std::uint32_t seq, bool from_start);
    void begin_from_syn(Side& side, const Segment& segment);
    void set_client(Side& client);
    void tell_peers();
    void read(Side& side);
    void read_http(Side& side);
    void skip_missing(Side& side);
    void tell_missing(const Side& side, std::uint64_t missing, const Moment& behind);
    void end(Side& side, bool orderly);
    void hold_order(Side& side, const Moment& moment);
    void ignore_rest();

    InOrder& m_order;
    Pairing m_pairing;
    std::array<Side, 2> m_sides;
    Side* m_client = nullptr;
    std::optional<Endpoint> m_tls;
    Moment m_last;
    std::uint32_t m_number;
    bool m_ignored = false;
    bool m_reset = false;
    bool m_fin = false;
    bool m_closed = false;
};

} // namespace sceplab::input
