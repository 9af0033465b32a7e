#include <vectors/generate/parts.h>
#include <vectors/generate/x509/test_keys.h>
#include <vectors/generate/x509/topics.h>

#include <scepcodec/x509/oids.h>

// Extensions (RFC 5280, 4.2).
namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;
using scep::der::oid;

Octets with(std::vector<Octets> extensions) {
    return make_certificate([&](CertificateParts& parts) { parts.extensions = std::move(extensions); });
}
// What stands in the place of [3].
Octets in_place(const Octets& field) {
    return make_certificate([&](CertificateParts& parts) {
        parts.subject_pk_info = joined({parts.subject_pk_info, field});
        parts.extensions.clear();
    });
}
Json read_as(std::vector<std::string> ids) { return certificate_as_made({{"extensions", std::move(ids)}}); }

Octets key_usage(const Octets& value) { return extension(oids::id_ce_keyUsage, value, true); }
Octets basic_constraints(const Octets& value) { return extension(oids::id_ce_basicConstraints, value, true); }
Octets alt_name(const Octets& general_name) { return extension(oids::id_ce_subjectAltName, sequence({general_name})); }

constexpr const char* first = "tbsCertificate.extensions[0]";
constexpr const char* first_value = "tbsCertificate.extensions[0].extnValue";

void structure(GroupRows& rows) {
    const Octets usage = key_usage(hex("03 02 05 a0"));
    rows.valid("extensions-unknown", with({extension(oid("1.2.3.4"), hex("05 00"))}), read_as({"1.2.3.4"}),
               "an extension that nobody knows, not critical");
    rows.valid("extensions-unknown-critical", with({extension(oid("1.2.3.4"), hex("05 00"), true)}), read_as({"1.2.3.4"}),
               "an unknown critical extension: a certificate that decodes, and that validation rejects");
    rows.acceptable("extensions-unknown-not-der", with({extension(oid("1.2.3.4"), hex("ff ff"))}), read_as({"1.2.3.4"}), {"ExtensionValue"},
                    "the value of an unknown extension that is no DER, as vendors write text");
    rows.acceptable("extensions-unknown-empty", with({extension(oid("1.2.3.4"), {})}), read_as({"1.2.3.4"}), {"ExtensionValue"},
                    "an OCTET STRING of no octets, where DER of something is due");
    rows.valid("extensions-six",
               with({usage, basic_constraints(sequence({})), extension(oids::id_ce_subjectKeyIdentifier, octet_string(Octets(20, 0x11))),
                     extension(oids::id_ce_authorityKeyIdentifier, sequence({tlv(tag::context(0), Octets(20, 0x22))})),
                     extension(oids::id_ce_extKeyUsage, sequence({encoded(oid("1.3.6.1.5.5.7.3.2"))})),
                     alt_name(tlv(tag::context(2), text("device.example")))}),
               read_as({"2.5.29.15", "2.5.29.19", "2.5.29.14", "2.5.29.35", "2.5.29.37", "2.5.29.17"}),
               "what a device's certificate usually has, in an order that is the CA's");
    rows.invalid("extensions-empty", in_place(context(3, sequence({}))), {"EmptyList"}, "[3] with an empty list: SIZE (1..MAX)",
                 "tbsCertificate.extensions");
    rows.invalid("extensions-nothing", in_place(context(3, {})), {"FieldMissing"}, "[3] with nothing in it", "tbsCertificate.extensions");
    rows.invalid("extensions-implicit", in_place(context(3, usage)), {"FieldWrongType"}, "[3] IMPLICIT: the list's own SEQUENCE is missing",
                 "tbsCertificate.extensions[0]");
    rows.invalid("extensions-two-lists", in_place(context(3, joined({sequence({usage}), sequence({usage})}))), {"FieldDoubled"},
                 "two lists in one [3]", "tbsCertificate.extensions");
    rows.invalid("extensions-twice", in_place(joined({context(3, sequence({usage})), context(3, sequence({usage}))})), {"FieldDoubled"},
                 "[3] twice", "tbsCertificate");
    rows.invalid("extensions-primitive", in_place(tlv(tag::context(3), sequence({usage}))), {"ConstructedBit"}, "[3] in primitive form",
                 "tbsCertificate");
    rows.invalid("extensions-as-0", in_place(context(0, sequence({usage}))), {"FieldWrongType"}, "[0] in the place of [3], as CRLs have it",
                 "tbsCertificate");
    rows.invalid("extensions-set", in_place(context(3, set({usage}))), {"FieldWrongType"}, "the list is a SET",
                 "tbsCertificate.extensions");
    rows.invalid("extension-doubled", with({usage, usage}), {"ExtensionDoubled"}, "the same extension twice (RFC 5280, 4.2)",
                 "tbsCertificate.extensions[1]");
    rows.invalid("extension-doubled-differing",
                 with({basic_constraints(sequence({})), usage, basic_constraints(sequence({hex("01 01 ff")}))}), {"ExtensionDoubled"},
                 "basicConstraints twice, with and without cA: it depends on the reader whether this is a CA",
                 "tbsCertificate.extensions[2]");
    rows.invalid("extension-critical-false",
                 with({sequence({encoded(oids::id_ce_keyUsage), hex("01 01 00"), octet_string(hex("03 02 05 a0"))})}), {"DefaultEncoded"},
                 "critical FALSE is the DEFAULT and is left out in DER", "tbsCertificate.extensions[0].critical");
    rows.invalid("extension-critical-01",
                 with({sequence({encoded(oids::id_ce_keyUsage), hex("01 01 01"), octet_string(hex("03 02 05 a0"))})}), {"BooleanOctet"},
                 "critical is 01: TRUE in BER alone", "tbsCertificate.extensions[0].critical");
    rows.invalid("extension-critical-twice",
                 with({sequence({encoded(oids::id_ce_keyUsage), hex("01 01 ff 01 01 ff"), octet_string(hex("03 02 05 a0"))})}),
                 {"FieldDoubled"}, "critical twice", "tbsCertificate.extensions[0].extnValue");
    rows.invalid("extension-critical-integer",
                 with({sequence({encoded(oids::id_ce_keyUsage), hex("02 01 01"), octet_string(hex("03 02 05 a0"))})}), {"FieldWrongType"},
                 "an INTEGER in the place of critical", first_value);
    rows.invalid("extension-critical-last",
                 with({sequence({encoded(oids::id_ce_keyUsage), octet_string(hex("03 02 05 a0")), hex("01 01 ff")})}), {"FieldOrder"},
                 "critical after extnValue", first);
    rows.invalid("extension-value-bit-string", with({sequence({encoded(oids::id_ce_keyUsage), hex("03 02 05 a0")})}), {"FieldWrongType"},
                 "the value itself in the place of the OCTET STRING", first_value);
    rows.invalid("extension-value-missing", with({sequence({encoded(oids::id_ce_keyUsage)})}), {"FieldMissing"},
                 "an extension without a value", first_value);
    rows.invalid("extension-value-twice",
                 with({sequence({encoded(oids::id_ce_keyUsage), octet_string(hex("03 02 05 a0")), octet_string(hex("03 02 05 a0"))})}),
                 {"FieldDoubled"}, "two values", first);
    rows.invalid(
        "extension-value-in-parts",
        with({sequence({encoded(oids::id_ce_keyUsage), tlv(tag::OCTET_STRING.as_constructed(), octet_string(hex("03 02 05 a0")))})}),
        {"ConstructedString"}, "the OCTET STRING in constructed form", first_value);
    rows.invalid("extension-without-id", with({sequence({octet_string(hex("03 02 05 a0"))})}), {"FieldMissing"},
                 "an extension without its identifier", "tbsCertificate.extensions[0].extnID");
    rows.invalid("extension-empty", with({sequence({})}), {"FieldMissing"}, "an extension with nothing in it",
                 "tbsCertificate.extensions[0].extnID");
}

void values(GroupRows& rows) {
    rows.valid("key-usage-all-bits", with({key_usage(hex("03 03 07 ff 80"))}), read_as({"2.5.29.15"}),
               "all nine bits: the ninth is in an octet of its own");
    rows.valid("key-usage-decipher-only", with({key_usage(hex("03 03 07 08 80"))}), read_as({"2.5.29.15"}),
               "keyAgreement with decipherOnly, the ninth bit");
    rows.invalid("key-usage-trailing-zeros", with({key_usage(hex("03 02 00 a0"))}), {"NamedBits"},
                 "zero bits at the end of a named bit list (X.690, 11.2.2): an encoder that always writes eight bits", first_value);
    rows.invalid("key-usage-zero-octet", with({key_usage(hex("03 03 05 a0 00"))}), {"NamedBits"},
                 "an octet 00 after the last bit that is set", first_value);
    rows.invalid("key-usage-unused-set", with({key_usage(hex("03 02 05 b0"))}), {"UnusedBits"},
                 "an unused bit is set: keyEncipherment or dataEncipherment, it depends", first_value);
    rows.invalid("key-usage-8-unused", with({key_usage(hex("03 02 08 a0"))}), {"UnusedBits"}, "eight unused bits", first_value);
    rows.acceptable("key-usage-no-bits", with({key_usage(hex("03 01 00"))}), read_as({"2.5.29.15"}), {"ExtensionValue"},
                    "a keyUsage that allows nothing: CAs must set a bit (RFC 5280, 4.2.1.3)");
    rows.invalid("key-usage-octet-string", with({key_usage(octet_string({0xa0}))}), {"FieldWrongType"}, "keyUsage as an OCTET STRING",
                 first_value);
    rows.invalid("key-usage-twice-inside", with({key_usage(hex("03 02 05 a0 03 02 01 06"))}), {"TrailingOctets"},
                 "a second BIT STRING after the first, with keyCertSign", first_value);
    rows.invalid("key-usage-trailing-octet", with({key_usage(hex("03 02 05 a0 00"))}), {"TrailingOctets"},
                 "an octet after the value inside extnValue", first_value);
    rows.invalid("key-usage-empty", with({key_usage({})}), {"EmptyContent"}, "extnValue without octets", first_value);
    rows.valid("basic-constraints-empty", with({basic_constraints(sequence({}))}), read_as({"2.5.29.19"}), "no CA: cA FALSE is left out");
    rows.valid("basic-constraints-ca", with({basic_constraints(sequence({hex("01 01 ff")}))}), read_as({"2.5.29.19"}),
               "a CA without a bound of path length");
    rows.valid("basic-constraints-path-length", with({basic_constraints(sequence({hex("01 01 ff"), integer(0)}))}), read_as({"2.5.29.19"}),
               "a CA that signs for end entities alone");
    rows.acceptable("basic-constraints-path-length-without-ca", with({basic_constraints(sequence({integer(1)}))}), read_as({"2.5.29.19"}),
                    {"ExtensionValue"}, "pathLenConstraint without cA: it has the structure and no meaning (RFC 5280, 4.2.1.9)");
    rows.acceptable("basic-constraints-path-length-huge", with({basic_constraints(sequence({hex("01 01 ff"), integer(4294967296)}))}),
                    read_as({"2.5.29.19"}), {"ExtensionValue"}, "pathLenConstraint 2^32: 0 in 32 bits");
    rows.invalid("basic-constraints-ca-false", with({basic_constraints(sequence({hex("01 01 00")}))}), {"DefaultEncoded"},
                 "cA FALSE is the DEFAULT and is left out in DER", first_value);
    rows.invalid("basic-constraints-ca-01", with({basic_constraints(sequence({hex("01 01 01")}))}), {"BooleanOctet"},
                 "cA is 01: a CA for who reads BER, and no certificate for who reads DER", first_value);
    rows.invalid("basic-constraints-ca-twice", with({basic_constraints(sequence({hex("01 01 ff"), hex("01 01 ff")}))}), {"FieldDoubled"},
                 "cA twice", first_value);
    rows.invalid("basic-constraints-reversed", with({basic_constraints(sequence({integer(0), hex("01 01 ff")}))}), {"FieldOrder"},
                 "pathLenConstraint before cA", first_value);
    rows.invalid("basic-constraints-path-length-negative", with({basic_constraints(sequence({hex("01 01 ff"), integer(-1)}))}),
                 {"ExtensionValue"}, "pathLenConstraint -1: INTEGER (0..MAX), and without bound where it is unsigned", first_value);
    rows.invalid("basic-constraints-boolean", with({basic_constraints(hex("01 01 ff"))}), {"FieldWrongType"}, "cA without its SEQUENCE",
                 first_value);
    rows.invalid("basic-constraints-trailing", with({basic_constraints(joined({sequence({}), hex("01 01 ff")}))}), {"TrailingOctets"},
                 "cA TRUE after the empty SEQUENCE", first_value);
    rows.valid("subject-key-identifier-short", with({extension(oids::id_ce_subjectKeyIdentifier, octet_string({0x01}))}),
               read_as({"2.5.29.14"}), "a key identifier of one octet: no length is set");
    rows.invalid("subject-key-identifier-bare", with({extension(oids::id_ce_subjectKeyIdentifier, Octets(20, 0x11))}), {"FieldWrongType"},
                 "the 20 octets of the hash without their OCTET STRING", first_value);
    rows.invalid("subject-key-identifier-integer", with({extension(oids::id_ce_subjectKeyIdentifier, integer(5))}), {"FieldWrongType"},
                 "an INTEGER as key identifier", first_value);
    rows.invalid("ext-key-usage-empty", with({extension(oids::id_ce_extKeyUsage, sequence({}))}), {"EmptyList"},
                 "no KeyPurposeId: SIZE (1..MAX); no purpose for some, any purpose for others", first_value);
    rows.invalid("ext-key-usage-oid", with({extension(oids::id_ce_extKeyUsage, encoded(oid("1.3.6.1.5.5.7.3.2")))}), {"FieldWrongType"},
                 "a purpose without its SEQUENCE", first_value);
    rows.valid("alt-name-ip", with({alt_name(hex("87 04 c0 00 02 01"))}), read_as({"2.5.29.17"}), "an iPAddress of four octets");
    rows.valid("alt-name-ip6", with({alt_name(joined({hex("87 10 20 01 0d b8"), Octets(12, 0)}))}), read_as({"2.5.29.17"}),
               "an iPAddress of sixteen octets");
    rows.valid("alt-name-dns-nul", with({alt_name(tlv(tag::context(2), text(std::string_view("ca.example\0.evil.example", 24))))}),
               read_as({"2.5.29.17"}), "NUL inside a dNSName, which is an IA5String that has it", {"EmbeddedNul"});
    rows.invalid("alt-name-empty", with({extension(oids::id_ce_subjectAltName, sequence({}))}), {"EmptyList"},
                 "no GeneralName: SIZE (1..MAX)", first_value);
    rows.invalid("alt-name-ip-of-five", with({alt_name(hex("87 05 c0 00 02 01 18"))}), {"ExtensionValue"},
                 "an iPAddress of five octets: neither of the two", first_value);
    rows.invalid("alt-name-dns-utf8", with({alt_name(hex("82 02 c3 a9"))}), {"CharacterSet"}, "a dNSName in UTF-8", first_value);
    rows.invalid("alt-name-universal", with({alt_name(string_value(tag::IA5String, "device.example"))}), {"FieldWrongType"},
                 "an IA5String that lacks its [2]", first_value);
    rows.invalid("alt-name-tag-9", with({alt_name(hex("89 01 61"))}), {"FieldWrongType"}, "[9], which no GeneralName has", first_value);
}

} // namespace

Group certificate_extensions() {
    GroupRows rows("Certificate");
    structure(rows);
    values(rows);
    return std::move(rows).take();
}

} // namespace sceplab::vectors
