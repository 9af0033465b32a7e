#include <vectors/generate/parts.h>
#include <vectors/generate/x509/test_keys.h>
#include <vectors/generate/x509/topics.h>

#include <scepcodec/x509/oids.h>

// issuer, subject (RFC 5280, 4.1.2.4) and subjectPublicKeyInfo (4.1.2.7).
namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;
using scep::der::oid;

Octets subject(const Octets& name) {
    return make_certificate([&](CertificateParts& parts) { parts.subject = name; });
}
Json of_subject(std::string_view name) { return certificate_as_made({{"subject", name}}); }

Octets utf8(std::string_view characters) { return string_value(tag::UTF8String, characters); }
Octets printable(std::string_view characters) { return string_value(tag::PrintableString, characters); }

Octets key_info(const Octets& info) {
    return make_certificate([&](CertificateParts& parts) { parts.subject_pk_info = info; });
}
Octets rsa_key(const Octets& modulus, const Octets& exponent) {
    return sequence(
        {algorithm_with_null(oids::rsaEncryption), bit_string(sequence({tlv(tag::INTEGER, modulus), tlv(tag::INTEGER, exponent)}))});
}
// 2048 bits, odd.
Octets modulus() {
    Octets out(257, 0xc5);
    out.front() = 0;
    return out;
}

} // namespace

Group certificate_names() {
    GroupRows rows("Certificate");
    rows.valid("name-empty-subject", subject(sequence({})), of_subject(""),
               "an empty subject is a Name; the names are in subjectAltName then (RFC 5280, 4.1.2.6)");
    rows.valid("name-several-rdns",
               subject(sequence({rdn(id_at_countryName, printable("DE")), rdn(id_at_organizationName, utf8("Example")),
                                 rdn(id_at_commonName, utf8("device"))})),
               of_subject("CN=device,O=Example,C=DE"), "three RDNs; as text they come in reverse order (RFC 4514, 2.1)");
    rows.valid("name-several-common-names",
               subject(sequence({rdn(id_at_commonName, utf8("first")), rdn(id_at_commonName, utf8("second"))})),
               of_subject("CN=second,CN=first"), "two commonNames: who takes the first and who takes the last differ");
    rows.valid(
        "name-two-in-one-rdn",
        subject(sequence({set({attribute_value(id_at_serialNumber, printable("42")), attribute_value(id_at_commonName, utf8("device"))})})),
        of_subject("2.5.4.5=#13023432+CN=device"),
        "an RDN of two attributes, in the order of their encodings; serialNumber has no short name in RFC 4514");
    rows.valid("name-unknown-type", subject(sequence({rdn(oid("1.2.3.4"), utf8("x"))})), of_subject("1.2.3.4=#0c0178"),
               "an attribute type that nobody knows, in the form with '#'");
    rows.valid("name-escapes", subject(sequence({rdn(id_at_commonName, utf8("#a, b+c;\"<>\\ "))})),
               of_subject("CN=\\#a\\, b\\+c\\;\\\"\\<\\>\\\\\\ "), "characters that text form must escape, else a Name says another");
    rows.valid("name-looks-like-two", subject(sequence({rdn(id_at_commonName, utf8("a,O=b"))})), of_subject("CN=a\\,O=b"),
               "one attribute whose text looks like two");
    rows.valid("name-bmp", subject(sequence({rdn(id_at_commonName, hex("1e 04 00 61 20 ac"))})), of_subject("CN=a€"),
               "a BMPString, as old Windows CAs write");
    rows.valid("name-teletex", subject(sequence({rdn(id_at_commonName, string_value(tag::TeletexString, "device"))})),
               of_subject("CN=device"), "a TeletexString, as old CAs write");
    rows.valid("name-empty-value", subject(sequence({rdn(id_at_organizationName, utf8("")), rdn(id_at_commonName, utf8("device"))})),
               of_subject("CN=device,O="), "an attribute of no characters", {"NamePolicy"});
    rows.valid("name-nul", subject(sequence({rdn(id_at_commonName, utf8(std::string_view("ca.example\0.evil.example", 24)))})),
               of_subject("CN=ca.example\\00.evil.example"), "U+0000 inside a commonName: the name does not end there", {"EmbeddedNul"});
    rows.valid("name-line-feed", subject(sequence({rdn(id_at_commonName, utf8("a\nb"))})), of_subject("CN=a\nb"),
               "a line feed inside a commonName, which breaks logs", {"NamePolicy"});
    rows.acceptable("name-issuer-empty", make_certificate([](CertificateParts& parts) { parts.issuer = sequence({}); }),
                    certificate_as_made({{"issuer", ""}}), {"NamePolicy"},
                    "issuer is to be non-empty (RFC 5280, 4.1.2.4); in structure it is a Name as any other");
    rows.acceptable("name-common-name-65", subject(sequence({rdn(id_at_commonName, utf8(std::string(65, 'a')))})),
                    of_subject("CN=" + std::string(65, 'a')), {"NamePolicy"}, "a commonName one longer than its upper bound of 64");
    rows.acceptable("name-country-of-three", subject(sequence({rdn(id_at_countryName, printable("DEU"))})), of_subject("C=DEU"),
                    {"NamePolicy"}, "a countryName of three letters");
    rows.acceptable("name-country-utf8", subject(sequence({rdn(id_at_countryName, utf8("DE"))})), of_subject("C=DE"), {"NamePolicy"},
                    "a countryName that is no PrintableString");
    rows.acceptable("name-common-name-integer", subject(sequence({rdn(id_at_commonName, integer(5))})), of_subject("CN=#020105"),
                    {"NamePolicy"}, "a commonName that is an INTEGER: who takes it for a string reads what is not there");
    rows.acceptable("name-600-rdns", subject(sequence({repeated(600, rdn(id_at_commonName, utf8("a")))})), Json::object(), {"HugeValue"},
                    "six hundred RDNs");
    rows.invalid("name-empty-rdn", subject(sequence({set({})})), {"EmptyList"}, "an RDN without attributes: SIZE (1..MAX)",
                 "tbsCertificate.subject[0]");
    rows.invalid("name-empty-rdn-after", subject(sequence({rdn(id_at_commonName, utf8("device")), set({})})), {"EmptyList"},
                 "the second RDN is empty", "tbsCertificate.subject[1]");
    rows.invalid(
        "name-unsorted-rdn",
        subject(sequence({set({attribute_value(id_at_commonName, utf8("device")), attribute_value(id_at_serialNumber, printable("42"))})})),
        {"UnsortedSetOf"}, "an RDN whose attributes are not in the order of DER", "tbsCertificate.subject[0]");
    rows.invalid("name-issuer-unsorted-rdn", make_certificate([](CertificateParts& parts) {
                     parts.issuer = sequence(
                         {set({attribute_value(id_at_commonName, utf8("Test CA")), attribute_value(id_at_serialNumber, printable("42"))})});
                 }),
                 {"UnsortedSetOf"}, "the same in the issuer, which is compared octet by octet", "tbsCertificate.issuer[0]");
    rows.invalid("name-rdn-as-sequence", subject(sequence({sequence({attribute_value(id_at_commonName, utf8("device"))})})),
                 {"FieldWrongType"}, "an RDN that is a SEQUENCE", "tbsCertificate.subject[0]");
    rows.invalid("name-attribute-as-set", subject(sequence({set({set({encoded(id_at_commonName), utf8("device")})})})), {"FieldWrongType"},
                 "an attribute that is a SET", "tbsCertificate.subject[0][0]");
    rows.invalid("name-attribute-without-value", subject(sequence({set({sequence({encoded(id_at_commonName)})})})), {"FieldMissing"},
                 "a type without a value", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-attribute-without-type", subject(sequence({set({sequence({utf8("device")})})})), {"FieldMissing"},
                 "a value without a type", "tbsCertificate.subject[0][0].type");
    rows.invalid("name-attribute-two-values", subject(sequence({set({sequence({encoded(id_at_commonName), utf8("a"), utf8("b")})})})),
                 {"FieldDoubled"}, "two values of one attribute", "tbsCertificate.subject[0][0]");
    rows.invalid("name-printable-asterisk", subject(sequence({rdn(id_at_commonName, printable("*.example"))})), {"CharacterSet"},
                 "'*' in a PrintableString", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-printable-nul", subject(sequence({rdn(id_at_commonName, printable(std::string_view("a\0b", 3)))})),
                 {"CharacterSet", "EmbeddedNul"}, "NUL in a PrintableString", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-utf8-overlong", subject(sequence({rdn(id_at_commonName, hex("0c 03 61 c0 80"))})), {"Utf8Form"},
                 "an overlong NUL in a commonName", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-utf8-latin-1", subject(sequence({rdn(id_at_commonName, hex("0c 04 63 61 66 e9"))})), {"Utf8Form"},
                 "Latin-1 under the tag of a UTF8String", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-bmp-odd", subject(sequence({rdn(id_at_commonName, hex("1e 03 00 61 00"))})), {"CharacterSet"},
                 "a BMPString of odd length", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-value-in-parts", subject(sequence({rdn(id_at_commonName, hex("2c 03 04 01 61"))})), {"ConstructedString"},
                 "a commonName in constructed form", "tbsCertificate.subject[0][0].value");
    rows.invalid("name-type-padded", subject(sequence({set({sequence({hex("06 04 55 04 80 03"), utf8("device")})})})), {"OidForm"},
                 "commonName with its last arc padded: another type to who compares octets", "tbsCertificate.subject[0][0].type");
    rows.invalid("name-long-length", subject(hex("30 81 0b 31 09 30 07 06 03 55 04 03 0c 00")), {"NonMinimalLength"},
                 "a Name whose length takes an octet too many", "tbsCertificate.subject");
    rows.invalid("name-missing-issuer", make_certificate([](CertificateParts& parts) { parts.issuer = {}; }), {"FieldMissing"},
                 "without an issuer, validity stands in its place and the subject in validity's", "tbsCertificate.validity.notBefore");
    rows.invalid("name-missing-subject", subject({}), {"FieldMissing"},
                 "without a subject the key is taken for it, and the extensions stand in the place of the key",
                 "tbsCertificate.subjectPublicKeyInfo");
    rows.invalid("name-as-utf8", subject(utf8("CN=device")), {"FieldWrongType"}, "the subject as text", "tbsCertificate.subject");
    return std::move(rows).take();
}

Group certificate_keys() {
    GroupRows rows("Certificate");
    const Octets exponent = hex("01 00 01");
    struct Kind {
        TestKey key;
        const char* name;
        const char* comment;
    };
    for (const Kind& kind :
         {Kind{TestKey::rsa_1024, "key-rsa-1024", "an RSA key of 1024 bits: short, and still a key"},
          Kind{TestKey::rsa_3072, "key-rsa-3072", "an RSA key of 3072 bits"},
          Kind{TestKey::rsa_4096, "key-rsa-4096", "an RSA key of 4096 bits, which makes lengths of two octets at each level"},
          Kind{TestKey::p256, "key-p256", "an EC key whose curve is named in the parameters"},
          Kind{TestKey::p384, "key-p384", "an EC key on P-384"},
          Kind{TestKey::p521, "key-p521", "an EC key on P-521, whose coordinates take 66 octets"},
          Kind{TestKey::ed25519, "key-ed25519", "an Ed25519 key, whose algorithm has no parameters"}}) {
        rows.valid(kind.name, key_info(public_key_info(kind.key)), certificate_as_made(), kind.comment);
    }
    rows.valid("key-unknown-algorithm", key_info(sequence({algorithm(oid("1.2.3.4")), bit_string({0xaa})})), certificate_as_made(),
               "a key of an algorithm that nobody knows decodes");
    rows.acceptable("key-rsa-exponent-1", key_info(rsa_key(modulus(), {1})), certificate_as_made(), {"BadKey"},
                    "exponent 1: every signature is its own message");
    rows.acceptable("key-rsa-exponent-0", key_info(rsa_key(modulus(), {0})), certificate_as_made(), {"BadKey"}, "exponent 0");
    rows.acceptable("key-rsa-exponent-even", key_info(rsa_key(modulus(), {2})), certificate_as_made(), {"BadKey"},
                    "an even exponent has no inverse");
    rows.acceptable("key-rsa-exponent-negative", key_info(rsa_key(modulus(), {0xff})), certificate_as_made(), {"BadKey"}, "exponent -1");
    rows.acceptable("key-rsa-exponent-huge", key_info(rsa_key(modulus(), modulus())), certificate_as_made(), {"BadKey"},
                    "an exponent as long as the modulus: verification takes long");
    rows.acceptable("key-rsa-modulus-even", key_info(rsa_key(joined({{0}, Octets(256, 0xc4)}), exponent)), certificate_as_made(),
                    {"BadKey"}, "an even modulus, at which Montgomery's reduction does not work");
    rows.acceptable("key-rsa-modulus-0", key_info(rsa_key({0}, exponent)), certificate_as_made(), {"BadKey"},
                    "modulus 0: a division by zero");
    rows.acceptable("key-rsa-modulus-1", key_info(rsa_key({1}, exponent)), certificate_as_made(), {"BadKey"}, "modulus 1");
    rows.acceptable("key-rsa-modulus-negative", key_info(rsa_key(Octets(256, 0xc5), exponent)), certificate_as_made(), {"BadKey"},
                    "a modulus without its sign octet is negative");
    rows.acceptable("key-rsa-modulus-empty", key_info(rsa_key({}, exponent)), certificate_as_made(), {"BadKey", "EmptyContent"},
                    "a modulus of no octets, inside a BIT STRING that a decoder of certificates need not open");
    rows.acceptable("key-rsa-modulus-padded", key_info(rsa_key(joined({{0, 0}, Octets(256, 0xc5)}), exponent)), certificate_as_made(),
                    {"BadKey", "PaddedInteger"}, "a padded modulus: the same key with another hash");
    rows.acceptable("key-rsa-no-exponent",
                    key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string(sequence({tlv(tag::INTEGER, modulus())}))})),
                    certificate_as_made(), {"BadKey"}, "an RSAPublicKey without its exponent");
    rows.acceptable("key-rsa-trailing",
                    key_info(sequence({algorithm_with_null(oids::rsaEncryption),
                                       bit_string(joined({sequence({tlv(tag::INTEGER, modulus()), tlv(tag::INTEGER, exponent)}), {0}}))})),
                    certificate_as_made(), {"BadKey", "TrailingOctets"}, "an octet after the RSAPublicKey");
    rows.acceptable("key-rsa-without-null",
                    key_info(sequence({algorithm(oids::rsaEncryption),
                                       bit_string(sequence({tlv(tag::INTEGER, modulus()), tlv(tag::INTEGER, exponent)}))})),
                    certificate_as_made(), {"AlgorithmParameters"}, "rsaEncryption is to have NULL parameters (RFC 3279, 2.3.1)");
    rows.acceptable("key-unused-bits", key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string({0x30, 0x00}, 1)})),
                    certificate_as_made(), {"BadKey"}, "a key whose last bit is unused: who drops the initial octet does not see it");
    rows.acceptable("key-no-bits", key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string({})})), certificate_as_made(),
                    {"BadKey"}, "a key of no bits");
    rows.acceptable("key-ec-off-curve",
                    key_info(sequence({sequence({encoded(oids::id_ecPublicKey), encoded(oid("1.2.840.10045.3.1.7"))}),
                                       bit_string(joined({{4}, Octets(64, 0x11)}))})),
                    certificate_as_made(), {"BadKey"}, "a point that is not on the curve");
    rows.acceptable("key-ec-infinity",
                    key_info(sequence({sequence({encoded(oids::id_ecPublicKey), encoded(oid("1.2.840.10045.3.1.7"))}), bit_string({0})})),
                    certificate_as_made(), {"BadKey"}, "the point at infinity, one octet 00");
    rows.acceptable("key-ec-implicit-curve",
                    key_info(sequence({sequence({encoded(oids::id_ecPublicKey), null()}), bit_string(joined({{4}, Octets(64, 0x11)}))})),
                    certificate_as_made(), {"BadKey"}, "implicitCurve, which RFC 5480, 2.1.1 forbids");
    rows.acceptable("key-ec-explicit-parameters",
                    key_info(sequence({sequence({encoded(oids::id_ecPublicKey),
                                                 sequence({integer(1), sequence({encoded(oid("1.2.840.10045.1.1")), hex("02 01 17")}),
                                                           sequence({octet_string({1}), octet_string({1})}), octet_string({4, 3, 10}),
                                                           hex("02 01 1c"), integer(1)})}),
                                       bit_string({4, 3, 10})})),
                    certificate_as_made(), {"BadKey"},
                    "a curve that the certificate brings along: with a generator of one's own any key is known (CVE-2020-0601)");
    rows.invalid("key-missing", key_info({}), {"FieldMissing"}, "no subjectPublicKeyInfo", "tbsCertificate.subjectPublicKeyInfo");
    rows.invalid("key-empty", key_info(sequence({})), {"FieldMissing"}, "a SubjectPublicKeyInfo with nothing in it",
                 "tbsCertificate.subjectPublicKeyInfo.algorithm");
    rows.invalid("key-without-algorithm", key_info(sequence({bit_string({0xaa})})), {"FieldMissing"}, "a key without its algorithm",
                 "tbsCertificate.subjectPublicKeyInfo.algorithm");
    rows.invalid("key-without-bits", key_info(sequence({algorithm_with_null(oids::rsaEncryption)})), {"FieldMissing"},
                 "an algorithm without its key", "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey");
    rows.invalid("key-octet-string", key_info(sequence({algorithm_with_null(oids::rsaEncryption), octet_string({0xaa})})),
                 {"FieldWrongType"}, "the key as an OCTET STRING", "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey");
    rows.invalid("key-unused-bits-set", key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string({0xff}, 1)})),
                 {"UnusedBits"}, "the unused bit is set", "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey");
    rows.invalid("key-8-unused", key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string({0x00}, 8)})), {"UnusedBits"},
                 "eight unused bits", "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey");
    rows.invalid("key-third-member", key_info(sequence({algorithm_with_null(oids::rsaEncryption), bit_string({0xaa}), null()})),
                 {"FieldDoubled"}, "a third member after the key", "tbsCertificate.subjectPublicKeyInfo");
    return std::move(rows).take();
}

} // namespace sceplab::vectors
