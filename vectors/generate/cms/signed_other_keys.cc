#include <vectors/generate/cms/signed.h>

#include <scepcodec/x509/oids.h>

#include <botan/ec_group.h>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;
namespace oids = scep::x509::oids;

Octets magnitude(const Botan::BigInt& number) { return number.serialize<Octets>(); }

// INTEGER of a positive number.
Octets positive(const Botan::BigInt& number) {
    Octets content = magnitude(number);
    if (content.empty() || (content[0] & 0x80) != 0) {
        content.insert(content.begin(), 0);
    }
    return tlv(tag::INTEGER, content);
}

struct Pair {
    Botan::BigInt r;
    Botan::BigInt s;
    Botan::BigInt order;
};

void ecdsa(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, const std::function<Octets(const Pair&)>& signature,
                         Result result = Result::invalid, std::vector<std::string> flags = {"EcdsaSignature"}) {
        Case& out = cases.add(std::move(name), std::move(comment), result, std::move(flags), [&] {
            Field message = read_signed_data(make_signed({.signer = &signers().p256}));
            Octets& value = at(message, of_signer("signature")).value;
            const Field good = read_field(value);
            value = signature({Botan::BigInt::from_bytes(good.inside[0].value), Botan::BigInt::from_bytes(good.inside[1].value),
                               Botan::EC_Group::from_name("secp256r1").get_order()});
            return write_field(message);
        });
        if (result != Result::invalid) {
            out.members["fields"] = expected({.signer = &signers().p256});
        }
    };
    const auto of = [](const Botan::BigInt& r, const Botan::BigInt& s) { return sequence({positive(r), positive(s)}); };
    add("ECDSA, r = 0", "r is 0; SEC 1, 4.1.4 refuses it before any arithmetic, which otherwise verifies anything or divides by nothing.",
        [&](const Pair& p) { return of(0, p.s); });
    add("ECDSA, s = 0", "s is 0 and has no inverse.", [&](const Pair& p) { return of(p.r, 0); });
    add("ECDSA, r = s = 0", "Both are 0, the signature that CVE-2022-21449 took for good.", [&](const Pair&) { return of(0, 0); },
        Result::invalid, {"EcdsaSignature"});
    add("ECDSA, r = s = 1", "Both are 1.", [&](const Pair&) { return of(1, 1); });
    add("ECDSA, r = order", "r is the order of the group, 0 after reduction.", [&](const Pair& p) { return of(p.order, p.s); });
    add("ECDSA, s = order", "s is the order of the group, 0 after reduction.", [&](const Pair& p) { return of(p.r, p.order); });
    add("ECDSA, r = s = order", "Both are the order.", [&](const Pair& p) { return of(p.order, p.order); });
    add("ECDSA, r plus order", "r is too large by the order; after reduction it would fit.",
        [&](const Pair& p) { return of(p.r + p.order, p.s); });
    add("ECDSA, s plus order", "s is too large by the order; after reduction it would fit.",
        [&](const Pair& p) { return of(p.r, p.s + p.order); });
    add("ECDSA, r and s exchanged", "s stands first.", [&](const Pair& p) { return of(p.s, p.r); });
    add("ECDSA, s negated", "s is the order minus s, which verifies as well: signatures are malleable, and nothing here depends on that.",
        [&](const Pair& p) { return of(p.r, p.order - p.s); }, Result::valid, {});
    add("ECDSA, r negative", "r is the two's complement of itself: a sign that arithmetic on octets does not see.", [&](const Pair& p) {
        const Botan::BigInt modulus = Botan::BigInt::power_of_2(264);
        return sequence({tlv(tag::INTEGER, magnitude(modulus - p.r)), positive(p.s)});
    });
    add("ECDSA, r without its sign octet",
        "r starts with a bit set and no zero octet before it, which makes it negative; some signers write it.", [&](const Pair& p) {
            Octets r = magnitude(p.r);
            r[0] |= 0x80;
            return sequence({tlv(tag::INTEGER, r), positive(p.s)});
        });
    add("ECDSA, r with a superfluous zero octet", "r has a zero octet too many before it: no DER, and the same number.",
        [&](const Pair& p) { return sequence({tlv(tag::INTEGER, joined({{0, 0}, magnitude(p.r)})), positive(p.s)}); }, Result::acceptable,
        {"EcdsaSignature", "CmsLongLength"});
    add("ECDSA, long lengths", "The SEQUENCE has its length in two octets: BER where SEC 1 has DER.",
        [&](const Pair& p) {
            Octets good = of(p.r, p.s);
            good.insert(good.begin() + 1, 0x81);
            return good;
        },
        Result::acceptable, {"EcdsaSignature", "CmsLongLength"});
    add("ECDSA, indefinite length", "30 80 r s 00 00.",
        [&](const Pair& p) { return joined({{0x30, 0x80}, positive(p.r), positive(p.s), {0, 0}}); }, Result::acceptable,
        {"EcdsaSignature", "CmsBerForm"});
    add("ECDSA, octets after the SEQUENCE",
        "Two octets follow the SEQUENCE within the signature, free for whoever wants the message to have another digest.",
        [&](const Pair& p) { return joined({of(p.r, p.s), {5, 0}}); });
    add("ECDSA, a third member", "A NULL stands after s within the SEQUENCE.",
        [&](const Pair& p) { return sequence({positive(p.r), positive(p.s), tlv(tag::NULL_, {})}); });
    add("ECDSA, s left out", "Only r is there.", [&](const Pair& p) { return sequence({positive(p.r)}); });
    add("ECDSA, an empty SEQUENCE", "Neither r nor s is there.", [&](const Pair&) { return sequence({}); });
    add("ECDSA, empty", "The signature has no octets.", [&](const Pair&) { return Octets{}; });
    add("ECDSA, INTEGERs of no octets", "r and s have no octets, which some readers take for 0.",
        [&](const Pair&) { return sequence({tlv(tag::INTEGER, {}), tlv(tag::INTEGER, {})}); });
    add("ECDSA, r and s as OCTET STRINGs", "The right numbers have the wrong type.",
        [&](const Pair& p) { return sequence({octet_string(magnitude(p.r)), octet_string(magnitude(p.s))}); });
    add("ECDSA, r and s side by side", "64 octets, r and s without ASN.1, as JOSE and PKCS#11 have them.",
        [&](const Pair& p) { return joined({p.r.serialize<Octets>(32), p.s.serialize<Octets>(32)}); });
    add("ECDSA, a SET", "r and s stand in a SET.", [&](const Pair& p) { return set({positive(p.r), positive(p.s)}); });
    add("ECDSA, numbers of 1000 octets", "r and s are far larger than the group.",
        [&](const Pair&) { return sequence({tlv(tag::INTEGER, Octets(1000, 0x7f)), tlv(tag::INTEGER, Octets(1000, 0x7f))}); },
        Result::invalid, {"EcdsaSignature", "SC023LargeSignature"});
    add("ECDSA, one bit flipped", "One bit of s is wrong.", [&](const Pair& p) { return of(p.r, p.s.get_bit(2) ? p.s - 4 : p.s + 4); });

    const auto algorithm = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags, const Octets& octets) {
        Case& out = cases.add(std::move(name), std::move(comment), result, std::move(flags), [&] {
            Field message = read_signed_data(make_signed({.signer = &signers().p256}));
            at(message, of_signer("signatureAlgorithm")).instead = octets;
            return write_field(message);
        });
        if (result != Result::invalid) {
            out.members["fields"] = expected({.signer = &signers().p256});
            out.members["fields"]["signatureAlgorithm"] = dotted(octets);
        }
    };
    algorithm("ECDSA with NULL parameters", "ecdsa-with-SHA256 has NULL where RFC 5754, 3.3 wants nothing.", Result::acceptable,
              {"OddParameters"}, sequence({encoded(oids::ecdsa_with_SHA256), tlv(tag::NULL_, {})}));
    algorithm("ECDSA under id-ecPublicKey", "signatureAlgorithm is the key's OID and names no digest, as old senders write.",
              Result::acceptable, {"OddParameters"}, sequence({encoded(oids::id_ecPublicKey)}));
    algorithm("ECDSA under the OID of another digest", "signatureAlgorithm says SHA-384 over a signature of SHA-256.", Result::invalid,
              {"DigestMismatch"}, sequence({encoded(oids::ecdsa_with_SHA384)}));
    algorithm("ECDSA under an RSA algorithm", "signatureAlgorithm is sha256WithRSAEncryption and the key is EC.", Result::invalid,
              {"UnknownSignature"}, sequence({encoded(oids::sha256WithRSAEncryption), tlv(tag::NULL_, {})}));
}

Octets hash(const scep::der::OidConstant& oid) { return sequence({encoded(oid), tlv(tag::NULL_, {})}); }
Octets mgf1(const scep::der::OidConstant& oid) { return sequence({encoded(oids::id_mgf1), hash(oid)}); }

void pss(Cases& cases) {
    // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0], maskGenAlgorithm [1], saltLength [2], trailerField [3] }   RFC 4055, 3.1
    const auto add = [&](std::string name, std::string comment, Result result, const Octets& parameters, Digest digest = Digest::sha256) {
        const SignedPlan plan{.digest = digest, .scheme = SignatureScheme::RSASSA_PSS};
        Case& out = cases.add(std::move(name), std::move(comment), result, {"PssParameters", "SC031AlgorithmParameters"}, [&] {
            Field message = read_signed_data(make_signed(plan));
            at(message, of_signer("signatureAlgorithm")).instead = sequence({encoded(oids::id_RSASSA_PSS), parameters});
            return write_field(message);
        });
        if (result != Result::invalid) {
            out.members["fields"] = expected(plan);
        }
    };
    const Octets sha256 = context(0, hash(oids::id_sha256));
    const Octets mask = context(1, mgf1(oids::id_sha256));
    const Octets salt = context(2, integer(32));
    add("PSS without parameters",
        "The parameters are absent; in a signature RFC 4055, 3.1 wants them, and their defaults, SHA-1, do not fit.", Result::invalid, {});
    add("PSS with NULL", "The parameters are NULL, so there is nothing to read a hash from.", Result::invalid, tlv(tag::NULL_, {}));
    add("PSS with an empty SEQUENCE", "All members have their defaults, SHA-1 and a salt of 20 octets, which do not fit the signature.",
        Result::invalid, sequence({}));
    add("PSS by SHA-1 with an empty SEQUENCE", "All members have their defaults, and the signature fits them.", Result::acceptable,
        sequence({}), Digest::sha1);
    add("PSS without hashAlgorithm", "The hash has its default, SHA-1, beside a mask generation with SHA-256.", Result::invalid,
        sequence({mask, salt}));
    add("PSS without maskGenAlgorithm", "The mask generation has its default, MGF1 with SHA-1.", Result::invalid, sequence({sha256, salt}));
    add("PSS without saltLength", "The salt has its default, 20 octets, and is 32 octets long.", Result::invalid, sequence({sha256, mask}));
    add("PSS with saltLength 0", "The parameters say that there is no salt.", Result::invalid,
        sequence({sha256, mask, context(2, integer(0))}));
    add("PSS with saltLength -1", "A negative salt length, which some interfaces take to mean any.", Result::invalid,
        sequence({sha256, mask, context(2, integer(-1))}));
    add("PSS with saltLength 2^31", "A salt length that overflows an int.", Result::invalid,
        sequence({sha256, mask, context(2, integer(2147483648))}));
    add("PSS with saltLength 1000", "A salt longer than the modulus.", Result::invalid,
        sequence({sha256, mask, context(2, integer(1000))}));
    add("PSS with trailerField 1", "The default trailer is written, which DER leaves out.", Result::acceptable,
        sequence({sha256, mask, salt, context(3, integer(1))}));
    add("PSS with trailerField 2", "Another trailer than the only one that there is.", Result::invalid,
        sequence({sha256, mask, salt, context(3, integer(2))}));
    add("PSS with another hash", "The hash is SHA-512, the signature by SHA-256.", Result::invalid,
        sequence({context(0, hash(oids::id_sha512)), mask, salt}));
    add("PSS with another mask hash", "The mask generation is said to be by SHA-1 and was by SHA-256.", Result::invalid,
        sequence({sha256, context(1, mgf1(oids::id_sha1)), salt}));
    add("PSS with MGF1 without parameters", "The mask generation names no hash; who looks at its parameters looks at nothing.",
        Result::invalid, sequence({sha256, context(1, sequence({encoded(oids::id_mgf1)})), salt}));
    add("PSS with an unknown mask generation", "The mask generation is an OID nobody knows.", Result::invalid,
        sequence({sha256, context(1, sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.6")), hash(oids::id_sha256)})), salt}));
    add("PSS with hashes without NULL", "The AlgorithmIdentifiers of SHA-256 have no parameters; RFC 4055, 2.1 wants both forms accepted.",
        Result::valid,
        sequence({context(0, sequence({encoded(oids::id_sha256)})),
                  context(1, sequence({encoded(oids::id_mgf1), sequence({encoded(oids::id_sha256)})})), salt}));
    cases.last().flags.clear();
    add("PSS with members out of order", "saltLength stands before maskGenAlgorithm.", Result::invalid, sequence({sha256, salt, mask}));
    add("PSS with an empty [0]", "hashAlgorithm's tag is there and holds nothing.", Result::invalid,
        sequence({context(0, {}), mask, salt}));
}

} // namespace

void signed_other_keys(Cases& cases) {
    ecdsa(cases);
    pss(cases);
}

} // namespace sceplab::vectors
