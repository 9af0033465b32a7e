#include <vectors/generate/der/topics.h>
#include <vectors/generate/group_rows.h>

#include <scepcodec/der/values.h>

// BIT STRING (X.690, 8.6, 11.2) and OCTET STRING (8.7).
namespace sceplab::vectors {

namespace {

Group bit_strings() {
    ValueRows rows("BIT STRING");
    rows.valid("bits-none", "03 01 00", "/0", "no bits: the initial octet alone, which is 00");
    rows.valid("bits-8", "03 02 00 a5", "a5/0", "eight bits, none unused");
    rows.valid("bits-7", "03 02 01 a4", "a4/1", "seven bits: the last is unused and zero");
    rows.valid("bits-1", "03 02 07 80", "80/7", "one bit: seven unused");
    rows.valid("bits-9", "03 03 07 a5 80", "a580/7", "nine bits: the unused ones are of the last octet alone");
    rows.valid("bits-12", "03 03 04 a5 f0", "a5f0/4", "twelve bits");
    rows.valid("bits-trailing-zero-bits", "03 02 00 80", "80/0",
               "zero bits at the end are bits; only named bit lists drop them (X.690, 11.2.2)");
    rows.valid("bits-all-zero-7-unused", "03 02 07 00", "00/7", "a single bit that is zero");
    rows.valid("bits-256-octets", joined({hex("03 82 01 01 00"), Octets(256, 0x5a)}), scep::der::to_hex(Octets(256, 0x5a)) + "/0",
               "as long as a signature by RSA");
    rows.invalid("bits-no-initial-octet", "03 00", {"EmptyContent"},
                 "without an initial octet there is no BIT STRING (X.690, 8.6.2.3); its count must not be read from behind");
    rows.invalid("bits-8-unused", "03 02 08 00", {"UnusedBits"}, "eight unused bits are an octet that should not be there");
    rows.invalid("bits-9-unused", "03 03 09 a5 00", {"UnusedBits"}, "nine unused bits reach into the octet before");
    rows.invalid("bits-128-unused", "03 02 80 00", {"UnusedBits"}, "a count that is negative where it is a signed octet");
    rows.invalid("bits-255-unused", "03 02 ff 00", {"UnusedBits"}, "a count that makes the number of bits negative");
    rows.invalid("bits-unused-of-nothing", "03 01 01", {"UnusedBits"}, "one unused bit of no octets: minus one bit");
    rows.invalid("bits-7-unused-of-nothing", "03 01 07", {"UnusedBits"}, "seven unused bits of no octets");
    rows.invalid("bits-unused-bit-set", "03 02 01 a5", {"UnusedBits"},
                 "the unused bit is set: a second encoding of the same bits (X.690, 11.2.1)");
    rows.invalid("bits-all-unused-set", "03 02 07 ff", {"UnusedBits"}, "seven unused bits, all set");
    rows.invalid("bits-highest-unused-set", "03 02 04 a8", {"UnusedBits"}, "of four unused bits the first is set");
    rows.invalid("bits-constructed", "23 04 03 02 00 a5", {"ConstructedString"},
                 "one part in constructed form: BER, not DER (X.690, 10.2)");
    rows.invalid("bits-constructed-empty", "23 00", {"ConstructedString"}, "constructed without parts: not even an initial octet");
    rows.invalid("bits-constructed-two-parts", "23 08 03 02 00 a5 03 02 00 5a", {"ConstructedString"}, "two parts in constructed form");
    rows.invalid("bits-indefinite", "23 80 03 02 00 a5 00 00", {"IndefiniteLength"}, "parts with an indefinite length");
    rows.invalid("bits-as-octet-string", "04 02 00 a5", {"WrongTag"}, "an OCTET STRING with the same content");
    rows.invalid("bits-trailing-octets", "03 02 00 a5 5a", {"TrailingOctets"}, "an octet after the BIT STRING");
    return std::move(rows).take();
}

Group octet_strings() {
    ValueRows rows("OCTET STRING");
    rows.valid("octets-16", "04 10 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f", "000102030405060708090a0b0c0d0e0f",
               "as long as a nonce, and begins with 00");
    rows.valid("octets-look-like-tlv", "04 05 30 03 02 01 05", "3003020105", "an element inside stays octets");
    rows.valid("octets-end-of-contents-inside", "04 04 00 00 00 00", "00000000", "zeros in a primitive value end nothing");
    rows.valid("octets-cut-tlv-inside", "04 02 30 80", "3080", "half an element inside stays octets");
    rows.invalid("octets-constructed", "24 03 04 01 aa", {"ConstructedString"}, "one part in constructed form: BER, not DER (X.690, 10.2)");
    rows.invalid("octets-constructed-empty", "24 00", {"ConstructedString"}, "no parts in constructed form: another encoding of no octets");
    rows.invalid("octets-constructed-two-parts", "24 06 04 01 aa 04 01 bb", {"ConstructedString"},
                 "two parts, as some senders split at 1000 octets");
    rows.invalid("octets-constructed-nested", "24 05 24 03 04 01 aa", {"ConstructedString"}, "a part of a part");
    rows.invalid("octets-as-context-0", "80 01 aa", {"WrongTag"}, "[0] IMPLICIT, where the type has no such tag");
    rows.invalid("octets-as-utf8", "0c 01 41", {"WrongTag"}, "a UTF8String is octets too, and another type");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_bits() { return {bit_strings(), octet_strings()}; }

} // namespace sceplab::vectors
