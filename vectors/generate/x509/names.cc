#include <vectors/generate/families.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/group_rows.h>
#include <vectors/generate/x509/test_keys.h>

// IssuerAndSubject (RFC 8894, 3.3.3) and IssuerAndSerialNumber (RFC 5652, 10.2.4).
namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

Octets utf8(std::string_view characters) { return string_value(tag::UTF8String, characters); }
const Octets& issuer() { return parties().ca.name(); }
const Octets& subject() { return parties().client.name(); }
Octets broken_name(const Octets& value) { return sequence({rdn(id_at_commonName, value)}); }

Group issuer_and_subject() {
    GroupRows rows("IssuerAndSubject");
    const Json as_made = {{"issuer", "CN=Test CA"}, {"subject", "CN=device"}};
    const Octets plain = sequence({issuer(), subject()});
    rows.valid("issuer-and-subject", plain, as_made, "what a CertPoll asks with");
    rows.valid("subject-empty", sequence({issuer(), sequence({})}), {{"issuer", "CN=Test CA"}, {"subject", ""}},
               "a client whose request had an empty subject");
    rows.valid("names-equal", sequence({issuer(), issuer()}), {{"issuer", "CN=Test CA"}, {"subject", "CN=Test CA"}},
               "issuer and subject are the same");
    rows.valid("issuer-of-three",
               sequence({sequence({rdn(id_at_countryName, string_value(tag::PrintableString, "DE")),
                                   rdn(id_at_organizationName, utf8("Example")), rdn(id_at_commonName, utf8("Test CA"))}),
                         subject()}),
               {{"issuer", "CN=Test CA,O=Example,C=DE"}, {"subject", "CN=device"}}, "an issuer of three RDNs");
    rows.valid("subject-nul", sequence({issuer(), broken_name(utf8(std::string_view("device\0x", 8)))}),
               {{"issuer", "CN=Test CA"}, {"subject", "CN=device\\00x"}},
               "U+0000 inside the subject: another client's name for who stops there", {"EmbeddedNul"});
    rows.acceptable("issuer-empty", sequence({sequence({}), subject()}), {{"issuer", ""}, {"subject", "CN=device"}}, {"NamePolicy"},
                    "no issuer: a Name in structure, and of no CA");
    rows.invalid("serial-number-in-place-of-subject", sequence({issuer(), integer(4660)}), {"FieldWrongType"},
                 "an IssuerAndSerialNumber, which GetCert and GetCRL ask with", "subject");
    rows.invalid("subject-missing", sequence({issuer()}), {"FieldMissing"}, "the issuer alone", "subject");
    rows.invalid("issuer-and-subject-empty", sequence({}), {"FieldMissing"}, "a SEQUENCE with nothing in it", "issuer");
    rows.invalid("third-name", sequence({issuer(), subject(), subject()}), {"TrailingOctets"}, "a third Name");
    rows.invalid("name-alone", subject(), {"FieldWrongType"}, "the subject's Name alone: its RDN stands in the place of the issuer",
                 "issuer");
    rows.invalid("certification-request", make_csr(parties().client, [](CsrParts&) {}), {"FieldWrongType"},
                 "a CertificationRequest, as a PKCSReq has it: two SEQUENCEs, and a signature after them");
    rows.invalid("trailing", joined({plain, {0}}), {"TrailingOctets"},
                 "an octet after the value, as a decryption that leaves the padding has it");
    rows.invalid("trailing-padding", joined({plain, Octets(8, 8)}), {"TrailingOctets"},
                 "eight octets 08: the padding of the cipher was not taken off");
    rows.invalid("cut", Octets(plain.begin(), plain.end() - 1), {"TruncatedValue"}, "the last octet is missing");
    rows.invalid("no-octets", Octets{}, {"TruncatedHeader"}, "nothing at all");
    rows.invalid("set", set({issuer(), subject()}), {"FieldWrongType"}, "a SET in the place of the SEQUENCE");
    rows.invalid("indefinite", joined({hex("30 80"), issuer(), subject(), hex("00 00")}), {"IndefiniteLength"},
                 "an indefinite length: BER, which an encrypted value may be in and this one may not");
    rows.invalid("issuer-empty-rdn", sequence({sequence({set({})}), subject()}), {"EmptyList"}, "an RDN of the issuer without attributes",
                 "issuer[0]");
    rows.invalid("subject-printable-at", sequence({issuer(), broken_name(string_value(tag::PrintableString, "a@b"))}), {"CharacterSet"},
                 "'@' in a PrintableString of the subject", "subject[0][0].value");
    rows.invalid("issuer-unsorted-rdn",
                 sequence({sequence({set({attribute_value(id_at_commonName, utf8("Test CA")),
                                          attribute_value(id_at_serialNumber, string_value(tag::PrintableString, "42"))})}),
                           subject()}),
                 {"UnsortedSetOf"}, "an RDN of the issuer out of the order of DER", "issuer[0]");
    rows.invalid("subject-type-padded", sequence({issuer(), sequence({set({sequence({hex("06 04 55 04 80 03"), utf8("device")})})})}),
                 {"OidForm"}, "commonName with its last arc padded", "subject[0][0].type");
    return std::move(rows).take();
}

Group issuer_and_serial_number() {
    GroupRows rows("IssuerAndSerialNumber");
    const auto read_as = [](std::string_view serial) { return Json{{"issuer", "CN=Test CA"}, {"serialNumber", serial}}; };
    rows.valid("issuer-and-serial-number", sequence({issuer(), integer(4660)}), read_as("4660"), "what GetCert and GetCRL ask with");
    rows.valid("serial-number-128", sequence({issuer(), integer(128)}), read_as("128"), "a serialNumber with its sign octet");
    rows.valid("serial-number-20-octets", sequence({issuer(), joined({hex("02 14 7f"), Octets(19, 0xff)})}),
               read_as("730750818665451459101842416358141509827966271487"), "the longest serialNumber that certificates have");
    rows.acceptable("serial-number-0", sequence({issuer(), integer(0)}), read_as("0"), {"SerialNumberPolicy"},
                    "zero, which no CA should have given");
    rows.acceptable("serial-number-negative", sequence({issuer(), integer(-5)}), read_as("-5"), {"SerialNumberPolicy"},
                    "a negative serialNumber must not be found as a positive one");
    rows.invalid("subject-in-place-of-serial-number", sequence({issuer(), subject()}), {"FieldWrongType"},
                 "an IssuerAndSubject, which CertPoll asks with", "serialNumber");
    rows.invalid("serial-number-missing", sequence({issuer()}), {"FieldMissing"}, "the issuer alone", "serialNumber");
    rows.invalid("serial-number-alone", integer(4660), {"FieldWrongType"}, "the serialNumber alone");
    rows.invalid("serial-number-before-issuer", sequence({integer(4660), issuer()}), {"FieldOrder"}, "the serialNumber before the issuer",
                 "issuer");
    rows.invalid("serial-number-padded", sequence({issuer(), hex("02 02 00 05")}), {"PaddedInteger"},
                 "5 with a superfluous octet: looked up by octets it is another", "serialNumber");
    rows.invalid("serial-number-empty", sequence({issuer(), hex("02 00")}), {"EmptyContent"}, "an INTEGER of no octets", "serialNumber");
    rows.invalid("serial-number-octet-string", sequence({issuer(), octet_string({0x12, 0x34})}), {"FieldWrongType"},
                 "the serialNumber as an OCTET STRING", "serialNumber");
    rows.invalid("serial-number-text", sequence({issuer(), string_value(tag::PrintableString, "4660")}), {"FieldWrongType"},
                 "the serialNumber as text", "serialNumber");
    rows.invalid("serial-number-twice", sequence({issuer(), integer(5), integer(6)}), {"FieldDoubled"}, "two serialNumbers");
    rows.invalid("trailing-after-serial-number", joined({sequence({issuer(), integer(5)}), {0}}), {"TrailingOctets"},
                 "an octet after the value");
    rows.invalid("serial-number-long-length", sequence({issuer(), hex("02 81 01 05")}), {"NonMinimalLength"},
                 "the length of the serialNumber takes an octet too many", "serialNumber");
    return std::move(rows).take();
}

} // namespace

File names() {
    return {"names",
            "Decodes one IssuerAndSubject or IssuerAndSerialNumber, what the envelopes of CertPoll, GetCert and GetCRL hold, and accepts "
            "it where it is well formed and DER.",
            {issuer_and_subject(), issuer_and_serial_number()}};
}

} // namespace sceplab::vectors
