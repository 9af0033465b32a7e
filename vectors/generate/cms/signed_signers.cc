#include <vectors/generate/cms/signed.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

constexpr std::string_view signers_path = "SignedData.signerInfos";

Field signer_of(const SignedPlan& plan) {
    Field message = read_signed_data(make_signed(plan));
    return at(message, first_signer);
}

Field raw(const Octets& octets) {
    Field out;
    out.instead = octets;
    return out;
}

// The usual message with other elements in one of its lists.
std::function<Octets()> with(std::string_view path, const std::function<void(std::vector<Field>&)>& change) {
    return [path, change] {
        Field message = usual_message();
        change(at(message, path).inside);
        return write_field(message);
    };
}

void count(Cases& cases) {
    cases
        .add("no signer",
             "signerInfos is empty while content and certificates are there: nothing was verified, which is not the same as verified.",
             Result::invalid, {"NoSigner", "SC019NoSigner"}, with(signers_path, [](std::vector<Field>& all) { all.clear(); }))
        .members["where"] = std::string(signers_path);
    const auto both = [&](std::string name, std::string comment, bool second_first, bool broken, bool certificate) -> Case& {
        return cases.add(std::move(name), std::move(comment), broken || !certificate ? Result::invalid : Result::valid,
                         broken || !certificate ? std::vector<std::string>{"OneOfTwoSigners"} : std::vector<std::string>{}, [=] {
                             Field message = usual_message();
                             auto& all = at(message, signers_path).inside;
                             Field second = signer_of({.signer = &signers().other});
                             if (broken) {
                                 second.inside.back().value[20] ^= 1;
                             }
                             all.insert(second_first ? all.begin() : all.end(), second);
                             if (certificate) {
                                 at(message, "SignedData.certificates").inside.push_back(raw(certificate_of(signers().other)));
                             }
                             return write_field(message);
                         });
    };
    Json two = usual_fields();
    two["certificates"] = "2";
    both("two signers", "Two signers, both certificates inside, both signatures right.", false, false, true).members["fields"] = two;
    both("two signers, the second wrong",
         "The first signature is right, the second is not; who stops at the first success has not verified the message.", false, true,
         true);
    both("two signers, the first wrong", "The first signature is wrong, the second right; who keeps the last outcome reports success.",
         true, true, true);
    both("two signers, one certificate", "The second signer's certificate is not inside, so that signature cannot be verified here.", false,
         false, false);
    cases
        .add("twenty signers",
             "The same SignerInfo stands there twenty times: each costs an operation with a key, so a limit is a sensible answer.",
             Result::acceptable, {"ManyElements", "SC051Counts"},
             with(signers_path, [](std::vector<Field>& all) { all.resize(20, Field(all[0])); }))
        .members["fields"] = usual_fields();
}

void certificates(Cases& cases) {
    constexpr std::string_view path = "SignedData.certificates";
    const Octets own = certificate_of(signers().rsa2048);
    const auto add = [&](std::string name, std::string comment, Result result, const std::vector<Octets>& all) -> Case& {
        Case& out =
            cases.add(std::move(name), std::move(comment), result, {"SC025SignerSelection"}, with(path, [all](std::vector<Field>& list) {
                          list.clear();
                          for (const Octets& each : all) {
                              list.push_back(raw(each));
                          }
                      }));
        if (result != Result::invalid) {
            out.members["fields"] = usual_fields();
            out.members["fields"]["certificates"] = std::to_string(all.size());
        }
        return out;
    };
    // The name and number of the signer, and another's key.
    const Octets impostor =
        make({.issuer = &signers().rsa2048, .subject = signers().rsa2048.name(), .public_key_info = signers().other.public_key_info()});
    const Octets same_number =
        make({.issuer = &signers().other, .subject = signers().rsa2048.name(), .public_key_info = signers().rsa2048.public_key_info()});
    add("only another's certificate",
        "The one certificate inside is that of somebody else; who takes what is there finds no fitting key, who skips the check accepts "
        "it.",
        Result::invalid, {certificate_of(signers().other)});
    add("a certificate of the same name and number, another key",
        "sid names the certificate inside, but its key is not the one that signed.", Result::invalid, {impostor});
    add("two certificates of one name and number, the signer's first",
        "Issuer and serial number are those of two certificates, which no honest CA issues; the first has the key.", Result::acceptable,
        {own, impostor});
    add("two certificates of one name and number, the signer's last",
        "Issuer and serial number are those of two certificates; who looks at the first alone finds a wrong signature.", Result::acceptable,
        {impostor, own});
    add("a certificate of the same key by another issuer",
        "The key fits and the issuer does not: sid names no certificate inside, and a search by key is not what RFC 5652, 5.3 says.",
        Result::invalid, {same_number});
    add("a certificate of the same name and another number",
        "The issuer is right and the serial number is not; who compares one of the two takes it.", Result::invalid,
        {certificate_of(signers().rsa2048, 4661)});
    const auto with_key = [](const Octets& key_info) {
        return make({.issuer = &signers().rsa2048, .subject = signers().rsa2048.name(), .public_key_info = key_info});
    };
    const auto rsa_key = [&](const Octets& modulus, const Octets& exponent) {
        const Octets key = sequence({tlv(tag::INTEGER, modulus), tlv(tag::INTEGER, exponent)});
        return with_key(sequence(
            {sequence({encoded(scep::x509::oids::rsaEncryption), tlv(tag::NULL_, {})}), tlv(tag::BIT_STRING, joined({{0}, key}))}));
    };
    const auto odd_key = [&](std::string name, std::string comment, const Octets& certificate) {
        add(std::move(name), std::move(comment), Result::invalid, {certificate}).flags.emplace_back("SC049OddKey");
    };
    Octets modulus(257, 0x5b);
    modulus[0] = 0;
    modulus[1] = 0xc1;
    odd_key("the signer's key has e = 1", "With e = 1 the signature is the padded digest itself, so anybody makes one.",
            rsa_key(modulus, {1}));
    odd_key("the signer's key has e = 0", "With e = 0 every signature becomes 1.", rsa_key(modulus, {0}));
    Octets even = modulus;
    even.back() = 0x5a;
    odd_key("the signer's modulus is even",
            "An even modulus is no product of two odd primes; Montgomery's multiplication needs an odd one.", rsa_key(even, {1, 0, 1}));
    odd_key("the signer's modulus is zero", "The modulus is 0, and a division by it is due.", rsa_key({0}, {1, 0, 1}));
    odd_key("the signer's modulus is negative", "The modulus is a negative INTEGER, since a leading zero octet is missing.",
            rsa_key(Octets(modulus.begin() + 1, modulus.end()), {1, 0, 1}));
    odd_key("the signer's key is empty", "subjectPublicKey is a BIT STRING without any bit.",
            with_key(sequence({sequence({encoded(scep::x509::oids::rsaEncryption), tlv(tag::NULL_, {})}), tlv(tag::BIT_STRING, {0})})));
    odd_key("the signer's key has an unknown algorithm",
            "The key's algorithm is unknown, so that the signature cannot be verified; unknown is not verified.",
            with_key(sequence({sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.3"))}), tlv(tag::BIT_STRING, {0, 1, 2, 3})})));
    odd_key("the signer's key is of another kind", "The certificate has an EC key while the signature is of RSA.",
            with_key(signers().p256.public_key_info()));
    odd_key("the signer's point is not on the curve", "The EC key is a point that is not on P-256, where arithmetic leaks or crashes.",
            [&] {
                Octets info = signers().p256.public_key_info();
                info.back() ^= 1;
                return with_key(info);
            }());

    cases.add("subjectKeyIdentifier of nobody", "sid is a subjectKeyIdentifier that no certificate inside has.", Result::invalid,
              {"SC025SignerSelection"}, [] {
                  Field message = read_signed_data(make_signed({.sid = IdentifierForm::subjectKeyIdentifier}));
                  at(message, of_signer("sid")).value[0] ^= 1;
                  return write_field(message);
              });
    cases.add("subjectKeyIdentifier of no octets",
              "sid is an empty subjectKeyIdentifier; who compares as many octets as it has finds it equal to any.", Result::invalid,
              {"SC025SignerSelection"}, [] {
                  Field message = read_signed_data(make_signed({.sid = IdentifierForm::subjectKeyIdentifier}));
                  at(message, of_signer("sid")).value.clear();
                  return write_field(message);
              });
    for (const auto& [identifier, name] :
         {std::pair<std::uint8_t, const char*>{0x81, "[1]"}, {0x83, "[3]"}, {0xa0, "constructed [0]"}, {0x04, "OCTET STRING"}}) {
        cases.add(
            std::string("sid is ") + name,
            "sid is a CHOICE of SEQUENCE and [0]; another tag is none of them, and what frees the CHOICE must know that nothing was made.",
            Result::invalid, {"CmsWrongTag", "SC038Choice"}, [identifier] {
                Field message = read_signed_data(make_signed({.sid = IdentifierForm::subjectKeyIdentifier}));
                Field& sid = at(message, of_signer("sid"));
                sid.identifier = identifier;
                if (sid.constructed()) {
                    sid.inside.push_back(raw(octet_string(key_identifier(signers().rsa2048))));
                    sid.value.clear();
                }
                return write_field(message);
            });
        if (identifier != 0xa0) {
            cases.last().members["where"] = of_signer("sid");
        } else {
            // BER of [0] IMPLICIT OCTET STRING in one part.
            cases.last().result = Result::acceptable;
            cases.last().flags = {"CmsBerForm"};
            cases.last().comment =
                "subjectKeyIdentifier [0] is in constructed form, of one part: legal in BER, which few readers expect here.";
            cases.last().members["fields"] = expected({.sid = IdentifierForm::subjectKeyIdentifier});
        }
    }
}

void digests(Cases& cases) {
    const auto digest_algorithms = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags,
                                       const std::vector<Octets>& all) {
        Case& out = cases.add(std::move(name), std::move(comment), result, std::move(flags),
                              with("SignedData.digestAlgorithms", [all](std::vector<Field>& list) {
                                  list.clear();
                                  for (const Octets& each : all) {
                                      list.push_back(raw(each));
                                  }
                              }));
        if (result != Result::invalid) {
            out.members["fields"] = usual_fields();
        }
    };
    const Octets sha256 = digest_algorithm(Digest::sha256);
    const auto only = [](const scep::der::OidConstant& oid) { return sequence({encoded(oid)}); };
    digest_algorithms("digestAlgorithms without the signer's",
                      "Only SHA-1 is listed while the signer uses SHA-256; RFC 5652, 5.1 lets a verifier in one pass fail.",
                      Result::acceptable, {"DigestNotListed", "SC018EmptyDigestAlgorithms"}, {digest_algorithm(Digest::sha1)});
    digest_algorithms("digestAlgorithms of two", "SHA-1 and SHA-256 are listed, one of them is used.", Result::valid, {},
                      {digest_algorithm(Digest::sha1), sha256});
    digest_algorithms("digestAlgorithms with an unknown one", "An unknown digest is listed beside the one in use; it concerns nobody.",
                      Result::acceptable, {"UnknownDigest", "SC020UnknownDigest"}, {only(scep::der::oid("1.3.6.1.4.1.99999.4")), sha256});
    digest_algorithms("digestAlgorithms with NULL parameters",
                      "SHA-256 is listed with parameters NULL and used without; RFC 5754, 2 wants both to be accepted.", Result::valid, {},
                      {sequence({encoded(scep::x509::oids::id_sha256), tlv(tag::NULL_, {})})});
    digest_algorithms(
        "digestAlgorithms of 200",
        "The same digest is listed two hundred times: a reader that allocates for each, or compares each with each, has work.",
        Result::acceptable, {"ManyElements", "SC018EmptyDigestAlgorithms", "SC052SetSize"}, std::vector<Octets>(200, sha256));
    const auto signer_digest = [&](std::string name, std::string comment, std::vector<std::string> flags, const Octets& algorithm) {
        cases.add(std::move(name), std::move(comment), Result::invalid, std::move(flags), [&] {
            Field message = usual_message();
            at(message, of_signer("digestAlgorithm")).instead = algorithm;
            at(message, "SignedData.digestAlgorithms").inside = {raw(algorithm)};
            return write_field(message);
        });
    };
    signer_digest("unknown digest",
                  "digestAlgorithm is an OID nobody knows: the message cannot be verified, and a loop over known digests must end.",
                  {"UnknownDigest", "SC020UnknownDigest"}, only(scep::der::oid("1.3.6.1.4.1.99999.4")));
    signer_digest("digest MD2",
                  "digestAlgorithm is MD2, which libraries know by name and no longer compute: a digest of nothing is no digest.",
                  {"UnknownDigest", "SC020UnknownDigest"}, only(scep::der::oid("1.2.840.113549.2.2")));
    signer_digest("digest is a cipher", "digestAlgorithm is AES-128 in CBC mode.", {"UnknownDigest", "SC020UnknownDigest"},
                  only(scep::cms::oids::aes128_CBC));
    signer_digest("digest SHA-1 over SHA-256",
                  "digestAlgorithm says SHA-1, the digest and the signature are of SHA-256: length and DigestInfo disagree with it.",
                  {"DigestMismatch", "SC024DigestSize"}, digest_algorithm(Digest::sha1));
    signer_digest("digest SHA-512/256", "digestAlgorithm is SHA-512/256, whose digests are as long as those that are here.",
                  {"UnknownDigest", "DigestMismatch"}, only(scep::der::oid("2.16.840.1.101.3.4.2.6")));
    signer_digest("digest SHA3-256", "digestAlgorithm is SHA3-256, as long as the digest that is here and another.",
                  {"UnknownDigest", "DigestMismatch"}, only(scep::der::oid("2.16.840.1.101.3.4.2.8")));
    const Octets combined = sequence({encoded(scep::x509::oids::sha256WithRSAEncryption), tlv(tag::NULL_, {})});
    cases.add("digest is a signature algorithm",
              "digestAlgorithm is sha256WithRSAEncryption, which some senders write: it names a digest, but is none.", Result::acceptable,
              {"UnknownDigest"}, [&] {
                  Field message = usual_message();
                  at(message, of_signer("digestAlgorithm")).instead = combined;
                  at(message, "SignedData.digestAlgorithms").inside = {raw(combined)};
                  return write_field(message);
              });
    cases.last().members["fields"] = usual_fields();
    cases.last().members["fields"]["digestAlgorithm"] = dotted(combined);
    for (const Digest digest : {Digest::sha1, Digest::sha256}) {
        const bool sha1 = digest == Digest::sha1;
        SignedPlan plan{.digest = digest};
        plan.before = [&](scep::cms::SignedDataBuilder& builder) {
            builder.digest_algorithm =
                scep::cms::encode_algorithm(sha1 ? scep::x509::oids::id_sha1 : scep::x509::oids::id_sha256, scep::cms::Parameters::null);
        };
        Case& out = cases.add(
            std::string("digest ") + (sha1 ? "SHA-1" : "SHA-256") + " with NULL parameters",
            "The digest's parameters are NULL; RFC 5754, 2 wants them absent and both accepted.", sha1 ? Result::acceptable : Result::valid,
            sha1 ? std::vector<std::string>{"CmsWeakDigest"} : std::vector<std::string>{}, [&] { return make_signed(plan); });
        out.members["fields"] = expected(plan);
    }
    cases
        .add("digest with parameters", "SHA-256 has an OCTET STRING as parameters, which mean nothing.", Result::acceptable,
             {"OddParameters"},
             [] {
                 return make_signed({.before = [](scep::cms::SignedDataBuilder& builder) {
                     builder.digest_algorithm = sequence({encoded(scep::x509::oids::id_sha256), octet_string({1})});
                 }});
             })
        .members["fields"] = usual_fields();
}

void versions(Cases& cases) {
    struct Row {
        IdentifierForm sid;
        const char* name;
        std::int64_t usual;
    };
    const Row forms[] = {{IdentifierForm::issuerAndSerialNumber, "issuerAndSerialNumber", 1},
                         {IdentifierForm::subjectKeyIdentifier, "subjectKeyIdentifier", 3}};
    for (const Row& form : forms) {
        for (const std::int64_t version : {0, 1, 2, 3, 4, 5, 255}) {
            if (version == form.usual) {
                continue;
            }
            const auto add = [&](const char* member, bool outer) {
                Case& out = cases.add(std::string(member) + " version " + std::to_string(version) + " with " + form.name,
                                      std::string("The version of the ") + member + " is not what RFC 5652 computes from " + form.name +
                                          "; the tag says which form sid has, and who believes the number reads the wrong one.",
                                      Result::acceptable, {"CmsVersion", "SC054Versions"}, [&] {
                                          return make_signed({.sid = form.sid, .before = [&](scep::cms::SignedDataBuilder& builder) {
                                                                  builder.version = outer ? version : form.usual;
                                                                  builder.signer_info_version = outer ? form.usual : version;
                                                              }});
                                      });
                out.members["fields"] = expected({.sid = form.sid});
                if (outer) {
                    out.members["fields"]["version"] = std::to_string(version);
                }
            };
            add("SignedData", true);
            add("SignerInfo", false);
        }
    }
}

} // namespace

void signed_signers(Cases& cases) {
    count(cases);
    certificates(cases);
    digests(cases);
    versions(cases);
}

} // namespace sceplab::vectors
