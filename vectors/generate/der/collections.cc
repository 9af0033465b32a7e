#include <vectors/generate/der/topics.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/group_rows.h>

// SET OF and its order (X.690, 11.6), SEQUENCE, what is inside of them, and how deep.
namespace sceplab::vectors {

namespace {

Group sets_of_integers() {
    ValueRows rows("SET OF INTEGER");
    rows.valid("set-empty", "31 00", "0", "no elements");
    rows.valid("set-one", "31 03 02 01 05", "1", "one element is sorted");
    rows.valid("set-sorted", "31 09 02 01 01 02 01 02 02 01 03", "3", "in ascending order of the encodings");
    rows.valid("set-sorted-by-octets", "31 06 02 01 01 02 01 ff", "2", "-1 after 1: the order is that of octets, not of numbers");
    rows.valid("set-shorter-first", "31 07 02 01 7f 02 02 00 80", "2", "the length octet counts: 127 is before 128 by 01 before 02");
    rows.valid("set-equal-elements", "31 06 02 01 05 02 01 05", "2", "a SET OF may hold an element twice");
    rows.invalid("set-unsorted", "31 06 02 01 02 02 01 01", {"UnsortedSetOf"},
                 "2 before 1: the order of the sender, another encoding of the same set");
    rows.invalid("set-sorted-by-number", "31 06 02 01 ff 02 01 01", {"UnsortedSetOf"},
                 "-1 before 1: in the order of numbers, not in that of octets");
    rows.invalid("set-longer-first", "31 07 02 02 00 80 02 01 7f", {"UnsortedSetOf"}, "the longer encoding before the shorter");
    rows.invalid("set-last-unsorted", "31 09 02 01 01 02 01 03 02 01 02", {"UnsortedSetOf"}, "the first two are in order, the last is not");
    rows.invalid("set-first-unsorted", "31 09 02 01 02 02 01 01 02 01 03", {"UnsortedSetOf"},
                 "the last two are in order, the first is not");
    rows.invalid("set-of-other-type", "31 03 04 01 05", {"WrongTag"}, "an OCTET STRING in a SET OF INTEGER");
    rows.invalid("set-of-mixed-types", "31 06 02 01 05 04 01 05", {"WrongTag"}, "the second element is no INTEGER");
    rows.invalid("set-padded-element", "31 04 02 02 00 05", {"PaddedInteger"}, "the order is right, an element is not DER");
    rows.invalid("set-trailing-inside", "31 04 02 01 05 00", {"TruncatedHeader"}, "an octet after the last element, inside the SET");
    rows.invalid("set-as-sequence", "30 06 02 01 01 02 01 02", {"WrongTag"}, "a SEQUENCE in the place of the SET");
    return std::move(rows).take();
}

Group sets_of_octet_strings() {
    ValueRows rows("SET OF OCTET STRING");
    rows.valid("set-octets-by-first-octet", "31 06 04 01 7f 04 01 80", "2", "octets are compared without sign: 7f is before 80");
    rows.invalid("set-octets-signed-order", "31 06 04 01 80 04 01 7f", {"UnsortedSetOf"},
                 "80 before 7f is the order of signed octets, which a plain char gives");
    rows.valid("set-octets-empty-first", "31 05 04 00 04 01 00", "2", "no content is before content, by the length octet");
    rows.invalid("set-octets-empty-last", "31 05 04 01 00 04 00", {"UnsortedSetOf"}, "no content after content");
    rows.valid("set-octets-length-form", joined({hex("31 82 01 04 04 7f"), Octets(127, 0xff), hex("04 81 80"), Octets(128, 0)}), "2",
               "7f is before 81: the long form is after the short one whatever the contents are");
    rows.invalid("set-octets-content-order", "31 07 04 02 00 00 04 01 ff", {"UnsortedSetOf"},
                 "sorted by contents alone, without their headers");
    return std::move(rows).take();
}

Group sets_of_anything() {
    ValueRows rows("SET OF ANY");
    rows.valid("set-any-by-tag", "31 0b 02 01 05 04 01 05 30 03 02 01 05", "3", "the identifier is the first octet that counts");
    rows.invalid("set-any-tags-reversed", "31 06 04 01 05 02 01 05", {"UnsortedSetOf"}, "an OCTET STRING before an INTEGER");
    rows.valid("set-any-constructed", "31 0a 30 03 02 01 05 30 03 02 01 06", "2", "two SEQUENCEs that differ in their last octet");
    rows.invalid("set-any-constructed-unsorted", "31 0a 30 03 02 01 06 30 03 02 01 05", {"UnsortedSetOf"},
                 "the difference is in the last octet alone");
    rows.invalid("set-any-inner-set-unsorted", "31 08 31 06 02 01 06 02 01 05", {"UnsortedSetOf"},
                 "the outer SET is sorted, the one inside is not");
    rows.valid("set-any-null-and-oid", "31 07 05 00 06 03 2a 03 04", "2",
               "elements of unlike length: the shorter is before by its identifier");
    rows.valid("set-any-8000-nulls", joined({hex("31 82 3e 80"), repeated(8000, hex("05 00"))}), "8000",
               "eight thousand elements of no content: an array of records for them is many times as long as the input", {"HugeValue"});
    return std::move(rows).take();
}

Group sequences() {
    ValueRows rows("SEQUENCE OF INTEGER");
    rows.valid("sequence-of-none", "30 00", "0", "no elements");
    rows.valid("sequence-of-descending", "30 06 02 01 02 02 01 01", "2", "the order of a SEQUENCE is the sender's");
    rows.valid("sequence-of-128", joined({hex("30 82 01 80"), repeated(128, hex("02 01 05"))}), "128",
               "more elements than a signed octet counts");
    rows.valid("sequence-of-5000", joined({hex("30 82 3a 98"), repeated(5000, hex("02 01 05"))}), "5000",
               "many small elements in one list: no stack, and no square of their number");
    rows.invalid("sequence-of-other-type", "30 06 02 01 05 01 01 ff", {"WrongTag"}, "a BOOLEAN in a SEQUENCE OF INTEGER");
    rows.invalid("sequence-of-one-octet-left", "30 04 02 01 05 02", {"TruncatedHeader"}, "the identifier of an element that does not come");
    rows.invalid("sequence-of-zero-left", "30 04 02 01 05 00", {"TruncatedHeader"}, "an octet 00 after the last element");
    rows.invalid("sequence-of-trailing-octets", "30 03 02 01 05 aa", {"TrailingOctets"}, "an octet after the whole");
    rows.invalid("sequence-of-trailing-value", "30 03 02 01 05 30 00", {"TrailingOctets"}, "a second SEQUENCE after the first");
    rows.invalid("sequence-of-64-trailing", joined({hex("30 03 02 01 05"), Octets(64, 0)}), {"TrailingOctets"},
                 "padding to a block after the value, as a decryption that does not take it off leaves");
    return std::move(rows).take();
}

// What is inside of constructed encodings is held to DER too.
Group inside() {
    ValueRows rows("ANY");
    rows.valid("any-mixed", "30 0a 01 01 ff 05 00 06 03 2a 03 04", "3", "three primitive elements, each of them DER");
    rows.valid("any-explicit", "a0 05 30 03 02 01 05", "1", "[0] EXPLICIT around a SEQUENCE");
    rows.invalid("any-boolean-01-inside", "30 03 01 01 01", {"BooleanOctet"}, "framing is right, a BOOLEAN inside is not DER");
    rows.invalid("any-padded-integer-inside", "30 04 02 02 00 01", {"PaddedInteger"}, "framing is right, an INTEGER inside is padded");
    rows.invalid("any-null-content-inside", "30 03 05 01 00", {"NullContent"}, "framing is right, a NULL inside has content");
    rows.invalid("any-unused-bits-inside", "30 04 03 02 01 ff", {"UnusedBits"},
                 "framing is right, a BIT STRING inside has its unused bit set");
    rows.invalid("any-oid-inside", "30 03 06 01 80", {"OidForm"}, "framing is right, an OBJECT IDENTIFIER inside is padding");
    rows.invalid("any-utf8-inside", "30 03 0c 01 ff", {"Utf8Form"}, "framing is right, a string inside is not UTF-8");
    rows.invalid("any-time-inside", joined({hex("30 0d"), string_value(scep::der::tag::UTCTime, "2601010000Z")}), {"TimeForm"},
                 "framing is right, a UTCTime inside lacks its seconds");
    rows.invalid("any-constructed-string-inside", "30 05 24 03 04 01 aa", {"ConstructedString"}, "a string in parts one level down");
    rows.invalid("any-unsorted-set-inside", "30 08 31 06 02 01 02 02 01 01", {"UnsortedSetOf"}, "an unsorted SET OF one level down");
    rows.invalid("any-trailing-in-explicit", "a0 06 30 03 02 01 05 00", {"TruncatedHeader"}, "an octet after the value inside of [0]");
    rows.invalid("any-trailing-in-sequence", "30 07 30 03 02 01 05 00 00", {"EndOfContents"},
                 "two octets 00 after the last element of a definite length");
    return std::move(rows).take();
}

// `levels` SEQUENCEs, one in the other, the innermost empty.
Octets nested(std::size_t levels) {
    Octets out;
    for (; levels > 0; --levels) {
        out = tlv(scep::der::tag::SEQUENCE, out);
    }
    return out;
}

Group depth() {
    ValueRows rows("ANY");
    rows.valid("depth-16", nested(16), "1", "deeper than any message of SCEP reaches");
    rows.valid("depth-32", nested(32), "1", "twice that: still no reason to refuse");
    rows.acceptable("depth-63", nested(63), "1", {"DeepNesting"}, "just below a limit of 64 levels");
    rows.acceptable("depth-64", nested(64), "1", {"DeepNesting"}, "at a limit of 64 levels");
    rows.acceptable("depth-65", nested(65), "1", {"DeepNesting"}, "just above a limit of 64 levels");
    rows.acceptable("depth-257", nested(257), "1", {"DeepNesting"}, "more levels than an octet counts");
    rows.acceptable("depth-1000", nested(1000), "1", {"DeepNesting"},
                    "a thousand levels: recursion of some hundred octets a level is still on the stack");
    rows.acceptable("depth-4000", nested(4000), "1", {"DeepNesting"},
                    "four thousand levels, as many as fit in 16 KiB: who recurses without a limit runs out of stack sooner or later");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_collections() {
    return {sets_of_integers(), sets_of_octet_strings(), sets_of_anything(), sequences(), inside(), depth()};
}

} // namespace sceplab::vectors
