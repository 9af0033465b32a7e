#pragma once

#include <conformance/input/exchange.h>

#include <cstdio>
#include <expected>
#include <functional>
#include <string>
#include <vector>

// A capture, HAR or transcript that is safe to share, and replays to the same findings.
namespace sceplab::redact {

struct Report {
    std::size_t exchanges = 0;
    std::vector<std::string> changed; // one line each
    std::vector<std::string> kept;    // what names somebody and cannot be hidden without changing what is judged
};

// Writes to `out` what of the input is SCEP, in the input's own format (a pcapng as pcap). Errors: why the input is none that can be redacted. What was damaged in it is
// told; the rest is written even then.
[[nodiscard]] std::expected<Report, std::string> redact(const std::string& path, std::FILE* out, const std::function<void(const input::Damage&)>& damaged);

} // namespace sceplab::redact
