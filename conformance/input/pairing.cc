#include <conformance/input/pairing.h>

#include <conformance/input/http_exchange.h>
#include <conformance/input/scep_traffic.h>

#include <fmt/format.h>

#include <algorithm>

namespace sceplab::input {

namespace {

constexpr std::size_t max_damage = 8;

std::size_t octets_of(const std::optional<HttpMessage>& message) { return message ? message->head.size() + message->body.size() : 0; }

bool is_scep(const HttpMessage& message) { return is_scep_target(message.target()) || is_scep_content(message.fields); }

} // namespace

void Pairing::begun(Direction direction, const Moment& moment) {
    if (direction == Direction::requests) {
        begin_request(moment);
    } else {
        begin_response(moment);
    }
}

Pairing::Opens::iterator Pairing::add_open(const Moment& begin) {
    const auto open = m_open.insert(
        m_open.end(), Open{.ticket = m_order.open(begin), .request_begin = begin, .response_begin = begin, .number = m_next_number++});
    m_unanswered = m_unanswered == m_open.end() ? open : m_unanswered;
    m_unasked = m_unasked == m_open.end() ? open : m_unasked;
    return open;
}

Pairing::Opens::iterator Pairing::first_unanswered() {
    while (m_unanswered != m_open.end() && m_unanswered->has_response) {
        ++m_unanswered;
    }
    return m_unanswered;
}

Pairing::Opens::iterator Pairing::first_unasked() {
    while (m_unasked != m_open.end() && m_unasked->has_request) {
        ++m_unasked;
    }
    return m_unasked;
}

void Pairing::erase(Opens::iterator open) {
    m_unanswered = m_unanswered == open ? std::next(open) : m_unanswered;
    m_unasked = m_unasked == open ? std::next(open) : m_unasked;
    m_open.erase(open);
}

void Pairing::begin_request(const Moment& moment) {
    // An answer that stands before its request in the capture.
    auto waiting = first_unasked();
    while (m_requests_missing && waiting != m_open.end() && waiting->response && waiting->response_begin.packet < moment.packet) {
        give(waiting, Ending::answered);
        waiting = first_unasked();
    }
    if (waiting == m_open.end() || !m_from_start) {
        m_request = add_open(moment);
    } else {
        m_request = waiting;
        m_order.drop(std::exchange(waiting->ticket, m_order.open(moment)));
        waiting->request_begin = moment;
    }
    m_request->has_request = true;
}

void Pairing::begin_response(const Moment& moment) {
    if (m_requests != nullptr) {
        m_requests->end_refused(*this);
    }
    auto asked = first_unanswered();
    if (m_responses_missing) {
        // The latest request before it; the answers to those before that one are lost.
        for (auto later = asked; later != m_open.end(); ++later) {
            if (!later->has_response && later->request_begin.packet < moment.packet) {
                asked = later;
            }
        }
        for (auto earlier = m_open.begin(); earlier != asked && asked != m_open.end();) {
            const auto next = std::next(earlier);
            if (!earlier->has_response && earlier->request) {
                give(earlier, Ending::capture);
            }
            earlier = next;
        }
    }
    m_response = asked != m_open.end() ? asked : add_open(moment);
    m_response->has_response = true;
    m_response->response_begin = moment;
}

void Pairing::finished(Direction direction, HttpMessage message) {
    if (message.too_large) {
        add_damage(message.begin, fmt::format("a body is longer than {} octets; what is over is left out", HttpParser::max_body));
    }
    if (direction == Direction::requests) {
        ++m_request_count;
        const auto open = std::exchange(m_request, m_open.end());
        open->request = std::move(message);
        m_octets += octets_of(open->request);
        settle(open);
        return;
    }
    const auto open = std::exchange(m_response, m_open.end());
    constexpr int switching_protocols = 101;
    if (!message.malformed && message.status / 100 == 1 && message.status != switching_protocols) {
        // An interim answer: the answer is still to come.
        open->has_response = false;
        if (m_unanswered == m_open.end() || open->number < m_unanswered->number) {
            m_unanswered = open;
        }
        if (!open->has_request) {
            m_order.drop(open->ticket);
            erase(open);
        }
        return;
    }
    ++m_response_count;
    m_tunnel = message.status == switching_protocols || (open->request && open->request->method == "CONNECT" && message.status / 100 == 2);
    open->response = std::move(message);
    m_octets += octets_of(open->response);
    settle(open);
}

void Pairing::stray(Direction direction, const Moment& moment, std::span<const std::uint8_t> octets) {
    m_stray = true;
    add_damage(moment,
               fmt::format("{} octets where {} was due", octets.size(), direction == Direction::requests ? "a request" : "an answer"));
}

bool Pairing::answer_has_no_body() {
    const auto asked = first_unanswered();
    return asked != m_open.end() && asked->request && (asked->request->method == "HEAD" || asked->request->method == "CONNECT");
}

void Pairing::octets_missing(Direction direction) { (direction == Direction::requests ? m_requests_missing : m_responses_missing) = true; }

void Pairing::no_more_responses(Ending ending) {
    m_responses_ended = ending;
    for (auto open = m_open.begin(); open != m_open.end();) {
        const auto next = std::next(open);
        settle(open);
        open = next;
    }
}

void Pairing::close(Ending ending) {
    while (!m_open.empty()) {
        give(m_open.begin(), ending);
    }
}

void Pairing::add_damage(const Moment& moment, std::string reason) {
    if (m_damage.size() < max_damage) {
        m_damage.push_back({.input = m_input, .offset = moment.offset, .reason = fmt::format("connection {}: {}", m_connection, reason)});
    }
}

// Gives an exchange on when nothing more can come for it.
void Pairing::settle(Opens::iterator open) {
    const bool request_done = open->has_request ? open->request.has_value() : !m_from_start;
    if (request_done && open->response) {
        give(open, Ending::answered);
    } else if (open->request && !open->has_response && m_responses_ended) {
        give(open, *m_responses_ended);
    }
}

void Pairing::give(Opens::iterator open, Ending ending) {
    m_octets -= octets_of(open->request) + octets_of(open->response);
    const bool scep = (open->request && is_scep(*open->request)) || (open->response && is_scep(*open->response));
    if (scep) {
        m_scep = true;
        Exchange exchange = make_exchange(std::move(open->request), std::move(open->response));
        exchange.input = m_input;
        exchange.connection = m_connection;
        exchange.peers = m_peers;
        exchange.ended = exchange.response ? Ending::answered : ending;
        m_order.finish(open->ticket, std::move(exchange));
    } else {
        m_order.drop(open->ticket);
    }
    erase(open);
}

} // namespace sceplab::input
