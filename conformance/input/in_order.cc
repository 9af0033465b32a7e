#include <conformance/input/in_order.h>

namespace sceplab::input {

namespace {

std::size_t size_of(const Exchange& exchange) {
    std::size_t octets = sizeof(Exchange);
    for (std::size_t id = 0; id < exchange.sources.size(); ++id) {
        octets += exchange.sources[static_cast<scep::SourceId>(id)].octets.size();
    }
    return octets;
}

} // namespace

InOrder::Ticket InOrder::open(const Moment& begin) {
    const Ticket ticket{begin.packet, m_opened++};
    m_waiting.emplace(ticket, std::nullopt);
    return ticket;
}

void InOrder::finish(const Ticket& ticket, Exchange exchange) {
    m_octets += size_of(exchange);
    m_waiting[ticket] = std::move(exchange);
    m_finished.insert(ticket);
    give_ready();
    // Only finished ones hold octets.
    while (m_octets > m_max_octets && !m_finished.empty()) {
        m_out_of_order = true;
        give(m_waiting.find(*m_finished.begin()));
    }
}

void InOrder::drop(const Ticket& ticket) {
    m_waiting.erase(ticket);
    give_ready();
}

void InOrder::give_ready() {
    while (!m_waiting.empty() && m_waiting.begin()->second) {
        give(m_waiting.begin());
    }
}

void InOrder::give(std::map<Ticket, std::optional<Exchange>>::iterator waiting) {
    Exchange exchange = std::move(*waiting->second);
    m_finished.erase(waiting->first);
    m_waiting.erase(waiting);
    m_octets -= size_of(exchange);
    ++m_given;
    m_sink(std::move(exchange));
}

} // namespace sceplab::input
