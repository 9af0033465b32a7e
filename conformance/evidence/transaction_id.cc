#include <conformance/evidence/transaction_id.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

namespace sceplab::evidence {

namespace {

namespace oids = x509::oids;

struct Hash {
    const scep::der::OidConstant& algorithm;
    const char* name;
    std::size_t digits;
};
constexpr std::array hashes{Hash{oids::id_md5, "MD5", 32}, Hash{oids::id_sha1, "SHA-1", 40}, Hash{oids::id_sha256, "SHA-256", 64}, Hash{oids::id_sha512, "SHA-512", 128}};

// n of RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
std::optional<std::span<const std::uint8_t>> modulus(const x509::SubjectPublicKeyInfo& key) {
    if (!(key.algorithm.algorithm == oids::rsaEncryption)) {
        return std::nullopt;
    }
    scep::der::Reader reader(key.subject_public_key.octets);
    std::optional<std::span<const std::uint8_t>> out;
    reader.nested(scep::der::tag::SEQUENCE, nullptr, [&](scep::der::Reader& inside) {
        out = inside.integer(nullptr).magnitude();
        inside.integer(nullptr);
    });
    return reader.failed() ? std::nullopt : out;
}

}  // namespace

void compare_transaction_id(MessageFacts& facts) {
    if (!facts.message || !facts.message_data || !facts.message_data->certification_request) {
        return;
    }
    std::string id = facts.transaction_id();
    std::ranges::transform(id, id.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto hash = std::ranges::find(hashes, id.size(), &Hash::digits);
    if (hash == hashes.end()) {
        return;
    }
    const x509::SubjectPublicKeyInfo& key = facts.message_data->certification_request->subject_pk_info;
    const auto is_of = [&](std::span<const std::uint8_t> octets) {
        const auto digest = botan::digest(scep::der::Oid{Input(hash->algorithm.content())}, octets);
        return digest && scep::der::to_hex(*digest) == id;
    };
    const auto n = modulus(key);
    const char* of = is_of(key.whole.octets())                             ? " of the SubjectPublicKeyInfo"
                     : is_of(key.subject_public_key.octets.octets())       ? " of the subjectPublicKey"
                     : n && is_of(*n)                                      ? " of the modulus"
                                                                           : "";
    facts.message_data->transaction_id_hash = *of != '\0' ? std::string(hash->name) + of : std::string();
}

}  // namespace sceplab::evidence
