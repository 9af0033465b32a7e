#include "algorithms.h"

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

namespace scep::botan {

namespace {

namespace tag = der::tag;
using namespace x509::oids;
using namespace cms::oids;

constexpr std::array all_digests{
    DigestTraits{Digest::md5, "MD5", id_md5, md5WithRSAEncryption, std::nullopt, std::nullopt},
    DigestTraits{Digest::sha1, "SHA-1", id_sha1, sha1WithRSAEncryption, ecdsa_with_SHA1, id_hmacWithSHA1},
    DigestTraits{Digest::sha224, "SHA-224", id_sha224, sha224WithRSAEncryption, ecdsa_with_SHA224, id_hmacWithSHA224},
    DigestTraits{Digest::sha256, "SHA-256", id_sha256, sha256WithRSAEncryption, ecdsa_with_SHA256, id_hmacWithSHA256},
    DigestTraits{Digest::sha384, "SHA-384", id_sha384, sha384WithRSAEncryption, ecdsa_with_SHA384, id_hmacWithSHA384},
    DigestTraits{Digest::sha512, "SHA-512", id_sha512, sha512WithRSAEncryption, ecdsa_with_SHA512, id_hmacWithSHA512},
};

constexpr std::array all_ciphers{
    CipherTraits{ContentCipher::des_cbc, "DES/CBC", cms::oids::des_cbc, 8, 8},
    CipherTraits{ContentCipher::des_ede3_cbc, "TripleDES/CBC", cms::oids::des_ede3_cbc, 24, 8},
    CipherTraits{ContentCipher::aes128_CBC, "AES-128/CBC", cms::oids::aes128_CBC, 16, 16},
    CipherTraits{ContentCipher::aes192_CBC, "AES-192/CBC", cms::oids::aes192_CBC, 24, 16},
    CipherTraits{ContentCipher::aes256_CBC, "AES-256/CBC", cms::oids::aes256_CBC, 32, 16},
};

const DigestTraits* digest_in(der::Reader& reader) { return find_digest(x509::AlgorithmIdentifier::read(reader, nullptr).algorithm); }

// Both kinds of parameters start with [0] hash and [1] mask generation; `rest` reads what follows and says whether it is supported.
template <class F>
std::optional<RsaParameters> rsa_parameters(const x509::AlgorithmIdentifier& algorithm, F&& rest) {
    RsaParameters out;
    if (algorithm.parameters_absent_or_null()) {
        return out;
    }
    bool supported = true;
    der::Reader reader(algorithm.parameters->whole());
    reader.nested(tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        r.optional_nested(tag::context_constructed(0), nullptr, [&](der::Reader& inner) { out.digest = digest_in(inner); });
        r.optional_nested(tag::context_constructed(1), nullptr, [&](der::Reader& inner) {
            inner.nested(tag::SEQUENCE, nullptr, [&](der::Reader& mgf) {
                supported = mgf.oid(nullptr) == id_mgf1;
                out.mgf_digest = digest_in(mgf);
            });
        });
        supported = rest(r, out) && supported;
    });
    if (reader.failed() || !supported || out.digest == nullptr || out.mgf_digest == nullptr) {
        return std::nullopt;
    }
    return out;
}

Octets encode_rsa_parameters(const DigestTraits& digest, std::optional<std::int64_t> salt_octets) {
    const auto hash = [&](der::Writer& w) {
        w.sequence([&] {
            w.oid(digest.oid);
            w.null();
        });
    };
    return der::encode([&](der::Writer& w) {
        w.sequence([&] {
            if (digest.digest != Digest::sha1) {
                w.constructed(tag::context_constructed(0), [&] { hash(w); });
                w.constructed(tag::context_constructed(1), [&] {
                    w.sequence([&] {
                        w.oid(id_mgf1);
                        hash(w);
                    });
                });
            }
            if (salt_octets && *salt_octets != 20) {
                w.constructed(tag::context_constructed(2), [&] { w.integer(*salt_octets); });
            }
        });
    });
}

} // namespace

std::span<const DigestTraits> digests() { return all_digests; }

const DigestTraits& traits(Digest digest) { return *std::ranges::find(all_digests, digest, &DigestTraits::digest); }

const DigestTraits* find_digest(const der::Oid& algorithm) {
    const auto found = std::ranges::find_if(all_digests, [&](const DigestTraits& d) { return algorithm == d.oid; });
    return found == all_digests.end() ? nullptr : &*found;
}

const CipherTraits& traits(ContentCipher cipher) { return *std::ranges::find(all_ciphers, cipher, &CipherTraits::cipher); }

const CipherTraits* find_cipher(const der::Oid& algorithm) {
    const auto found = std::ranges::find_if(all_ciphers, [&](const CipherTraits& c) { return algorithm == c.oid; });
    return found == all_ciphers.end() ? nullptr : &*found;
}

std::optional<RsaParameters> oaep_parameters(const x509::AlgorithmIdentifier& algorithm) {
    return rsa_parameters(algorithm, [](der::Reader& reader, RsaParameters&) {
        bool empty_label = true;
        reader.optional_nested(tag::context_constructed(2), nullptr, [&](der::Reader& inner) {
            const x509::AlgorithmIdentifier source = x509::AlgorithmIdentifier::read(inner, nullptr);
            empty_label = source.algorithm == id_pSpecified && (!source.parameters || source.parameters->value().empty());
        });
        return empty_label;
    });
}

std::optional<RsaParameters> pss_parameters(const x509::AlgorithmIdentifier& algorithm) {
    return rsa_parameters(algorithm, [](der::Reader& reader, RsaParameters& out) {
        std::int64_t trailer = 1;
        reader.optional_nested(tag::context_constructed(2), nullptr,
                               [&](der::Reader& inner) { out.salt_octets = inner.integer(nullptr).to_int64().value_or(-1); });
        reader.optional_nested(tag::context_constructed(3), nullptr,
                               [&](der::Reader& inner) { trailer = inner.integer(nullptr).to_int64().value_or(0); });
        // A salt longer than the largest key fits no signature.
        return trailer == 1 && out.salt_octets >= 0 && out.salt_octets <= 2048 && out.digest == out.mgf_digest;
    });
}

Octets encode_oaep(const DigestTraits& digest) { return encode_rsa_parameters(digest, std::nullopt); }

Octets encode_pss(const DigestTraits& digest, std::size_t salt_octets) {
    return encode_rsa_parameters(digest, static_cast<std::int64_t>(salt_octets));
}

} // namespace scep::botan
