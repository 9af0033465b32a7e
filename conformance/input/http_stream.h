#pragma once

#include <conformance/input/http_parser.h>
#include <conformance/input/octet_stream.h>

namespace sceplab::input {

enum class Direction : std::uint8_t { requests, responses };

// Who is told of the messages of a stream.
class HttpListener {
public:
    virtual ~HttpListener() = default;
    virtual void begun(Direction direction, const Moment& moment) = 0;
    virtual void finished(Direction direction, HttpMessage message) = 0;
    // Octets where a message was due: TLS, another protocol, or what is left of a body.
    virtual void stray(Direction direction, const Moment& moment, std::span<const std::uint8_t> octets) = 0;
    // The next answer has no body, whatever its fields say.
    [[nodiscard]] virtual bool answer_has_no_body() = 0;
};

// The HTTP messages of one direction of a connection.
class HttpStream {
public:
    // Without a direction, the first message that is found tells it. Not `from_start`: the stream may begin inside a message, so one is
    // looked for at segment starts.
    HttpStream(std::optional<Direction> direction, bool from_start) : m_direction(direction), m_in_step(from_start) {}

    [[nodiscard]] std::optional<Direction> direction() const { return m_direction; }
    void set_direction(Direction direction) { m_direction = direction; }
    // Reads what is pending in the stream.
    void read(OctetStream& stream, HttpListener& listener);
    // The stream ended, or octets are missing: the message that was begun ends too.
    void end(OctetStream& stream, HttpListener& listener, bool orderly);
    // A message that was refused takes all that comes; this ends it.
    void end_refused(HttpListener& listener);
    // Nothing of what follows is HTTP.
    void ignore_rest() { m_ignore = true; }
    [[nodiscard]] std::size_t memory() const { return m_parser ? m_parser->memory() : 0; }

private:
    [[nodiscard]] Look look(std::span<const std::uint8_t> octets) const;
    bool begin(OctetStream& stream, HttpListener& listener);
    bool find_message(OctetStream& stream);
    void read_refused(OctetStream& stream, HttpListener& listener);
    void finish(HttpListener& listener);

    std::optional<Direction> m_direction;
    std::unique_ptr<HttpParser> m_parser;
    std::uint64_t m_look_at = 0; // segments before this position begin no message
    std::uint64_t m_last_position = 0;
    bool m_in_step; // the next octet begins a message
    bool m_ignore = false;
};

} // namespace sceplab::input
