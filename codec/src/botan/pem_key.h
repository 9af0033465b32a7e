#pragma once

#include "algorithms.h"

#include <string_view>

namespace scep::botan {

[[nodiscard]] inline bool is_pem(std::string_view text) { return text.find("-----BEGIN ") != std::string_view::npos; }

// The DER inside of the first "... PRIVATE KEY" block; where its headers say so, deciphered as the traditional form is (RFC 1423's headers,
// OpenSSL's key derivation: MD5 over password and the first eight octets of the IV). What a wrong password gives is no DER, or none. Throws
// Botan's exceptions. Errors: invalid_key (no such block), unsupported_algorithm (another cipher than DES, 3DES and AES in CBC mode).
[[nodiscard]] Result<Secret> pem_private_key(std::string_view text, std::string_view password);

} // namespace scep::botan
