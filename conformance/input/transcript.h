#pragma once

#include <conformance/input/read.h>

#include <cstdio>

namespace sceplab::input {

inline constexpr std::string_view transcript_schema = "sceplab-transcript/1";

// The JSON that other programs may write: sceplab-transcript-1.schema.json, beside this file. An exchange that does not fit is damage, with the JSON pointer of what
// is wrong, and is left out. Gives how many exchanges were read.
std::size_t read_transcript(std::FILE* file, std::uint32_t input, const Sink& sink);
std::size_t read_transcript(std::string_view text, std::uint32_t input, const Sink& sink);

} // namespace sceplab::input
