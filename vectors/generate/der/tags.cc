#include <vectors/generate/der/topics.h>
#include <vectors/generate/group_rows.h>

// Identifier octets (X.690, 8.1.2).
namespace sceplab::vectors {

namespace {

Group any() {
    ValueRows rows("ANY");
    rows.valid("tag-context-30", "9e 01 aa", "0", "30 is the last tag number that fits in the first identifier octet");
    rows.valid("tag-high-31", "9f 1f 01 aa", "0",
               "31 is the first tag number that needs the high form; a parser that reads one octet takes 1f for a length");
    rows.valid("tag-high-127", "9f 7f 01 aa", "0", "127 is the last number of one subsequent octet");
    rows.valid("tag-high-128", "9f 81 00 01 aa", "0",
               "128 is the first number of two subsequent octets; its second octet is 00 and no end of anything");
    rows.valid("tag-high-16383", "9f ff 7f 01 aa", "0", "16383 is the last number of two subsequent octets");
    rows.valid("tag-high-16384", "9f 81 80 00 01 aa", "0", "an octet 80 inside the number is a digit zero, not padding");
    rows.valid("tag-high-constructed", "bf 1f 03 02 01 05", "1",
               "the constructed bit of a high tag number stands in the first octet, and the value is to be walked");
    rows.valid("tag-high-application", "5f 21 01 aa", "0", "class APPLICATION in the high form, as card-verifiable certificates have it");
    rows.valid("tag-high-private", "df 1f 00", "0", "class PRIVATE in the high form with no content");
    rows.valid("tag-application-0", "60 03 02 01 05", "1",
               "number 0 of class APPLICATION is a tag as any other: only UNIVERSAL 0 is the end of contents");
    rows.valid("tag-context-0-empty", "80 00", "0", "a primitive [0] without content, which octet by octet is near to an end of contents");
    rows.valid("tag-private-0", "c0 00", "0", "PRIVATE 0 without content is a value");
    rows.invalid("tag-high-form-of-low-number", "9f 1e 01 aa", {"HighTagForm"},
                 "30 in the high form: two ways to write one tag, which X.690, 8.1.2.2 forbids");
    rows.invalid("tag-high-form-of-zero", "9f 00 01 aa", {"HighTagForm"}, "0 in the high form");
    rows.invalid("tag-high-leading-80", "9f 80 1f 01 aa", {"HighTagForm"},
                 "a first subsequent octet 80 pads the number (X.690, 8.1.2.4.2)");
    rows.invalid("tag-high-leading-80-80", "9f 80 80 1f 01 aa", {"HighTagForm"}, "two padding octets before the number");
    rows.acceptable("tag-number-2-28-minus-1", "9f ff ff ff 7f 01 aa", "0", {"TagNumberOverflow"},
                    "2^28 - 1, the last number of four subsequent octets; the standard sets no bound, an implementation may");
    rows.acceptable("tag-number-2-28", "9f 81 80 80 80 00 01 aa", "0", {"TagNumberOverflow"}, "2^28 takes a fifth subsequent octet");
    rows.acceptable("tag-number-2-32", "9f 90 80 80 80 00 01 aa", "0", {"TagNumberOverflow"},
                    "2^32 is 0 where the number is kept in 32 bits");
    rows.acceptable("tag-number-2-64-plus-1", "9f 82 80 80 80 80 80 80 80 80 01 01 aa", "0", {"TagNumberOverflow"},
                    "2^64 + 1 is 1 where the number is kept in 64 bits");
    rows.acceptable("tag-number-of-600-bits", joined({hex("9f"), repeated(85, hex("ff")), hex("7f 01 aa")}), "0", {"TagNumberOverflow"},
                    "a number of 86 octets must not shift bits out of a machine word unseen");
    rows.invalid("tag-number-endless", joined({hex("9f"), repeated(64, hex("ff"))}), {"TruncatedHeader"},
                 "a number whose last octet never comes: a loop that looks for it must stop at the end");
    rows.invalid("tag-end-of-contents", "00 00", {"EndOfContents"}, "an end of contents is no value");
    rows.invalid("tag-end-of-contents-with-content", "00 01 aa", {"EndOfContents"}, "UNIVERSAL 0 with content is reserved, and no value");
    rows.acceptable("tag-end-of-contents-constructed", "20 00", "0", {"ReservedTag"},
                    "UNIVERSAL 0 in constructed form: reserved for the encoding rules, and no end of contents");
    rows.invalid("tag-end-of-contents-inside", "30 05 02 01 05 00 00", {"EndOfContents"},
                 "an end of contents inside a definite length is no element, and does not end it either");
    rows.invalid("tag-end-of-contents-alone-inside", "30 02 00 00", {"EndOfContents"},
                 "a SEQUENCE whose only element would be an end of contents");
    rows.acceptable("tag-universal-15", "0f 01 aa", "0", {"ReservedTag"},
                    "UNIVERSAL 15 is reserved for what may come; who knows no such type may pass it by its length");
    rows.acceptable("tag-universal-high-63", "1f 3f 01 aa", "0", {"ReservedTag"}, "a universal number above 36 has no type today");
    rows.invalid("tag-primitive-sequence", "10 03 02 01 05", {"ConstructedBit"},
                 "a SEQUENCE is constructed (X.690, 8.9.1); with bit 6 clear its content is no element");
    rows.invalid("tag-primitive-set", "11 03 02 01 05", {"ConstructedBit"}, "a SET in primitive form");
    rows.invalid("tag-constructed-integer", "22 03 02 01 05", {"ConstructedBit"},
                 "an INTEGER is primitive (X.690, 8.3.1); in constructed form its value would be an element");
    rows.invalid("tag-constructed-boolean", "21 03 01 01 ff", {"ConstructedBit"}, "a BOOLEAN in constructed form");
    rows.invalid("tag-constructed-null", "25 00", {"ConstructedBit"}, "a NULL in constructed form, with nothing inside");
    rows.invalid("tag-constructed-oid", "26 05 06 03 2a 03 04", {"ConstructedBit"}, "an OBJECT IDENTIFIER in constructed form");
    rows.invalid("tag-constructed-enumerated", "2a 03 0a 01 01", {"ConstructedBit"}, "an ENUMERATED in constructed form");
    return std::move(rows).take();
}

// What stands in the place of an INTEGER.
Group wrong_tags() {
    ValueRows rows("INTEGER");
    rows.invalid("integer-as-context-2", "82 01 05", {"WrongTag"},
                 "[2] in the place of an INTEGER: the number is right and the class is not");
    rows.invalid("integer-as-application-2", "42 01 05", {"WrongTag"}, "APPLICATION 2 in the place of an INTEGER");
    rows.invalid("integer-as-private-2", "c2 01 05", {"WrongTag"}, "PRIVATE 2 in the place of an INTEGER");
    rows.invalid("integer-as-enumerated", "0a 01 05", {"WrongTag"}, "an ENUMERATED has the content of an INTEGER, and is none");
    rows.invalid("integer-as-octet-string", "04 01 05", {"WrongTag"}, "an OCTET STRING in the place of an INTEGER");
    rows.invalid("integer-explicitly-tagged", "a0 03 02 01 05", {"WrongTag"},
                 "[0] EXPLICIT around the INTEGER, which the type does not have");
    rows.invalid("integer-high-tag-2", "1f 02 01 05", {"HighTagForm"},
                 "UNIVERSAL 2 in the high form: who compares the number alone takes it for an INTEGER");
    rows.invalid("integer-high-tag-2-padded", "1f 80 02 01 05", {"HighTagForm"}, "UNIVERSAL 2 in the high form with padding");
    rows.invalid("integer-tag-2-32-plus-2", "1f 90 80 80 80 02 01 05", {"TagNumberOverflow"},
                 "UNIVERSAL 2^32 + 2 is INTEGER where the number is kept in 32 bits");
    rows.invalid("integer-tag-2-64-plus-2", "1f 82 80 80 80 80 80 80 80 80 02 01 05", {"TagNumberOverflow"},
                 "UNIVERSAL 2^64 + 2 is INTEGER where the number is kept in 64 bits");
    rows.invalid("integer-tag-258", "1f 82 02 01 05", {"TagNumberOverflow"}, "UNIVERSAL 258 is INTEGER where the number is kept in 8 bits");
    rows.invalid("integer-empty-input", "", {"TruncatedHeader"}, "no octets at all");
    rows.invalid("integer-two-values", "02 01 05 02 01 06", {"TrailingOctets"}, "a second INTEGER after the first");
    rows.invalid("integer-trailing-end-of-contents", "02 01 05 00 00", {"TrailingOctets"}, "an end of contents after a definite length");
    rows.invalid("integer-trailing-zero", "02 01 05 00", {"TrailingOctets"}, "one octet 00 after the value, as a C string would leave it");
    return std::move(rows).take();
}

Group constructed() {
    ValueRows rows("SEQUENCE");
    rows.invalid("sequence-as-set", "31 03 02 01 05", {"WrongTag"}, "a SET in the place of a SEQUENCE: one bit differs");
    rows.invalid("sequence-as-context-16", "b0 03 02 01 05", {"WrongTag"},
                 "[16] in the place of a SEQUENCE: the number is right and the class is not");
    rows.invalid("sequence-without-constructed-bit", "10 03 02 01 05", {"ConstructedBit"}, "tag 10 in the place of 30");
    rows.invalid("sequence-in-octet-string", "04 05 30 03 02 01 05", {"WrongTag"}, "the SEQUENCE is inside an OCTET STRING");
    rows.invalid("sequence-high-form", "3f 10 03 02 01 05", {"HighTagForm"}, "UNIVERSAL 16 in the high form");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_tags() { return {any(), wrong_tags(), constructed()}; }

} // namespace sceplab::vectors
