#include <vectors/generate/x509/test_keys.h>

#include <scepcodec/botan/random.h>
#include <scepcodec/der/writer.h>

#include <botan/ec_group.h>
#include <botan/ecdsa.h>
#include <botan/ed25519.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <botan/x509_key.h>

#include <map>
#include <memory>

namespace sceplab::vectors {

using scep::der::Writer;
namespace tag = scep::der::tag;

namespace {

struct Kind {
    std::string_view seed;
    std::size_t modulus_bits; // 0: not RSA
    const char* curve;
};
// In the order of TestKey.
constexpr Kind kinds[] = {
    {"test key RSA 1024", 1024, ""},    {"test key RSA 2048", 2048, ""},    {"test key RSA 3072", 3072, ""},
    {"test key RSA 4096", 4096, ""},    {"test key P-256", 0, "secp256r1"}, {"test key P-384", 0, "secp384r1"},
    {"test key P-521", 0, "secp521r1"}, {"test key Ed25519", 0, ""},        {"another test key RSA 2048", 2048, ""},
};

scep::botan::Random random_for(std::string_view seed) {
    return scep::botan::Random::deterministic({reinterpret_cast<const std::uint8_t*>(seed.data()), seed.size()});
}

std::unique_ptr<Botan::Private_Key> make_key(const Kind& kind) {
    scep::botan::Random random = random_for(kind.seed);
    Botan::RandomNumberGenerator& rng = random.generator();
    if (kind.modulus_bits != 0) {
        return std::make_unique<Botan::RSA_PrivateKey>(rng, kind.modulus_bits);
    }
    if (*kind.curve == '\0') {
        return std::make_unique<Botan::Ed25519_PrivateKey>(rng);
    }
    return std::make_unique<Botan::ECDSA_PrivateKey>(rng, Botan::EC_Group::from_name(kind.curve));
}

const Botan::Private_Key& private_key(TestKey key) {
    static std::map<TestKey, std::unique_ptr<Botan::Private_Key>> made;
    auto& found = made[key];
    if (!found) {
        found = make_key(kinds[static_cast<std::size_t>(key)]);
    }
    return *found;
}

} // namespace

Octets public_key_info(TestKey key) { return private_key(key).subject_public_key(); }

Octets signature_of(TestKey key, const std::string& scheme, const Octets& to_be_signed) {
    const bool is_ec = *kinds[static_cast<std::size_t>(key)].curve != '\0';
    scep::botan::Random random = random_for("salt of " + scheme);
    Botan::PK_Signer signer(private_key(key), random.generator(), scheme,
                            is_ec ? Botan::Signature_Format::DerSequence : Botan::Signature_Format::Standard);
    return signer.sign_message(to_be_signed, random.generator());
}

Octets algorithm(const scep::der::OidConstant& oid) { return sequence({encoded(oid)}); }
Octets algorithm_with_null(const scep::der::OidConstant& oid) { return sequence({encoded(oid), null()}); }

Octets bit_string(const Octets& content, std::uint8_t unused_bits) { return tlv(tag::BIT_STRING, joined({{unused_bits}, content})); }
Octets null() { return {0x05, 0x00}; }

Octets rdn(const scep::der::OidConstant& type, const Octets& value) { return set({attribute_value(type, value)}); }
Octets attribute_value(const scep::der::OidConstant& type, const Octets& value) { return sequence({encoded(type), value}); }

Octets extension(const scep::der::OidConstant& id, const Octets& value, bool critical) {
    return sequence({encoded(id), critical ? Octets{0x01, 0x01, 0xff} : Octets{}, octet_string(value)});
}

} // namespace sceplab::vectors
