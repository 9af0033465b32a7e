#pragma once

#include "algorithms.h"

#include <memory>

namespace Botan {
class Cipher_Mode;
} // namespace Botan

namespace scep::botan {

// CBC without padding; throws Botan's exceptions. `octets` is a whole number of blocks.
void encrypt_cbc(const CipherTraits& cipher, OctetsView key, OctetsView iv, std::span<std::uint8_t> octets);
void decrypt_cbc(const CipherTraits& cipher, OctetsView key, OctetsView iv, std::span<std::uint8_t> octets);
// The same piece by piece, each a whole number of blocks, by process().
[[nodiscard]] std::unique_ptr<Botan::Cipher_Mode> start_decrypting_cbc(const CipherTraits& cipher, OctetsView key, OctetsView iv);

// PKCS#7 padding (RFC 5652, 6.3).
void pad(Octets& content, std::size_t block_octets);

// The content's size where the padding is right, else the whole size: found without a branch on the octets, so that time does not tell one
// from the other.
struct Unpadded {
    std::size_t size = 0;
    bool fits = false;
};
[[nodiscard]] Unpadded unpad(OctetsView octets, std::size_t block_octets);

// A key of that cipher; DES keys have odd parity, which some receivers check.
[[nodiscard]] Secret make_key(const CipherTraits& cipher, Botan::RandomNumberGenerator& generator);

} // namespace scep::botan
