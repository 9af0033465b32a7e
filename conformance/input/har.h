#pragma once

#include <conformance/input/read.h>

#include <cstdio>

namespace sceplab::input {

// HTTP Archive 1.2, as browsers and proxies write it. Entries that are not SCEP are passed over; they are taken in the order of the file. What of an entry cannot be
// used is damage, with its JSON pointer. Gives how many exchanges were read.
std::size_t read_har(std::FILE* file, std::uint32_t input, const Sink& sink);

} // namespace sceplab::input
