#include <vectors/generate/der/topics.h>
#include <vectors/generate/group_rows.h>

#include <botan/bigint.h>

// INTEGER and ENUMERATED (X.690, 8.3, 8.4), BOOLEAN (8.2, 11.1), NULL (8.8).
namespace sceplab::vectors {

namespace {

Group integers() {
    ValueRows rows("INTEGER");
    const auto power_of_two = [](std::size_t bits) { return Botan::BigInt::power_of_2(bits); };
    rows.valid("integer-0", "02 01 00", "0", "zero is one octet 00, not no octet");
    rows.valid("integer-1", "02 01 01", "1", "the plainest INTEGER");
    rows.valid("integer-127", "02 01 7f", "127", "the last positive number of one octet");
    rows.valid("integer-128", "02 02 00 80", "128", "the octet 00 is the sign, and due");
    rows.valid("integer-255", "02 02 00 ff", "255", "the sign octet 00 before ff");
    rows.valid("integer-256", "02 02 01 00", "256", "the last octet 00 is a digit");
    rows.valid("integer-32767", "02 02 7f ff", "32767", "the last positive number of two octets");
    rows.valid("integer-32768", "02 03 00 80 00", "32768", "the first that takes a sign octet before two");
    rows.valid("integer-2-31-minus-1", "02 04 7f ff ff ff", "2147483647", "the largest number of 32 bits");
    rows.valid("integer-2-31", "02 05 00 80 00 00 00", "2147483648", "negative where it is kept in 32 signed bits");
    rows.valid("integer-2-32-minus-1", "02 05 00 ff ff ff ff", "4294967295", "-1 where it is kept in 32 bits");
    rows.valid("integer-2-32", "02 05 01 00 00 00 00", "4294967296", "0 where it is kept in 32 bits");
    rows.valid("integer-2-63-minus-1", "02 08 7f ff ff ff ff ff ff ff", "9223372036854775807", "the largest number of 64 signed bits");
    rows.valid("integer-2-63", "02 09 00 80 00 00 00 00 00 00 00", "9223372036854775808", "negative where it is kept in 64 signed bits");
    rows.valid("integer-2-64-minus-1", "02 09 00 ff ff ff ff ff ff ff ff", "18446744073709551615", "-1 where it is kept in 64 bits");
    rows.valid("integer-2-64", "02 09 01 00 00 00 00 00 00 00 00", "18446744073709551616", "0 where it is kept in 64 bits");
    rows.valid("integer-minus-1", "02 01 ff", "-1", "-1 is ff alone; as unsigned it would be 255");
    rows.valid("integer-minus-128", "02 01 80", "-128", "the last negative number of one octet");
    rows.valid("integer-minus-129", "02 02 ff 7f", "-129", "the sign octet ff is due before 7f");
    rows.valid("integer-minus-256", "02 02 ff 00", "-256", "the sign octet ff is due before 00");
    rows.valid("integer-minus-32768", "02 02 80 00", "-32768", "the last negative number of two octets");
    rows.valid("integer-minus-32769", "02 03 ff 7f ff", "-32769", "the sign octet ff before 7f ff");
    rows.valid("integer-minus-2-31", "02 04 80 00 00 00", "-2147483648",
               "the smallest number of 32 bits, which has no positive counterpart there");
    rows.valid("integer-minus-2-31-minus-1", "02 05 ff 7f ff ff ff", "-2147483649", "positive where it is kept in 32 bits");
    rows.valid("integer-minus-2-63", "02 08 80 00 00 00 00 00 00 00", "-9223372036854775808",
               "the smallest number of 64 bits, which has no positive counterpart there");
    rows.valid("integer-minus-2-63-minus-1", "02 09 ff 7f ff ff ff ff ff ff ff", "-9223372036854775809",
               "positive where it is kept in 64 bits");
    rows.valid("integer-of-20-octets", joined({hex("02 14 7f"), Octets(19, 0xff)}), (power_of_two(159) - 1).to_dec_string(),
               "the largest serialNumber that RFC 5280, 4.1.2.2 lets a CA give");
    rows.valid("integer-of-2048-bits", joined({hex("02 82 01 01 00"), Octets(256, 0xff)}), (power_of_two(2048) - 1).to_dec_string(),
               "as long as an RSA modulus, with its sign octet");
    rows.valid("integer-of-4096-bits", joined({hex("02 82 02 01 00 80"), Octets(511, 0)}), power_of_two(4095).to_dec_string(),
               "2^4095: zeros to the end, of which none is padding");
    rows.valid("integer-minus-2-4095", joined({hex("02 82 02 00 80"), Octets(511, 0)}), "-" + power_of_two(4095).to_dec_string(),
               "a negative number of 512 octets has no sign octet before 80");
    rows.invalid("integer-empty", "02 00", {"EmptyContent"}, "no octets are no number (X.690, 8.3.1), and not 0");
    rows.invalid("integer-padded-00-00", "02 02 00 00", {"PaddedInteger"},
                 "0 with a superfluous octet: the first nine bits are all zero (X.690, 8.3.2)");
    rows.invalid("integer-padded-00-01", "02 02 00 01", {"PaddedInteger"}, "1 with a superfluous octet: a second encoding of one number");
    rows.invalid("integer-padded-00-7f", "02 02 00 7f", {"PaddedInteger"}, "127 needs no sign octet");
    rows.invalid("integer-padded-twice", "02 03 00 00 80", {"PaddedInteger"}, "128 with one octet 00 more than its sign");
    rows.invalid("integer-padded-ff-ff", "02 02 ff ff", {"PaddedInteger"}, "-1 with a superfluous octet: the first nine bits are all one");
    rows.invalid("integer-padded-ff-80", "02 02 ff 80", {"PaddedInteger"}, "-128 with a superfluous octet");
    rows.invalid("integer-padded-to-8-octets", "02 08 00 00 00 00 00 00 00 05", {"PaddedInteger"},
                 "5 in the width of a machine word, as encoders that copy words write");
    rows.invalid("integer-padded-modulus", joined({hex("02 82 01 02 00 00"), Octets(256, 0xff)}), {"PaddedInteger"},
                 "a modulus with two octets 00 before it: another encoding of the same key, with another hash");
    return std::move(rows).take();
}

Group enumerated() {
    ValueRows rows("ENUMERATED");
    rows.valid("enumerated-0", "0a 01 00", "0", "zero is an octet");
    rows.valid("enumerated-10", "0a 01 0a", "10", "as the reason codes of CRLs have it");
    rows.valid("enumerated-minus-1", "0a 01 ff", "-1", "an ENUMERATED may be negative");
    rows.valid("enumerated-128", "0a 02 00 80", "128", "the sign octet is due as in an INTEGER");
    rows.valid("enumerated-2-64", "0a 09 01 00 00 00 00 00 00 00 00", "18446744073709551616", "0 where it is kept in 64 bits");
    rows.invalid("enumerated-empty", "0a 00", {"EmptyContent"}, "no octets are no number");
    rows.invalid("enumerated-padded", "0a 02 00 01", {"PaddedInteger"}, "the rule of INTEGER holds (X.690, 8.4)");
    rows.invalid("enumerated-padded-ff", "0a 02 ff ff", {"PaddedInteger"}, "-1 with a superfluous octet");
    rows.invalid("enumerated-as-integer", "02 01 0a", {"WrongTag"}, "an INTEGER has the content of an ENUMERATED, and is none");
    return std::move(rows).take();
}

Group booleans() {
    ValueRows rows("BOOLEAN");
    rows.valid("boolean-false", "01 01 00", "FALSE", "FALSE is 00");
    rows.valid("boolean-true", "01 01 ff", "TRUE", "TRUE is ff, the only one in DER");
    rows.invalid("boolean-01", "01 01 01", {"BooleanOctet"}, "01 is TRUE in BER and nothing in DER (X.690, 11.1), and what C code writes");
    rows.invalid("boolean-80", "01 01 80", {"BooleanOctet"}, "80: TRUE for who looks for any bit");
    rows.invalid("boolean-fe", "01 01 fe", {"BooleanOctet"}, "fe: one bit is missing");
    rows.invalid("boolean-empty", "01 00", {"EmptyContent"}, "no octet is neither TRUE nor FALSE");
    rows.invalid("boolean-two-octets", "01 02 ff ff", {"BooleanOctet"}, "two octets where one is due (X.690, 8.2.1)");
    rows.invalid("boolean-two-octets-different", "01 02 00 ff", {"BooleanOctet"},
                 "FALSE for who reads the first octet, TRUE for who reads the last");
    rows.invalid("boolean-as-integer", "02 01 01", {"WrongTag"}, "an INTEGER 1 in the place of TRUE");
    return std::move(rows).take();
}

Group nulls() {
    ValueRows rows("NULL");
    rows.valid("null", "05 00", "", "NULL has no content");
    rows.invalid("null-one-octet", "05 01 00", {"NullContent"},
                 "an octet hidden in a NULL, where signatures by RSA with a small exponent were forged");
    rows.invalid("null-many-octets", joined({hex("05 81 80"), Octets(128, 0xaa)}), {"NullContent"}, "128 octets hidden in a NULL");
    rows.invalid("null-long-length", "05 81 00", {"NonMinimalLength"},
                 "the long form for no content: the parameters of RSA with another hash");
    rows.invalid("null-indefinite", "05 80 00 00", {"IndefiniteLength"}, "an indefinite length in primitive form");
    rows.invalid("null-trailing", "05 00 00", {"TrailingOctets"}, "an octet after the NULL");
    rows.invalid("null-empty-input", "", {"TruncatedHeader"}, "nothing is not NULL");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_numbers() { return {integers(), enumerated(), booleans(), nulls()}; }

} // namespace sceplab::vectors
