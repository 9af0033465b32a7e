#include <vectors/generate/parts.h>
#include <vectors/generate/x509/request_cases.h>

#include <scepcodec/x509/oids.h>

// The fields of CertificationRequestInfo (RFC 2986, 4.1), and what is around it.
namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;

Octets with_version(const Octets& version) {
    return request([&](RequestParts& parts) { parts.version = version; });
}
Octets with_subject(const Octets& subject) {
    return request([&](RequestParts& parts) { parts.subject = subject; });
}
Octets utf8(std::string_view characters) { return string_value(tag::UTF8String, characters); }

constexpr const char* version = "certificationRequestInfo.version";

} // namespace

void request_fields(GroupRows& rows) {
    rows.acceptable("version-1", with_version(integer(1)), request_as_made({{"version", "1"}}), {"VersionMismatch"},
                    "version 1 has no definition yet (RFC 2986, 4.1); the type is extensible");
    rows.acceptable("version-2", with_version(integer(2)), request_as_made({{"version", "2"}}), {"VersionMismatch"},
                    "version 2, from producers that think of X.509");
    rows.invalid("version-missing", with_version({}), {"FieldMissing"}, "no version: it has no DEFAULT here, as it has in certificates",
                 version);
    rows.invalid("version-tagged", with_version(context(0, integer(0))), {"FieldWrongType"},
                 "[0] around the version, as certificates have it", version);
    rows.invalid("version-padded", with_version(hex("02 02 00 00")), {"PaddedInteger"}, "version 0 with a superfluous octet", version);
    rows.invalid("version-empty", with_version(hex("02 00")), {"EmptyContent"}, "an INTEGER of no octets", version);
    rows.invalid("version-twice", with_version(joined({integer(0), integer(0)})), {"FieldDoubled"}, "two versions",
                 "certificationRequestInfo.subject");

    rows.valid("subject-empty", with_subject(sequence({})), request_as_made({{"subject", ""}}),
               "an empty subject: the names are in the extensions, or the CA's to give");
    rows.valid("subject-several",
               with_subject(sequence({rdn(id_at_countryName, string_value(tag::PrintableString, "DE")),
                                      rdn(id_at_organizationName, utf8("Example")), rdn(id_at_commonName, utf8("device"))})),
               request_as_made({{"subject", "CN=device,O=Example,C=DE"}}), "three RDNs; as text in reverse order");
    rows.valid("subject-two-common-names",
               with_subject(sequence({rdn(id_at_commonName, utf8("device")), rdn(id_at_commonName, utf8("admin"))})),
               request_as_made({{"subject", "CN=admin,CN=device"}}), "two commonNames: the CA may check one and issue for the other");
    rows.valid("subject-nul", with_subject(sequence({rdn(id_at_commonName, utf8(std::string_view("device\0.example", 15)))})),
               request_as_made({{"subject", "CN=device\\00.example"}}), "U+0000 inside the commonName: the name does not end there",
               {"EmbeddedNul"});
    rows.valid("subject-unstructured-name",
               with_subject(sequence({rdn(scep::der::oid("1.2.840.113549.1.9.2"), string_value(tag::IA5String, "router.example"))})),
               request_as_made({{"subject", "1.2.840.113549.1.9.2=#160e726f757465722e6578616d706c65"}}),
               "unstructuredName alone, as routers call themselves");
    rows.invalid("subject-missing", with_subject({}), {"FieldMissing"},
                 "no subject: the key stands in its place, and the attributes in that of the key",
                 "certificationRequestInfo.subjectPKInfo");
    rows.invalid("subject-empty-rdn", with_subject(sequence({set({})})), {"EmptyList"}, "an RDN without attributes",
                 "certificationRequestInfo.subject[0]");
    rows.invalid("subject-unsorted-rdn",
                 with_subject(sequence({set({attribute_value(id_at_commonName, utf8("device")),
                                             attribute_value(id_at_serialNumber, string_value(tag::PrintableString, "42"))})})),
                 {"UnsortedSetOf"}, "an RDN whose attributes are not in the order of DER", "certificationRequestInfo.subject[0]");
    rows.invalid("subject-printable-underscore",
                 with_subject(sequence({rdn(id_at_commonName, string_value(tag::PrintableString, "device_1"))})), {"CharacterSet"},
                 "'_' in a PrintableString", "certificationRequestInfo.subject[0][0].value");
    rows.invalid("subject-utf8-latin-1", with_subject(sequence({rdn(id_at_commonName, hex("0c 04 63 61 66 e9"))})), {"Utf8Form"},
                 "Latin-1 under the tag of a UTF8String", "certificationRequestInfo.subject[0][0].value");

    const Octets whole = request();
    const scep::der::Input input(whole);
    const auto rest = input.from(scep::der::read_header(input)->size);
    const Octets content(rest.begin(), rest.end());
    const auto key_info = [](const Octets& info) { return request([&](RequestParts& parts) { parts.subject_pk_info = info; }); };
    rows.invalid("key-octet-string", key_info(sequence({algorithm_with_null(oids::rsaEncryption), octet_string({0xaa})})),
                 {"FieldWrongType"}, "the key as an OCTET STRING", "certificationRequestInfo.subjectPKInfo.subjectPublicKey");
    rows.invalid("key-no-bits", key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string({})})), {"BadKey"},
                 "a key of no bits verifies nothing", "signature");
    rows.invalid("key-modulus-0",
                 key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string(sequence({integer(0), integer(65537)}))})),
                 {"BadKey"}, "modulus 0: a division by zero", "signature");
    rows.invalid("key-modulus-even",
                 key_info(sequence({algorithm_with_null(oids::rsaEncryption),
                                    bit_string(sequence({tlv(tag::INTEGER, joined({{0}, Octets(256, 0xc4)})), integer(65537)}))})),
                 {"BadKey"}, "an even modulus, at which Montgomery's reduction does not work", "signature");
    rows.invalid("key-off-curve",
                 key_info(sequence({sequence({encoded(oids::id_ecPublicKey), encoded(scep::der::oid("1.2.840.10045.3.1.7"))}),
                                    bit_string(joined({{4}, Octets(64, 0x11)}))})),
                 {"BadKey"}, "a point that is not on the curve", "signature");
    rows.invalid("trailing-octet", joined({whole, {0}}), {"TrailingOctets"}, "an octet after the request");
    rows.invalid("trailing-line-feed", joined({whole, {'\n'}}), {"TrailingOctets"},
                 "a line feed after the request, from a file that an editor touched");
    rows.invalid("trailing-inside", request([](RequestParts& parts) { parts.more = null(); }), {"TrailingOctets"},
                 "a NULL after the signature");
    rows.invalid("cut", Octets(whole.begin(), whole.end() - 1), {"TruncatedValue"}, "the last octet is missing");
    rows.invalid("no-octets", Octets{}, {"TruncatedHeader"}, "nothing at all");
    rows.invalid("empty-sequence", sequence({}), {"FieldMissing"}, "a SEQUENCE with nothing in it", "certificationRequestInfo");
    rows.invalid("as-pem", text("-----BEGIN CERTIFICATE REQUEST-----\n"), {"TruncatedValue"},
                 "the first line of PEM, whose first octets 2d 2d are a tag and a length");
    rows.invalid("certificate-in-its-place", make_certificate([](CertificateParts&) {}), {"FieldWrongType"},
                 "a certificate, as some clients send for renewal", version);
    rows.invalid("outer-indefinite", joined({hex("30 80"), content, hex("00 00")}), {"IndefiniteLength"},
                 "an indefinite length around it all, which is not signed");
    rows.invalid("outer-long-length", joined({hex("30 84 00 00"), Octets(whole.begin() + 2, whole.begin() + 4), content}),
                 {"NonMinimalLength"}, "a padded length around it all, which is not signed");
    rows.invalid("info-indefinite", request([](RequestParts& parts) {
                     parts.signed_octets = [](Octets& info) {
                         const scep::der::Input whole_info(info);
                         const auto inside = whole_info.from(scep::der::read_header(whole_info)->size);
                         info = joined({hex("30 80"), Octets(inside.begin(), inside.end()), hex("00 00")});
                     };
                 }),
                 {"IndefiniteLength"}, "what is signed came with an indefinite length; the signature is over its DER",
                 "certificationRequestInfo");
}

} // namespace sceplab::vectors
