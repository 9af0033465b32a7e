#include <vectors/generate/der/ber_rows.h>
#include <vectors/generate/der/topics.h>
#include <vectors/generate/parts.h>

// Strings in parts (X.690, 8.6.4, 8.7.3, 8.23.6), and values that BER writes in several ways.
namespace sceplab::vectors {

namespace {

std::string digits(std::size_t octets, const char* each) {
    std::string out;
    for (; octets > 0; --octets) {
        out += each;
    }
    return out;
}

Octets nested_parts(std::size_t levels) {
    Octets out = hex("04 01 aa");
    for (; levels > 0; --levels) {
        out = tlv(scep::der::tag::OCTET_STRING.as_constructed(), out);
    }
    return out;
}

Group octet_strings() {
    BerRows rows("OCTET STRING");
    const Flags parts{"StringInParts"};
    rows.valid("octets-one-part", "24 03 04 01 aa", "aa", "04 01 aa", "one part in constructed form", parts);
    rows.valid("octets-two-parts", "24 06 04 01 aa 04 01 bb", "aabb", "04 02 aa bb", "two parts: the value is both, one after the other",
               parts);
    rows.valid("octets-no-parts", "24 00", "", "04 00", "no parts are no octets, and not an error", parts);
    rows.valid("octets-no-parts-indefinite", "24 80 00 00", "", "04 00", "no parts with an indefinite length", parts);
    rows.valid("octets-indefinite", "24 80 04 01 aa 04 01 bb 00 00", "aabb", "04 02 aa bb",
               "two parts with an indefinite length, as OpenSSL streams content", parts);
    rows.valid("octets-empty-part", "24 08 04 01 aa 04 00 04 01 bb", "aabb", "04 02 aa bb",
               "a part without content in the middle is not the end", parts);
    rows.valid("octets-empty-last-part", "24 80 04 01 aa 04 00 00 00", "aa", "04 01 aa",
               "the last part is empty, as streams end: four octets 00 are behind one another", parts);
    rows.valid("octets-all-parts-empty", "24 06 04 00 04 00 04 00", "", "04 00", "three parts, all of them empty", parts);
    rows.valid("octets-parts-of-parts", "24 0a 24 06 04 01 aa 04 01 bb 04 00", "aabb", "04 02 aa bb", "a part is in parts itself", parts);
    rows.valid("octets-parts-of-parts-indefinite", "24 80 24 80 04 01 aa 00 00 24 80 04 01 bb 00 00 00 00", "aabb", "04 02 aa bb",
               "parts of parts, all of indefinite length", parts);
    rows.valid("octets-part-in-long-form", "24 06 04 84 00 00 00 00", "", "04 00", "an empty part with four length octets", parts);
    rows.valid("octets-part-looks-like-tlv", "24 06 04 01 30 04 01 80", "3080", "04 02 30 80",
               "a header is split between two parts: who parses the parts one by one loses it", parts);
    rows.valid("octets-parts-of-1000", joined({hex("24 80"), repeated(3, joined({hex("04 82 03 e8"), Octets(1000, 0x5a)})), hex("00 00")}),
               digits(3000, "5a"), joined({hex("04 82 0b b8"), Octets(3000, 0x5a)}), "parts of 1000 octets, as some senders split", parts);
    rows.valid("octets-128-parts", joined({hex("24 82 01 80"), repeated(128, hex("04 01 aa"))}), digits(128, "aa"),
               joined({hex("04 81 80"), Octets(128, 0xaa)}), "more parts than a signed octet counts", parts);
    rows.valid("octets-5000-parts", joined({hex("24 80"), repeated(5000, hex("04 01 aa")), hex("00 00")}), digits(5000, "aa"),
               joined({hex("04 82 13 88"), Octets(5000, 0xaa)}),
               "a part for each octet: to copy all that came before at each of them takes the square of their number",
               {"StringInParts", "QuadraticBer"});
    rows.valid("octets-7000-empty-parts", joined({hex("24 80"), repeated(7000, hex("04 00")), hex("00 00")}), "", "04 00",
               "seven thousand parts of nothing", {"StringInParts", "QuadraticBer"});
    rows.valid("octets-16-levels", nested_parts(16), "aa", "04 01 aa", "sixteen levels of parts", parts);
    rows.acceptable("octets-100-levels", nested_parts(100), "aa", "04 01 aa", {"DeepNesting"},
                    "a hundred levels of parts around one octet");
    rows.acceptable("octets-4000-levels", nested_parts(4000), "aa", "04 01 aa", {"DeepNesting", "QuadraticBer"},
                    "four thousand levels of parts: recursion without a limit ends on the stack");
    rows.invalid("octets-part-utf8", "24 03 0c 01 61", {"PartType"},
                 "a part of an OCTET STRING is an OCTET STRING (X.690, 8.7.3.2), not a UTF8String");
    rows.invalid("octets-part-integer", "24 03 02 01 05", {"PartType"}, "an INTEGER as a part");
    rows.invalid("octets-part-bit-string", "24 04 03 02 00 aa", {"PartType"},
                 "a BIT STRING as a part: its initial octet would become content");
    rows.invalid("octets-part-context-0", "24 03 80 01 aa", {"PartType"}, "[0] as a part: the class is wrong");
    rows.invalid("octets-part-context-4", "24 03 84 01 aa", {"PartType"}, "[4] as a part: the number is right and the class is not");
    rows.invalid("octets-part-application-4", "24 03 44 01 aa", {"PartType"}, "APPLICATION 4 as a part");
    rows.invalid("octets-second-part-wrong", "24 06 04 01 aa 02 01 05", {"PartType"}, "the first part is right, the second is an INTEGER");
    rows.invalid("octets-part-sequence", "24 05 30 03 04 01 aa", {"PartType"}, "the parts stand in a SEQUENCE");
    rows.invalid("octets-part-wrong-deep", "24 05 24 03 02 01 05", {"PartType"}, "an INTEGER as a part of a part");
    rows.invalid("octets-part-cut", "24 03 04 02 aa", {"TruncatedValue"}, "the part is longer than the string");
    rows.invalid("octets-part-header-cut", "24 01 04", {"TruncatedHeader"}, "an identifier where a part is due");
    rows.invalid("octets-parts-unended", "24 80 04 01 aa", {"MissingEndOfContents"}, "the end of contents is missing");
    rows.invalid("octets-inner-parts-unended", "24 80 24 80 04 01 aa 00 00", {"MissingEndOfContents"}, "one end for two levels of parts");
    rows.invalid("octets-8000-levels-unended", repeated(8000, hex("24 80")), {"DeepNesting", "QuadraticBer", "MissingEndOfContents"},
                 "eight thousand strings that begin and none that ends");
    rows.invalid("octets-part-indefinite-primitive", "24 80 04 80 aa 00 00 00 00", {"IndefiniteLength"},
                 "a primitive part with an indefinite length");
    rows.invalid("octets-end-in-definite", "24 05 04 01 aa 00 00", {"EndOfContents"},
                 "an end of contents among the parts of a definite length");
    return std::move(rows).take();
}

Group bit_strings() {
    BerRows rows("BIT STRING");
    const Flags parts{"StringInParts"};
    rows.valid("bits-one-part", "23 04 03 02 00 a5", "a5/0", "03 02 00 a5", "one part: its initial octet is not among the bits", parts);
    rows.valid("bits-two-parts", "23 08 03 02 00 a5 03 02 00 5a", "a55a/0", "03 03 00 a5 5a",
               "two parts, each with an initial octet, of which one stays", parts);
    rows.valid("bits-unused-in-last-part", "23 08 03 02 00 a5 03 02 04 50", "a550/4", "03 03 04 a5 50",
               "unused bits in the last part are those of the whole", parts);
    rows.valid("bits-empty-part", "23 07 03 01 00 03 02 01 a4", "a4/1", "03 02 01 a4", "a part without bits before the last", parts);
    rows.valid("bits-indefinite", "23 80 03 02 00 a5 03 02 07 80 00 00", "a580/7", "03 03 07 a5 80", "two parts with an indefinite length",
               parts);
    rows.valid("bits-parts-of-parts", "23 80 23 80 03 02 00 a5 00 00 03 02 02 54 00 00", "a554/2", "03 03 02 a5 54",
               "a part is in parts itself", parts);
    rows.valid("bits-nested-last-unused", "23 0c 03 02 00 a5 23 06 03 01 00 03 01 00", "a5/0", "03 02 00 a5",
               "the last part is in parts that have no bits", parts);
    rows.acceptable("bits-unused-set", "03 02 04 ff", std::nullopt, "03 02 04 ff", {"LegalBer", "UnusedBits"},
                    "unused bits may be ones in BER (X.690, 8.6.2.4); no framing is repaired there");
    rows.invalid("bits-unused-in-first-part", "23 08 03 02 04 a0 03 02 00 5a", {"PartBits"},
                 "unused bits before the last part (X.690, 8.6.4)");
    rows.invalid("bits-unused-in-both-parts", "23 08 03 02 04 a0 03 02 04 50", {"PartBits"}, "each part leaves four bits unused");
    rows.invalid("bits-unused-in-nested-first", "23 0a 23 04 03 02 04 a0 03 02 00 5a", {"PartBits"},
                 "unused bits in a part of the first part");
    rows.invalid("bits-unused-before-empty-part", "23 07 03 02 04 a0 03 01 00", {"PartBits"},
                 "unused bits, and a part without bits after them: they are not in the last part");
    rows.invalid("bits-no-parts", "23 00", {"PartBits"},
                 "without a part there is no initial octet to tell the unused bits (X.690, 8.6.4.2)");
    rows.invalid("bits-part-without-initial-octet", "23 02 03 00", {"PartBits", "EmptyContent"}, "a part without an initial octet");
    rows.invalid("bits-part-9-unused", "23 04 03 02 09 00", {"PartBits", "UnusedBits"}, "nine unused bits in a part");
    rows.invalid("bits-part-unused-of-nothing", "23 03 03 01 04", {"PartBits", "UnusedBits"}, "four unused bits of a part without octets");
    rows.invalid("bits-part-octet-string", "23 03 04 01 a5", {"PartType"},
                 "an OCTET STRING as a part of a BIT STRING: it has no initial octet");
    rows.invalid("bits-primitive-empty", "03 00", {"EmptyContent"}, "no initial octet: wrong in BER too");
    rows.invalid("bits-primitive-8-unused", "03 02 08 00", {"UnusedBits"}, "eight unused bits: wrong in BER too");
    return std::move(rows).take();
}

Group utf8_strings() {
    BerRows rows("UTF8String");
    const Flags parts{"StringInParts"};
    rows.valid("utf8-parts", "2c 06 04 01 61 04 01 62", "ab", "0c 02 61 62",
               "the parts of a character string are OCTET STRINGs (X.690, 8.23.6)", parts);
    rows.valid("utf8-character-split", "2c 06 04 01 c3 04 01 a9", "é", "0c 02 c3 a9",
               "a character of two octets is split between parts: it is checked when they are joined", parts);
    rows.valid("utf8-no-parts", "2c 80 00 00", "", "0c 00", "no parts are no characters", parts);
    rows.valid("utf8-nested-parts", "2c 07 24 03 04 01 61 04 00", "a", "0c 01 61", "a part in parts: OCTET STRINGs all the way down",
               parts);
    rows.acceptable("utf8-own-parts", "2c 06 0c 01 61 0c 01 62", "ab", "0c 02 61 62", {"StringInParts", "PartType"},
                    "parts of the string's own type, which many encoders write and the standard does not have");
    rows.invalid("utf8-parts-integer", "2c 03 02 01 61", {"PartType"}, "an INTEGER as a part");
    rows.invalid("utf8-parts-other-string", "2c 03 16 01 61", {"PartType"}, "an IA5String as a part of a UTF8String");
    rows.invalid("utf8-joined-overlong", "2c 06 04 01 c0 04 01 80", {"Utf8Form", "StringInParts"},
                 "an overlong NUL that is whole only when the parts are joined");
    rows.invalid("utf8-joined-cut", "2c 06 04 01 61 04 01 c3", {"Utf8Form", "StringInParts"}, "the last part ends inside a character");
    return std::move(rows).take();
}

Group bmp_strings() {
    BerRows rows("BMPString");
    rows.valid("bmp-odd-parts", "3e 08 04 01 00 04 03 61 00 62", "ab", "1e 04 00 61 00 62",
               "parts of odd length that are whole characters together", {"StringInParts"});
    rows.invalid("bmp-odd-whole", "3e 07 04 02 00 61 04 01 00", {"CharacterSet", "StringInParts"},
                 "half a character when the parts are joined");
    return std::move(rows).take();
}

Group visible_strings() {
    BerRows rows("VisibleString");
    rows.valid("visible-jones", "3a 09 04 03 4a 6f 6e 04 02 65 73", "Jones", "1a 05 4a 6f 6e 65 73",
               "the example of X.690, 8.23.6: 'Jones' in two parts", {"StringInParts"});
    rows.valid("visible-jones-indefinite", "3a 80 04 03 4a 6f 6e 04 02 65 73 00 00", "Jones", "1a 05 4a 6f 6e 65 73",
               "the same with an indefinite length", {"StringInParts"});
    rows.valid("visible-jones-long", "1a 81 05 4a 6f 6e 65 73", "Jones", "1a 05 4a 6f 6e 65 73", "the same in the long form of length");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> ber_strings() { return {octet_strings(), bit_strings(), utf8_strings(), bmp_strings(), visible_strings()}; }

std::vector<Group> ber_values() {
    std::vector<Group> out;
    {
        BerRows rows("BOOLEAN");
        rows.valid("boolean-01", "01 01 01", "TRUE", "01 01 01",
                   "any octet but 00 is TRUE (X.690, 8.2.2); framing is made DER, the octet stays");
        rows.valid("boolean-80", "01 01 80", "TRUE", "01 01 80", "80 is TRUE: who looks at the lowest bit takes it for FALSE");
        rows.valid("boolean-long-form", "01 81 01 ff", "TRUE", "01 01 ff", "the long form of length");
        rows.invalid("boolean-two-octets", "01 02 01 01", {"BooleanOctet"}, "one octet is due in BER too");
        rows.invalid("boolean-empty", "01 00", {"EmptyContent"}, "no octet is neither TRUE nor FALSE");
        rows.invalid("boolean-constructed", "21 03 01 01 ff", {"ConstructedBit"}, "a BOOLEAN is primitive in BER too");
        out.push_back(std::move(rows).take());
    }
    {
        BerRows rows("INTEGER");
        rows.valid("integer-long-form", "02 82 00 01 05", "5", "02 01 05", "the length is padded, which BER allows; the number is not");
        rows.invalid("integer-padded", "02 02 00 05", {"PaddedInteger"}, "padding of the number is wrong in BER too (X.690, 8.3.2)");
        rows.invalid("integer-padded-ff", "02 02 ff ff", {"PaddedInteger"}, "padding of a negative number is wrong in BER too");
        rows.invalid("integer-empty", "02 00", {"EmptyContent"}, "no octets are no number in BER too");
        rows.invalid("integer-constructed", "22 03 02 01 05", {"ConstructedBit"}, "an INTEGER is primitive in BER too");
        rows.invalid("integer-indefinite", "22 80 02 01 05 00 00", {"ConstructedBit", "IndefiniteLength"},
                     "an INTEGER in parts does not exist");
        out.push_back(std::move(rows).take());
    }
    {
        BerRows rows("OBJECT IDENTIFIER");
        rows.valid("oid-long-form", "06 81 03 2a 03 04", "1.2.3.4", "06 03 2a 03 04", "the length is padded, the arcs are not");
        rows.invalid("oid-padded", "06 04 2a 80 03 04", {"OidForm"}, "padding of an arc is wrong in BER too (X.690, 8.19.2)");
        rows.invalid("oid-constructed", "26 05 06 03 2a 03 04", {"ConstructedBit"}, "an OBJECT IDENTIFIER is primitive in BER too");
        out.push_back(std::move(rows).take());
    }
    {
        BerRows rows("NULL");
        rows.valid("null-long-form", "05 81 00", "", "05 00", "the long form of length for no content");
        rows.valid("null-84", "05 84 00 00 00 00", "", "05 00", "four length octets for no content");
        rows.invalid("null-content", "05 01 00", {"NullContent"}, "content is wrong in BER too");
        rows.invalid("null-constructed", "25 80 00 00", {"ConstructedBit"}, "a NULL is primitive in BER too");
        out.push_back(std::move(rows).take());
    }
    {
        BerRows rows("SET OF INTEGER");
        rows.valid("set-unsorted", "31 06 02 01 02 02 01 01", "2", "31 06 02 01 02 02 01 01",
                   "the order is free in BER; framing is made DER, the order stays, since a signature may be over it");
        rows.valid("set-unsorted-indefinite", "31 80 02 01 02 02 01 01 00 00", "2", "31 06 02 01 02 02 01 01",
                   "an unsorted SET OF of indefinite length");
        rows.valid("set-long-elements", "31 08 02 81 01 01 02 81 01 02", "2", "31 06 02 01 01 02 01 02",
                   "sorted elements with padded lengths");
        rows.invalid("set-of-other-type", "31 80 04 01 05 00 00", {"WrongTag"}, "an OCTET STRING in a SET OF INTEGER");
        out.push_back(std::move(rows).take());
    }
    {
        BerRows rows("UTCTime");
        rows.valid("utc-in-parts", joined({hex("37 11 04 06"), text("260101"), hex("04 07"), text("000000Z")}), "2026-01-01T00:00:00Z",
                   string_value(scep::der::tag::UTCTime, "260101000000Z"), "a time in parts: it is a string of VisibleString's kind",
                   {"StringInParts"});
        rows.acceptable("utc-no-seconds", string_value(scep::der::tag::UTCTime, "2601010000Z"), "2026-01-01T00:00:00Z",
                        string_value(scep::der::tag::UTCTime, "2601010000Z"), {"LegalBer", "TimeForm"},
                        "without seconds: BER, which certificates and CMS do not have");
        rows.acceptable("utc-offset", string_value(scep::der::tag::UTCTime, "260101010000+0100"), "2026-01-01T00:00:00Z",
                        string_value(scep::der::tag::UTCTime, "260101010000+0100"), {"LegalBer", "TimeForm"},
                        "with an offset that is to be subtracted: BER, which certificates and CMS do not have");
        rows.invalid("utc-month-13", string_value(scep::der::tag::UTCTime, "261301000000Z"), {"TimeRange"}, "month 13 is wrong in BER too");
        out.push_back(std::move(rows).take());
    }
    return out;
}

} // namespace sceplab::vectors
