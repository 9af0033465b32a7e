#include "pwri.h"

#include "cbc.h"

#include <scepcodec/cms/oids.h>

#include <botan/pwdhash.h>

#include <algorithm>

namespace scep::botan {

// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, … }, iterationCount, keyLength OPTIONAL, prf DEFAULT hmacWithSHA1 }
// RFC 8018, A.2
Result<Pbkdf2> Pbkdf2::read(const cms::PasswordRecipientInfo& recipient) {
    const auto& algorithm = recipient.key_derivation_algorithm;
    const Location where = (algorithm ? *algorithm : recipient.key_encryption_algorithm).whole.location();
    if (!algorithm || !(algorithm->algorithm == cms::oids::id_PBKDF2) || !algorithm->parameters) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, where));
    }
    Pbkdf2 out{.salt = {}, .iterations = 0, .prf = &traits(Digest::sha1)};
    der::Reader reader(algorithm->parameters->whole());
    reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
        out.salt = r.octet_string("salt").octets();
        out.iterations = r.integer("iterationCount").to_int64().value_or(0);
        r.optional_element(der::tag::INTEGER, "keyLength");
        if (!r.at_end()) {
            const der::Oid prf = x509::AlgorithmIdentifier::read(r, "prf").algorithm;
            const auto found = std::ranges::find_if(digests(), [&](const DigestTraits& d) { return d.hmac && prf == *d.hmac; });
            out.prf = found == digests().end() ? nullptr : &*found;
        }
    });
    if (reader.failed()) {
        return std::unexpected(*reader.error());
    }
    if (out.prf == nullptr || out.iterations < 1 || out.iterations > most_iterations) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, where));
    }
    return out;
}

Secret Pbkdf2::derive(std::string_view password, std::size_t octets) const {
    const auto family = Botan::PasswordHashFamily::create_or_throw(std::string("PBKDF2(").append(prf->name).append(")"));
    Secret key(octets);
    family->from_params(static_cast<std::size_t>(iterations))
        ->derive_key(key.data(), key.size(), password.data(), password.size(), salt.data(), salt.size());
    return key;
}

Result<PwriKek> PwriKek::read(const cms::PasswordRecipientInfo& recipient) {
    const auto& wrap = recipient.key_encryption_algorithm;
    if (!(wrap.algorithm == cms::oids::id_alg_PWRI_KEK) || !wrap.parameters) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, wrap.whole.location()));
    }
    const Result<x509::AlgorithmIdentifier> inner = x509::AlgorithmIdentifier::decode(wrap.parameters->whole());
    if (!inner) {
        return std::unexpected(inner.error());
    }
    PwriKek out{.cipher = find_cipher(inner->algorithm), .iv = {}};
    if (out.cipher == nullptr) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, inner->whole.location()));
    }
    if (!inner->parameters || inner->parameters->tag() != der::tag::OCTET_STRING ||
        inner->parameters->value().size() != out.cipher->block_octets) {
        return std::unexpected(make_error(ErrorCode::invalid_parameters, inner->whole.location()));
    }
    out.iv = inner->parameters->value().octets();
    return out;
}

// The count, three octets that check the key, the key, and random octets up to whole blocks, two at least; enciphered twice, the second
// time under the last block of the first as IV.
Octets PwriKek::wrap(OctetsView kek, OctetsView key, Botan::RandomNumberGenerator& generator) const {
    const std::size_t block = cipher->block_octets;
    const std::size_t used = key.size() + 4;
    Secret octets = generator.random_vec<Secret>(std::max(2 * block, (used + block - 1) / block * block));
    octets[0] = static_cast<std::uint8_t>(key.size());
    for (std::size_t i = 0; i < 3; ++i) {
        octets[1 + i] = static_cast<std::uint8_t>(~key[i]);
    }
    std::ranges::copy(key, octets.begin() + 4);
    encrypt_cbc(*cipher, kek, iv, octets);
    const Secret last(octets.end() - static_cast<std::ptrdiff_t>(block), octets.end());
    encrypt_cbc(*cipher, kek, last, octets);
    return {octets.begin(), octets.end()};
}

// The last block under the one before it as IV is the IV of the outer layer (RFC 3211, 2.3.2).
Secret PwriKek::unwrap(OctetsView kek, OctetsView wrapped, std::size_t octets, Botan::RandomNumberGenerator& generator) const {
    const std::size_t block = cipher->block_octets;
    Secret key = generator.random_vec<Secret>(octets);
    if (wrapped.size() < std::max(2 * block, octets + 4) || wrapped.size() % block != 0) {
        return key;
    }
    const OctetsView last = wrapped.last(block);
    Secret outer_iv(last.begin(), last.end());
    decrypt_cbc(*cipher, kek, wrapped.subspan(wrapped.size() - 2 * block, block), outer_iv);
    Secret plain(wrapped.begin(), wrapped.end());
    decrypt_cbc(*cipher, kek, outer_iv, plain);
    decrypt_cbc(*cipher, kek, iv, plain);
    std::uint32_t bad = plain[0] ^ static_cast<std::uint32_t>(octets);
    for (std::size_t i = 0; i < 3; ++i) {
        bad |= static_cast<std::uint32_t>(plain[1 + i] ^ plain[4 + i]) ^ 0xffU;
    }
    const auto keep = static_cast<std::uint8_t>(((bad - 1) >> 31) * 0xff); // 0xff where nothing is bad
    for (std::size_t i = 0; i < octets; ++i) {
        key[i] = static_cast<std::uint8_t>(key[i] ^ (keep & (key[i] ^ plain[4 + i])));
    }
    return key;
}

} // namespace scep::botan
