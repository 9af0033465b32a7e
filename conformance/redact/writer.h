#pragma once

#include <conformance/redact/mask.h>

#include <cstdio>
#include <memory>

namespace sceplab::redact {

// Writes exchanges in the format of the input they came from.
class Writer {
public:
    virtual ~Writer() = default;
    virtual void add(const MaskedExchange& exchange) = 0;
    // No more come.
    virtual void finish() = 0;
};

// A pcap of IP packets: the exchanges as TCP connections between documentation addresses (RFC 5737, RFC 3849), with the time and the ports of before. Only what is
// SCEP is written, so that nothing else of the capture can be in it. Errors of the file show in ferror().
[[nodiscard]] std::unique_ptr<Writer> pcap_writer(std::FILE* file);
// HAR 1.2 with the few members that are read again, and the transcript of the published schema.
[[nodiscard]] std::unique_ptr<Writer> har_writer(std::FILE* file);
[[nodiscard]] std::unique_ptr<Writer> transcript_writer(std::FILE* file);

} // namespace sceplab::redact
