#pragma once

#include <conformance/input/read.h>

namespace sceplab::input {

// The files of a folder, by name: captures, and messages of which request and answer are put together. What is neither is passed over.
void read_folder(const std::string& path, std::uint32_t input, const Sink& sink);

} // namespace sceplab::input
