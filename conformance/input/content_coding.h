#pragma once

#include <conformance/input/exchange.h>

#include <span>

namespace sceplab::input {

// The body without its Content-Encoding, where that is gzip and the octets hold what it says; else nothing. At most `limit` octets.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> decode_content(const std::vector<HeaderField>& fields,
                                                                      std::span<const std::uint8_t> body, std::size_t limit);

} // namespace sceplab::input
