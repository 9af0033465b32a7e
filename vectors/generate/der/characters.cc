#include <vectors/generate/der/topics.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/group_rows.h>

// Character strings (X.680, 41; X.690, 8.23).
namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

Group printable() {
    ValueRows rows("PrintableString");
    const auto of = [](std::string_view characters) { return string_value(tag::PrintableString, characters); };
    rows.valid("printable-all", of("AZaz09 '()+,-./:=?"), "AZaz09 '()+,-./:=?", "the ends of each range, and every sign that the type has");
    rows.valid("printable-empty", "13 00", "", "no characters");
    rows.valid("printable-spaces", of("  "), "  ", "spaces are characters, and not to be cut off");
    rows.invalid("printable-at", of("a@b"), {"CharacterSet"}, "'@' is no PrintableString: addresses are IA5String");
    rows.invalid("printable-asterisk", of("*.example"), {"CharacterSet"}, "'*' is no PrintableString, though seen in names of hosts");
    rows.invalid("printable-ampersand", of("A & B"), {"CharacterSet"}, "'&' is no PrintableString, though seen in names of firms");
    rows.invalid("printable-underscore", of("a_b"), {"CharacterSet"},
                 "'_' is no PrintableString: a transactionID or secret in base64url breaks here");
    rows.invalid("printable-line-feed", of("a\n"), {"CharacterSet"}, "a line feed at the end, as base64 of a tool has it");
    rows.invalid("printable-nul", hex("13 03 61 00 62"), {"CharacterSet", "EmbeddedNul"}, "NUL is no PrintableString");
    rows.invalid("printable-latin-1", hex("13 01 e9"), {"CharacterSet"}, "an octet beyond ASCII");
    rows.invalid("printable-utf8", hex("13 02 c3 a9"), {"CharacterSet"}, "UTF-8 under the tag of a PrintableString");
    rows.invalid("printable-constructed", hex("33 06 04 01 61 04 01 62"), {"ConstructedString"}, "a string in parts: BER, not DER");
    return std::move(rows).take();
}

Group utf8() {
    ValueRows rows("UTF8String");
    rows.valid("utf8-empty", "0c 00", "", "no characters");
    rows.valid("utf8-ascii", "0c 05 68 65 6c 6c 6f", "hello", "ASCII is UTF-8");
    rows.valid("utf8-two-octets", "0c 02 c3 a9", "é", "the smallest kind of multi-octet character");
    rows.valid("utf8-first-of-two", "0c 02 c2 80", "\xc2\x80", "U+0080, the first of two octets");
    rows.valid("utf8-last-of-two", "0c 02 df bf", "\xdf\xbf", "U+07FF, the last of two octets");
    rows.valid("utf8-first-of-three", "0c 03 e0 a0 80", "\xe0\xa0\x80", "U+0800, the first of three octets");
    rows.valid("utf8-before-surrogates", "0c 03 ed 9f bf", "\xed\x9f\xbf", "U+D7FF, the last before the surrogates");
    rows.valid("utf8-after-surrogates", "0c 03 ee 80 80", "\xee\x80\x80", "U+E000, the first after the surrogates");
    rows.valid("utf8-byte-order-mark", "0c 04 ef bb bf 61",
               "\xef\xbb\xbf"
               "a",
               "U+FEFF is a character here and is not dropped");
    rows.valid("utf8-first-of-four", "0c 04 f0 90 80 80", "\xf0\x90\x80\x80", "U+10000, the first of four octets");
    rows.valid("utf8-last", "0c 04 f4 8f bf bf", "\xf4\x8f\xbf\xbf", "U+10FFFF, the last character");
    rows.valid("utf8-nul", "0c 03 61 00 62", std::string_view("a\0b", 3), "U+0000 is a character of UTF-8: the string does not end there",
               {"EmbeddedNul"});
    rows.invalid("utf8-overlong-2", "0c 02 c0 80", {"Utf8Form"}, "U+0000 in two octets: a NUL that a check for 00 does not see");
    rows.invalid("utf8-overlong-slash", "0c 02 c0 af", {"Utf8Form"}, "'/' in two octets, the classic way round a check of paths");
    rows.invalid("utf8-overlong-c1", "0c 02 c1 bf", {"Utf8Form"}, "U+007F in two octets");
    rows.invalid("utf8-overlong-3", "0c 03 e0 80 af", {"Utf8Form"}, "'/' in three octets");
    rows.invalid("utf8-overlong-3-last", "0c 03 e0 9f bf", {"Utf8Form"}, "U+07FF in three octets");
    rows.invalid("utf8-overlong-4", "0c 04 f0 8f bf bf", {"Utf8Form"}, "U+FFFF in four octets");
    rows.invalid("utf8-high-surrogate", "0c 03 ed a0 80", {"Utf8Form"}, "U+D800 is half a character of UTF-16");
    rows.invalid("utf8-low-surrogate", "0c 03 ed bf bf", {"Utf8Form"}, "U+DFFF is half a character of UTF-16");
    rows.invalid("utf8-surrogate-pair", "0c 06 ed a0 bd ed b8 80", {"Utf8Form"},
                 "a pair of surrogates, each in three octets: CESU-8, not UTF-8");
    rows.invalid("utf8-beyond-10ffff", "0c 04 f4 90 80 80", {"Utf8Form"}, "U+110000 is beyond the last character");
    rows.invalid("utf8-lead-f5", "0c 04 f5 80 80 80", {"Utf8Form"}, "f5 begins nothing");
    rows.invalid("utf8-five-octets", "0c 05 f8 88 80 80 80", {"Utf8Form"}, "five octets, which UTF-8 had until 2003");
    rows.invalid("utf8-lead-ff", "0c 01 ff", {"Utf8Form"}, "ff is never an octet of UTF-8");
    rows.invalid("utf8-cut-2", "0c 01 c3", {"Utf8Form"}, "the string ends inside a character of two octets");
    rows.invalid("utf8-cut-3", "0c 02 e2 82", {"Utf8Form"}, "the string ends inside a character of three octets");
    rows.invalid("utf8-cut-4", "0c 03 f0 9f 98", {"Utf8Form"}, "the string ends inside a character of four octets");
    rows.invalid("utf8-continuation-first", "0c 01 80", {"Utf8Form"}, "an octet of the middle at the beginning");
    rows.invalid("utf8-continuation-missing", "0c 02 c3 41", {"Utf8Form"},
                 "a letter where the second octet is due: who skips two octets loses it");
    rows.invalid("utf8-latin-1", "0c 04 63 61 66 e9", {"Utf8Form"}, "Latin-1 under the tag of a UTF8String");
    rows.invalid("utf8-constructed", "2c 06 04 01 61 04 01 62", {"ConstructedString"}, "a string in parts: BER, not DER");
    return std::move(rows).take();
}

Group ia5() {
    ValueRows rows("IA5String");
    rows.valid("ia5-address", string_value(tag::IA5String, "a@b.example"), "a@b.example", "what PrintableString has no '@' for");
    rows.valid("ia5-7f", "16 01 7f", "\x7f", "7f is the last character of the set");
    rows.valid("ia5-controls", "16 03 09 0d 0a", "\t\r\n", "control characters are in the set");
    rows.valid("ia5-nul", "16 09 61 2e 62 00 2e 63 6f 6d 21", std::string_view("a.b\0.com!", 9),
               "NUL is in the set: the string does not end there", {"EmbeddedNul"});
    rows.invalid("ia5-80", "16 01 80", {"CharacterSet"}, "80 is beyond the set");
    rows.invalid("ia5-utf8", "16 02 c3 a9", {"CharacterSet"},
                 "UTF-8 under the tag of an IA5String, as names of hosts in other scripts come");
    return std::move(rows).take();
}

Group numeric() {
    ValueRows rows("NumericString");
    rows.valid("numeric-digits-and-space", string_value(tag::NumericString, "0123 456789"), "0123 456789",
               "digits and the space are the whole set");
    rows.invalid("numeric-letter", string_value(tag::NumericString, "12a"), {"CharacterSet"}, "a letter");
    rows.invalid("numeric-minus", string_value(tag::NumericString, "-1"), {"CharacterSet"}, "a sign is no digit");
    rows.invalid("numeric-hyphen-between", string_value(tag::NumericString, "12-34"), {"CharacterSet"},
                 "a hyphen in the place of the space");
    return std::move(rows).take();
}

Group visible() {
    ValueRows rows("VisibleString");
    rows.valid("visible-all", string_value(tag::VisibleString, " ~@*&_"), " ~@*&_",
               "the first and the last of the set, and what PrintableString has not");
    rows.invalid("visible-tab", string_value(tag::VisibleString, "a\tb"), {"CharacterSet"}, "a control character");
    rows.invalid("visible-7f", "1a 01 7f", {"CharacterSet"}, "DEL is no visible character");
    rows.invalid("visible-nul", "1a 02 61 00", {"CharacterSet", "EmbeddedNul"}, "the NUL of a C string counted into the value");
    rows.invalid("visible-latin-1", "1a 01 e9", {"CharacterSet"}, "an octet beyond ASCII");
    return std::move(rows).take();
}

Group teletex() {
    ValueRows rows("TeletexString");
    rows.valid("teletex-ascii", string_value(tag::TeletexString, "abc 123"), "abc 123", "letters and digits are the same in T.61");
    rows.acceptable("teletex-latin-1", "14 01 e9", std::nullopt, {"TeletexCharacters"},
                    "e9 is an O with a stroke in T.61 and 'é' to everybody who writes it: Latin-1 is meant");
    rows.acceptable("teletex-accent", "14 02 c2 65", std::nullopt, {"TeletexCharacters"},
                    "an accent before its letter, as T.61 has it: two octets for one character");
    rows.acceptable("teletex-escape", "14 04 1b 25 47 61", std::nullopt, {"TeletexCharacters"}, "an escape sequence that changes the set");
    return std::move(rows).take();
}

Group bmp() {
    ValueRows rows("BMPString");
    rows.valid("bmp-ascii", "1e 04 00 61 00 62", "ab", "two octets for each character; half of them 00");
    rows.valid("bmp-euro", "1e 02 20 ac", "€", "a character beyond Latin-1");
    rows.valid("bmp-empty", "1e 00", "", "no characters");
    rows.valid("bmp-nul", "1e 06 00 61 00 00 00 62", std::string_view("a\0b", 3), "U+0000 between two characters: no end", {"EmbeddedNul"});
    rows.invalid("bmp-odd-length", "1e 03 00 61 00", {"CharacterSet"},
                 "half a character at the end, behind which a decoder by pairs reads");
    rows.invalid("bmp-one-octet", "1e 01 61", {"CharacterSet"}, "half a character alone");
    rows.invalid("bmp-lone-high-surrogate", "1e 04 d8 00 00 61", {"CharacterSet"}, "half a pair of surrogates, and a letter after it");
    rows.invalid("bmp-lone-low-surrogate", "1e 02 dc 00", {"CharacterSet"}, "the second half of a pair alone");
    rows.acceptable("bmp-surrogate-pair", "1e 04 d8 3d de 00", std::nullopt, {"BmpSurrogates"},
                    "a pair of surrogates: UTF-16, which BMPString is not, and which PKCS #12 passwords use");
    return std::move(rows).take();
}

Group universal() {
    ValueRows rows("UniversalString");
    rows.valid("universal-ascii", "1c 08 00 00 00 61 00 00 00 62", "ab",
               "four octets for each character; a size in octets made of one in characters overflows");
    rows.valid("universal-last", "1c 04 00 10 ff ff", "\xf4\x8f\xbf\xbf", "U+10FFFF, the last character");
    rows.invalid("universal-length-3", "1c 03 00 00 61", {"CharacterSet"}, "three octets are no character");
    rows.invalid("universal-length-6", "1c 06 00 00 00 61 00 62", {"CharacterSet"}, "the second character is a half");
    rows.invalid("universal-beyond-10ffff", "1c 04 00 11 00 00", {"CharacterSet"}, "U+110000 is beyond the last character");
    rows.invalid("universal-7fffffff", "1c 04 7f ff ff ff", {"CharacterSet"}, "the last number of the old set of 31 bits");
    rows.invalid("universal-negative", "1c 04 ff ff ff ff", {"CharacterSet"}, "-1 where a character is a signed number");
    rows.invalid("universal-surrogate", "1c 04 00 00 d8 00", {"CharacterSet"}, "a surrogate is no character");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_characters() { return {printable(), utf8(), ia5(), numeric(), visible(), teletex(), bmp(), universal()}; }

} // namespace sceplab::vectors
