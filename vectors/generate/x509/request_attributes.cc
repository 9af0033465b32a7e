#include <vectors/generate/parts.h>
#include <vectors/generate/x509/request_cases.h>

#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>

// Attributes of requests: challengePassword and extensionRequest (RFC 2985, 5.4), and others.
namespace sceplab::vectors {

namespace {

namespace pkcs10_oids = scep::pkcs10::oids;
namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;

constexpr auto unstructuredName = scep::der::oid("1.2.840.113549.1.9.2");
constexpr const char* first_values = "certificationRequestInfo.attributes[0].attrValues";
constexpr const char* first_value = "certificationRequestInfo.attributes[0].attrValues[0]";

Octets with_field(const Octets& field) {
    return request([&](RequestParts& parts) { parts.attributes = field; });
}
// In the order given.
Octets with(const std::vector<Octets>& attributes) { return with_field(context(0, joined(attributes))); }
Octets sorted(std::vector<Octets> attributes) {
    std::ranges::sort(attributes);
    return with(attributes);
}
Octets with_password(const Octets& value) { return with({challenge_password(value)}); }

// Of a request without a challengePassword.
Json read_as(const std::vector<std::string>& types) { return {{"version", "0"}, {"subject", "CN=device"}, {"attributes", types}}; }

Octets printable(std::string_view characters) { return string_value(tag::PrintableString, characters); }
Octets utf8(std::string_view characters) { return string_value(tag::UTF8String, characters); }

Octets bmp(std::string_view ascii) {
    Octets characters;
    for (const char c : ascii) {
        characters.insert(characters.end(), {0, static_cast<std::uint8_t>(c)});
    }
    return tlv(tag::BMPString, characters);
}

void challenge_passwords(GroupRows& rows) {
    const auto reads = [](std::string_view password) { return request_as_made({{"challengePassword", password}}); };
    rows.valid("password-printable", with_password(printable("secret")), reads("secret"), "a PrintableString, as RFC 2985, 5.4.1 prefers");
    rows.valid("password-utf8", with_password(utf8("sécret")), reads("sécret"), "a UTF8String, since 'é' is in no PrintableString");
    rows.valid("password-bmp", with_password(hex("1e 06 00 61 00 62 20 ac")), reads("ab€"),
               "a BMPString: to be compared as characters, not as octets");
    rows.valid("password-teletex", with_password(string_value(tag::TeletexString, "secret")), reads("secret"),
               "a TeletexString, as old devices send");
    rows.valid("password-universal", with_password(hex("1c 08 00 00 00 61 00 00 00 62")), reads("ab"), "a UniversalString");
    rows.valid("password-spaces", with_password(printable(" secret ")), reads(" secret "), "spaces at both ends belong to the password");
    rows.valid("password-255", with_password(printable(std::string(255, 'a'))), reads(std::string(255, 'a')),
               "255 characters, the most it may have (RFC 2985, 5.4.1)");
    rows.valid("password-nul", with_password(utf8(std::string_view("secret\0more", 11))), reads(std::string_view("secret\0more", 11)),
               "U+0000 inside: the password does not end there", {"EmbeddedNul"});
    rows.acceptable("password-256", with_password(printable(std::string(256, 'a'))), reads(std::string(256, 'a')), {"PasswordForm"},
                    "256 characters, one more than it may have: a buffer of 256 has no room for its end");
    rows.acceptable("password-4096", with_password(printable(std::string(4096, 'a'))), reads(std::string(4096, 'a')), {"PasswordForm"},
                    "4096 characters, as tokens in the place of passwords come");
    rows.acceptable("password-empty", with_password(utf8("")), reads(""), {"PasswordForm"},
                    "a password of no characters is not the same as none");
    rows.acceptable("password-ia5", with_password(string_value(tag::IA5String, "a@b")), reads("a@b"), {"PasswordForm"},
                    "an IA5String, which no DirectoryString is and many send for '@' or '_'");
    rows.acceptable("password-twice", sorted({challenge_password(printable("first")), challenge_password(printable("second"))}),
                    Json::object(), {"FieldDoubled"}, "two challengePassword attributes: one is checked, the other may be logged or used");
    rows.invalid("password-two-values", with({attribute(pkcs10_oids::challengePassword, {printable("first"), printable("second")})}),
                 {"FieldDoubled"}, "two values where the attribute has one (SINGLE VALUE)", first_values);
    rows.invalid("password-no-value", with({attribute(pkcs10_oids::challengePassword, {})}), {"EmptyList"},
                 "a challengePassword without a value: SIZE (1..MAX), and no first one to take", first_values);
    rows.invalid("password-octet-string", with_password(octet_string(text("secret"))), {"FieldWrongType"},
                 "an OCTET STRING in the place of a DirectoryString", first_value);
    rows.invalid("password-integer", with_password(integer(1234)), {"FieldWrongType"}, "an INTEGER as a password", first_value);
    rows.invalid("password-null", with_password(null()), {"FieldWrongType"}, "a NULL as a password, which must not read as an empty one",
                 first_value);
    rows.invalid("password-sequence", with_password(sequence({printable("secret")})), {"FieldWrongType"}, "a SEQUENCE around the password",
                 first_value);
    rows.invalid("password-printable-underscore", with_password(printable("base64url_-")), {"CharacterSet"},
                 "'_' in a PrintableString, as generators of secrets give", first_value);
    rows.invalid("password-bmp-odd", with_password(hex("1e 03 00 61 00")), {"CharacterSet"}, "a BMPString of odd length", first_value);
    rows.invalid("password-in-parts", with_password(hex("2c 06 04 01 61 04 01 62")), {"ConstructedString"},
                 "a password in constructed form", first_value);
    rows.invalid("password-without-set", with({sequence({encoded(pkcs10_oids::challengePassword), printable("secret")})}),
                 {"FieldWrongType"}, "the value without its SET", first_values);
}

void extension_requests(GroupRows& rows) {
    const Octets usage = extension(oids::id_ce_keyUsage, hex("03 02 05 a0"), true);
    const Octets alt_name = extension(oids::id_ce_subjectAltName, sequence({tlv(tag::context(2), text("device.example"))}));
    const Octets both = sequence({usage, alt_name});
    const Json pkcs = read_as({"1.2.840.113549.1.9.14"});
    const auto asking = [](const Octets& value) { return with({attribute(pkcs10_oids::extensionRequest, {value})}); };
    rows.valid("extensions-asked-for", asking(both), pkcs, "an extensionRequest with keyUsage and subjectAltName (RFC 2985, 5.4.2)");
    rows.valid("extensions-microsoft", with({attribute(pkcs10_oids::microsoftCertExtensions, {both})}), read_as({"1.3.6.1.4.1.311.2.1.14"}),
               "the same under Microsoft's identifier, as Windows sends it");
    rows.valid("extensions-and-password",
               sorted({challenge_password(printable(long_secret)), attribute(pkcs10_oids::extensionRequest, {both})}),
               request_as_made({{"attributes", {"1.2.840.113549.1.9.7", "1.2.840.113549.1.9.14"}}}),
               "challengePassword and extensionRequest, as SCEP's clients send them");
    rows.valid("extensions-unknown", asking(sequence({extension(scep::der::oid("1.2.3.4"), hex("05 00"))})), pkcs,
               "an extension that nobody knows is asked for");
    rows.acceptable("extensions-both-identifiers",
                    sorted({attribute(pkcs10_oids::extensionRequest, {sequence({usage})}),
                            attribute(pkcs10_oids::microsoftCertExtensions, {sequence({alt_name})})}),
                    Json::object(), {"FieldDoubled"}, "two lists under two identifiers: who reads one of them does not see the other");
    rows.acceptable("extensions-two-attributes",
                    sorted({attribute(pkcs10_oids::extensionRequest, {sequence({usage})}),
                            attribute(pkcs10_oids::extensionRequest, {sequence({alt_name})})}),
                    Json::object(), {"FieldDoubled"}, "two extensionRequests: who checks the first may issue by the second");
    rows.invalid("extensions-two-values", with({attribute(pkcs10_oids::extensionRequest, {sequence({alt_name}), sequence({usage})})}),
                 {"FieldDoubled"}, "two values where the attribute has one (SINGLE VALUE)", first_values);
    rows.invalid("extensions-empty", asking(sequence({})), {"EmptyList"}, "no extension in the list: SIZE (1..MAX)", first_value);
    rows.invalid("extensions-bare", asking(usage), {"FieldWrongType"}, "an extension without the list around it",
                 "certificationRequestInfo.attributes[0].attrValues[0][0]");
    rows.invalid("extensions-octet-string", asking(octet_string(both)), {"FieldWrongType"}, "the list inside of an OCTET STRING",
                 first_value);
    rows.invalid("extensions-doubled", asking(sequence({usage, usage})), {"ExtensionDoubled"}, "the same extension is asked for twice",
                 "certificationRequestInfo.attributes[0].attrValues[0][1]");
    rows.invalid("extensions-value-trailing", asking(sequence({extension(oids::id_ce_keyUsage, hex("03 02 05 a0 00"), true)})),
                 {"TrailingOctets"}, "an octet after keyUsage inside extnValue",
                 "certificationRequestInfo.attributes[0].attrValues[0][0].extnValue");
    rows.invalid("extensions-critical-false",
                 asking(sequence({sequence({encoded(oids::id_ce_keyUsage), hex("01 01 00"), octet_string(hex("03 02 05 a0"))})})),
                 {"DefaultEncoded"}, "critical FALSE is encoded, as some libraries do", first_value);
}

void lists(GroupRows& rows) {
    rows.valid("attributes-empty", with_field(context(0, {})), read_as({}),
               "[0] with nothing in it: no attributes, as RFC 2986 writes them");
    rows.acceptable("attributes-absent", with_field({}), read_as({}), {"AttributesForm"},
                    "[0] is left out, which it must not be and often is");
    rows.valid("attributes-unknown", with({attribute(scep::der::oid("1.2.3.4"), {integer(5)})}), read_as({"1.2.3.4"}),
               "an attribute that nobody knows");
    rows.valid("attributes-unknown-two-values", with({attribute(scep::der::oid("1.2.3.4"), {integer(5), integer(6)})}),
               read_as({"1.2.3.4"}), "two values of an attribute that nobody knows: no bound is set");
    rows.valid("attributes-unstructured-name",
               sorted({challenge_password(printable(long_secret)), attribute(unstructuredName, {string_value(tag::IA5String, "router")})}),
               request_as_made({{"attributes", {"1.2.840.113549.1.9.2", "1.2.840.113549.1.9.7"}}}),
               "an unstructuredName beside the challengePassword, in the order of their encodings");
    rows.valid("attributes-windows",
               sorted({challenge_password(printable(long_secret)),
                       attribute(scep::der::oid("1.3.6.1.4.1.311.13.2.3"), {string_value(tag::IA5String, "10.0.19045.2")}),
                       attribute(scep::der::oid("1.3.6.1.4.1.311.21.20"),
                                 {sequence({integer(5), utf8("DEVICE"), utf8("DEVICE\\user"), utf8("certreq.exe")})}),
                       attribute(scep::der::oid("1.3.6.1.4.1.311.13.2.2"),
                                 {sequence({integer(1), bmp("Microsoft Software KSP"), bit_string({})})})}),
               request_as_made(
                   {{"attributes", {"1.3.6.1.4.1.311.13.2.3", "1.2.840.113549.1.9.7", "1.3.6.1.4.1.311.21.20", "1.3.6.1.4.1.311.13.2.2"}}}),
               "the attributes of Windows: its version, who asks, and where the key is");
    rows.acceptable("attributes-unsorted",
                    with({challenge_password(printable(long_secret)), attribute(unstructuredName, {string_value(tag::IA5String, "a")})}),
                    request_as_made({{"attributes", {"1.2.840.113549.1.9.7", "1.2.840.113549.1.9.2"}}}), {"UnsortedSetOf"},
                    "attributes out of the order of DER: the signature is over what was sent, and fails for who encodes anew");
    rows.invalid("attributes-as-set", with_field(set({challenge_password(printable(long_secret))})), {"FieldWrongType"},
                 "a SET in the place of [0]", "certificationRequestInfo");
    rows.invalid("attributes-explicit", with_field(context(0, set({challenge_password(printable(long_secret))}))), {"FieldWrongType"},
                 "[0] EXPLICIT around a SET, where it is IMPLICIT", "certificationRequestInfo.attributes[0]");
    rows.invalid("attributes-as-1", with_field(context(1, challenge_password(printable(long_secret)))), {"FieldWrongType"},
                 "[1] in the place of [0]", "certificationRequestInfo");
    rows.invalid("attributes-twice", with_field(joined({context(0, {}), context(0, {})})), {"FieldDoubled"}, "[0] twice",
                 "certificationRequestInfo");
    rows.invalid("attributes-primitive", with_field(tlv(tag::context(0), challenge_password(printable(long_secret)))), {"ConstructedBit"},
                 "[0] in primitive form", "certificationRequestInfo");
    rows.invalid("attribute-without-values", with({sequence({encoded(scep::der::oid("1.2.3.4"))})}), {"FieldMissing"},
                 "an attribute without its SET of values", first_values);
    rows.invalid("attribute-empty-values", with({attribute(scep::der::oid("1.2.3.4"), {})}), {"EmptyList"},
                 "an attribute with an empty SET of values", first_values);
    rows.invalid("attribute-without-type", with({sequence({set({integer(5)})})}), {"FieldMissing"}, "an attribute without its type",
                 "certificationRequestInfo.attributes[0].attrType");
    rows.invalid("attribute-third-member", with({sequence({encoded(scep::der::oid("1.2.3.4")), set({integer(5)}), null()})}),
                 {"TrailingOctets"}, "a third member of an attribute", "certificationRequestInfo.attributes[0]");
    rows.invalid("attribute-values-unsorted", with({attribute(scep::der::oid("1.2.3.4"), {integer(6), integer(5)})}), {"UnsortedSetOf"},
                 "values out of the order of DER", first_values);
    rows.invalid("attribute-value-not-der", with({attribute(scep::der::oid("1.2.3.4"), {hex("01 01 01")})}), {"BooleanOctet"},
                 "a value that is BER: TRUE as 01", first_value);
}

} // namespace

void request_attributes(GroupRows& rows) {
    challenge_passwords(rows);
    extension_requests(rows);
    lists(rows);
}

} // namespace sceplab::vectors
