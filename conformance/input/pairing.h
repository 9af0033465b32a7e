#pragma once

#include <conformance/input/http_stream.h>
#include <conformance/input/in_order.h>

#include <list>
#include <utility>

namespace sceplab::input {

// Which answer belongs to which request, within one connection: in turn, and by the time of capture where octets are missing. What is SCEP
// goes on as an Exchange.
class Pairing final : public HttpListener {
public:
    Pairing(std::uint32_t input, std::uint32_t connection, InOrder& order) : m_order(order), m_input(input), m_connection(connection) {}
    Pairing(const Pairing&) = delete;
    Pairing& operator=(const Pairing&) = delete;

    void begun(Direction direction, const Moment& moment) override;
    void finished(Direction direction, HttpMessage message) override;
    void stray(Direction direction, const Moment& moment, std::span<const std::uint8_t> octets) override;
    [[nodiscard]] bool answer_has_no_body() override;

    // The connection was seen from its start, so that an answer without a request has one that comes later in the capture.
    void seen_from_start() { m_from_start = true; }
    // An answer ends a request that is still being read because it was refused.
    void set_requests(HttpStream* requests) { m_requests = requests; }
    void set_peers(const Peers& peers) { m_peers = peers; }
    void octets_missing(Direction direction);
    void no_more_responses(Ending ending);
    void close(Ending ending);

    [[nodiscard]] bool tunnel() const { return m_tunnel; } // what follows is another protocol
    [[nodiscard]] bool scep() const { return m_scep; }
    [[nodiscard]] std::size_t memory() const { return m_octets + m_open.size() * sizeof(Open); }
    [[nodiscard]] bool idle() const { return m_open.empty(); }
    [[nodiscard]] bool saw_stray_octets() const { return m_stray; }
    [[nodiscard]] std::uint32_t requests() const { return m_request_count; }
    [[nodiscard]] std::uint32_t responses() const { return m_response_count; }
    [[nodiscard]] std::uint32_t take_request_count() { return std::exchange(m_request_count, 0); }
    [[nodiscard]] std::vector<Damage> take_damage() { return std::exchange(m_damage, {}); }
    void add_damage(const Moment& moment, std::string reason);

private:
    struct Open {
        InOrder::Ticket ticket;
        Moment request_begin;
        Moment response_begin;
        std::optional<HttpMessage> request = {};
        std::optional<HttpMessage> response = {};
        std::uint64_t number = 0; // in m_open, ascending
        bool has_request = false; // begun
        bool has_response = false;
    };
    using Opens = std::list<Open>;

    Opens::iterator add_open(const Moment& begin);
    [[nodiscard]] Opens::iterator first_unanswered();
    [[nodiscard]] Opens::iterator first_unasked();
    void erase(Opens::iterator open);
    void begin_request(const Moment& moment);
    void begin_response(const Moment& moment);
    void settle(Opens::iterator open);
    void give(Opens::iterator open, Ending ending);

    InOrder& m_order;
    std::uint32_t m_input;
    std::uint32_t m_connection;
    Peers m_peers;
    HttpStream* m_requests = nullptr;
    Opens m_open;
    Opens::iterator m_request = m_open.end(); // being read
    Opens::iterator m_response = m_open.end();
    // Where to look on from: those before it have what is looked for. There may be thousands in one connection.
    Opens::iterator m_unanswered = m_open.end();
    Opens::iterator m_unasked = m_open.end();
    std::uint64_t m_next_number = 0;
    std::optional<Ending> m_responses_ended;
    std::vector<Damage> m_damage;
    std::size_t m_octets = 0; // of finished messages that wait for the other one
    std::uint32_t m_request_count = 0;
    std::uint32_t m_response_count = 0;
    bool m_requests_missing = false;
    bool m_responses_missing = false;
    bool m_from_start = false;
    bool m_tunnel = false;
    bool m_stray = false;
    bool m_scep = false;
};

} // namespace sceplab::input
