#pragma once

#include <cstdint>

namespace scep {

// Bounds for hostile input. Exceeding one gives limit_bytes, limit_depth or limit_elements at the octet where it happened. Sources holds to `bytes`, ber::normalise() to
// all three, der::check_framing() and der::check_der() to the last two. The strict decoders need none: they look at the fixed depth of their structure, keep
// nothing, and pass each octet once.
struct Limits {
    std::uint32_t bytes = 64u << 20;      // octets of one source
    std::uint32_t depth = 64;             // nested constructed encodings
    std::uint32_t elements = 4'000'000;   // TLVs of one source
};

}  // namespace scep
