#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

// The length octets of DER: definite and minimal (X.690, 8.1.3, 10.1).
namespace scep::der {

// How many there are.
[[nodiscard]] constexpr std::size_t length_octets(std::size_t length) {
    return length < 0x80 ? 1 : 1 + (static_cast<std::size_t>(std::bit_width(length)) + 7) / 8;
}

// Writes them to `at`, which has room for length_octets(length), and gives the place after them.
constexpr std::uint8_t* put_length(std::uint8_t* at, std::size_t length) {
    if (length < 0x80) {
        *at++ = static_cast<std::uint8_t>(length);
        return at;
    }
    const std::size_t octets = length_octets(length) - 1;
    *at++ = static_cast<std::uint8_t>(0x80 | octets);
    for (std::size_t octet = octets; octet-- > 0;) {
        *at++ = static_cast<std::uint8_t>(length >> (8 * octet));
    }
    return at;
}

}  // namespace scep::der
