#include <conformance/evidence/public_key.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <bit>

namespace sceplab::evidence {

std::optional<std::size_t> rsa_modulus_bits(const x509::SubjectPublicKeyInfo& info) {
    if (!(info.algorithm.algorithm == x509::oids::rsaEncryption)) {
        return std::nullopt;
    }
    scep::der::Reader reader(info.subject_public_key.octets);
    scep::der::Integer modulus;
    reader.nested(scep::der::tag::SEQUENCE, "RSAPublicKey", [&](scep::der::Reader& r) {
        modulus = r.integer("modulus");
        r.integer("publicExponent");
    });
    if (reader.failed() || modulus.negative() || modulus.magnitude().empty()) {
        return std::nullopt;
    }
    const auto octets = modulus.magnitude();
    return (octets.size() - 1) * 8 + static_cast<std::size_t>(std::bit_width(octets.front()));
}

}  // namespace sceplab::evidence
