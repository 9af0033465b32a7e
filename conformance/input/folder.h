#pragma once

#include <conformance/input/read.h>

namespace sceplab::input {

// The files of a folder, by name: captures, HARs, transcripts, and messages of which request and answer are put together; each may be compressed. What is none of these
// is passed over, and so are folders inside: one input is one server's traffic, and keys are often kept in a folder beside it.
void read_folder(const std::string& path, std::uint32_t input, const Sink& sink);

} // namespace sceplab::input
