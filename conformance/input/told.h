#pragma once

#include <conformance/input/exchange.h>

#include <expected>

// Messages that a program wrote down member by member, instead of the octets of the wire.
namespace sceplab::input {

struct Told {
    std::optional<Timestamp> time;
    std::string method; // request
    std::string target; // request, as in its start line
    int status = 0;     // response; 0: a message alone, which no head stands before
    std::string reason; // response
    std::string version;
    std::vector<HeaderField> fields;
    std::string body; // octets, or the base64 of them
    bool base64 = false;
    bool body_lost = false;
    bool complete = true;
    std::optional<std::string> malformed;
};

// Adds the message with its head put together and its body as a source, of kind base64 where it was written so. Errors: why the base64 is none; the message is
// added even then, its body lost.
[[nodiscard]] std::expected<void, std::string> add_request(Exchange& exchange, Told&& told);
[[nodiscard]] std::expected<void, std::string> add_response(Exchange& exchange, Told&& told);

// Whether it is SCEP, by the same signs as HTTP in a capture.
[[nodiscard]] bool is_scep(const Told* request, const Told* response);

// An absolute URL as the request that asks for it has it. Anything else is a target already.
struct SplitUrl {
    std::string authority;
    std::string target;
};
[[nodiscard]] SplitUrl split_url(std::string_view url);

// "2026-11-23T16:33:30.123Z", "2026-11-23T17:33:30+01:00".
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

} // namespace sceplab::input
