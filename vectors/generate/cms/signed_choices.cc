#include <vectors/generate/cms/signed.h>
#include <vectors/generate/cms/twins.h>

#include <scepcodec/x509/oids.h>

#include <array>

namespace sceplab::vectors {

namespace {

struct DigestRow {
    Digest digest;
    const char* name;
};
constexpr std::array digests{DigestRow{Digest::md5, "MD5"},        DigestRow{Digest::sha1, "SHA-1"},
                             DigestRow{Digest::sha224, "SHA-224"}, DigestRow{Digest::sha256, "SHA-256"},
                             DigestRow{Digest::sha384, "SHA-384"}, DigestRow{Digest::sha512, "SHA-512"}};

struct SchemeRow {
    SignatureScheme scheme;
    const char* name;
    const char* comment;
};
constexpr std::array schemes{
    SchemeRow{SignatureScheme::rsaEncryption, "rsaEncryption",
              "signatureAlgorithm says rsaEncryption, so the digest is that of digestAlgorithm alone (RFC 3370, 3.2)."},
    SchemeRow{SignatureScheme::hashWithRSAEncryption, "combined OID",
              "signatureAlgorithm names digest and RSA in one OID (RFC 5754, 3.2), which has to agree with digestAlgorithm."},
    SchemeRow{SignatureScheme::RSASSA_PSS, "PSS",
              "RSASSA-PSS, whose parameters name the digest, the mask generation and the salt (RFC 4056)."},
};

// MD5 and SHA-1 are met in old devices; nobody has to take them today.
bool is_weak(Digest digest) { return digest == Digest::md5 || digest == Digest::sha1; }

Case& add(Cases& cases, std::string name, std::string comment, const SignedPlan& plan) {
    const bool weak = is_weak(plan.digest);
    Case& out = cases.add(std::move(name), std::move(comment), weak ? Result::acceptable : Result::valid,
                          weak ? std::vector<std::string>{"CmsWeakDigest"} : std::vector<std::string>{}, [&] { return make_signed(plan); });
    out.members["fields"] = expected(plan);
    return out;
}

void algorithms(Cases& cases) {
    for (const DigestRow& digest : digests) {
        for (const SchemeRow& scheme : schemes) {
            if (digest.digest == Digest::md5 && scheme.scheme == SignatureScheme::RSASSA_PSS) {
                continue;
            }
            add(cases, std::string("RSA 2048, ") + scheme.name + ", " + digest.name,
                std::string(scheme.comment) + " The digest is " + digest.name + '.', {.digest = digest.digest, .scheme = scheme.scheme});
        }
    }
    struct KeyRow {
        const Party* key;
        const char* name;
    };
    const std::array rsa_keys{KeyRow{&signers().rsa3072, "RSA 3072"}, KeyRow{&signers().rsa4096, "RSA 4096"},
                              KeyRow{&signers().rsa_e3, "RSA 2048 with e = 3"}};
    for (const KeyRow& key : rsa_keys) {
        for (const Digest digest : {Digest::sha256, Digest::sha512}) {
            add(cases, std::string(key.name) + ", " + digests[static_cast<std::size_t>(digest)].name,
                std::string("The signature is as long as the modulus of the signer's key, ") + key.name + ", whatever the digest.",
                {.signer = key.key, .digest = digest});
        }
    }
    add(cases, "RSA 3072, PSS, SHA-384", "PSS with another key size than 2048: the salt stays as long as the digest.",
        {.signer = &signers().rsa3072, .digest = Digest::sha384, .scheme = SignatureScheme::RSASSA_PSS});
    add(cases, "RSA 4096, PSS, SHA-512", "PSS with the largest key and digest.",
        {.signer = &signers().rsa4096, .digest = Digest::sha512, .scheme = SignatureScheme::RSASSA_PSS});
    const std::array ec_keys{KeyRow{&signers().p256, "P-256"}, KeyRow{&signers().p384, "P-384"}, KeyRow{&signers().p521, "P-521"}};
    for (const KeyRow& key : ec_keys) {
        for (const DigestRow& digest : digests) {
            if (digest.digest != Digest::md5) {
                add(cases, std::string("ECDSA ") + key.name + ", " + digest.name,
                    std::string("ECDSA (RFC 5754, 3.3): the digest ") + digest.name +
                        " is cut to the size of the curve's order, or is shorter than it; r and s stand in a SEQUENCE.",
                    {.signer = key.key, .digest = digest.digest});
            }
        }
    }
}

void identifiers(Cases& cases) {
    for (const Party* key : {&signers().rsa2048, &signers().p256}) {
        const std::string name = key == &signers().p256 ? "P-256" : "RSA";
        add(cases, "subjectKeyIdentifier, " + name,
            "sid is [0] subjectKeyIdentifier, so both versions are 3 (RFC 5652, 5.1, 5.3) and the certificate is found by its extension.",
            {.signer = key, .sid = IdentifierForm::subjectKeyIdentifier});
    }
    for (const std::int64_t serial : {0x7f, 0x80, 0xff, 0x7fffffff}) {
        SignedPlan plan;
        plan.certificate = certificate_of(signers().rsa2048, serial);
        add(cases, "serialNumber " + std::to_string(serial),
            "The serial number is at an edge where a leading zero octet comes or goes; it is compared as a number, or octet by octet.",
            plan);
    }
}

void contents(Cases& cases) {
    const auto content = [&](std::string name, std::string comment, const std::optional<Octets>& octets) {
        add(cases, std::move(name), std::move(comment), {.content = octets});
    };
    content("content absent", "There is no eContent, as in a CertRep of FAILURE or PENDING; messageDigest is that of no octets.",
            std::nullopt);
    content("content empty", "eContent is an OCTET STRING of no octets, which is not the same as none: the digest is, the encoding is not.",
            Octets{});
    content("content of one zero octet", "The content is 00: neither empty nor the end of a string.", Octets{0});
    content("content with a zero octet inside", "Text with a NUL in the middle; a reader of C strings digests the first half.",
            Octets{'a', 'b', 0, 'c', 'd'});
    content("content that looks like ends of contents",
            "The content is four zero octets, which a reader of indefinite lengths must not take for ends.", Octets(4, 0));
    content("content that looks like a SET",
            "The content starts with 31, as signedAttrs do when they are signed; it is content all the same.",
            set({sequence({integer(1)})}));
    for (const std::size_t size : {55, 56, 63, 64, 65, 127, 128, 255, 256}) {
        content("content of " + counted(size, "octet") + "",
                "The content ends near the end of a block of the digest, or needs a longer form of length.", Octets(size, 0x5a));
    }
    content("content of 4096 octets", "Longer than the buffers that streams use by habit.", Octets(4096, 0x5a));
    const auto typed = [&](const char* name, const scep::der::OidConstant& type, const char* comment) {
        add(cases, std::string("eContentType ") + name, comment, {.type = type});
    };
    typed(
        "id-signedData", scep::der::oid("1.2.840.113549.1.7.2"),
        "The content is said to be another SignedData, so the version is 3 and signedAttrs are a must; whether it is one is asked later.");
    typed("id-ct-TSTInfo", scep::der::oid("1.2.840.113549.1.9.16.1.4"),
          "The content has a type of another protocol; the signature is good, what it means is for who asked.");
    typed("of large arcs", scep::der::oid("2.999.4294967295.1"),
          "The eContentType has an arc of 32 bits all set, which signed arithmetic makes negative.");
}

void unsigned_parts(Cases& cases) {
    const auto unsigned_attribute = [](const scep::der::OidConstant& type) {
        return [type](scep::cms::SignedDataBuilder& builder) {
            builder.unsigned_attrs = {scep::cms::encode_attribute(type, octet_string(text("nobody signed this")))};
        };
    };
    SignedPlan plan;
    plan.before = unsigned_attribute(scep::der::oid("1.2.840.113549.1.9.16.2.14"));
    add(cases, "an unsigned attribute",
        "unsignedAttrs hold what looks like a time stamp; nothing depends on it, and it must not be read as signed.", plan);
    plan.before = unsigned_attribute(scep::der::oid("1.2.840.113549.1.9.4"));
    Case& digest = add(cases, "messageDigest unsigned, too",
                       "A messageDigest stands among the unsignedAttrs beside the signed one; RFC 5652, 11.2 forbids it there, and it must "
                       "not be compared.",
                       plan);
    digest.result = Result::acceptable;
    digest.flags = {"AttributeMisplaced"};
    plan.before = [](scep::cms::SignedDataBuilder& builder) {
        builder.signed_attrs = {scep::cms::encode_attribute(scep::der::oid("1.3.6.1.4.1.99999.2"), integer(7))};
    };
    add(cases, "an unknown signed attribute",
        "A signed attribute of a private type; unknown attributes are kept in the digest and passed over.", plan);
    plan.before = [](scep::cms::SignedDataBuilder& builder) {
        builder.signed_attrs = {scep::cms::encode_attribute(scep::der::oid("1.3.6.1.4.1.99999.2"),
                                                            std::vector<Octets>{integer(1), integer(2), octet_string({})})};
    };
    add(cases, "an attribute of several values", "attrValues is a SET OF; three values of an unknown type are as good as one.", plan);
    plan.before = [](scep::cms::SignedDataBuilder& builder) {
        for (int i = 0; i < 40; ++i) {
            builder.signed_attrs.push_back(scep::cms::encode_attribute(scep::der::oid("1.3.6.1.4.1.99999.2"), integer(i)));
        }
    };
    Case& forty = add(cases, "forty attributes of one type",
                      "Unknown attributes, many and alike: the set is longer than usual and sorted by the values.", plan);
    forty.result = Result::acceptable;
    forty.flags = {"ManyElements"};
    plan.before = [](scep::cms::SignedDataBuilder& builder) { builder.crls = {make_crl(parties().ca)}; };
    add(cases, "with a CRL", "crls stands between certificates and signerInfos; a reader that does not know [1] goes wrong at the signers.",
        plan)
        .members["fields"]["crls"] = "1";
    plan.before = [](scep::cms::SignedDataBuilder& builder) {
        builder.certificates = {Laboratory::ca_certificate(), certificate_of(signers().other)};
    };
    add(cases, "three certificates", "The signer's is one of three, and not the first; it is found by the sid.", plan)
        .members["fields"]["certificates"] = "3";
}

} // namespace

void signed_choices(Cases& cases) {
    algorithms(cases);
    identifiers(cases);
    contents(cases);
    unsigned_parts(cases);
    struct TwinRow {
        const char* name;
        SignedPlan plan;
    };
    const std::array messages{TwinRow{"", {.content = text("content long enough to be in several parts of sixteen octets")}},
                              TwinRow{"subjectKeyIdentifier, ",
                                      {.signer = &signers().p256,
                                       .sid = IdentifierForm::subjectKeyIdentifier,
                                       .content = text("content in parts of several sizes")}}};
    for (const TwinRow& row : messages) {
        for (const TwinForm& form : twin_forms()) {
            cases
                .add(row.name + std::string(form.name), std::string(form.comment) + " The signature is the one over DER.", form.result,
                     form.result == Result::valid ? std::vector<std::string>{} : std::vector<std::string>{"CmsLongLength"},
                     [&] { return twin(read_signed_data(make_signed(row.plan)), form); })
                .members["fields"] = expected(row.plan);
        }
    }
    for (const TwinForm& form : twin_forms_without_content()) {
        SignedPlan plan;
        plan.content = std::nullopt;
        cases
            .add("content absent, " + std::string(form.name),
                 std::string(form.comment) + " There is no eContent, so nothing else is in parts.", form.result,
                 form.result == Result::valid ? std::vector<std::string>{} : std::vector<std::string>{"CmsLongLength"},
                 [&] { return twin(read_signed_data(make_signed(plan)), form); })
            .members["fields"] = expected(plan);
    }
    SignedPlan empty;
    empty.content = Octets{};
    const auto no_parts = [&](std::string name, std::string comment, std::vector<std::size_t> parts, Framing framing) {
        cases
            .valid(std::move(name), std::move(comment),
                   [&] {
                       Field message = read_signed_data(make_signed(empty));
                       Field& content = at(message, "SignedData.encapContentInfo.eContent.value");
                       content.parts = std::move(parts);
                       content.framing = framing;
                       if (content.parts.empty()) {
                           content.instead = framing == Framing::indefinite ? Octets{0x24, 0x80, 0, 0} : Octets{0x24, 0};
                       }
                       return write_field(message);
                   })
            .members["fields"] = expected(empty);
    };
    no_parts("empty content of no parts", "24 00: a constructed string of no parts is an empty string.", {}, Framing::der);
    no_parts("empty content of no parts, indefinite",
             "24 80 00 00: a constructed string that ends at once, as streams write that had nothing.", {}, Framing::indefinite);
    no_parts("empty content of one empty part", "24 02 04 00: one part of no octets.", {0}, Framing::der);
    no_parts("empty content of three empty parts", "Three parts and not one octet in them.", {0, 0, 0}, Framing::indefinite);
}

} // namespace sceplab::vectors
