#pragma once

#include <conformance/input/moment.h>

#include <memory>
#include <span>

namespace sceplab::input {

// One HTTP message as it stands in a stream.
struct HttpMessage {
    Moment begin;
    std::vector<std::uint8_t> head; // start line and fields, as sent
    std::string method;
    std::size_t target_offset = 0; // in the head
    std::size_t target_size = 0;
    int status = 0;
    std::string version;
    std::vector<HeaderField> fields;
    std::vector<std::uint8_t> body; // decoded from its transfer coding; where malformed, the octets as they came
    bool complete = false;
    bool too_large = false; // the body is longer than what is kept
    std::optional<std::string> malformed;

    [[nodiscard]] std::string_view target() const;
};

// Reads one message with Beast. What Beast refuses is kept as raw octets.
class HttpParser {
public:
    static constexpr std::uint32_t max_head = 1u << 20; // a GET PKIOperation holds the whole message
    static constexpr std::size_t max_body = 32u << 20;

    virtual ~HttpParser() = default;

    // Takes octets of the message, gives how many it used; those that it leaves are to be given again with more behind them. Once refused,
    // all are taken.
    [[nodiscard]] virtual std::size_t put(std::span<const std::uint8_t> octets) = 0;
    [[nodiscard]] virtual bool done() const = 0;
    [[nodiscard]] bool refused() const { return m_message.malformed.has_value(); }
    // No more octets come. `rest` are the ones that put() left. In an orderly end a body without a length is complete.
    virtual void end(std::span<const std::uint8_t> rest, bool orderly) = 0;
    [[nodiscard]] HttpMessage take() { return std::move(m_message); }
    [[nodiscard]] std::size_t memory() const { return m_message.head.size() + m_message.body.size() + m_raw.size(); }

protected:
    HttpMessage m_message;
    std::vector<std::uint8_t> m_raw; // what `body` becomes if it is refused
};

[[nodiscard]] std::unique_ptr<HttpParser> request_parser(const Moment& begin);
// `no_body`: the answer to HEAD or CONNECT.
[[nodiscard]] std::unique_ptr<HttpParser> response_parser(const Moment& begin, bool no_body);

// Whether octets begin like a message: all that can be asked before a parser is given them.
enum class Look : std::uint8_t { no, perhaps, yes };
[[nodiscard]] Look looks_like_request(std::span<const std::uint8_t> octets);
// A request whose target is a path or a URL, as is wanted where a message may begin at any segment.
[[nodiscard]] Look looks_like_plain_request(std::span<const std::uint8_t> octets);
[[nodiscard]] Look looks_like_response(std::span<const std::uint8_t> octets);

} // namespace sceplab::input
