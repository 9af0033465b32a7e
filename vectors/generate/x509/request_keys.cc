#include <vectors/generate/x509/request_cases.h>

#include <scepcodec/x509/oids.h>

// Keys, digests and signatures of requests, and signatures that do not hold.
namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;

struct Row {
    const char* name;
    TestKey key;
    const char* scheme;
    Octets algorithm;
    const char* comment;
};

Octets made(const Row& row, const std::function<void(RequestParts&)>& change = {}) {
    return request([&](RequestParts& parts) {
        parts.key = row.key;
        parts.scheme = row.scheme;
        parts.signature_algorithm = row.algorithm;
        if (change) {
            change(parts);
        }
    });
}

// RSASSA-PSS-params (RFC 4055, 3.1) with one digest for both.
Octets pss(const scep::der::OidConstant& digest, std::int64_t salt) {
    return sequence({encoded(oids::id_RSASSA_PSS),
                     sequence({context(0, algorithm_with_null(digest)),
                               context(1, sequence({encoded(oids::id_mgf1), algorithm_with_null(digest)})), context(2, integer(salt))})});
}

} // namespace

void request_keys(GroupRows& rows) {
    const Row good[] = {
        {"key-rsa-2048-sha256", TestKey::rsa_2048, "PKCS1v15(SHA-256)", algorithm_with_null(oids::sha256WithRSAEncryption),
         "what nearly every device sends"},
        {"key-rsa-2048-sha384", TestKey::rsa_2048, "PKCS1v15(SHA-384)", algorithm_with_null(oids::sha384WithRSAEncryption),
         "RSA with SHA-384"},
        {"key-rsa-2048-sha512", TestKey::rsa_2048, "PKCS1v15(SHA-512)", algorithm_with_null(oids::sha512WithRSAEncryption),
         "RSA with SHA-512"},
        {"key-rsa-2048-sha224", TestKey::rsa_2048, "PKCS1v15(SHA-224)", algorithm_with_null(oids::sha224WithRSAEncryption),
         "RSA with SHA-224, which few look for"},
        {"key-rsa-3072-sha256", TestKey::rsa_3072, "PKCS1v15(SHA-256)", algorithm_with_null(oids::sha256WithRSAEncryption),
         "an RSA key of 3072 bits"},
        {"key-rsa-4096-sha512", TestKey::rsa_4096, "PKCS1v15(SHA-512)", algorithm_with_null(oids::sha512WithRSAEncryption),
         "an RSA key of 4096 bits, the longest that devices have"},
        {"key-p256-sha256", TestKey::p256, "SHA-256", algorithm(oids::ecdsa_with_SHA256), "ECDSA on P-256"},
        {"key-p384-sha384", TestKey::p384, "SHA-384", algorithm(oids::ecdsa_with_SHA384), "ECDSA on P-384"},
        {"key-p521-sha512", TestKey::p521, "SHA-512", algorithm(oids::ecdsa_with_SHA512),
         "ECDSA on P-521, whose order is longer than the digest"},
        {"key-p256-sha512", TestKey::p256, "SHA-512", algorithm(oids::ecdsa_with_SHA512),
         "a digest longer than the order of the curve: its leftmost bits count"},
        {"key-p384-sha256", TestKey::p384, "SHA-256", algorithm(oids::ecdsa_with_SHA256), "a digest shorter than the order of the curve"},
        {"key-rsa-without-null", TestKey::rsa_2048, "PKCS1v15(SHA-256)", algorithm(oids::sha256WithRSAEncryption),
         "absent parameters are to be accepted as well as NULL (RFC 4055, 5)"},
    };
    for (const Row& row : good) {
        rows.valid(row.name, made(row), request_as_made(), row.comment);
    }
    const struct {
        Row row;
        Flags flags;
    } either[] = {
        {{"key-ed25519", TestKey::ed25519, "Pure", algorithm(oids::id_Ed25519),
          "Ed25519, which SCEP's RSA encryption leaves no room for and PKCS #10 does"},
         {"RareAlgorithm"}},
        {{"key-rsa-pss-sha256", TestKey::rsa_2048, "PSS(SHA-256,MGF1,32)", pss(oids::id_sha256, 32),
          "RSASSA-PSS, whose parameters tell digest, mask and salt"},
         {"RareAlgorithm"}},
        {{"key-rsa-pss-salt-20", TestKey::rsa_2048, "PSS(SHA-256,MGF1,20)", pss(oids::id_sha256, 20),
          "RSASSA-PSS with a salt shorter than the digest"},
         {"RareAlgorithm"}},
        {{"key-rsa-2048-sha1", TestKey::rsa_2048, "PKCS1v15(SHA-1)", algorithm_with_null(oids::sha1WithRSAEncryption),
          "SHA-1, as old devices sign"},
         {"WeakDigest"}},
        {{"key-rsa-2048-md5", TestKey::rsa_2048, "PKCS1v15(MD5)", algorithm_with_null(oids::md5WithRSAEncryption),
          "MD5, as the oldest devices sign"},
         {"WeakDigest"}},
        {{"key-rsa-1024", TestKey::rsa_1024, "PKCS1v15(SHA-256)", algorithm_with_null(oids::sha256WithRSAEncryption),
          "an RSA key of 1024 bits"},
         {"ShortKey"}},
        {{"key-p256-sha1", TestKey::p256, "SHA-1", algorithm(oids::ecdsa_with_SHA1), "ECDSA with SHA-1"}, {"WeakDigest"}},
        {{"key-p256-null", TestKey::p256, "SHA-256", algorithm_with_null(oids::ecdsa_with_SHA256),
          "ECDSA with NULL parameters, which it has none of (RFC 5758, 3.2)"},
         {"AlgorithmParameters"}},
    };
    for (const auto& [row, flags] : either) {
        rows.acceptable(row.name, made(row), request_as_made(), flags, row.comment);
    }

    const Row& rsa = good[0];
    const Row& ec = good[6];
    const Flags broken{"SignatureBroken"};
    const auto of_signature = [&](const Row& row, const std::function<void(Octets&)>& change) {
        return made(row, [&](RequestParts& parts) { parts.signature = change; });
    };
    rows.invalid("signature-bit-flipped", of_signature(rsa, [](Octets& signature) { signature[100] ^= 1; }), broken,
                 "one bit of the signature", "signature");
    rows.invalid("signature-bit-flipped-ecdsa", of_signature(ec, [](Octets& signature) { signature.back() ^= 1; }), broken,
                 "the last bit of s", "signature");
    rows.invalid("signature-subject-changed",
                 made(rsa,
                      [](RequestParts& parts) {
                          parts.signed_octets = [](Octets& info) {
                              info[std::string_view(reinterpret_cast<const char*>(info.data()), info.size()).find("device")] = 'D';
                          };
                      }),
                 broken, "a letter of the subject was changed after the request was signed", "signature");
    rows.invalid("signature-password-changed",
                 made(rsa, [](RequestParts& parts) { parts.signed_octets = [](Octets& info) { info.back() = '1'; }; }), broken,
                 "the last letter of the challengePassword was changed after the request was signed", "signature");
    rows.invalid("signature-other-key",
                 made(rsa, [](RequestParts& parts) { parts.subject_pk_info = public_key_info(TestKey::other_rsa_2048); }), broken,
                 "signed with another key than the one inside: no proof of possession", "signature");
    rows.invalid("signature-other-kind-of-key",
                 made(rsa, [](RequestParts& parts) { parts.subject_pk_info = public_key_info(TestKey::p256); }), broken,
                 "an EC key inside, an RSA signature around", "signature");
    rows.invalid("signature-algorithm-other-digest",
                 made(rsa, [](RequestParts& parts) { parts.signature_algorithm = algorithm_with_null(oids::sha384WithRSAEncryption); }),
                 {"AlgorithmMismatch"}, "signed over SHA-256 and named SHA-384", "signature");
    rows.invalid("signature-algorithm-rsa-of-ec",
                 made(ec, [](RequestParts& parts) { parts.signature_algorithm = algorithm_with_null(oids::sha256WithRSAEncryption); }),
                 {"AlgorithmMismatch"}, "an ECDSA signature named RSA", "signature");
    rows.invalid("signature-algorithm-pss-of-pkcs1",
                 made(rsa, [](RequestParts& parts) { parts.signature_algorithm = pss(oids::id_sha256, 32); }), {"AlgorithmMismatch"},
                 "a signature by PKCS #1 v1.5 named RSASSA-PSS", "signature");
    rows.invalid("signature-pss-salt-differs", made({"", TestKey::rsa_2048, "PSS(SHA-256,MGF1,20)", pss(oids::id_sha256, 32), ""}),
                 {"AlgorithmMismatch"}, "a salt of 20 octets where the parameters say 32", "signature");
    rows.invalid("signature-algorithm-key",
                 made(rsa, [](RequestParts& parts) { parts.signature_algorithm = algorithm_with_null(oids::rsaEncryption); }),
                 {"AlgorithmMismatch"}, "the OBJECT IDENTIFIER of the key, which names no digest, in the place of the signature's",
                 "signature");
    rows.invalid("signature-algorithm-unknown",
                 made(rsa, [](RequestParts& parts) { parts.signature_algorithm = algorithm(scep::der::oid("1.2.3.4")); }),
                 {"AlgorithmMismatch"}, "an algorithm that nobody knows: what cannot be verified is not accepted", "signature");
    rows.invalid("signature-empty", of_signature(rsa, [](Octets& signature) { signature.clear(); }), {"SignatureForm"},
                 "a signature of no octets", "signature");
    rows.invalid("signature-zeros", of_signature(rsa, [](Octets& signature) { signature.assign(256, 0); }), {"SignatureForm"},
                 "a signature of zeros, which is zero under any exponent", "signature");
    rows.invalid("signature-one",
                 of_signature(rsa,
                              [](Octets& signature) {
                                  signature.assign(256, 0);
                                  signature.back() = 1;
                              }),
                 {"SignatureForm"}, "the signature 1, which is 1 under any exponent", "signature");
    rows.invalid("signature-short", of_signature(rsa, [](Octets& signature) { signature.pop_back(); }), {"SignatureForm"},
                 "a signature one octet shorter than the modulus", "signature");
    rows.invalid("signature-long", of_signature(rsa, [](Octets& signature) { signature.insert(signature.begin(), 0); }), {"SignatureForm"},
                 "a signature with an octet 00 before it, one longer than the modulus (RFC 8017, 8.2.2)", "signature");
    rows.invalid("signature-ecdsa-zero", of_signature(ec, [](Octets& signature) { signature = sequence({integer(0), integer(0)}); }),
                 {"SignatureForm"}, "r and s are 0: valid for every message where nobody looks at the range (CVE-2022-21449)", "signature");
    rows.invalid("signature-ecdsa-negative", of_signature(ec, [](Octets& signature) { signature = sequence({integer(-1), integer(-1)}); }),
                 {"SignatureForm"}, "r and s are negative", "signature");
    rows.invalid("signature-ecdsa-raw", of_signature(ec, [](Octets& signature) { signature.assign(64, 0x11); }), {"SignatureForm"},
                 "r and s one after the other, without their SEQUENCE", "signature");
    rows.invalid("signature-ecdsa-trailing", of_signature(ec, [](Octets& signature) { signature.push_back(0); }),
                 {"SignatureForm", "TrailingOctets"}, "an octet after the SEQUENCE of r and s", "signature");
}

} // namespace sceplab::vectors
