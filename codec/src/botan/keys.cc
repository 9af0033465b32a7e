#include "pem_key.h"
#include "pwri.h"

#include <scepcodec/botan/keys.h>
#include <scepcodec/botan/random.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <botan/data_src.h>
#include <botan/pk_keys.h>
#include <botan/pkcs8.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <botan/x509_key.h>

#include <algorithm>
#include <array>
#include <map>

namespace scep::botan {

namespace {

// What a failure to load a key of that algorithm says: Botan does not tell a bad key from one of a kind it was built without.
ErrorCode failure_of(const x509::AlgorithmIdentifier& algorithm) {
    using namespace x509::oids;
    constexpr std::array curves{der::oid("1.2.840.10045.3.1.7"), der::oid("1.3.132.0.34"), der::oid("1.3.132.0.35")}; // P-256, P-384, P-521
    const bool known_curve =
        algorithm.algorithm == id_ecPublicKey && algorithm.parameters &&
        std::ranges::any_of(curves, [&](const auto& curve) { return algorithm.parameters->value().same_octets(curve.content()); });
    const bool known = known_curve || algorithm.algorithm == rsaEncryption || algorithm.algorithm == id_Ed25519;
    return known ? ErrorCode::invalid_key : ErrorCode::unsupported_algorithm;
}

// RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }   RFC 8017, A.1.1; none where it is not in DER.
// Read here, since Botan's way from the octets to the two numbers is a long one.
std::unique_ptr<Botan::Public_Key> load_rsa(const x509::SubjectPublicKeyInfo& info) {
    if (!(info.algorithm.algorithm == x509::oids::rsaEncryption) || info.subject_public_key.unused_bits != 0) {
        return nullptr;
    }
    der::Integer modulus;
    der::Integer exponent;
    der::Reader reader(info.subject_public_key.octets);
    reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        modulus = r.integer(nullptr);
        exponent = r.integer(nullptr);
    });
    if (reader.failed() || !reader.at_end() || modulus.negative() || exponent.negative()) {
        return nullptr;
    }
    const auto number = [](const der::Integer& value) { return Botan::BigInt(value.content.data(), value.content.size()); };
    return std::make_unique<Botan::RSA_PublicKey>(number(modulus), number(exponent));
}

} // namespace

Result<PublicKey> PublicKey::load(const x509::SubjectPublicKeyInfo& info) {
    return guarded(failure_of(info.algorithm), info.whole.location(), [&]() -> Result<PublicKey> {
        PublicKey out;
        out.m_key = load_rsa(info);
        if (!out.m_key) {
            out.m_key = Botan::X509::load_key(info.whole.octets());
        }
        // Larger ones are nobody's, and take minutes.
        if (const auto* rsa = dynamic_cast<const Botan::RSA_PublicKey*>(out.m_key.get()); rsa != nullptr && (rsa->get_n().bits() > 16384 || rsa->get_e().bits() > 64)) {
            return std::unexpected(make_error(ErrorCode::unsupported_algorithm, info.whole.location()));
        }
        return out;
    });
}

std::string PublicKey::algorithm() const { return m_key->algo_name(); }

std::size_t PublicKey::bits() const { return m_key->key_length(); }

struct PrivateKey::Decryptors {
    Random random; // blinding keeps a reference to its generator
    std::map<std::string, std::unique_ptr<Botan::PK_Decryptor_EME>> by_padding;
};

PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

namespace {

// PrivateKeyInfo (RFC 5958) around a traditional key, which names its algorithm only by its shape: nothing where it is neither of the two.
std::optional<Secret> wrap_traditional(const Secret& key) {
    der::Reader reader{der::Input(key)};
    std::optional<der::Element> curve;
    bool rsa = false;
    reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        const bool version_1 = r.integer(nullptr).equals(1);
        rsa = r.peek() == der::tag::INTEGER;
        if (!rsa && version_1) {
            r.octet_string(nullptr);
            r.optional_nested(der::tag::context_constructed(0), nullptr, [&](der::Reader& inner) { curve = inner.any(nullptr); });
        }
        while (!r.at_end()) {
            r.any(nullptr);
        }
    });
    if (reader.failed() || !(rsa || curve)) {
        return std::nullopt;
    }
    return der::encode_as<Secret>([&](der::Writer& w) {
        w.sequence([&] {
            w.integer(0);
            w.sequence([&] {
                if (rsa) {
                    w.oid(x509::oids::rsaEncryption);
                    w.null();
                } else {
                    w.oid(x509::oids::id_ecPublicKey);
                    w.raw(curve->whole());
                }
            });
            w.octet_string(key);
        });
    });
}

std::unique_ptr<Botan::Private_Key> load_plain(const Secret& octets) {
    Botan::DataSource_Memory source(octets);
    return Botan::PKCS8::load_key(source);
}

std::unique_ptr<Botan::Private_Key> load_encrypted(const Secret& octets, std::string_view password) {
    Botan::DataSource_Memory source(octets);
    return Botan::PKCS8::load_key(source, password);
}

constexpr auto id_PBES2 = der::oid("1.2.840.113549.1.5.13");

// EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData OCTET STRING }   RFC 5958, 3; nothing where
// it is not one.
std::optional<x509::AlgorithmIdentifier> encryption_of(der::Input octets) {
    x509::AlgorithmIdentifier out;
    der::Reader reader(octets);
    reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        out = x509::AlgorithmIdentifier::read(r, nullptr);
        r.octet_string(nullptr);
    });
    return reader.failed() ? std::nullopt : std::optional(out);
}

// PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }   RFC 8018, A.4
// Whether it asks for more work than a password is worth.
bool is_endless(const x509::AlgorithmIdentifier& pbes2) {
    std::int64_t iterations = 0;
    der::Reader reader(pbes2.parameters ? pbes2.parameters->whole() : der::Input{});
    reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        const auto derivation = x509::AlgorithmIdentifier::read(r, nullptr);
        der::Reader parameters(derivation.parameters ? derivation.parameters->whole() : der::Input{});
        parameters.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& inner) {
            inner.any(nullptr);
            const der::Integer count = inner.integer(nullptr);
            iterations = count.to_int64().value_or(most_iterations + 1);
            while (!inner.at_end()) {
                inner.any(nullptr);
            }
        });
        r.any(nullptr);
    });
    return iterations > most_iterations;
}

// PrivateKeyInfo ::= SEQUENCE { version INTEGER, privateKeyAlgorithm AlgorithmIdentifier, privateKey OCTET STRING, ... }   RFC 5958, 2
std::optional<x509::AlgorithmIdentifier> algorithm_of(der::Input octets) {
    x509::AlgorithmIdentifier out;
    der::Reader reader(octets);
    reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        r.integer(nullptr);
        out = x509::AlgorithmIdentifier::read(r, nullptr);
        r.octet_string(nullptr);
        while (!r.at_end()) {
            r.any(nullptr);
        }
    });
    return reader.failed() ? std::nullopt : std::optional(out);
}

Result<std::unique_ptr<Botan::Private_Key>> load_key(const Secret& octets, std::string_view password) {
    if (const auto encryption = encryption_of(der::Input(octets))) {
        if (!(encryption->algorithm == id_PBES2)) {
            return std::unexpected(make_error(ErrorCode::unsupported_algorithm));
        }
        if (is_endless(*encryption)) {
            return std::unexpected(make_error(ErrorCode::invalid_parameters));
        }
        return guarded(ErrorCode::invalid_key, {},
                       [&]() -> Result<std::unique_ptr<Botan::Private_Key>> { return load_encrypted(octets, password); });
    }
    const auto wrapped = wrap_traditional(octets);
    const Secret& info = wrapped ? *wrapped : octets;
    const auto algorithm = algorithm_of(der::Input(info));
    const ErrorCode failure = algorithm ? failure_of(*algorithm) : ErrorCode::invalid_key;
    return guarded(failure, {}, [&]() -> Result<std::unique_ptr<Botan::Private_Key>> { return load_plain(info); });
}

} // namespace

Result<PrivateKey> PrivateKey::load(std::span<const std::uint8_t> octets, std::string_view password) {
    return guarded(ErrorCode::invalid_key, {}, [&]() -> Result<PrivateKey> {
        const std::string_view text = der::Input(octets).text();
        const Result<Secret> der_octets = is_pem(text) ? pem_private_key(text, password) : Secret(octets.begin(), octets.end());
        if (!der_octets) {
            return std::unexpected(der_octets.error());
        }
        Result<std::unique_ptr<Botan::Private_Key>> key = load_key(*der_octets, password);
        if (!key) {
            return std::unexpected(key.error());
        }
        PrivateKey out;
        out.m_key = std::move(*key);
        out.m_public_key_info = out.m_key->public_key()->subject_public_key();
        out.m_decryptors = std::make_unique<Decryptors>();
        return out;
    });
}

std::string PrivateKey::algorithm() const { return m_key->algo_name(); }

std::size_t PrivateKey::modulus_octets() const {
    const auto* rsa = dynamic_cast<const Botan::RSA_PrivateKey*>(m_key.get());
    return rsa == nullptr ? 0 : rsa->get_n().bytes();
}

Result<Secret> PrivateKey::decrypt_key(std::span<const std::uint8_t> encrypted_key, std::size_t length, const std::string& padding) const {
    auto& generator = m_decryptors->random.generator();
    auto& decryptor = m_decryptors->by_padding[padding];
    if (!decryptor) {
        try {
            decryptor = std::make_unique<Botan::PK_Decryptor_EME>(*m_key, generator, padding);
        } catch (const std::exception&) {
            return std::unexpected(make_error(ErrorCode::unsupported_algorithm));
        }
    }
    try {
        return decryptor->decrypt_or_random(encrypted_key.data(), encrypted_key.size(), length, generator);
    } catch (const std::exception&) {
        // A number beyond the modulus: made for another key of that size.
        return guarded(ErrorCode::internal_error, {}, [&]() -> Result<Secret> { return generator.random_vec<Secret>(length); });
    }
}

} // namespace scep::botan
