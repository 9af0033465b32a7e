#include <conformance/input/connections.h>

#include <fmt/format.h>

#include <algorithm>

namespace sceplab::input {

namespace {

// Packets that may stand behind a RST in the capture though they were sent before it.
constexpr std::uint64_t reset_patience = 64;

} // namespace

void Connections::add(Segment segment, const Moment& moment) {
    close_resets(moment);
    const Key key = std::minmax(segment.from, segment.to);
    const auto known = m_latest != m_numbers.end() && m_latest->first == key ? m_latest : m_numbers.find(key);
    m_latest = known;
    Entry* entry = known != m_numbers.end() ? &m_entries.at(known->second) : nullptr;
    if (entry != nullptr && entry->connection.is_reuse(segment)) {
        close(*entry);
        entry = nullptr;
    }
    if (entry == nullptr) {
        entry = &begin(key, segment);
    }
    const bool reset_before = entry->connection.reset();
    entry->connection.add(std::move(segment), moment);
    if (!reset_before && entry->connection.reset()) {
        m_resets.emplace_back(moment.packet, entry->connection.number());
    }
    if (entry->connection.closed()) {
        close(*entry);
    }
    keep_within_limits(*entry, moment);
}

Connections::Entry& Connections::begin(const Key& key, const Segment& segment) {
    if (m_entries.size() >= max_connections) {
        forget_oldest();
    }
    const std::uint32_t number = ++m_last_number;
    m_latest = m_numbers.insert_or_assign(key, number).first;
    return m_entries.try_emplace(number, key, m_input, number, m_order, segment).first->second;
}

void Connections::close(Entry& entry) {
    Connection& connection = entry.connection;
    connection.close();
    m_memory -= std::exchange(entry.memory, 0);
    Pairing& pairing = connection.pairing();
    if (connection.tls()) {
        m_tls_servers.insert(*connection.tls());
    }
    if (pairing.scep()) {
        m_scep_servers.insert(connection.server());
        for (Damage& damage : pairing.take_damage()) {
            m_damage(std::move(damage));
        }
    }
    m_requests += pairing.take_request_count();
}

void Connections::forget_oldest() {
    auto oldest = m_entries.begin();
    close(oldest->second);
    const auto number = m_numbers.find(oldest->second.key);
    if (number != m_numbers.end() && number->second == oldest->first) {
        m_latest = m_latest == number ? m_numbers.end() : m_latest;
        m_numbers.erase(number);
    }
    m_entries.erase(oldest);
}

void Connections::close_resets(const Moment& moment) {
    while (!m_resets.empty() && m_resets.front().first + reset_patience < moment.packet) {
        if (const auto entry = m_entries.find(m_resets.front().second); entry != m_entries.end()) {
            close(entry->second);
        }
        m_resets.pop_front();
    }
}

void Connections::keep_within_limits(Entry& entry, const Moment& moment) {
    const std::size_t now = entry.connection.memory();
    m_memory += now - std::exchange(entry.memory, now);
    for (auto oldest = m_entries.begin(); m_memory > max_memory && oldest != m_entries.end(); ++oldest) {
        if (oldest->second.memory > 0) {
            oldest->second.connection.pairing().add_damage(moment, "given up here, too much of the capture is unfinished");
            close(oldest->second);
        }
    }
}

void Connections::close_all() {
    for (auto& [number, entry] : m_entries) {
        close(entry);
    }
}

} // namespace sceplab::input
