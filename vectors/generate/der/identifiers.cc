#include <vectors/generate/der/topics.h>
#include <vectors/generate/group_rows.h>

// OBJECT IDENTIFIER (X.690, 8.19).
namespace sceplab::vectors {

namespace {

std::string arcs_of_one(std::size_t count) {
    std::string out = "1.3";
    for (; count > 0; --count) {
        out += ".1";
    }
    return out;
}

} // namespace

std::vector<Group> der_identifiers() {
    ValueRows rows("OBJECT IDENTIFIER");
    rows.valid("oid-0.0", "06 01 00", "0.0", "the smallest: one octet 00 is two arcs");
    rows.valid("oid-0.39", "06 01 27", "0.39", "the last second arc below 0");
    rows.valid("oid-1.0", "06 01 28", "1.0", "the first below 1");
    rows.valid("oid-1.39", "06 01 4f", "1.39", "the last second arc below 1");
    rows.valid("oid-2.0", "06 01 50", "2.0", "the first below 2");
    rows.valid("oid-2.39", "06 01 77", "2.39", "the last that a division by 40 reads right");
    rows.valid("oid-2.40", "06 01 78", "2.40", "120 is 2.40, not 3.0: below 2 the second arc has no bound");
    rows.valid("oid-2.47", "06 01 7f", "2.47", "the last of one octet");
    rows.valid("oid-2.48", "06 02 81 00", "2.48", "the first subidentifier of two octets is still two arcs");
    rows.valid("oid-2.999", "06 02 88 37", "2.999", "the arc for examples; a parser that divides one octet gets it wrong");
    rows.valid("oid-2.999.3", "06 03 88 37 03", "2.999.3", "the example of X.690, 8.19.5");
    rows.valid("oid-signedData", "06 09 2a 86 48 86 f7 0d 01 07 02", "1.2.840.113549.1.7.2", "an arc of three octets in the middle");
    rows.valid("oid-messageType", "06 0a 60 86 48 01 86 f8 45 01 09 02", "2.16.840.1.113733.1.9.2", "the messageType of SCEP");
    rows.valid("oid-arc-127", "06 02 2a 7f", "1.2.127", "the last arc of one octet");
    rows.valid("oid-arc-128", "06 03 2a 81 00", "1.2.128", "the first arc of two octets");
    rows.valid("oid-arc-16384", "06 04 2a 81 80 00", "1.2.16384", "an octet 80 inside an arc is a digit, not padding");
    rows.valid("oid-arc-2-31-minus-1", "06 06 2a 87 ff ff ff 7f", "1.2.2147483647", "the largest arc of 31 bits");
    rows.valid("oid-arc-2-31", "06 06 2a 88 80 80 80 00", "1.2.2147483648", "negative where it is kept in 32 signed bits");
    rows.valid("oid-arc-2-32-minus-1", "06 06 2a 8f ff ff ff 7f", "1.2.4294967295", "-1 where it is kept in 32 bits");
    rows.acceptable("oid-arc-2-32", "06 06 2a 90 80 80 80 00", "1.2.4294967296", {"OidArcOverflow"},
                    "0 where it is kept in 32 bits; no bound is set, and who cannot keep it must refuse it");
    rows.acceptable("oid-arc-2-64-minus-1", "06 0b 2a 81 ff ff ff ff ff ff ff ff 7f", "1.2.18446744073709551615", {"OidArcOverflow"},
                    "the largest arc of 64 bits");
    rows.acceptable("oid-arc-2-64", "06 0b 2a 82 80 80 80 80 80 80 80 80 00", "1.2.18446744073709551616", {"OidArcOverflow"},
                    "0 where it is kept in 64 bits");
    rows.acceptable("oid-arc-2-64-plus-840", "06 0b 2a 82 80 80 80 80 80 80 80 86 48", "1.2.18446744073709552456", {"OidArcOverflow"},
                    "1.2.840 where it is kept in 64 bits");
    rows.acceptable("oid-uuid", "06 14 69 83 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 7f", std::nullopt, {"OidArcOverflow"},
                    "an arc of 128 bits, as UUIDs below 2.25 have it (X.667), and a first octet of 2.25");
    rows.acceptable("oid-wraps-to-signedData", "06 0d 2a 86 48 86 f7 0d 01 07 90 80 80 80 02", "1.2.840.113549.1.7.4294967298",
                    {"OidArcOverflow"}, "the last arc is 2^32 + 2: id-signedData where it is kept in 32 bits");
    rows.acceptable("oid-wraps-to-messageType", "06 0e 60 86 48 01 86 f8 45 01 09 90 80 80 80 02", "2.16.840.1.113733.1.9.4294967298",
                    {"OidArcOverflow"}, "the last arc is 2^32 + 2: messageType where it is kept in 32 bits");
    rows.acceptable("oid-wraps-to-sha256", "06 10 60 86 48 01 65 03 04 02 82 80 80 80 80 80 80 01", "2.16.840.1.101.3.4.2.1125899906842625",
                    {"OidArcOverflow"}, "the last arc is 2^50 + 1: id-sha256 where it is kept in 32 bits");
    rows.acceptable("oid-first-arc-wraps", "06 06 90 80 80 80 2a 03", "2.4294967258.3", {"OidArcOverflow"},
                    "the first subidentifier is 2^32 + 42: 1.2.3 where it is kept in 32 bits");
    rows.acceptable("oid-600-arcs", joined({hex("06 82 02 59 2b"), Octets(600, 0x01)}), arcs_of_one(600), {"HugeValue"},
                    "601 octets of arcs: a text of fixed size for them overflows");
    rows.acceptable("oid-one-arc-of-10-kib", joined({hex("06 82 28 01 2a"), Octets(10239, 0xff), hex("7f")}), std::nullopt, {"HugeValue"},
                    "one arc of 71680 bits: to write it in decimal takes time in the square of its length");
    rows.invalid("oid-empty", "06 00", {"EmptyContent"}, "no octets are no identifier");
    rows.invalid("oid-leading-80", "06 02 80 2a", {"OidForm"}, "a first octet 80 pads the subidentifier (X.690, 8.19.2)");
    rows.invalid("oid-leading-80-in-last-arc", "06 04 2a 86 48 80", {"OidForm"}, "the last arc begins with 80 and does not end");
    rows.invalid("oid-arc-padded", "06 0a 2a 86 48 86 f7 0d 01 07 80 02", {"OidForm"},
                 "id-signedData with the last arc padded: another encoding of a trusted identifier");
    rows.invalid("oid-arc-padded-twice", "06 05 2a 80 80 48 01", {"OidForm"}, "two octets 80 before the arc");
    rows.invalid("oid-middle-arc-padded", "06 0b 2a 80 86 48 86 f7 0d 01 07 02 01", {"OidForm"}, "padding in the middle");
    rows.invalid("oid-unfinished", "06 03 2a 86 c8", {"OidForm"}, "the last octet says that another follows");
    rows.invalid("oid-unfinished-first", "06 01 88", {"OidForm"},
                 "one octet that says another follows; it would be read from behind the value");
    rows.invalid("oid-only-80", "06 01 80", {"OidForm"}, "one octet 80: padding alone");
    rows.invalid("oid-only-ff", "06 04 ff ff ff ff", {"OidForm"}, "an arc of ff that never ends");
    rows.invalid("oid-as-relative-oid", "0d 03 2a 03 04", {"WrongTag"}, "a RELATIVE-OID has the same content and is no OBJECT IDENTIFIER");
    rows.invalid("oid-as-text", "13 05 31 2e 32 2e 33", {"WrongTag"}, "the identifier in dots, as a PrintableString");
    return {std::move(rows).take()};
}

} // namespace sceplab::vectors
