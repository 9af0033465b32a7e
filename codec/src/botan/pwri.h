#pragma once

#include "algorithms.h"

#include <scepcodec/cms/enveloped_data.h>

#include <string_view>

// Keys wrapped under a password: PBKDF2 (RFC 8018, 5.2) and id-alg-PWRI-KEK (RFC 3211, 2.3). Functions that give no Result throw Botan's
// exceptions.
namespace scep::botan {

constexpr std::int64_t most_iterations = 10'000'000;

struct Pbkdf2 {
    OctetsView salt;
    std::int64_t iterations = 0;
    const DigestTraits* prf = nullptr;

    // Errors: unsupported_algorithm (no PBKDF2, another PRF, more than most_iterations), those of the reader.
    [[nodiscard]] static Result<Pbkdf2> read(const cms::PasswordRecipientInfo& recipient);
    [[nodiscard]] Secret derive(std::string_view password, std::size_t octets) const;
};

// The parameters of PWRI-KEK: the cipher and its IV.
struct PwriKek {
    const CipherTraits* cipher = nullptr;
    OctetsView iv;

    // Errors: unsupported_algorithm, invalid_parameters (IV), those of the reader.
    [[nodiscard]] static Result<PwriKek> read(const cms::PasswordRecipientInfo& recipient);

    [[nodiscard]] Octets wrap(OctetsView kek, OctetsView key, Botan::RandomNumberGenerator& generator) const;
    // A key of `octets` octets; a random one where the password is wrong, or the length: nothing tells the two apart here.
    [[nodiscard]] Secret unwrap(OctetsView kek, OctetsView wrapped, std::size_t octets, Botan::RandomNumberGenerator& generator) const;
};

} // namespace scep::botan
