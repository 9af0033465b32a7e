#pragma once

#include <conformance/input/segment.h>

#include <scepcodec/der/source.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Captured traffic in one shape, whatever it was captured in. Facts of transport only: nothing here has looked into a CMS message further than to tell which side it is.
namespace sceplab::input {

// Microseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::int64_t;

struct HeaderField {
    std::string name;
    std::string value;
};

// The value of the first field of that name, compared without regard to case.
[[nodiscard]] std::optional<std::string_view> find(const std::vector<HeaderField>& fields, std::string_view name);
// The same as it stands in a head, for a finding that points at it; nothing where there is no such field, or no head.
[[nodiscard]] std::optional<scep::der::Input> find_in(scep::der::Input head, std::string_view name);

// Octets are views into the Exchange's sources. `head` is a captured source: start line and fields up to the empty line, as they were sent, or, of an input that
// tells them one by one (HAR, transcript), put together the way HTTP/1.1 writes them; empty where the input has none. `target` is a view into it (or into the URL, or
// the log line). `body` is a source of its own, after transfer and content decoding, so that offset 0 is the first octet of the message.
struct Request {
    std::optional<Timestamp> time;     // of the first octet
    std::string method;                // "GET", "POST"; empty where the input is a bare message
    scep::der::Input target;           // the request target as it was sent; empty for a bare message
    std::string version;               // "HTTP/1.1"; empty where unknown
    std::vector<HeaderField> fields;
    scep::der::Input head;
    scep::der::Input body;
    bool complete = true;              // false: the capture or the connection ended inside it
    std::optional<std::string> malformed;  // what the HTTP parser refused; `body` then holds the octets as they came
    bool body_lost = false;            // there was a body, and the input does not have its octets: nothing can be said of it
};

struct Response {
    std::optional<Timestamp> time;
    int status = 0;                    // 0: a bare message
    std::string version;
    std::vector<HeaderField> fields;
    scep::der::Input head;
    scep::der::Input body;
    bool complete = true;
    std::optional<std::string> malformed;
    bool body_lost = false;
};

// How an exchange without an answer ended.
enum class Ending : std::uint8_t { answered, fin, rst, capture };

[[nodiscard]] std::string_view name(Ending ending);

struct Peers {
    Endpoint client;
    Endpoint server;
};

// One request and its answer; either may be absent, not both. Owns the octets.
struct Exchange {
    std::uint32_t input = 0;                    // which of the run's inputs, from 0
    std::optional<std::uint32_t> connection;    // counted from 1 within the input
    std::optional<Peers> peers;                 // of a TCP connection in a capture
    scep::Sources sources;
    std::optional<Request> request;
    std::optional<Response> response;
    Ending ended = Ending::capture;
};

// Something in an input that could not be used. `unusable`: nothing of the input could; else it is damage, and what came before is judged.
struct Damage {
    std::uint32_t input = 0;
    std::uint64_t offset = 0;  // in the file
    std::string reason;        // one clause
    bool unusable = false;
};

}  // namespace sceplab::input
