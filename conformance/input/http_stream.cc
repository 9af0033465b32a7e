#include <conformance/input/http_stream.h>

#include <algorithm>

namespace sceplab::input {

namespace {

constexpr std::size_t max_unclaimed = 64u << 10;

} // namespace

Look HttpStream::look(std::span<const std::uint8_t> octets) const {
    if (m_direction == Direction::responses) {
        return looks_like_response(octets);
    }
    if (m_direction == Direction::requests) {
        return m_in_step ? looks_like_request(octets) : looks_like_plain_request(octets);
    }
    return std::max(looks_like_plain_request(octets), looks_like_response(octets));
}

void HttpStream::read(OctetStream& stream, HttpListener& listener) {
    while (!stream.pending().empty()) {
        if (m_ignore) {
            stream.consume(stream.pending().size());
            return;
        }
        if (!m_parser && !begin(stream, listener)) {
            if (m_ignore) {
                continue;
            }
            return;
        }
        if (m_parser->refused()) {
            read_refused(stream, listener);
            continue;
        }
        const std::size_t used = m_parser->put(stream.pending());
        stream.consume(used);
        if (m_parser->done()) {
            finish(listener);
        } else if (!m_parser->refused()) {
            return;
        }
    }
}

// Gives whether a message begins with the pending octets.
bool HttpStream::begin(OctetStream& stream, HttpListener& listener) {
    if (m_in_step) {
        // Some clients send an empty line behind a body.
        const auto pending = stream.pending();
        const auto first = std::ranges::find_if_not(pending, [](std::uint8_t c) { return c == '\r' || c == '\n'; });
        stream.consume(static_cast<std::size_t>(first - pending.begin()));
        if (stream.pending().empty()) {
            return false;
        }
        switch (look(stream.pending())) {
        case Look::perhaps:
            return false;
        case Look::no:
            m_in_step = false;
            listener.stray(*m_direction, stream.moment_at(stream.position()), stream.pending());
            return false;
        case Look::yes:
            break;
        }
    } else if (!find_message(stream)) {
        return false;
    }
    const Moment moment = stream.moment_at(stream.position());
    m_in_step = true;
    if (m_direction == Direction::responses) {
        m_parser = response_parser(moment, listener.answer_has_no_body());
    } else {
        m_parser = request_parser(moment);
    }
    listener.begun(*m_direction, moment);
    return true;
}

bool HttpStream::find_message(OctetStream& stream) {
    // Positions go back where the first segment captured was not the first that was sent.
    m_look_at = stream.position() < m_last_position ? stream.position() : std::max(stream.position(), m_look_at);
    m_last_position = stream.position();
    for (; m_look_at < stream.end(); m_look_at = stream.next_segment(m_look_at)) {
        const auto skipped = static_cast<std::size_t>(m_look_at - stream.position());
        const auto from_here = stream.pending().subspan(skipped);
        const Look found = look(from_here);
        if (found == Look::yes) {
            if (!m_direction) {
                m_direction = looks_like_response(from_here) == Look::yes ? Direction::responses : Direction::requests;
            }
            stream.consume(skipped);
            return true;
        }
        if (found == Look::perhaps) {
            break;
        }
    }
    if (stream.pending().size() > max_unclaimed) {
        stream.consume(static_cast<std::size_t>(m_look_at - stream.position()));
    }
    return false;
}

// The octets of a message that Beast refused go on up to a segment that begins like a message.
void HttpStream::read_refused(OctetStream& stream, HttpListener& listener) {
    std::uint64_t next = stream.position();
    m_in_step = false;
    while (next < stream.end() && look(stream.pending().subspan(static_cast<std::size_t>(next - stream.position()))) != Look::yes) {
        next = stream.next_segment(next);
    }
    m_in_step = true;
    const auto rest = static_cast<std::size_t>(next - stream.position());
    stream.consume(m_parser->put(stream.pending().first(rest)));
    if (!stream.pending().empty()) {
        m_parser->end({}, true);
        finish(listener);
    }
}

void HttpStream::end_refused(HttpListener& listener) {
    if (m_parser && m_parser->refused()) {
        m_in_step = false;
        m_parser->end({}, true);
        finish(listener);
    }
}

void HttpStream::end(OctetStream& stream, HttpListener& listener, bool orderly) {
    const auto pending = stream.pending();
    if (m_parser) {
        m_parser->end(pending, orderly);
        finish(listener);
    }
    stream.consume(pending.size());
    m_in_step = false;
}

void HttpStream::finish(HttpListener& listener) {
    const auto parser = std::move(m_parser);
    listener.finished(*m_direction, parser->take());
}

} // namespace sceplab::input
