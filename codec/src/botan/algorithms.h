#pragma once

#include <scepcodec/botan/algorithm.h>
#include <scepcodec/x509/algorithm.h>

#include <botan/rng.h>
#include <botan/secmem.h>

#include <exception>
#include <optional>
#include <span>
#include <string>
#include <vector>

// OIDs to Botan's names, and what every file of the bridge needs. Private.
namespace scep::botan {

using Octets = std::vector<std::uint8_t>;
using OctetsView = std::span<const std::uint8_t>;
using Secret = Botan::secure_vector<std::uint8_t>;

struct DigestTraits {
    Digest digest;
    const char* name;
    der::OidConstant oid;
    der::OidConstant with_rsa;
    std::optional<der::OidConstant> with_ecdsa;
    std::optional<der::OidConstant> hmac;
};
[[nodiscard]] std::span<const DigestTraits> digests();
[[nodiscard]] const DigestTraits& traits(Digest digest);

// None where it is not supported.
[[nodiscard]] const DigestTraits* find_digest(const der::Oid& algorithm);

struct CipherTraits {
    ContentCipher cipher;
    const char* name;
    der::OidConstant oid;
    std::size_t key_octets;
    std::size_t block_octets;
};
[[nodiscard]] const CipherTraits& traits(ContentCipher cipher);
// None where it is not supported.
[[nodiscard]] const CipherTraits* find_cipher(const der::Oid& algorithm);

// Parameters of RSAES-OAEP and RSASSA-PSS (RFC 4055, 3.1, 4.1): SHA-1, MGF1 with SHA-1, 20 octets of salt where they say nothing.
struct RsaParameters {
    const DigestTraits* digest = &traits(Digest::sha1);
    const DigestTraits* mgf_digest = &traits(Digest::sha1);
    std::int64_t salt_octets = 20;
};
// None: something in them that Botan cannot do (another digest or mask generation, a label, a trailer other than 1), or that does not
// decode.
[[nodiscard]] std::optional<RsaParameters> oaep_parameters(const x509::AlgorithmIdentifier& algorithm);
[[nodiscard]] std::optional<RsaParameters> pss_parameters(const x509::AlgorithmIdentifier& algorithm);
// What the codec writes for one digest throughout; the salt is as long as the digest.
[[nodiscard]] Octets encode_oaep(const DigestTraits& digest);
[[nodiscard]] Octets encode_pss(const DigestTraits& digest, std::size_t salt_octets);

[[nodiscard]] inline Error make_error(ErrorCode code, Location where = {}) {
    Error error;
    error.code = code;
    error.where = where;
    return error;
}

// Botan's exceptions stop here.
template <class F>
auto guarded(ErrorCode code, Location where, F&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception&) {
        return std::unexpected(make_error(code, where));
    }
}

} // namespace scep::botan
