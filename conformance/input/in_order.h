#pragma once

#include <conformance/input/moment.h>

#include <functional>
#include <map>
#include <set>

namespace sceplab::input {

// Gives exchanges on in the order in which they began: a finished one waits for those that began before it.
class InOrder {
public:
    using Ticket = std::pair<std::uint64_t, std::uint64_t>; // packet, and the order within it

    explicit InOrder(std::function<void(Exchange&&)> sink, std::size_t max_waiting_octets = 128u << 20)
        : m_sink(std::move(sink)), m_max_octets(max_waiting_octets) {}

    // Something has begun that may become an exchange.
    [[nodiscard]] Ticket open(const Moment& begin);
    void finish(const Ticket& ticket, Exchange exchange);
    // It became none.
    void drop(const Ticket& ticket);

    [[nodiscard]] std::size_t given() const { return m_given; }
    // Too much waited: later exchanges went before an unfinished one.
    [[nodiscard]] bool out_of_order() const { return m_out_of_order; }

private:
    void give_ready();
    void give(std::map<Ticket, std::optional<Exchange>>::iterator waiting);

    std::function<void(Exchange&&)> m_sink;
    std::map<Ticket, std::optional<Exchange>> m_waiting;
    std::set<Ticket> m_finished; // of those that wait
    std::uint64_t m_opened = 0;
    std::size_t m_max_octets;
    std::size_t m_octets = 0;
    std::size_t m_given = 0;
    bool m_out_of_order = false;
};

} // namespace sceplab::input
