#include <conformance/rules/keys.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

namespace sceplab::rules {

namespace {

namespace oids = scep::x509::oids;
using scep::der::Oid;
using scep::der::OidConstant;

struct KindOfKey {
    OidConstant algorithm;
    KeyKind kind;
};
constexpr std::array kinds{
    KindOfKey{oids::rsaEncryption, KeyKind::rsa},
    KindOfKey{oids::id_RSASSA_PSS, KeyKind::rsa},
    KindOfKey{oids::id_RSAES_OAEP, KeyKind::rsa},
    KindOfKey{oids::id_ecPublicKey, KeyKind::ec},
    KindOfKey{oids::id_Ed25519, KeyKind::edwards},
    KindOfKey{scep::der::oid("1.3.101.113"), KeyKind::edwards},  // Ed448
    KindOfKey{oids::id_dsa, KeyKind::dsa},
    KindOfKey{scep::der::oid("2.16.840.1.101.3.4.4.1"), KeyKind::kem},  // ML-KEM-512, 768, 1024
    KindOfKey{scep::der::oid("2.16.840.1.101.3.4.4.2"), KeyKind::kem},
    KindOfKey{scep::der::oid("2.16.840.1.101.3.4.4.3"), KeyKind::kem},
};

constexpr std::array signatures{
    SignatureKind{oids::rsaEncryption, KeyKind::rsa, {}},
    SignatureKind{oids::id_RSASSA_PSS, KeyKind::rsa, {}},
    SignatureKind{oids::md5WithRSAEncryption, KeyKind::rsa, oids::id_md5},
    SignatureKind{oids::sha1WithRSAEncryption, KeyKind::rsa, oids::id_sha1},
    SignatureKind{oids::sha224WithRSAEncryption, KeyKind::rsa, oids::id_sha224},
    SignatureKind{oids::sha256WithRSAEncryption, KeyKind::rsa, oids::id_sha256},
    SignatureKind{oids::sha384WithRSAEncryption, KeyKind::rsa, oids::id_sha384},
    SignatureKind{oids::sha512WithRSAEncryption, KeyKind::rsa, oids::id_sha512},
    SignatureKind{oids::id_ecPublicKey, KeyKind::ec, {}},
    SignatureKind{oids::ecdsa_with_SHA1, KeyKind::ec, oids::id_sha1},
    SignatureKind{oids::ecdsa_with_SHA224, KeyKind::ec, oids::id_sha224},
    SignatureKind{oids::ecdsa_with_SHA256, KeyKind::ec, oids::id_sha256},
    SignatureKind{oids::ecdsa_with_SHA384, KeyKind::ec, oids::id_sha384},
    SignatureKind{oids::ecdsa_with_SHA512, KeyKind::ec, oids::id_sha512},
    SignatureKind{oids::id_Ed25519, KeyKind::edwards, {}},
};

}  // namespace

std::string_view name(KeyKind kind) {
    switch (kind) {
        case KeyKind::rsa: return "RSA";
        case KeyKind::ec: return "EC";
        case KeyKind::edwards: return "EdDSA";
        case KeyKind::dsa: return "DSA";
        case KeyKind::kem: return "ML-KEM";
        case KeyKind::other: return "unknown";
    }
    return "unknown";
}

KeyKind kind_of(const scep::x509::SubjectPublicKeyInfo& info) {
    const auto found = std::ranges::find_if(kinds, [&](const KindOfKey& each) { return info.algorithm.algorithm == each.algorithm; });
    return found == kinds.end() ? KeyKind::other : found->kind;
}

std::optional<RsaPublicKey> rsa_public_key(const scep::x509::SubjectPublicKeyInfo& info) {
    if (kind_of(info) != KeyKind::rsa) {
        return std::nullopt;
    }
    RsaPublicKey key;
    scep::der::Reader reader(info.subject_public_key.octets);
    reader.nested(scep::der::tag::SEQUENCE, nullptr, [&](scep::der::Reader& r) {
        key.modulus = r.integer("modulus");
        key.public_exponent = r.integer("publicExponent");
    });
    const auto whole = reader.finish(key, nullptr);
    return whole ? std::optional(*whole) : std::nullopt;
}

const SignatureKind* signature_kind(const Oid& algorithm) {
    const auto found = std::ranges::find_if(signatures, [&](const SignatureKind& each) { return algorithm == each.algorithm; });
    return found == signatures.end() ? nullptr : &*found;
}

}  // namespace sceplab::rules
