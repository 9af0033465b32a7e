#pragma once

#include <conformance/input/exchange.h>

#include <map>
#include <string>

// What of an exchange names people, machines or companies outside of the SCEP messages is written over with as many other characters, so that every offset stays.
namespace sceplab::redact {

// One message, ready to be written.
struct Masked {
    std::optional<input::Timestamp> time;
    std::string head; // start line and fields
    std::string body; // decoded from its codings; where malformed, what follows `head` on the wire
    int status = 0;
    bool malformed = false;
    bool head_in_body = false; // it was malformed in its head
    bool complete = true;
    bool body_lost = false;
};

struct MaskedExchange {
    std::optional<std::uint32_t> connection;
    std::optional<input::Peers> peers;
    std::optional<Masked> request;
    std::optional<Masked> response;
    input::Ending ended = input::Ending::capture;
};

struct Counts {
    std::size_t hosts = 0;
    std::size_t values = 0; // of header fields
    std::size_t names = 0;  // of header fields
    std::size_t targets = 0;
    std::size_t texts = 0;  // bodies that are no SCEP message
};

class Masker {
public:
    [[nodiscard]] MaskedExchange mask(const input::Exchange& exchange);
    [[nodiscard]] const Counts& counts() const { return m_counts; }

private:
    void mask_head(std::string& head, bool request, int status);
    void mask_target(std::string& head, std::size_t begin, std::size_t end);
    void mask_field(std::string& head, std::size_t begin, std::size_t end);
    void mask_host(std::string& text, std::size_t begin, std::size_t end);
    void mask_body(std::string& body);

    std::map<std::string, std::string> m_hosts; // what each is written as, of the same length
    std::map<std::size_t, std::size_t> m_hosts_of_length;
    Counts m_counts;
};

} // namespace sceplab::redact
