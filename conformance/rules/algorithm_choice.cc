#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

// Which algorithms are taken: those that the other side knows, and of AES and SHA-2 the form that all have (RFC 8894, 3.5.2).
namespace sceplab::rules {

namespace {

namespace cms_oids = scep::cms::oids;
namespace x509_oids = scep::x509::oids;
using scep::der::OidConstant;
using scep::x509::AlgorithmIdentifier;

// An algorithm by its name, the keyword that announces it, and how strong it is among those of SCEP: 0 broken, 1 old, 2 good.
struct Algorithm {
    OidConstant oid;
    std::string_view name;
    std::string_view keyword;
    int strength = 0;
};
constexpr std::array ciphers{
    Algorithm{cms_oids::des_cbc, "DES-CBC", "", 0},
    Algorithm{cms_oids::des_ede3_cbc, "triple DES-CBC", "DES3", 1},
    Algorithm{cms_oids::aes128_CBC, "AES-128-CBC", "AES", 2},
    Algorithm{cms_oids::aes192_CBC, "AES-192-CBC", "AES", 2},
    Algorithm{cms_oids::aes256_CBC, "AES-256-CBC", "AES", 2},
    Algorithm{scep::der::oid("2.16.840.1.101.3.4.1.6"), "AES-128-GCM", "AES", 2},
    Algorithm{scep::der::oid("2.16.840.1.101.3.4.1.26"), "AES-192-GCM", "AES", 2},
    Algorithm{scep::der::oid("2.16.840.1.101.3.4.1.46"), "AES-256-GCM", "AES", 2},
};
constexpr std::array digests{
    Algorithm{x509_oids::id_md5, "MD5", "", 0},          Algorithm{x509_oids::id_sha1, "SHA-1", "SHA-1", 1},
    Algorithm{x509_oids::id_sha224, "SHA-224", "", 2},   Algorithm{x509_oids::id_sha256, "SHA-256", "SHA-256", 2},
    Algorithm{x509_oids::id_sha384, "SHA-384", "", 2},   Algorithm{x509_oids::id_sha512, "SHA-512", "SHA-512", 2},
};

template <std::size_t size>
const Algorithm* find(const std::array<Algorithm, size>& all, const AlgorithmIdentifier& sought) {
    const auto found = std::ranges::find_if(all, [&](const Algorithm& each) { return sought.algorithm == each.oid; });
    return found == all.end() ? nullptr : &*found;
}

const AlgorithmIdentifier& digest_of(const Signed& message) { return message.message.signer_info.digest_algorithm; }

const AlgorithmIdentifier* cipher_of(const Signed& message) {
    const auto* envelope = enveloped_data(message.facts);
    return envelope != nullptr ? &envelope->encrypted_content_info.content_encryption_algorithm : nullptr;
}

Place digest_place(const Signed& message) {
    return place(message, digest_of(message).whole.location(), "SignedData.signerInfos[0].digestAlgorithm");
}

Place cipher_place(const Signed& message) {
    return place(message, cipher_of(message)->whole.location(), "EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm");
}

Outcome aes_is_128_cbc(const Enveloped& message) {
    const Algorithm* cipher = find(ciphers, *cipher_of(message));
    if (cipher == nullptr || cipher->keyword != "AES") {
        return Outcome::not_applicable();
    }
    return cipher_of(message)->algorithm == cms_oids::aes128_CBC ? Outcome::pass()
                                               : Outcome::violation(cipher_place(message), "the content is encrypted with " +
                                                                                               std::string(cipher->name) + " where AES-128-CBC is what all have");
}

Outcome sha2_is_256(const Message& message) {
    const Algorithm* digest = find(digests, digest_of(message));
    if (digest == nullptr || digest->strength < 2) {
        return Outcome::not_applicable();
    }
    return digest_of(message).algorithm == x509_oids::id_sha256
               ? Outcome::pass()
               : Outcome::violation(digest_place(message), "the digest is " + std::string(digest->name) + " where SHA-256 is what all have");
}

// A CA that announces no algorithm of the kind at all tells nothing of them.
template <std::size_t size>
bool announces_any(const Request& request, const std::array<Algorithm, size>& all) {
    return std::ranges::any_of(all, [&](const Algorithm& each) { return !each.keyword.empty() && request.exchange.server.announces(each.keyword); });
}

// What is weaker than the CA wants is told by algorithm.aes-when-announced and its kin.
Outcome announced(const Request& request) {
    const auto& server = request.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    Outcome out = Outcome::pass();
    const AlgorithmIdentifier* cipher = cipher_of(request);
    const Algorithm* known_cipher = cipher != nullptr ? find(ciphers, *cipher) : nullptr;
    const auto is_unannounced = [&](const Algorithm* algorithm, std::string_view better) {
        return algorithm != nullptr && !algorithm->keyword.empty() && !server.announces(algorithm->keyword) &&
               (algorithm->strength > 1 || !server.announces(better));
    };
    if (is_unannounced(known_cipher, "AES") && announces_any(request, ciphers)) {
        out.add(cipher_place(request), "the content is encrypted with " + std::string(known_cipher->name) + ", which the CA did not announce");
    }
    const Algorithm* digest = find(digests, digest_of(request));
    if (is_unannounced(digest, "SHA-256") && announces_any(request, digests)) {
        out.add(digest_place(request), "the digest is " + std::string(digest->name) + ", which the CA did not announce");
    }
    return out;
}

Outcome sha_rather_than_md5(const Request& request) {
    const auto& server = request.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    if (server.announces("SHA-256") || (!server.announces("SHA-1") && !server.announces("SHA-512"))) {
        return Outcome::not_applicable();
    }
    return digest_of(request).algorithm == x509_oids::id_md5
               ? Outcome::violation(digest_place(request), "the digest is MD5 though the CA announced " +
                                                               std::string(server.announces("SHA-512") ? "SHA-512" : "SHA-1"))
               : Outcome::pass();
}

Outcome reply_not_weaker(const Pair& pair) {
    Outcome out = Outcome::pass();
    const Algorithm* asked = find(digests, digest_of(pair.request));
    const Algorithm* answered = find(digests, digest_of(pair.reply));
    if (asked != nullptr && answered != nullptr && answered->strength < asked->strength) {
        out.add(digest_place(pair.reply), "the digest is " + std::string(answered->name) + ", that of the request " + std::string(asked->name),
                {digest_place(pair.request)});
    }
    if (cipher_of(pair.request) != nullptr && cipher_of(pair.reply) != nullptr) {
        asked = find(ciphers, *cipher_of(pair.request));
        answered = find(ciphers, *cipher_of(pair.reply));
        if (asked != nullptr && answered != nullptr && answered->strength < asked->strength) {
            out.add(cipher_place(pair.reply), "the reply is encrypted with " + std::string(answered->name) + ", the request with " + std::string(asked->name),
                    {cipher_place(pair.request)});
        }
    }
    return out;
}

}  // namespace

RuleSpan<Enveloped> cipher_choice_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "algorithm.aes-is-128-cbc",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "Of the forms of AES it is AES-128-CBC that encrypts",
         .covers = {"SCEP-3.5.2-defacto-algs"},
         .check = aes_is_128_cbc},
    };
    return rules;
}

RuleSpan<Message> digest_choice_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "algorithm.sha2-is-256",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "Of the forms of SHA-2 it is SHA-256 that digests",
         .covers = {"SCEP-3.5.2-defacto-algs"},
         .check = sha2_is_256},
    };
    return rules;
}

RuleSpan<Request> request_choice_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "algorithm.announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "A request has the algorithms that the CA announced",
         .covers = {"SCEP-3.5.2-alg-within-caps"},
         .check = announced},
        {.id = "algorithm.sha-when-announced",
         .severity = warning,
         .cite = {nourse22, "C.2"},
         .says = "A request is not digested with MD5 where the CA announced SHA-1 or SHA-512",
         .covers = {"LEG-C-prefer-sha"},
         .check = sha_rather_than_md5},
    };
    return rules;
}

RuleSpan<Pair> reply_choice_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "algorithm.reply-not-weaker",
         .severity = notice,
         .cite = {rfc8894, "3.5.2"},
         .says = "A reply is digested and encrypted no weaker than its request",
         .covers = {"SCEP-3.5.2-reply-alg-within-client"},
         .check = reply_not_weaker},
    };
    return rules;
}

}  // namespace sceplab::rules
