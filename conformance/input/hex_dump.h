#pragma once

#include <scepcodec/der/source.h>

namespace sceplab::input {

// The octets of a hex dump, each line of which begins with an offset: xxd, hexdump -C, od -t x1 (offsets octal, decimal or hexadecimal), Wireshark, certutil, OpenSSL.
// Characters beside the digits are passed over, squeezed lines ("*") are repeated. Added as a source of kind base64; nothing where the text is no such dump.
[[nodiscard]] std::optional<scep::der::Input> decode_hex_dump(scep::der::Input text, scep::Sources& sources);

} // namespace sceplab::input
