#pragma once

#include <conformance/input/exchange.h>

namespace sceplab::input {

// A message of a SLH-DSA signer or a long CRL is far below it.
inline constexpr std::size_t max_message_file = 64u << 20;

// Adds the message (or the GET URL) of a file as one side of the exchange.
void add_message(Exchange& exchange, std::vector<std::uint8_t> file, std::string_view name, bool response);

} // namespace sceplab::input
