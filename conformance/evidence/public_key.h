#pragma once

#include <conformance/evidence/facts.h>

namespace sceplab::evidence {

// The length of an RSA modulus in bits; nothing for other keys, and for one that is no RSAPublicKey (RFC 8017, A.1.1).
[[nodiscard]] std::optional<std::size_t> rsa_modulus_bits(const x509::SubjectPublicKeyInfo& info);

}  // namespace sceplab::evidence
