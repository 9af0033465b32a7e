#pragma once

#include <conformance/input/exchange.h>

#include <functional>

namespace sceplab::input {

struct Sink {
    // In the order of the first octet of each request in the input.
    std::function<void(Exchange&&)> exchange;
    std::function<void(Damage&&)> damage;
};

// Reads one INPUT of the command line: a capture (pcap, pcapng), a HAR, a transcript (sceplab-transcript-1.schema.json), a folder of messages, one message (DER, PEM,
// base64, hexadecimal digits or a dump of them), a GET URL, text whose lines hold such URLs (an access log), "-" for any of these from standard input; any of them may
// be compressed with gzip. The kind is found out from the octets. HTTP traffic that is not SCEP is passed over; an input in which nothing is SCEP is unusable damage
// ("no SCEP traffic: ..."), so is one that cannot be read, or a kind that is known but not supported (TLS in a capture is named, with the way out).
// Hostile input ends in damage; throws std::bad_alloc alone, of its own or of the sink. Exchanges are given to the sink as they complete and are not kept.
void read(const std::string& argument, std::uint32_t input, const Sink& sink);

}  // namespace sceplab::input
