#include <vectors/generate/der/ber_rows.h>
#include <vectors/generate/der/topics.h>

// Lengths in all forms (X.690, 8.1.3), ends of contents (8.1.5), and structures that are built of them.
namespace sceplab::vectors {

Group ber_lengths() {
    BerRows rows("OCTET STRING");
    rows.valid("length-81", "04 81 01 aa", "aa", "04 01 aa", "the long form for 1: BER lets the sender choose (X.690, 8.1.3.5)");
    rows.valid("length-82", "04 82 00 01 aa", "aa", "04 01 aa", "two length octets for 1");
    rows.valid("length-83", "04 83 00 00 01 aa", "aa", "04 01 aa", "three length octets for 1");
    rows.valid("length-84", "04 84 00 00 00 01 aa", "aa", "04 01 aa",
               "four length octets for 1, as encoders with a fixed size of length write");
    rows.valid("length-81-of-0", "04 81 00", "", "04 00", "the long form for no content");
    rows.valid("length-84-of-0", "04 84 00 00 00 00", "", "04 00", "four octets 00 as a length: they are no end of contents");
    rows.valid("length-82-of-128", joined({hex("04 82 00 80"), Octets(128, 0xaa)}), scep::der::to_hex(Octets(128, 0xaa)),
               joined({hex("04 81 80"), Octets(128, 0xaa)}), "two length octets where DER has one");
    rows.valid("length-der", "04 01 aa", "aa", "04 01 aa", "DER is BER", {});
    rows.valid("length-85", "04 85 00 00 00 00 01 aa", "aa", "04 01 aa",
               "five length octets of which one counts: no reason to take them for a length beyond 32 bits");
    rows.valid("length-86", "04 86 00 00 00 00 00 01 aa", "aa", "04 01 aa", "six length octets");
    rows.valid("length-87", "04 87 00 00 00 00 00 00 01 aa", "aa", "04 01 aa", "seven length octets");
    rows.valid("length-88", "04 88 00 00 00 00 00 00 00 01 aa", "aa", "04 01 aa", "eight length octets");
    rows.acceptable("length-89", "04 89 00 00 00 00 00 00 00 00 01 aa", "aa", "04 01 aa", {"LegalBer"},
                    "nine length octets: BER up to 126, and more than a machine word has");
    rows.acceptable("length-fe", joined({hex("04 fe"), Octets(125, 0), hex("01 aa")}), "aa", "04 01 aa", {"LegalBer"},
                    "126 length octets, the most there can be");
    rows.invalid("length-reserved-ff", joined({hex("04 ff"), Octets(126, 0), hex("01 aa")}), {"ReservedLength"},
                 "ff is reserved in BER too, even with 127 octets that would be a length");
    rows.invalid("length-padded-beyond-input", "04 84 00 00 00 02 aa", {"TruncatedValue"},
                 "a padded length that tells one octet more than there is");
    rows.invalid("length-2-32-plus-1", "04 85 01 00 00 00 01 aa", {"LengthOverflow"}, "2^32 + 1 is 1 in 32 bits, and there is one octet");
    rows.invalid("length-2-64-plus-1", "04 89 01 00 00 00 00 00 00 00 01 aa", {"LengthOverflow"},
                 "2^64 + 1 is 1 in 64 bits, and there is one octet");
    rows.invalid("length-cut", "04 84 00 00 00", {"TruncatedHeader"}, "the last of four length octets is missing");
    rows.invalid("length-fe-cut", joined({hex("04 fe"), Octets(125, 0)}), {"TruncatedHeader"}, "the last of 126 length octets is missing");
    rows.invalid("length-indefinite-primitive", "04 80 aa 00 00", {"IndefiniteLength"},
                 "an indefinite length is for constructed encodings alone (X.690, 8.1.3.2)");
    rows.invalid("length-trailing-octet", "04 81 01 aa 00", {"TrailingOctets"}, "an octet after the value: BER is no licence for that");
    return std::move(rows).take();
}

namespace {

Octets nested_indefinite(std::size_t levels) {
    Octets out = repeated(levels, hex("30 80"));
    const Octets ends = repeated(levels, hex("00 00"));
    out.insert(out.end(), ends.begin(), ends.end());
    return out;
}

Octets nested(std::size_t levels) {
    Octets out;
    for (; levels > 0; --levels) {
        out = tlv(scep::der::tag::SEQUENCE, out);
    }
    return out;
}

} // namespace

Group ber_structures() {
    BerRows rows("ANY");
    rows.valid("indefinite-empty", "30 80 00 00", "0", "30 00", "an end of contents at once");
    rows.valid("indefinite-one", "30 80 02 01 05 00 00", "1", "30 03 02 01 05", "the plainest indefinite length");
    rows.valid("indefinite-set", "31 80 02 01 05 00 00", "1", "31 03 02 01 05", "a SET of indefinite length");
    rows.valid("indefinite-nested", "30 80 30 80 02 01 05 00 00 00 00", "1", "30 05 30 03 02 01 05",
               "two ends of contents in a row, each for its own level");
    rows.valid("indefinite-in-definite", "30 07 30 80 02 01 05 00 00", "1", "30 05 30 03 02 01 05",
               "the inner end of contents is inside the outer length");
    rows.valid("definite-in-indefinite", "30 80 30 03 02 01 05 00 00", "1", "30 05 30 03 02 01 05",
               "the outer length is indefinite, the inner one is not");
    rows.valid("indefinite-explicit", "a0 80 30 80 02 01 05 00 00 00 00", "1", "a0 05 30 03 02 01 05",
               "[0] EXPLICIT and what it holds, both indefinite, as the content of a CMS message comes");
    rows.valid("indefinite-siblings", joined({hex("30 80"), repeated(3, hex("30 80 02 01 05 00 00")), hex("00 00")}), "3",
               joined({hex("30 0f"), repeated(3, hex("30 03 02 01 05"))}), "an end of contents, and the next element begins");
    rows.valid("indefinite-ends-with-null", "30 80 05 00 00 00", "1", "30 02 05 00",
               "the octets 05 00 00 00: a NULL, and not its length, is before the end");
    rows.valid("indefinite-zeros-in-value", "30 80 04 04 00 00 00 00 00 00", "1", "30 06 04 04 00 00 00 00",
               "zeros inside a primitive value are no end: who searches for 00 00 stops too soon");
    rows.valid("indefinite-integer-zero", "30 80 02 01 00 00 00", "1", "30 03 02 01 00",
               "three octets 00 in a row, of which the first is a value");
    rows.valid("indefinite-then-minimal-changes", joined({hex("30 80 04 81 7f"), Octets(127, 0xaa), hex("00 00")}), "1",
               joined({hex("30 81 81 04 7f"), Octets(127, 0xaa)}), "the inner length shrinks, and the outer one becomes long");
    rows.valid("non-minimal-shrinks-outer", joined({hex("30 81 80 04 81 7d"), Octets(125, 0xaa)}), "1",
               joined({hex("30 7f 04 7d"), Octets(125, 0xaa)}),
               "the inner header loses an octet, and the outer length with it its long form");
    rows.valid("non-minimal-at-each-level", "30 81 08 30 82 00 04 02 81 01 05", "1", "30 05 30 03 02 01 05",
               "three lengths, none of them minimal");
    rows.valid("indefinite-high-tag", "bf 1f 80 02 01 05 00 00", "1", "bf 1f 03 02 01 05",
               "an indefinite length after a tag of two octets");
    rows.valid("indefinite-application", "60 80 02 01 05 00 00", "1", "60 03 02 01 05", "an indefinite length in class APPLICATION");
    rows.valid("context-constructed-left-alone", "30 80 a0 80 04 01 aa 04 01 bb 00 00 00 00", "1", "30 08 a0 06 04 01 aa 04 01 bb",
               "[0] may be an OCTET STRING in parts or a list of them: without the type nobody can join it");
    rows.valid("context-definite-parts-left-alone", "30 0a a0 08 04 81 01 aa 04 81 01 bb", "1", "30 08 a0 06 04 01 aa 04 01 bb",
               "the parts under [0] lose their long lengths and stay parts");
    rows.valid("context-of-constructed-string", "a0 08 24 06 04 01 aa 04 01 bb", "1", "a0 04 04 02 aa bb",
               "an OCTET STRING in parts inside of [0] EXPLICIT is joined");
    rows.valid("context-nested-parts", "a0 80 24 80 04 01 aa 00 00 04 01 bb 00 00", "2", "a0 06 04 01 aa 04 01 bb",
               "[0] with parts, one of which is in parts itself: that one alone is joined");
    rows.valid("primitive-content-left-alone", "30 80 04 05 30 80 00 00 00 00 00", "1", "30 07 04 05 30 80 00 00 00",
               "BER inside a primitive OCTET STRING is content and stays as it is");
    rows.valid("indefinite-10", nested_indefinite(10), "1", nested(10),
               "ten levels of indefinite length, as a message with certificates has them");
    rows.valid("indefinite-32", nested_indefinite(32), "1", nested(32), "thirty-two levels of indefinite length");
    rows.acceptable("indefinite-64", nested_indefinite(64), "1", nested(64), {"DeepNesting"}, "as deep as a usual limit");
    rows.acceptable("indefinite-65", nested_indefinite(65), "1", nested(65), {"DeepNesting"}, "just above a usual limit");
    rows.acceptable("indefinite-4000", nested_indefinite(4000), "1", nested(4000), {"DeepNesting", "QuadraticBer"},
                    "four thousand levels of indefinite length, in four octets each: recursion without a limit ends on the stack");
    rows.invalid("indefinite-8000-unended", repeated(8000, hex("30 80")), {"DeepNesting", "QuadraticBer", "MissingEndOfContents"},
                 "eight thousand beginnings and no end: to look for the end from each of them takes the square of their number");
    rows.invalid("indefinite-siblings-unended", joined({hex("30 80"), repeated(3000, hex("30 80 00 00"))}),
                 {"QuadraticBer", "MissingEndOfContents"}, "three thousand small siblings and no end of the outer one");
    rows.invalid("indefinite-half-ended", joined({repeated(20, hex("30 80")), repeated(10, hex("00 00"))}), {"MissingEndOfContents"},
                 "twenty beginnings and ten ends");
    rows.invalid("end-missing", "30 80 02 01 05", {"MissingEndOfContents"}, "the input ends and the SEQUENCE does not");
    rows.invalid("end-half", "30 80 02 01 05 00", {"MissingEndOfContents"}, "one of the two octets of the end");
    rows.invalid("end-missing-inner", "30 80 30 80 02 01 05 00 00", {"MissingEndOfContents"}, "one end for two beginnings");
    rows.invalid("end-missing-in-definite", "30 05 30 80 02 01 05", {"MissingEndOfContents"},
                 "the outer length is over and the inner SEQUENCE has not ended");
    rows.invalid("end-behind-definite", "30 05 30 80 02 01 05 00 00", {"MissingEndOfContents"},
                 "the end of the inner SEQUENCE stands behind the outer one");
    rows.invalid("end-in-definite", "30 05 02 01 05 00 00", {"EndOfContents"}, "an end of contents inside a definite length");
    rows.invalid("end-twice", "30 80 02 01 05 00 00 00 00", {"EndOfContents", "TrailingOctets"}, "an end too many");
    rows.invalid("end-with-length", "30 80 02 01 05 00 01 aa", {"EndOfContents"}, "an end of contents has no content (X.690, 8.1.5)");
    rows.invalid("end-with-long-length", "30 80 02 01 05 00 81 00", {"EndOfContents"}, "an end of contents in the long form of length");
    rows.invalid("end-constructed", "30 80 02 01 05 20 00", {"EndOfContents"}, "an end of contents with the constructed bit");
    rows.invalid("end-alone", "00 00", {"EndOfContents"}, "an end of contents and nothing that it ends");
    rows.invalid("indefinite-primitive-inside", "30 80 04 80 aa 00 00 00 00", {"IndefiniteLength"},
                 "an indefinite length in primitive form, inside of a good one");
    rows.invalid("indefinite-context-primitive", "80 80 aa 00 00", {"IndefiniteLength"}, "[0] in primitive form with an indefinite length");
    rows.invalid("indefinite-length-beyond", "30 80 02 05 05 00 00", {"TruncatedValue"},
                 "the element takes the end of contents for its value, and more");
    rows.invalid("definite-cuts-inner", "30 04 30 81 03 02 01 05", {"TruncatedValue", "TrailingOctets"},
                 "the outer length is right for the minimal inner one, which is not there");
    rows.invalid("high-tag-of-low-number", "1f 02 01 05", {"HighTagForm"},
                 "the high form for a low number is wrong in BER too (X.690, 8.1.2.2)");
    rows.invalid("trailing-after-end", "30 80 00 00 aa", {"TrailingOctets"}, "an octet after the end of contents");
    return std::move(rows).take();
}

} // namespace sceplab::vectors
