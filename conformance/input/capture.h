#pragma once

#include <conformance/input/file.h>
#include <conformance/input/read.h>

#include <span>

namespace sceplab::input {

// Whether a file that begins so is a pcap or pcapng one.
[[nodiscard]] bool is_capture(std::span<const std::uint8_t> start);

struct CaptureSummary {
    std::size_t exchanges = 0;
    std::uint32_t last_connection = 0;
};

// Reads a capture file from its start. Connections are counted on from `last_connection`.
CaptureSummary read_capture(File file, std::uint32_t input, std::uint32_t last_connection, const Sink& sink);

} // namespace sceplab::input
