#pragma once

#include <scepcodec/der/error.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace Botan {
class RandomNumberGenerator;
} // namespace Botan

namespace scep::botan {

// Random octets for keys, IVs, salts, nonces and padding. A handle: copies share one generator, which lives as long as any of them; all
// copies together belong to one thread at a time. Octets are drawn in batches, since padding asks for one at a time.
class Random {
public:
    // Seeded by the system.
    Random();
    // The same seed (of any length) gives the same octets, everywhere: HMAC_DRBG with SHA-256, seeded with the SHA-256 of `seed`. For tests
    // and vectors alone: whoever knows the seed knows every key made from it.
    [[nodiscard]] static Random deterministic(std::span<const std::uint8_t> seed);

    // Errors: internal_error (the system has no random octets to give).
    [[nodiscard]] Result<std::vector<std::uint8_t>> octets(std::size_t count);

    // For code that speaks Botan itself; throws Botan's exceptions.
    [[nodiscard]] Botan::RandomNumberGenerator& generator() { return *m_generator; }

private:
    explicit Random(std::shared_ptr<Botan::RandomNumberGenerator> generator) : m_generator(std::move(generator)) {}
    std::shared_ptr<Botan::RandomNumberGenerator> m_generator;
};

} // namespace scep::botan
