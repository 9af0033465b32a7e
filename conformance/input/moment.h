#pragma once

#include <conformance/input/exchange.h>

namespace sceplab::input {

// When octets were captured, and where in the file their packet stands.
struct Moment {
    Timestamp time = 0;
    std::uint64_t packet = 0; // counted from 1
    std::uint64_t offset = 0;
};

} // namespace sceplab::input
