#pragma once

#include <conformance/input/connection.h>

#include <deque>
#include <functional>
#include <map>
#include <set>

namespace sceplab::input {

// The TCP connections of a capture, counted in the order of their first packet.
class Connections {
public:
    static constexpr std::size_t max_connections = 1u << 16;
    static constexpr std::size_t max_memory = 128u << 20;

    Connections(std::uint32_t input, std::uint32_t last_number, InOrder& order, std::function<void(Damage&&)> damage)
        : m_order(order), m_damage(std::move(damage)), m_input(input), m_last_number(last_number) {}

    void add(Segment segment, const Moment& moment);
    // The capture ends.
    void close_all();

    [[nodiscard]] std::uint32_t last_number() const { return m_last_number; }
    [[nodiscard]] std::uint64_t requests() const { return m_requests; }
    // Servers that spoke TLS, and those that also spoke SCEP in clear.
    [[nodiscard]] const std::set<Endpoint>& tls_servers() const { return m_tls_servers; }
    [[nodiscard]] const std::set<Endpoint>& scep_servers() const { return m_scep_servers; }

private:
    using Key = std::pair<Endpoint, Endpoint>;
    using Numbers = std::map<Key, std::uint32_t>;
    struct Entry {
        Entry(Key endpoints, std::uint32_t input, std::uint32_t number, InOrder& order, const Segment& first)
            : key(std::move(endpoints)), connection(input, number, order, first) {}

        Key key;
        Connection connection;
        std::size_t memory = 0;
    };

    Entry& begin(const Key& key, const Segment& segment);
    void close(Entry& entry);
    void forget_oldest();
    void close_resets(const Moment& moment);
    void keep_within_limits(Entry& entry, const Moment& moment);

    InOrder& m_order;
    std::function<void(Damage&&)> m_damage;
    Numbers m_numbers;                                            // of the latest connection between two endpoints
    Numbers::iterator m_latest = m_numbers.end();                 // of the packet before: the next one is often of the same connection
    std::map<std::uint32_t, Entry> m_entries;                     // by number
    std::deque<std::pair<std::uint64_t, std::uint32_t>> m_resets; // packet, connection
    std::set<Endpoint> m_tls_servers;
    std::set<Endpoint> m_scep_servers;
    std::uint64_t m_requests = 0;
    std::size_t m_memory = 0;
    std::uint32_t m_input;
    std::uint32_t m_last_number;
};

} // namespace sceplab::input
