#pragma once

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

// Octets are views into the Exchange's sources: `target` into the one that holds the head (or the URL, or the log line), `body` is a source of its own, after transfer
// and content decoding, so that offset 0 is the first octet of the message.
struct Request {
    std::optional<Timestamp> time;     // of the first octet
    std::string method;                // "GET", "POST"; empty where the input is a bare message
    scep::der::Input target;           // the request target as it was sent; empty for a bare message
    std::string version;               // "HTTP/1.1"; empty where unknown
    std::vector<HeaderField> fields;
    scep::der::Input body;
    bool complete = true;              // false: the capture or the connection ended inside it
    std::optional<std::string> malformed;  // what the HTTP parser refused; `body` then holds the octets as they came
};

struct Response {
    std::optional<Timestamp> time;
    int status = 0;                    // 0: a bare message
    std::string version;
    std::vector<HeaderField> fields;
    scep::der::Input body;
    bool complete = true;
    std::optional<std::string> malformed;
};

// How an exchange without an answer ended.
enum class Ending : std::uint8_t { answered, fin, rst, capture };

[[nodiscard]] std::string_view name(Ending ending);

// One request and its answer; either may be absent, not both. Owns the octets.
struct Exchange {
    std::uint32_t input = 0;                    // which of the run's inputs, from 0
    std::optional<std::uint32_t> connection;    // counted from 1 within the input
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
