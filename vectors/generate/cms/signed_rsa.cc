#include <vectors/generate/cms/signed.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>

// RSASSA-PKCS1-v1_5 (RFC 8017, 8.2): 00 01 FF ... FF 00 DigestInfo, and a verifier has to compare the whole. Each case here is the private
// operation over octets that a lenient verifier takes for that; with a public exponent of 3 such octets can be made without the private
// key.
namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

Octets digest_info(const Octets& algorithm, const Octets& digest) { return sequence({algorithm, octet_string(digest)}); }
Octets sha256_algorithm(const Octets& parameters = tlv(tag::NULL_, {})) {
    return sequence({encoded(scep::x509::oids::id_sha256), parameters});
}

constexpr std::size_t modulus_octets = 256;

// `padding` octets of FF, then 00, the DigestInfo, and what is after it.
struct Block {
    Octets head{0x00, 0x01};
    std::optional<std::size_t> padding = {}; // else as many as fill the modulus
    std::uint8_t fill = 0xff;
    Octets between{0x00};
    Octets info;
    Octets after = {};

    [[nodiscard]] Octets octets() const {
        Octets out = head;
        const std::size_t used = head.size() + between.size() + info.size() + after.size();
        out.insert(out.end(), padding.value_or(modulus_octets - used), fill);
        out.insert(out.end(), between.begin(), between.end());
        out.insert(out.end(), info.begin(), info.end());
        out.insert(out.end(), after.begin(), after.end());
        out.resize(modulus_octets);
        return out;
    }
};

// The digest of what the usual message by that signer signs.
Octets signed_digest(Field& message) {
    Field attributes = at(message, of_signer("signedAttrs"));
    attributes.identifier = 0x31;
    return digest_of(Digest::sha256, write_field(attributes));
}

class Forgeries {
public:
    explicit Forgeries(Cases& cases) : m_cases(cases) {}

    Case& add(std::string name, std::string comment, const std::function<Octets(const Octets& digest)>& block,
              Result result = Result::invalid) {
        return m_cases.add(std::move(name), std::move(comment), result, {"SC022SignaturePadding"}, [&] {
            Field message = read_signed_data(make_signed({.signer = &signers().rsa_e3}));
            at(message, of_signer("signature")).value = sign_raw(signers().rsa_e3, block(signed_digest(message)));
            return write_field(message);
        });
    }
    void info(std::string name, std::string comment, const std::function<Octets(const Octets& digest)>& make) {
        add(std::move(name), std::move(comment), [&](const Octets& digest) { return Block{.info = make(digest)}.octets(); });
    }

private:
    Cases& m_cases;
};

void blocks(Forgeries& forgeries) {
    for (const std::size_t padding : {0, 1, 7, 8, 100, 201}) {
        forgeries.add("garbage after the DigestInfo, " + counted(padding, "octet") + " of padding",
                      "The padding is too short and the rest of the block is behind the DigestInfo, where a verifier that parses from the "
                      "left does not look: for e = 3 a cube root makes it.",
                      [padding](const Octets& digest) {
                          Block block{.padding = padding, .info = digest_info(sha256_algorithm(), digest)};
                          Octets octets = block.octets();
                          for (std::size_t i = 2 + padding + 1 + block.info.size(); i < octets.size(); ++i) {
                              octets[i] = static_cast<std::uint8_t>(i);
                          }
                          return octets;
                      });
    }
    const auto usual = [](const Octets& digest) { return digest_info(sha256_algorithm(), digest); };
    forgeries.add("block type 2", "The block starts 00 02, which is padding for encryption.",
                  [&](const Octets& digest) { return Block{.head = {0, 2}, .info = usual(digest)}.octets(); });
    forgeries.add("block type 0", "The block starts 00 00 and is filled with zeros, a type that PKCS#1 of old had.",
                  [&](const Octets& digest) { return Block{.head = {0, 0}, .fill = 0x00, .info = usual(digest)}.octets(); });
    forgeries.add("first octet not zero", "The block starts 01 01; the first octet is left out where a number loses its leading zeros.",
                  [&](const Octets& digest) { return Block{.head = {1, 1}, .info = usual(digest)}.octets(); });
    forgeries.add("one octet of padding is not FF",
                  "In the middle of the padding is an FE; a verifier that skips to the zero octet does not see it.",
                  [&](const Octets& digest) {
                      Octets octets = Block{.info = usual(digest)}.octets();
                      octets[100] = 0xfe;
                      return octets;
                  });
    forgeries.add("padding of other octets", "The padding is of 5A throughout.",
                  [&](const Octets& digest) { return Block{.fill = 0x5a, .info = usual(digest)}.octets(); });
    forgeries.add("padding starts with another octet",
                  "The first octet of padding is 00, so the padding is empty for who looks for its end.", [&](const Octets& digest) {
                      Octets octets = Block{.info = usual(digest)}.octets();
                      octets[2] = 0;
                      return octets;
                  });
    forgeries.add("no zero octet before the DigestInfo", "The padding goes on to the DigestInfo.",
                  [&](const Octets& digest) { return Block{.between = {}, .info = usual(digest)}.octets(); });
    forgeries.add("two zero octets before the DigestInfo", "After the zero octet there is one more.",
                  [&](const Octets& digest) { return Block{.between = {0, 0}, .info = usual(digest)}.octets(); });
    forgeries.add("the digest without DigestInfo",
                  "The digest itself is padded, as TLS of old did with MD5 and SHA-1; it says no algorithm.",
                  [](const Octets& digest) { return Block{.info = digest}.octets(); });
    forgeries.add("no padding at all", "The DigestInfo stands at the end of zeros.", [&](const Octets& digest) {
        Octets octets(modulus_octets);
        const Octets info = usual(digest);
        std::ranges::copy(info, octets.end() - static_cast<std::ptrdiff_t>(info.size()));
        return octets;
    });
}

void infos(Forgeries& forgeries) {
    forgeries
        .add(
            "DigestInfo without NULL",
            "The parameters of SHA-256 are absent inside of the DigestInfo; RFC 8017, A.2.4 has NULL, and its note lets verifiers take "
            "both.",
            [](const Octets& digest) { return Block{.info = digest_info(sha256_algorithm({}), digest)}.octets(); }, Result::acceptable)
        .members["fields"] = expected({.signer = &signers().rsa_e3});
    const auto long_form = [](const Octets& whole, std::size_t extra) {
        Octets out{whole[0], static_cast<std::uint8_t>(0x80 | (extra + 1))};
        out.insert(out.end(), extra, 0);
        out.insert(out.end(), whole.begin() + 1, whole.end());
        return out;
    };
    forgeries.info("DigestInfo with a long length",
                   "The length of the DigestInfo takes two octets: BER, and not the one encoding that is signed.",
                   [=](const Octets& digest) { return long_form(digest_info(sha256_algorithm(), digest), 0); });
    forgeries.info("DigestInfo with a length of 100 octets",
                   "The length is written with 99 zeros before it, which leaves octets to choose freely for a parser that skips them.",
                   [=](const Octets& digest) { return long_form(digest_info(sha256_algorithm(), digest), 99); });
    forgeries.info("AlgorithmIdentifier with a long length", "The length of the inner SEQUENCE takes two octets.",
                   [=](const Octets& digest) { return sequence({long_form(sha256_algorithm(), 0), octet_string(digest)}); });
    forgeries.info("digest with a long length", "The length of the OCTET STRING takes two octets.",
                   [=](const Octets& digest) { return sequence({sha256_algorithm(), long_form(octet_string(digest), 0)}); });
    forgeries.info("DigestInfo of indefinite length", "30 80 ... 00 00.",
                   [](const Octets& digest) { return joined({{0x30, 0x80}, sha256_algorithm(), octet_string(digest), {0, 0}}); });
    forgeries.info("parameters of garbage", "In place of NULL is an OCTET STRING of 100 octets, free to choose for whoever needs a cube.",
                   [](const Octets& digest) { return digest_info(sha256_algorithm(octet_string(Octets(100, 0x5a))), digest); });
    forgeries.info("NULL with content", "The NULL has two octets in it.",
                   [](const Octets& digest) { return digest_info(sha256_algorithm({5, 2, 0x5a, 0x5a}), digest); });
    forgeries.info("a member after the digest", "An OCTET STRING stands after the digest within the DigestInfo.", [](const Octets& digest) {
        return sequence({sha256_algorithm(), octet_string(digest), octet_string(Octets(60, 0x5a))});
    });
    forgeries.info("a member after NULL", "An OCTET STRING stands after the NULL within the AlgorithmIdentifier.",
                   [](const Octets& digest) {
                       return digest_info(sha256_algorithm(joined({tlv(tag::NULL_, {}), octet_string(Octets(60, 0x5a))})), digest);
                   });
    forgeries.info("DigestInfo says SHA-1", "The DigestInfo names SHA-1 and holds the digest of SHA-256.", [](const Octets& digest) {
        return digest_info(sequence({encoded(scep::x509::oids::id_sha1), tlv(tag::NULL_, {})}), digest);
    });
    forgeries.info(
        "DigestInfo of SHA-1 throughout", "The DigestInfo is a good one, by SHA-1 over its own digest, while digestAlgorithm says SHA-256.",
        [](const Octets& digest) {
            return digest_info(sequence({encoded(scep::x509::oids::id_sha1), tlv(tag::NULL_, {})}), digest_of(Digest::sha1, digest));
        });
    forgeries.info("DigestInfo of an unknown digest", "The DigestInfo names an OID nobody knows, with the right digest in it.",
                   [](const Octets& digest) {
                       return digest_info(sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.4")), tlv(tag::NULL_, {})}), digest);
                   });
    for (const std::size_t size : {0, 1, 4, 20, 31}) {
        forgeries.info(
            "digest of " + counted(size, "octet") + " in the DigestInfo",
            "The digest is cut to its first octets and all lengths fit; who compares as many octets as are there finds them equal.",
            [size](const Octets& digest) {
                return digest_info(sha256_algorithm(), Octets(digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(size)));
            });
    }
    forgeries.info("digest of 33 octets in the DigestInfo", "A zero octet follows the digest within its OCTET STRING.",
                   [](const Octets& digest) { return digest_info(sha256_algorithm(), joined({digest, {0}})); });
    forgeries.info("digest as a BIT STRING", "The digest has tag 03 within the DigestInfo.",
                   [](const Octets& digest) { return sequence({sha256_algorithm(), tlv(tag::BIT_STRING, digest)}); });
    forgeries.info("digest in parts", "The OCTET STRING in the DigestInfo is constructed, of two parts.", [](const Octets& digest) {
        return sequence({sha256_algorithm(),
                         tlv(tag::OCTET_STRING.as_constructed(), joined({octet_string(Octets(digest.begin(), digest.begin() + 16)),
                                                                         octet_string(Octets(digest.begin() + 16, digest.end()))}))});
    });
}

void sizes(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, const std::function<void(Octets&)>& change, Result result = Result::invalid,
                         std::vector<std::string> flags = {"SignatureSize"}) -> Case& {
        return cases.add(std::move(name), std::move(comment), result, std::move(flags), [&] {
            Field message = usual_message();
            change(at(message, of_signer("signature")).value);
            return write_field(message);
        });
    };
    add("signature empty", "The signature has no octets.", [](Octets& s) { s.clear(); });
    add("signature of one zero octet", "The signature is the number 0, whose powers are 0.", [](Octets& s) { s = {0}; });
    add("signature all zeros", "The signature is 0 in the size of the modulus.", [](Octets& s) { std::ranges::fill(s, 0); });
    add("signature is one", "The signature is 1, whose powers are 1.", [](Octets& s) {
        std::ranges::fill(s, 0);
        s.back() = 1;
    });
    add("signature all ones", "The signature is larger than the modulus.", [](Octets& s) { std::ranges::fill(s, 0xff); });
    add("signature with a zero octet before it", "A zero octet stands before the signature; RFC 8017, 8.2.2 wants the size of the modulus.",
        [](Octets& s) { s.insert(s.begin(), 0); });
    add("signature with a zero octet after it",
        "A zero octet stands after the signature; who reads as many octets as the modulus has does not see it.",
        [](Octets& s) { s.push_back(0); });
    add("signature cut to half", "Half the signature is there.", [](Octets& s) { s.resize(s.size() / 2); });
    add("signature of 16 KiB", "The signature is followed by zeros up to 16384 octets, more than any buffer for one holds.",
        [](Octets& s) { s.resize(16384); }, Result::invalid, {"SignatureSize", "SC023LargeSignature"});
    for (const std::size_t bit : {0, 7, 1024, 2047}) {
        add("signature, bit " + std::to_string(bit) + " flipped",
            "One bit of the signature is wrong; who ignores the outcome of the verification, or half of it, accepts it.",
            [bit](Octets& s) { s[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> (bit % 8)); }, Result::invalid,
            {"SignatureMismatch", "SC008ResultIgnored"});
    }
    cases.add("signature plus the modulus",
              "The number is the signature plus the modulus, which has the same power; RFC 8017, 5.2.2 wants it smaller than the modulus.",
              Result::invalid, {"SignatureSize"}, [] {
                  Field message = usual_message();
                  Octets& signature = at(message, of_signer("signature")).value;
                  // The modulus is the first INTEGER of the RSAPublicKey.
                  const Field info = read_field(signers().rsa2048.public_key_info());
                  const Octets& bits = info.inside[1].value;
                  const Field key = read_field(OctetsView(bits).subspan(1));
                  const Octets& modulus = key.inside[0].value;
                  Octets sum(signature.size() + 1);
                  std::uint32_t carry = 0;
                  for (std::size_t i = 0; i < sum.size(); ++i) {
                      const std::uint32_t a = i < signature.size() ? signature[signature.size() - 1 - i] : 0;
                      const std::uint32_t b = i < modulus.size() ? modulus[modulus.size() - 1 - i] : 0;
                      carry += a + b;
                      sum[sum.size() - 1 - i] = static_cast<std::uint8_t>(carry);
                      carry >>= 8;
                  }
                  if (sum.front() == 0) {
                      sum.erase(sum.begin());
                  }
                  signature = sum;
                  return write_field(message);
              });
    cases.add("signature by another key", "The signature is a good one, by the key of somebody who is not named.", Result::invalid,
              {"SignatureMismatch", "SC008ResultIgnored"}, [] {
                  Field message = usual_message();
                  sign_again(message, signers().other);
                  return write_field(message);
              });
    cases.add("signature of another message", "The signature is the same signer's, over other content.", Result::invalid,
              {"SignatureMismatch", "SC008ResultIgnored"}, [] {
                  Field message = usual_message();
                  Field other = read_signed_data(make_signed({.content = text("another content")}));
                  at(message, of_signer("signature")).value = at(other, of_signer("signature")).value;
                  return write_field(message);
              });
}

void algorithms(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags, const Octets& algorithm,
                         std::optional<Digest> signed_by = {}) {
        Case& out = cases.add(std::move(name), std::move(comment), result, std::move(flags), [&] {
            Field message = usual_message();
            at(message, of_signer("signatureAlgorithm")).instead = algorithm;
            if (signed_by) {
                sign_again(message, signers().rsa2048, *signed_by);
            }
            return write_field(message);
        });
        if (result != Result::invalid) {
            out.members["fields"] = usual_fields();
            out.members["fields"]["signatureAlgorithm"] = dotted(algorithm);
        }
    };
    namespace oids = scep::x509::oids;
    const auto null = [](const scep::der::OidConstant& oid) { return sequence({encoded(oid), tlv(tag::NULL_, {})}); };
    const auto absent = [](const scep::der::OidConstant& oid) { return sequence({encoded(oid)}); };
    add("rsaEncryption without parameters", "The parameters are absent where RFC 3370, 3.2 wants NULL; both are to be accepted.",
        Result::acceptable, {"OddParameters"}, absent(oids::rsaEncryption));
    add("sha256WithRSAEncryption without parameters", "The parameters are absent where RFC 4055, 5 wants NULL and says to accept both.",
        Result::valid, {}, absent(oids::sha256WithRSAEncryption));
    add("rsaEncryption with an OCTET STRING", "The parameters are something else than NULL.", Result::acceptable, {"OddParameters"},
        sequence({encoded(oids::rsaEncryption), octet_string({1, 2})}));
    add("combined OID of another digest", "signatureAlgorithm says SHA-512 and digestAlgorithm SHA-256; the signature is by SHA-256.",
        Result::invalid, {"DigestMismatch"}, null(oids::sha512WithRSAEncryption));
    add("combined OID of another digest, and signed so",
        "signatureAlgorithm says SHA-512 and was signed by it, digestAlgorithm and messageDigest are SHA-256; two digests in one "
        "SignerInfo that RFC 5754 does not foresee.",
        Result::acceptable, {"DigestMismatch"}, null(oids::sha512WithRSAEncryption), Digest::sha512);
    add("signatureAlgorithm is a digest", "signatureAlgorithm is SHA-256 and no signature at all, which some old toolkits wrote.",
        Result::acceptable, {"UnknownSignature"}, absent(oids::id_sha256));
    add("signatureAlgorithm is ECDSA", "signatureAlgorithm is ecdsa-with-SHA256 and the key is RSA.", Result::invalid, {"UnknownSignature"},
        absent(oids::ecdsa_with_SHA256));
    add("signatureAlgorithm is unknown", "signatureAlgorithm is an OID nobody knows; what cannot be verified is not verified.",
        Result::invalid, {"UnknownSignature"}, absent(scep::der::oid("1.3.6.1.4.1.99999.5")));
    add("signatureAlgorithm is DSA", "signatureAlgorithm is id-dsa and the key is RSA.", Result::invalid, {"UnknownSignature"},
        absent(oids::id_dsa));
    add("signatureAlgorithm is RSAES-OAEP", "signatureAlgorithm is one of encryption.", Result::invalid, {"UnknownSignature"},
        null(oids::id_RSAES_OAEP));
    add("signatureAlgorithm is PSS over a PKCS#1 signature",
        "signatureAlgorithm says PSS without parameters, the signature is PKCS#1 v1.5.", Result::invalid, {"UnknownSignature"},
        absent(oids::id_RSASSA_PSS));
}

} // namespace

void signed_rsa(Cases& cases) {
    Forgeries forgeries(cases);
    blocks(forgeries);
    infos(forgeries);
    sizes(cases);
    algorithms(cases);
}

} // namespace sceplab::vectors
