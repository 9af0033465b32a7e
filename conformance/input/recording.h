#pragma once

#include <conformance/input/capture.h>

namespace sceplab::input {

// Files that hold exchanges by the dozen.
enum class Recording : std::uint8_t { none, capture, har, transcript };

// Told by how the file begins.
[[nodiscard]] Recording recording_of(std::span<const std::uint8_t> start);

// Reads a whole one, from its start. Connections are counted on from `last_connection`.
CaptureSummary read_recording(Recording kind, File file, std::uint32_t input, std::uint32_t last_connection, const Sink& sink);

} // namespace sceplab::input
