#include <vectors/generate/der/topics.h>
#include <vectors/generate/group_rows.h>

// Length octets (X.690, 8.1.3, 10.1), and headers that end too soon.
namespace sceplab::vectors {

namespace {

Octets zeros(std::size_t count) { return Octets(count, 0); }

std::string zero_digits(std::size_t octets) { return std::string(2 * octets, '0'); }

Group octet_strings() {
    ValueRows rows("OCTET STRING");
    rows.valid("length-0", "04 00", "", "no content: the value is there and empty");
    rows.valid("length-127", joined({hex("04 7f"), zeros(127)}), zero_digits(127), "127 is the last length of the short form");
    rows.valid("length-128", joined({hex("04 81 80"), zeros(128)}), zero_digits(128), "128 is the first length of the long form");
    rows.valid("length-255", joined({hex("04 81 ff"), zeros(255)}), zero_digits(255), "255 is the last length of one length octet");
    rows.valid("length-256", joined({hex("04 82 01 00"), zeros(256)}), zero_digits(256),
               "256 takes two length octets, the second of them 00");
    rows.valid("length-4096", joined({hex("04 82 10 00"), zeros(4096)}), zero_digits(4096),
               "a length whose low octet is 00 is not an end of contents");
    rows.invalid("length-81-of-0", "04 81 00", {"NonMinimalLength"}, "the long form for 0");
    rows.invalid("length-81-of-1", "04 81 01 aa", {"NonMinimalLength"}, "the long form for 1");
    rows.invalid("length-81-of-127", joined({hex("04 81 7f"), zeros(127)}), {"NonMinimalLength"},
                 "81 7f says what 7f says; DER has the short form alone");
    rows.invalid("length-82-of-1", "04 82 00 01 aa", {"NonMinimalLength"}, "a leading octet 00 in the length");
    rows.invalid("length-82-of-128", joined({hex("04 82 00 80"), zeros(128)}), {"NonMinimalLength"},
                 "two length octets where one is enough");
    rows.invalid("length-83-of-256", joined({hex("04 83 00 01 00"), zeros(256)}), {"NonMinimalLength"},
                 "three length octets where two are enough");
    rows.invalid("length-84-of-1", "04 84 00 00 00 01 aa", {"NonMinimalLength"},
                 "four length octets for 1, as encoders with a fixed size of length write");
    rows.invalid("length-85-of-1", "04 85 00 00 00 00 01 aa", {"NonMinimalLength"},
                 "five length octets, the first of which is beyond 32 bits and zero");
    rows.invalid("length-88-of-1", "04 88 00 00 00 00 00 00 00 01 aa", {"NonMinimalLength"}, "eight length octets for 1");
    rows.invalid("length-89-of-1", "04 89 00 00 00 00 00 00 00 00 01 aa", {"NonMinimalLength"},
                 "nine length octets for 1: more than a machine word has");
    rows.invalid("length-fe-of-1", joined({hex("04 fe"), zeros(125), hex("01 aa")}), {"NonMinimalLength"},
                 "126 length octets, the most there can be, for 1");
    rows.invalid("length-indefinite-primitive", "04 80 aa 00 00", {"IndefiniteLength"},
                 "an indefinite length in primitive form (X.690, 8.1.3.2)");
    rows.invalid("length-indefinite-constructed", "24 80 04 01 aa 00 00", {"IndefiniteLength"},
                 "an OCTET STRING in parts with an indefinite length: BER, not DER");
    rows.invalid("length-reserved-ff", joined({hex("04 ff"), zeros(127)}), {"ReservedLength"},
                 "the initial octet ff is reserved (X.690, 8.1.3.5): not 127 length octets, and not -1");
    rows.invalid("length-reserved-ff-alone", "04 ff", {"ReservedLength"}, "the reserved initial octet at the end of the input");
    rows.invalid("length-one-too-long", "04 02 aa", {"TruncatedValue"}, "the length tells one octet more than there is");
    rows.invalid("length-one-too-short", "04 01 aa bb", {"TrailingOctets"}, "the length tells one octet less than there is");
    rows.invalid("length-1-of-nothing", "04 01", {"TruncatedValue"}, "a length of 1 at the end of the input");
    rows.invalid("length-127-of-126", joined({hex("04 7f"), zeros(126)}), {"TruncatedValue"},
                 "the last octet of the longest short form is missing");
    rows.invalid("length-128-of-127", joined({hex("04 81 80"), zeros(127)}), {"TruncatedValue"},
                 "the last octet of the shortest long form is missing");
    rows.invalid("length-256-of-255", joined({hex("04 82 01 00"), zeros(255)}), {"TruncatedValue"}, "the last octet of 256 is missing");
    rows.invalid("length-2-31-minus-1", "04 84 7f ff ff ff aa", {"LengthOverflow"},
                 "2^31 - 1 octets are announced: the largest signed length, to which a header size must not be added");
    rows.invalid("length-2-31", "04 84 80 00 00 00 aa", {"LengthOverflow"}, "2^31 is negative where the length is signed");
    rows.invalid("length-2-32-minus-1", "04 84 ff ff ff ff aa", {"LengthOverflow"},
                 "2^32 - 1 is -1 where the length is signed, and wraps with the header added");
    rows.invalid("length-2-32-minus-6", "04 84 ff ff ff fa aa", {"LengthOverflow"},
                 "header and length together are 2^32, which is 0 in 32 bits");
    rows.invalid("length-2-32", "04 85 01 00 00 00 00", {"LengthOverflow"}, "2^32 is 0 in 32 bits, and there is no content");
    rows.invalid("length-2-32-plus-1", "04 85 01 00 00 00 01 aa", {"LengthOverflow"}, "2^32 + 1 is 1 in 32 bits, and there is one octet");
    rows.invalid("length-2-63-minus-1", "04 88 7f ff ff ff ff ff ff ff aa", {"LengthOverflow"}, "the largest signed length of 64 bits");
    rows.invalid("length-2-63", "04 88 80 00 00 00 00 00 00 00 aa", {"LengthOverflow"}, "2^63 is negative where the length is signed");
    rows.invalid("length-2-64-minus-1", "04 88 ff ff ff ff ff ff ff ff aa", {"LengthOverflow"},
                 "2^64 - 1 is -1 where the length is signed");
    rows.invalid("length-2-64-minus-10", "04 88 ff ff ff ff ff ff ff f6 aa", {"LengthOverflow"},
                 "header and length together are 2^64, which is 0 in 64 bits");
    rows.invalid("length-2-64", "04 89 01 00 00 00 00 00 00 00 00", {"LengthOverflow"}, "2^64 is 0 in 64 bits, and there is no content");
    rows.invalid("length-2-64-plus-1", "04 89 01 00 00 00 00 00 00 00 01 aa", {"LengthOverflow"},
                 "2^64 + 1 is 1 in 64 bits, and there is one octet");
    rows.invalid("length-2-1008-minus-1", joined({hex("04 fe"), Octets(126, 0xff), hex("aa")}), {"LengthOverflow"},
                 "126 length octets ff: the largest length that can be written");
    return std::move(rows).take();
}

// A header cut after each of its octets, and lengths that do not agree with the element around.
Group anything() {
    ValueRows rows("ANY");
    rows.invalid("header-no-octets", "", {"TruncatedHeader"}, "nothing, of which the first octet must not be read");
    rows.invalid("header-tag-alone", "30", {"TruncatedHeader"}, "an identifier without a length");
    rows.invalid("header-81-alone", "30 81", {"TruncatedHeader"},
                 "the long form without its length octet, at which a converter from BER was seen to panic");
    rows.invalid("header-82-alone", "30 82", {"TruncatedHeader"}, "two length octets are announced and none is there");
    rows.invalid("header-82-one", "30 82 01", {"TruncatedHeader"}, "the second of two length octets is missing");
    rows.invalid("header-82-two", "30 82 01 00", {"TruncatedValue"}, "a whole header of a certificate's kind, and nothing after it");
    rows.invalid("header-82-and-a-tag", "30 82 01 00 30", {"TruncatedValue"}, "a whole header and the first octet of an element");
    rows.invalid("header-82-and-a-length", "30 82 01 00 30 81", {"TruncatedValue"},
                 "two headers one in the other, the inner one cut in its length");
    rows.invalid("header-84-alone", "30 84", {"TruncatedHeader"}, "four length octets are announced and none is there");
    rows.invalid("header-84-one", "30 84 01", {"TruncatedHeader"},
                 "one of four length octets, at which a converter from BER was seen to panic");
    rows.invalid("header-84-three", "30 84 00 00 01", {"TruncatedHeader"}, "three of four length octets");
    rows.invalid("header-88-seven", "30 88 00 00 00 00 00 00 00", {"TruncatedHeader"}, "seven of eight length octets");
    rows.invalid("header-fe-alone", "30 fe", {"TruncatedHeader"}, "126 length octets are announced and none is there");
    rows.invalid("header-80-alone", "30 80", {"IndefiniteLength"}, "an indefinite length at the end of the input");
    rows.invalid("header-80-one-zero", "30 80 00", {"IndefiniteLength"}, "the first octet of an end of contents at the end of the input");
    rows.invalid("header-80-empty", "30 80 00 00", {"IndefiniteLength"}, "an empty SEQUENCE of indefinite length: BER, not DER");
    rows.invalid("header-high-tag-alone", "1f", {"TruncatedHeader"}, "the high form without its number");
    rows.invalid("header-high-tag-80", "1f 80", {"TruncatedHeader"},
                 "a number that goes on past the end of the input, at which a converter from BER was seen to panic");
    rows.invalid("header-high-tag-05", "1f 05", {"TruncatedHeader"},
                 "a number below 31 and no length, at which a converter from BER was seen to panic");
    rows.invalid("header-high-tag-without-length", "9f 1f", {"TruncatedHeader"}, "a whole high tag number without a length");
    rows.invalid("header-high-tag-length-cut", "9f 1f 82 01", {"TruncatedHeader"}, "a whole high tag number with a length that is cut");
    rows.invalid("header-inner-cut-by-outer", "30 01 02", {"TruncatedHeader"},
                 "the element inside has room for its identifier alone: the header is not to be looked for behind the outer value");
    rows.invalid("header-inner-length-cut-by-outer", "30 02 02 81 01 05", {"TruncatedHeader", "TrailingOctets"},
                 "the length octets of the inner element would stand behind the outer value");
    rows.invalid("inner-one-longer-than-outer", "30 03 02 02 05", {"TruncatedValue"},
                 "the inner length reaches one octet past the outer value and past the input");
    rows.invalid("inner-longer-than-outer-not-input", "30 06 30 03 02 02 05 06", {"TruncatedValue"},
                 "the innermost length reaches past the SEQUENCE around it, into octets that are there");
    rows.invalid("inner-length-2-32-minus-1", "30 08 04 84 ff ff ff ff aa bb", {"LengthOverflow"},
                 "an inner length that wraps where it is added to its place");
    rows.invalid("inner-non-minimal", "30 04 02 81 01 05", {"NonMinimalLength"}, "the outer length is minimal, the inner one is not");
    rows.invalid("inner-indefinite", "30 07 30 80 02 01 05 00 00", {"IndefiniteLength"},
                 "the outer length is definite, the inner one is not");
    rows.invalid("outer-indefinite", "30 80 02 01 05 00 00", {"IndefiniteLength"}, "the outer length is indefinite, the inner one is DER");
    rows.invalid("outer-short-of-inner", "30 02 02 01 05", {"TruncatedValue", "TrailingOctets"},
                 "the outer length ends before the last octet of the element inside");
    rows.valid("inner-fills-outer", "30 05 30 03 02 01 05", "1", "lengths that agree to the octet");
    rows.valid("empty-sequence", "30 00", "0", "no elements at all");
    rows.valid("octet-string-of-cut-header", "04 02 30 82", "0",
               "what an OCTET STRING holds is octets: a cut header in it is none of the parser's business");
    rows.valid("context-primitive-of-cut-header", "81 03 30 84 01", "0", "what a primitive [1] holds is not looked into");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_lengths() { return {octet_strings(), anything()}; }

} // namespace sceplab::vectors
