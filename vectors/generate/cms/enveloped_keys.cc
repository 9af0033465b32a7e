#include <vectors/generate/cms/enveloped.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;
namespace oids = scep::x509::oids;

constexpr std::size_t modulus_octets = 256;

Octets nonzero(std::size_t count) {
    Octets out = *case_randomness().octets(count);
    std::ranges::replace(out, 0, 0x5a);
    return out;
}

void pkcs1(Cases& cases) {
    // EM = 00 02 PS 00 M, PS of eight octets at least, none of them zero (RFC 8017, 7.2.1).
    const auto block = [&](std::string name, std::string comment, const std::function<void(Octets & block, std::size_t separator)>& change,
                           std::vector<std::string> flags = {"SC027KeyPaddingOracle"}) {
        cases.add(std::move(name),
                  std::move(comment) + " It has to fail as a wrong content key does, at the same time and with the same words.",
                  Result::invalid, std::move(flags), envelope_with([&](EnvelopePieces& pieces) {
                      const std::size_t padding = modulus_octets - 3 - pieces.key.size();
                      Octets octets = joined({{0, 2}, nonzero(padding), {0}, pieces.key});
                      change(octets, padding + 2);
                      pieces.encrypted_key = encrypt_key(parties().client, octets, "Raw");
                  }));
    };
    block("key block of type 1", "The block of the content key starts 00 01, which is padding for signatures.",
          [](Octets& b, std::size_t) { b[1] = 1; });
    block("key block of type 0", "The block of the content key starts 00 00.", [](Octets& b, std::size_t) { b[1] = 0; });
    block("key block starts with 01", "The first octet of the block is 01 and not 00.", [](Octets& b, std::size_t) { b[0] = 1; });
    block("key block without a separator", "No octet of the block is zero, so that no key starts anywhere.",
          [](Octets& b, std::size_t at) { b[at] = 0x5a; });
    block("key block with a zero in the first octets of padding",
          "A zero octet stands as the fourth of the padding: eight at least are due before the key.",
          [](Octets& b, std::size_t) { b[5] = 0; });
    block("key block with an early separator", "A zero octet in the padding makes the key longer than the cipher wants.",
          [](Octets& b, std::size_t) { b[100] = 0; });
    block("key block all zeros", "The block is zero, and so is encryptedKey.", [](Octets& b, std::size_t) { std::ranges::fill(b, 0); });
    block("key block is random", "The block is no padding of any kind.", [](Octets& b, std::size_t) {
        b = nonzero(modulus_octets);
        b[0] = 0x3a;
    });
    for (const std::size_t size : {0, 1, 5, 8, 15, 17, 24, 32, 64, 200}) {
        cases.add("content key of " + counted(size, "octet") + "",
                  "The padding is right and the key in it is not of the 16 octets that AES-128 wants: an error of its own tells that the "
                  "padding was right.",
                  Result::invalid, {"SC027KeyPaddingOracle", "ContentKeySize"}, envelope_with([size](EnvelopePieces& pieces) {
                      Octets key = pieces.key;
                      key.resize(size, 0x5a);
                      pieces.encrypted_key = encrypt_key(parties().client, key, "PKCS1v15");
                  }));
    }
    cases.add("content key of zeros",
              "The content key is sixteen zeros, a good key for all that can be told; who takes an all-zero key for a failure refuses it.",
              Result::valid, {}, envelope_with([](EnvelopePieces& pieces) { pieces.key = Octets(16, 0); }));
    opens(cases.last());
    cases.add("content key with a zero octet first",
              "The content key starts with 00, so that two zero octets stand after the padding: the first one ends it.", Result::valid, {},
              envelope_with([](EnvelopePieces& pieces) { pieces.key[0] = 0; }));
    opens(cases.last());

    const auto raw = [&](std::string name, std::string comment, const std::function<void(Octets&)>& change) {
        cases.add(std::move(name), std::move(comment), Result::invalid, {"EncryptedKeySize"},
                  envelope_with([change](EnvelopePieces& pieces) {
                      Octets octets = encrypt_key(parties().client, pieces.key, "PKCS1v15");
                      change(octets);
                      pieces.encrypted_key = octets;
                  }));
    };
    raw("encryptedKey with a zero octet before it",
        "encryptedKey is one octet longer than the modulus; RFC 8017, 7.2.2 wants the same size.",
        [](Octets& o) { o.insert(o.begin(), 0); });
    raw("encryptedKey with a zero octet after it", "A zero octet follows; who reads as many octets as the modulus has does not see it.",
        [](Octets& o) { o.push_back(0); });
    raw("encryptedKey cut to half", "Half of it is there.", [](Octets& o) { o.resize(o.size() / 2); });
    raw("encryptedKey of one octet", "One octet is there.", [](Octets& o) { o.resize(1); });
    raw("encryptedKey above the modulus", "The number is larger than the modulus.", [](Octets& o) { std::ranges::fill(o, 0xff); });
    raw("encryptedKey is zero", "The number is 0, which the private operation leaves as it is.",
        [](Octets& o) { std::ranges::fill(o, 0); });
    raw("encryptedKey is one", "The number is 1, which the private operation leaves as it is.", [](Octets& o) {
        std::ranges::fill(o, 0);
        o.back() = 1;
    });
    raw("encryptedKey, a bit flipped", "One bit is wrong, so that the block is random.", [](Octets& o) { o[128] ^= 1; });
    raw("encryptedKey of 16 KiB", "Zeros follow up to 16384 octets.", [](Octets& o) { o.resize(16384); });
    cases.add(
        "content key for another recipient",
        "rid names this recipient and the key was encrypted for another's of the same size: the private operation gives a random block.",
        Result::invalid, {"WrongKey"},
        envelope_with([](EnvelopePieces& pieces) { pieces.encrypted_key = encrypt_key(parties().other, pieces.key, "PKCS1v15"); }));
    cases.add("the content key is another", "The padding and the size of the content key are right, the key is not the one of the content.",
              Result::invalid, {"WrongKey", "SC027KeyPaddingOracle"}, envelope_with([](EnvelopePieces& pieces) {
                  pieces.encrypted_key = encrypt_key(parties().client, Octets(16, 0x33), "PKCS1v15");
              }));
    const auto algorithm = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags, const Octets& octets) {
        cases.add(std::move(name), std::move(comment), result, std::move(flags),
                  envelope_with([&](EnvelopePieces& pieces) { pieces.key_algorithm = octets; }));
        if (result != Result::invalid) {
            opens(cases.last());
        }
    };
    algorithm("unknown key transport", "keyEncryptionAlgorithm is an OID nobody knows.", Result::invalid, {"UnknownKeyEncryption"},
              sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.9"))}));
    algorithm("key transport is ECDH", "keyEncryptionAlgorithm is one of key agreement, for a KeyAgreeRecipientInfo.", Result::invalid,
              {"UnknownKeyEncryption"},
              sequence({encoded(scep::der::oid("1.3.132.1.11.1")), sequence({encoded(scep::der::oid("2.16.840.1.101.3.4.1.5"))})}));
    algorithm("key transport is a signature", "keyEncryptionAlgorithm is sha256WithRSAEncryption.", Result::invalid,
              {"UnknownKeyEncryption"}, sequence({encoded(oids::sha256WithRSAEncryption), tlv(tag::NULL_, {})}));
    algorithm("OAEP over a key by PKCS#1 v1.5",
              "keyEncryptionAlgorithm says OAEP, the block is of PKCS#1 v1.5; who tries the other padding is an oracle for both.",
              Result::invalid, {"WrongKey", "SC027KeyPaddingOracle"}, sequence({encoded(oids::id_RSAES_OAEP), sequence({})}));
}

Octets hash(const scep::der::OidConstant& oid) { return sequence({encoded(oid), tlv(tag::NULL_, {})}); }
Octets mgf1(const scep::der::OidConstant& oid) { return sequence({encoded(oids::id_mgf1), hash(oid)}); }

void oaep(Cases& cases) {
    // RSAES-OAEP-params ::= SEQUENCE { hashFunc [0], maskGenFunc [1], pSourceFunc [2] }, SHA-1 and no label by default   RFC 4055, 4.1
    const auto add = [&](std::string name, std::string comment, Result result, const std::string& padding, const Octets& parameters) {
        cases.add(std::move(name), std::move(comment), result, {"OaepParameters", "SC031AlgorithmParameters"},
                  envelope_with([&](EnvelopePieces& pieces) {
                      pieces.key_algorithm = sequence({encoded(oids::id_RSAES_OAEP), parameters});
                      pieces.key_padding = padding;
                  }));
        if (result != Result::invalid) {
            opens(cases.last(), envelope_fields("1.2.840.113549.1.1.7"));
        }
        if (result == Result::valid) {
            cases.last().flags.clear();
        }
    };
    const std::string sha1 = "OAEP(SHA-1,MGF1(SHA-1))";
    const std::string sha256 = "OAEP(SHA-256,MGF1(SHA-256))";
    const Octets hash256 = context(0, hash(oids::id_sha256));
    const Octets mask256 = context(1, mgf1(oids::id_sha256));
    add("OAEP without parameters",
        "The parameters are absent, which RFC 4055, 4.1 does not allow; who takes it for the defaults opens it, who looks at them looks at "
        "nothing.",
        Result::acceptable, sha1, {});
    add("OAEP with NULL", "The parameters are NULL in place of a SEQUENCE.", Result::acceptable, sha1, tlv(tag::NULL_, {}));
    add("OAEP with an empty SEQUENCE", "All members have their defaults, SHA-1 and MGF1 with SHA-1.", Result::valid, sha1, sequence({}));
    add("OAEP with its defaults written", "SHA-1 is written where DER leaves defaults out; RFC 4055, 4.1 wants both accepted.",
        Result::acceptable, sha1, sequence({context(0, hash(oids::id_sha1)), context(1, mgf1(oids::id_sha1))}));
    add("OAEP with SHA-256 and MGF1 with SHA-1", "Hash and mask generation differ, as where a library sets the first alone.", Result::valid,
        "OAEP(SHA-256,MGF1(SHA-1))", sequence({hash256}));
    add("OAEP with SHA-1 and MGF1 with SHA-256", "The hash has its default, the mask generation has not.", Result::valid,
        "OAEP(SHA-1,MGF1(SHA-256))", sequence({mask256}));
    add("OAEP with SHA-256 and an empty label written", "pSourceFunc says an empty label, its default.", Result::acceptable, sha256,
        sequence({hash256, mask256, context(2, sequence({encoded(oids::id_pSpecified), octet_string({})}))}));
    add("OAEP with pSourceFunc without parameters", "pSourceFunc names its OID and no octets; CVE-2026-28390 was a look at them.",
        Result::acceptable, sha256, sequence({hash256, mask256, context(2, sequence({encoded(oids::id_pSpecified)}))}));
    add("OAEP with a label that is not used", "pSourceFunc says a label, and the key was encrypted without.", Result::invalid, sha256,
        sequence({hash256, mask256, context(2, sequence({encoded(oids::id_pSpecified), octet_string(text("label"))}))}));
    add("OAEP with a label",
        "pSourceFunc says a label and the key was encrypted with it; RFC 5756 and 4055 let a reader refuse any but the empty one.",
        Result::acceptable, "OAEP(SHA-256,MGF1(SHA-256),label)",
        sequence({hash256, mask256, context(2, sequence({encoded(oids::id_pSpecified), octet_string(text("label"))}))}));
    add("OAEP with an unknown pSourceFunc", "pSourceFunc is an OID nobody knows.", Result::invalid, sha256,
        sequence({hash256, mask256, context(2, sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.10")), octet_string({})}))}));
    add("OAEP hashes without NULL", "The AlgorithmIdentifiers of SHA-256 have no parameters; RFC 4055, 2.1 wants both forms accepted.",
        Result::valid, sha256,
        sequence({context(0, sequence({encoded(oids::id_sha256)})),
                  context(1, sequence({encoded(oids::id_mgf1), sequence({encoded(oids::id_sha256)})}))}));
    add("OAEP says SHA-256 over SHA-1", "The parameters say SHA-256, the key was encrypted with SHA-1.", Result::invalid, sha1,
        sequence({hash256, mask256}));
    add("OAEP says SHA-1 over SHA-256",
        "The parameters say the defaults, the key was encrypted with SHA-256; who tries all hashes opens it.", Result::invalid, sha256,
        sequence({}));
    add("OAEP with an unknown hash", "The hash is an OID nobody knows.", Result::invalid, sha256,
        sequence({context(0, hash(scep::der::oid("1.3.6.1.4.1.99999.4"))), mask256}));
    add("OAEP with an unknown mask generation", "The mask generation is an OID nobody knows.", Result::invalid, sha256,
        sequence({hash256, context(1, sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.6")), hash(oids::id_sha256)}))}));
    add("OAEP with MGF1 without parameters", "MGF1 names no hash.", Result::invalid, sha256,
        sequence({hash256, context(1, sequence({encoded(oids::id_mgf1)}))}));
    add("OAEP with an empty hashFunc", "[0] is there and holds nothing.", Result::invalid, sha256, sequence({context(0, {}), mask256}));
    add("OAEP with members out of order", "maskGenFunc stands before hashFunc.", Result::invalid, sha256, sequence({mask256, hash256}));
    add("OAEP with an OCTET STRING", "The parameters are an OCTET STRING.", Result::invalid, sha256, octet_string({1, 2, 3}));
    const auto size = [&](std::size_t octets) {
        cases.add("OAEP, content key of " + counted(octets, "octet") + "", "The padding is right and the key in it is of the wrong size.",
                  Result::invalid, {"ContentKeySize"}, envelope_with([octets, sha1](EnvelopePieces& pieces) {
                      pieces.key_algorithm = sequence({encoded(oids::id_RSAES_OAEP), sequence({})});
                      Octets key = pieces.key;
                      key.resize(octets, 0x5a);
                      pieces.encrypted_key = encrypt_key(parties().client, key, sha1);
                  }));
    };
    size(0);
    size(15);
    size(32);
    cases.add("OAEP, a bit flipped",
              "One bit of encryptedKey is wrong; Manger's attack lives on a first octet that is told apart from the rest.", Result::invalid,
              {"WrongKey", "SC027KeyPaddingOracle"}, envelope_with([sha1](EnvelopePieces& pieces) {
                  pieces.key_algorithm = sequence({encoded(oids::id_RSAES_OAEP), sequence({})});
                  Octets octets = encrypt_key(parties().client, pieces.key, sha1);
                  octets[200] ^= 1;
                  pieces.encrypted_key = octets;
              }));
    cases.add("OAEP block with a first octet of 01",
              "The block of OAEP starts with 01: Manger's attack asks for nothing more than to hear of it.", Result::invalid,
              {"SC027KeyPaddingOracle"}, envelope_with([](EnvelopePieces& pieces) {
                  pieces.key_algorithm = sequence({encoded(oids::id_RSAES_OAEP), sequence({})});
                  Octets block = *case_randomness().octets(modulus_octets);
                  block[0] = 1;
                  pieces.encrypted_key = encrypt_key(parties().client, block, "Raw");
              }));
}

} // namespace

void enveloped_keys(Cases& cases) {
    pkcs1(cases);
    oaep(cases);
}

} // namespace sceplab::vectors
