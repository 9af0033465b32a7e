#include <conformance/evidence/transaction_id.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace sceplab::evidence {

namespace {

namespace oids = x509::oids;

struct Hash {
    const scep::der::OidConstant& algorithm;
    const char* name;
    std::size_t octets;
};
constexpr std::array hashes{Hash{oids::id_md5, "MD5", 16}, Hash{oids::id_sha1, "SHA-1", 20}, Hash{oids::id_sha256, "SHA-256", 32}, Hash{oids::id_sha512, "SHA-512", 64}};

using Octets = std::vector<std::uint8_t>;

std::string base64(const Octets& octets) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const std::uint8_t octet : octets) {
        bits = (bits << 8 | octet) & 0xffff;
        for (held += 8; held >= 6; held -= 6) {
            out += alphabet[bits >> (held - 6) & 0x3f];
        }
    }
    if (held > 0) {
        out += alphabet[bits << (6 - held) & 0x3f];
    }
    return out.append((4 - out.size() % 4) % 4, '=');
}

std::string decimal(Octets number) {
    std::string out;
    while (std::ranges::any_of(number, [](std::uint8_t octet) { return octet != 0; })) {
        unsigned rest = 0;
        for (std::uint8_t& octet : number) {
            const unsigned value = rest << 8 | octet;
            octet = static_cast<std::uint8_t>(value / 10);
            rest = value % 10;
        }
        out.insert(out.begin(), static_cast<char>('0' + rest));
    }
    return out;
}

std::string lower_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

// The drafts say "hash value as a string" and no more: clients write hexadecimal, base64 or a decimal number.
bool is_written_as(const Octets& digest, const std::string& id) {
    if (id.size() == digest.size() * 2 && lower_case(id) == scep::der::to_hex(digest)) {
        return true;
    }
    const bool digits = id.find_first_not_of("0123456789") == std::string::npos;
    return digits ? decimal(digest) == id : base64(digest) == id;
}

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
    const std::string id = facts.transaction_id();
    const x509::SubjectPublicKeyInfo& key = facts.message_data->certification_request->subject_pk_info;
    struct Form {
        std::optional<std::span<const std::uint8_t>> octets;
        const char* name;
    };
    const std::array forms{Form{key.whole.octets(), "SubjectPublicKeyInfo"}, Form{key.subject_public_key.octets.octets(), "subjectPublicKey"}, Form{modulus(key), "modulus"}};
    for (const Hash& hash : hashes) {
        if (id.size() < hash.octets || id.size() > hash.octets * 5 / 2) {
            continue;
        }
        for (const Form& form : forms) {
            const auto digest = form.octets ? botan::digest(scep::der::Oid{Input(hash.algorithm.content())}, *form.octets) : std::unexpected(scep::Error{});
            if (digest && is_written_as(*digest, id)) {
                facts.message_data->transaction_id_hash = std::string(hash.name) + " of the " + form.name;
                return;
            }
        }
    }
}

}  // namespace sceplab::evidence
