#include "cbc.h"

#include <botan/cipher_mode.h>

#include <bit>

namespace scep::botan {

namespace {

std::unique_ptr<Botan::Cipher_Mode> start(const CipherTraits& cipher, Botan::Cipher_Dir direction, OctetsView key, OctetsView iv) {
    auto mode = Botan::Cipher_Mode::create_or_throw(std::string(cipher.name) + "/NoPadding", direction);
    mode->set_key(key);
    mode->start(iv);
    return mode;
}

} // namespace

void encrypt_cbc(const CipherTraits& cipher, OctetsView key, OctetsView iv, std::span<std::uint8_t> octets) {
    start(cipher, Botan::Cipher_Dir::Encryption, key, iv)->process(octets);
}

void decrypt_cbc(const CipherTraits& cipher, OctetsView key, OctetsView iv, std::span<std::uint8_t> octets) {
    start_decrypting_cbc(cipher, key, iv)->process(octets);
}

std::unique_ptr<Botan::Cipher_Mode> start_decrypting_cbc(const CipherTraits& cipher, OctetsView key, OctetsView iv) {
    return start(cipher, Botan::Cipher_Dir::Decryption, key, iv);
}

void pad(Octets& content, std::size_t block_octets) {
    const std::size_t count = block_octets - content.size() % block_octets;
    content.insert(content.end(), count, static_cast<std::uint8_t>(count));
}

Unpadded unpad(OctetsView octets, std::size_t block_octets) {
    const std::uint32_t count = octets.back();
    const auto below = [](std::uint32_t a, std::uint32_t b) { return (a - b) >> 31; }; // 1 or 0, for small numbers
    std::uint32_t bad = below(count, 1) | below(static_cast<std::uint32_t>(block_octets), count);
    for (std::uint32_t i = 0; i < block_octets; ++i) {
        const std::uint32_t differs = octets[octets.size() - 1 - i] ^ count;
        bad |= (0U - below(i, count)) & differs;
    }
    const std::uint32_t keep = 0U - below(0, bad);
    return {octets.size() - (count & ~keep), bad == 0};
}

Secret make_key(const CipherTraits& cipher, Botan::RandomNumberGenerator& generator) {
    Secret key = generator.random_vec<Secret>(cipher.key_octets);
    if (cipher.block_octets == 8) {
        for (std::uint8_t& octet : key) {
            octet = static_cast<std::uint8_t>((octet & 0xfe) | (~std::popcount(static_cast<unsigned>(octet >> 1)) & 1));
        }
    }
    return key;
}

} // namespace scep::botan
