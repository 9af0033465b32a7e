#include <vectors/generate/cms/cases.h>
#include <vectors/generate/cms/material.h>
#include <vectors/generate/cms/twins.h>
#include <vectors/generate/families.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/cms/oids.h>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

const Octets& leaf() {
    static const Octets octets = Laboratory::issued(signers().rsa2048);
    return octets;
}
const Octets& ca() { return Laboratory::ca_certificate(); }
const Octets& crl() {
    static const Octets octets = make_crl(parties().ca);
    return octets;
}

Json fields_of(const std::vector<Octets>& certificates, const std::vector<Octets>& crls = {}) {
    Json out = {{"certificates", Json::array()}, {"crls", Json::array()}};
    for (const Octets& each : certificates) {
        out["certificates"].push_back(hex(scep::botan::sha256(each)));
    }
    for (const Octets& each : crls) {
        out["crls"].push_back(hex(scep::botan::sha256(each)));
    }
    return out;
}

// The members of a SignedData, encoded, each to be exchanged.
struct Parts {
    Octets content_type = encoded(scep::cms::oids::id_signedData);
    Octets version = integer(1);
    Octets digest_algorithms = set({});
    Octets encap_content_info = sequence({encoded(scep::cms::oids::id_data)});
    Octets certificates = context(0, leaf());
    Octets crls = {};
    Octets signer_infos = set({});

    [[nodiscard]] Octets whole() const {
        return sequence(
            {content_type, context(0, sequence({version, digest_algorithms, encap_content_info, certificates, crls, signer_infos}))});
    }
};
std::function<Octets()> with(const std::function<void(Parts&)>& change) {
    return [change] {
        Parts parts;
        change(parts);
        return parts.whole();
    };
}

void well_formed(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, const std::vector<Octets>& certificates, const std::vector<Octets>& crls) {
        cases.valid(std::move(name), std::move(comment), [&] { return scep::cms::encode_certificates_only(certificates, crls); })
            .members["fields"] = fields_of(certificates, crls);
    };
    std::vector<Octets> sorted{leaf(), ca()};
    std::ranges::sort(sorted, [](const Octets& a, const Octets& b) { return a < b; });
    add("one certificate", "The answer to an enrolment at its least: the issued certificate alone.", {leaf()}, {});
    add("two certificates",
        "The issued certificate and its CA's, in the order of their encodings that a SET OF has in DER; the leaf is found by its names, "
        "not by its place.",
        sorted, {});
    add("a CRL alone", "The answer to GetCRL: no certificates field at all; a reader that asks for a certificate first refuses it.", {},
        {crl()});
    add("a certificate and a CRL", "Both fields are there; tags [0] and [1] tell them apart, not their places.", {leaf()}, {crl()});
    add("an EC certificate", "The key inside is no RSA key, which is nobody's business here.", {certificate_of(signers().p256)}, {});

    std::vector<Octets> unsorted{sorted[1], sorted[0]};
    cases
        .add("two certificates, unsorted",
             "The certificates stand in another order than DER asks of a SET OF, as many CAs send them, leaf first.", Result::acceptable,
             {"CmsUnsortedSetOf"}, with([&](Parts& parts) { parts.certificates = context(0, joined(unsorted)); }))
        .members["fields"] = fields_of(unsorted);
    cases
        .add("the same certificate twice",
             "A SET OF may hold an element twice; whoever counts certificates to find the chain counts wrong.", Result::acceptable,
             {"ElementTwice"}, with([&](Parts& parts) { parts.certificates = context(0, joined({leaf(), leaf()})); }))
        .members["fields"] = fields_of({leaf(), leaf()});
    cases
        .add("empty fields", "Neither a certificate nor a CRL: a well formed SignedData that answers nothing.", Result::acceptable,
             {"NothingInside"}, with([](Parts& parts) { parts.certificates = {}; }))
        .members["fields"] = fields_of({});
    cases
        .add("certificates is there and empty",
             "A [0] of no octets is a SET OF of no elements; the first element is not there to be looked at.", Result::acceptable,
             {"NothingInside"}, with([](Parts& parts) { parts.certificates = context(0, {}); }))
        .members["fields"] = fields_of({});
    cases
        .add("crls is there and empty", "A [1] of no octets beside a certificate; the first CRL is not there to be looked at.",
             Result::acceptable, {"NothingInside"}, with([](Parts& parts) { parts.crls = context(1, {}); }))
        .members["fields"] = fields_of({leaf()});
    cases
        .add("fifty certificates", "More certificates than any chain has: a limit is a sensible answer, a crash is none.",
             Result::acceptable, {"ManyElements"}, with([](Parts& parts) {
                 Octets all;
                 for (int i = 0; i < 50; ++i) {
                     const Octets each = certificate_of(signers().p256, 1000 + i);
                     all.insert(all.end(), each.begin(), each.end());
                 }
                 parts.certificates = context(0, all);
             }))
        .members["fields"] = [] {
        std::vector<Octets> all;
        for (int i = 0; i < 50; ++i) {
            all.push_back(certificate_of(signers().p256, 1000 + i));
        }
        return fields_of(all);
    }();
}

void versions(Cases& cases) {
    for (const int version : {0, 2, 3, 4, 5, 127, -1}) {
        cases
            .add("version " + std::to_string(version),
                 "RFC 5652, 5.1 computes version 1 for this content; a reader has no need to believe the number, and none to refuse it.",
                 Result::acceptable, {"CmsVersion"}, with([&](Parts& parts) { parts.version = integer(version); }))
            .members["fields"] = fields_of({leaf()});
    }
    cases
        .add("version of nine octets", "The version does not fit a machine word; whoever reads it as one reads 1.", Result::acceptable,
             {"CmsVersion"}, with([](Parts& parts) { parts.version = tlv(tag::INTEGER, {1, 0, 0, 0, 0, 0, 0, 0, 1}); }))
        .members["fields"] = fields_of({leaf()});
}

void not_degenerate(Cases& cases) {
    cases
        .add("a signer is there",
             "Somebody has signed it, so it is no certificates-only message; whoever takes it for one drops the signature unseen.",
             Result::invalid, {"NotDegenerate"}, [] { return make_signed({.content = std::nullopt}); })
        .members["where"] = "SignedData.signerInfos";
    cases
        .add("content and no signer",
             "Content that nobody has signed, in a message that should hold none; shown to a user it reads as signed.", Result::invalid,
             {"NotDegenerate", "NoSigner"}, with([](Parts& parts) {
                 parts.encap_content_info = sequence({encoded(scep::cms::oids::id_data), context(0, octet_string(text("unsigned")))});
             }))
        .members["where"] = "SignedData.encapContentInfo.eContent";
    cases
        .add("empty content and no signer",
             "eContent is an OCTET STRING of no octets where RFC 5652, 5.2 wants it left out; some senders write it.", Result::acceptable,
             {"CmsEmptyContent"}, with([](Parts& parts) {
                 parts.encap_content_info = sequence({encoded(scep::cms::oids::id_data), context(0, octet_string({}))});
             }))
        .members["fields"] = fields_of({leaf()});
    cases
        .add("a digest algorithm and no signer",
             "digestAlgorithms names SHA-256 though nobody signs; RFC 5652, 5.1 allows any number of them.", Result::acceptable,
             {"UnusedDigest"}, with([](Parts& parts) { parts.digest_algorithms = set({digest_algorithm(Digest::sha256)}); }))
        .members["fields"] = fields_of({leaf()});
    cases
        .add("eContentType is id-signedData",
             "The type of the absent content is not id-data, as RFC 5652, 5.2 asks of a degenerate message.", Result::acceptable,
             {"ContentTypeMismatch"},
             with([](Parts& parts) { parts.encap_content_info = sequence({encoded(scep::cms::oids::id_signedData)}); }))
        .members["fields"] = fields_of({leaf()});
}

void other_content(Cases& cases) {
    struct Row {
        const char* name;
        scep::der::OidConstant type;
    };
    const Row types[] = {{"id-data", scep::der::oid("1.2.840.113549.1.7.1")},
                         {"id-envelopedData", scep::der::oid("1.2.840.113549.1.7.3")},
                         {"signedAndEnvelopedData", scep::der::oid("1.2.840.113549.1.7.4")},
                         {"id-digestedData", scep::der::oid("1.2.840.113549.1.7.5")},
                         {"id-encryptedData", scep::der::oid("1.2.840.113549.1.7.6")},
                         {"id-ct-authData", scep::der::oid("1.2.840.113549.1.9.16.1.2")},
                         {"id-ct-authEnvelopedData", scep::der::oid("1.2.840.113549.1.9.16.1.23")},
                         {"an unknown OID", scep::der::oid("1.3.6.1.4.1.99999.1")}};
    for (const Row& row : types) {
        cases
            .add(std::string("contentType is ") + row.name,
                 "The ContentInfo says that it is no SignedData, whatever the octets inside look like; a parser that assumes SignedData "
                 "reads another structure.",
                 Result::invalid, {"UnexpectedContentType"}, with([&](Parts& parts) { parts.content_type = encoded(row.type); }))
            .members["where"] = "ContentInfo.contentType";
    }
    cases.add("a bare certificate", "One certificate without CMS around it, which answers GetCACert alone.", Result::invalid,
              {"UnexpectedContentType"}, [] { return leaf(); });
    cases.add("PEM", "The text form of the message; the octets are the characters of base64.", Result::invalid, {"NotBinary"}, [] {
        const std::string pem = "-----BEGIN PKCS7-----\n" + base64(Parts{}.whole()) + "\n-----END PKCS7-----\n";
        return Octets(pem.begin(), pem.end());
    });
    cases.add("base64", "The message in base64, as a reply that was encoded once too often.", Result::invalid, {"NotBinary"}, [] {
        const std::string characters = base64(Parts{}.whole());
        return Octets(characters.begin(), characters.end());
    });
    cases.add("HTML", "A page of a server that knows no SCEP, under the right media type.", Result::invalid, {"NotBinary"},
              [] { return text("<html><body>It works!</body></html>\n"); });
    cases.add("no octets", "An empty answer.", Result::invalid, {"CmsTruncated"}, [] { return Octets{}; });
}

void choices(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags, const Octets& certificates) {
        return &cases.add(std::move(name), std::move(comment), result, std::move(flags),
                          with([&](Parts& parts) { parts.certificates = context(0, certificates); }));
    };
    const Octets attribute_certificate = tlv(tag::context_constructed(2), sequence({integer(1)}));
    add("an attribute certificate",
        "[2] is an AttributeCertificateV2: no Certificate, and no reason to fail where the others are what is wanted.", Result::acceptable,
        {"OtherChoice"}, joined({leaf(), attribute_certificate}));
    const Octets other = tlv(tag::context_constructed(3), joined({encoded(scep::der::oid("1.3.6.1.4.1.99999.1")), integer(1)}));
    add("another certificate format",
        "[3] is an OtherCertificateFormat of a type nobody knows; it has to be passed over, not read as a Certificate.", Result::acceptable,
        {"OtherChoice"}, joined({leaf(), other}));
    Octets broken = leaf();
    broken[broken.size() / 2] ^= 0xff;
    add("a certificate cut by one octet",
        "The certificate has lost its last octet and every length around it is right: the break is inside the certificate alone.",
        Result::invalid, {"CmsTruncated"},
        [] {
            Field certificate = read_field(leaf());
            certificate.inside.back().value.pop_back();
            certificate.inside.back().value.resize(0);
            return write_field(certificate);
        }())
        ->members["where"] = "SignedData.certificates[0]";
    add("a CRL among the certificates", "A CertificateList stands where a Certificate is due; both start alike.", Result::invalid,
        {"CmsWrongTag"}, crl())
        ->members["where"] = "SignedData.certificates[0]";
    add("a SignedData among the certificates", "A whole ContentInfo stands where a Certificate is due, as a chain that was wrapped twice.",
        Result::invalid, {"CmsWrongTag"}, Parts{}.whole())
        ->members["where"] = "SignedData.certificates[0]";
    add("octets after the certificate",
        "Two octets follow inside of certificates that are no TLV; who stops after the certificate it looked for never sees them.",
        Result::invalid, {"CmsHiddenOctets"}, joined({leaf(), {0x30, 0x81}}));
}

} // namespace

File certificates_only() {
    Cases cases("certificates-only", "CertificatesOnly");
    well_formed(cases);
    versions(cases);
    not_degenerate(cases);
    other_content(cases);
    choices(cases);
    const auto good = [] { return read_signed_data(scep::cms::encode_certificates_only(std::vector<Octets>{leaf()})); };
    for (const TwinForm& form : twin_forms_without_content()) {
        std::vector<std::string> flags =
            form.result == Result::valid ? std::vector<std::string>{} : std::vector<std::string>{"CmsLongLength"};
        cases.add(std::string(form.name), std::string(form.comment), form.result, flags, [&] { return twin(good(), form); })
            .members["fields"] = fields_of({leaf()});
    }
    for (const std::size_t count : {1, 2, 64}) {
        cases
            .add(counted(count, "octet") + " after the message",
                 "What follows the ContentInfo belongs to no field; a newline of a script is harmless, a second message is not.",
                 Result::acceptable, {"CmsTrailingOctets"}, [&] { return joined({Parts{}.whole(), Octets(count, 0x0a)}); })
            .members["fields"] = fields_of({leaf()});
    }
    std::vector<FieldChange> changes;
    const auto append = [&](std::vector<FieldChange> more) { changes.insert(changes.end(), more.begin(), more.end()); };
    for (const std::string_view path : {"ContentInfo.content", "SignedData.encapContentInfo"}) {
        append(mandatory_constructed(path));
    }
    for (const std::string_view path : {"ContentInfo.contentType", "SignedData.version", "SignedData.encapContentInfo.eContentType"}) {
        append(mandatory(path));
    }
    for (const Change change : {Change::left_out, Change::doubled, Change::other_tag, Change::wrong_type, Change::length_short,
                                Change::length_beyond, Change::swapped}) {
        changes.push_back({"SignedData.digestAlgorithms", change});
    }
    for (const Change change : {Change::left_out, Change::other_tag, Change::wrong_type, Change::length_beyond}) {
        changes.push_back({"SignedData.signerInfos", change});
    }
    changes.push_back({"SignedData.digestAlgorithms", Change::trailing, Result::invalid, {}, "SignedData.digestAlgorithms[0]"});
    changes.push_back({"SignedData.signerInfos", Change::trailing, Result::invalid, {}, "SignedData.signerInfos[0]"});
    for (const Change change : {Change::doubled, Change::length_short, Change::length_beyond, Change::swapped}) {
        changes.push_back({"SignedData.certificates", change});
    }
    for (const Change change : {Change::other_tag, Change::wrong_type}) {
        changes.push_back({"SignedData.certificates", change, Result::invalid,
                           "certificates is optional, so what has another tag stands where signerInfos is due.", "SignedData.signerInfos"});
    }
    for (const Change change : {Change::other_tag, Change::wrong_type, Change::trailing, Change::cut_short}) {
        changes.push_back({"SignedData.certificates[0]", change});
    }
    changes.push_back({"SignedData.version", Change::swapped});
    add_changes(cases, good, changes, fields_of({leaf()}));
    return {"certificates-only",
            "Each input is a ContentInfo that should be a degenerate SignedData, which carries certificates and CRLs and no signer (RFC "
            "8894, 3.4).",
            {cases.take()}};
}

} // namespace sceplab::vectors
