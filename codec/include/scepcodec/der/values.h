#pragma once

#include <scepcodec/der/input.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scep::der {

// INTEGER and ENUMERATED (X.690, 8.3): a view of the two's complement content octets, of any size.
struct Integer {
    Input content;

    [[nodiscard]] bool negative() const { return !content.empty() && (content[0] & 0x80) != 0; }
    // The value if it fits in 64 bits.
    [[nodiscard]] std::optional<std::int64_t> to_int64() const;
    [[nodiscard]] bool equals(std::int64_t value) const { return to_int64() == value; }
    // Content octets without a leading sign octet 0x00: the magnitude of a non-negative value.
    [[nodiscard]] std::span<const std::uint8_t> magnitude() const;
    // Lower-case hexadecimal of the content octets.
    [[nodiscard]] std::string to_hex() const;
    friend bool operator==(const Integer& a, const Integer& b) { return a.content.same_octets(b.content); }
};

// An OBJECT IDENTIFIER as a constant: content octets made at compile time from dotted text, oid("1.2.840.113549.1.7.1").
struct OidConstant {
    std::array<std::uint8_t, 20> octets{};
    std::uint8_t size = 0;

    [[nodiscard]] constexpr std::span<const std::uint8_t> content() const { return {octets.data(), size}; }
};

[[nodiscard]] consteval OidConstant oid(std::string_view dotted) {
    OidConstant out;
    std::uint64_t arcs[20] = {};
    std::size_t count = 0;
    std::size_t i = 0;
    while (i < dotted.size()) {
        std::uint64_t arc = 0;
        for (; i < dotted.size() && dotted[i] != '.'; ++i) {
            arc = arc * 10 + static_cast<std::uint64_t>(dotted[i] - '0');
        }
        arcs[count++] = arc;
        ++i;
    }
    arcs[1] += arcs[0] * 40;
    for (std::size_t a = 1; a < count; ++a) {
        int groups = 1;
        for (std::uint64_t rest = arcs[a] >> 7; rest != 0; rest >>= 7) {
            ++groups;
        }
        while (groups-- > 0) {
            out.octets[out.size++] = static_cast<std::uint8_t>(((arcs[a] >> (7 * groups)) & 0x7f) | (groups > 0 ? 0x80 : 0));
        }
    }
    return out;
}

// OBJECT IDENTIFIER (X.690, 8.19): a view of the content octets.
struct Oid {
    Input content;

    // "2.16.840.1.113733.1.9.2"; arcs of any size.
    [[nodiscard]] std::string to_string() const;
    friend bool operator==(const Oid& a, const Oid& b) { return a.content.same_octets(b.content); }
    // The last arcs differ more often than the first.
    friend bool operator==(const Oid& a, const OidConstant& b) {
        const std::uint32_t size = b.size;
        if (a.content.size() != size || size == 0 || a.content[size - 1] != b.octets[size - 1]) {
            return false;
        }
        if (size < 8 || size > 16) {
            return std::memcmp(a.content.data(), b.octets.data(), size) == 0;
        }
        const auto same_eight = [&](std::uint32_t at) { return std::memcmp(a.content.data() + at, b.octets.data() + at, 8) == 0; };
        return same_eight(0) && same_eight(size - 8);
    }
};

// BIT STRING (X.690, 8.6). DER: unused bits are zero, and an empty string has none.
struct BitString {
    Input octets;  // without the initial octet
    std::uint8_t unused_bits = 0;

    // Named bit n, counted from the most significant bit of the first octet; absent bits are 0.
    [[nodiscard]] bool bit(std::uint32_t n) const;
};

// UTCTime or GeneralizedTime in the forms DER and RFC 5280 allow: YYMMDDHHMMSSZ, YYYYMMDDHHMMSSZ. UTCTime years 50..99 are 19xx.
struct Time {
    Element element;
    std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z

    [[nodiscard]] std::string to_string() const;  // "2026-11-23T16:46:08Z"
};

[[nodiscard]] std::string format_time(std::int64_t seconds_since_epoch);

// Values of one TLV; each is given the whole Element, checks its tag and DER content rules.
[[nodiscard]] Result<bool> decode_boolean(const Element& element);        // unexpected_tag, invalid_boolean
[[nodiscard]] Result<Integer> decode_integer(const Element& element);     // unexpected_tag, invalid_integer
[[nodiscard]] Result<Oid> decode_oid(const Element& element);             // unexpected_tag, invalid_oid
[[nodiscard]] Result<BitString> decode_bit_string(const Element& element);  // unexpected_tag, invalid_bit_string
[[nodiscard]] Result<Time> decode_time(const Element& element);           // unexpected_tag, invalid_time

// The content rules alone, for a value whose tag is known or replaced by an IMPLICIT one.
[[nodiscard]] constexpr bool valid_integer(Input content) {
    if (content.size() <= 1) {
        return !content.empty();
    }
    return !(content[0] == 0x00 && content[1] < 0x80) && !(content[0] == 0xff && content[1] >= 0x80);
}
[[nodiscard]] bool valid_oid_octet_by_octet(Input content);
[[nodiscard]] inline bool valid_oid(Input content) {
    // Nearly all have 8 to 16 octets and none that is 0x80: two looks at eight octets tell.
    if (content.size() < 8 || content.size() > 16 || content[content.size() - 1] >= 0x80) {
        return valid_oid_octet_by_octet(content);
    }
    const auto none_is_80 = [](const std::uint8_t* at) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, at, sizeof octets);
        octets ^= 0x8080808080808080;
        return ((octets - 0x0101010101010101) & ~octets & 0x8080808080808080) == 0;
    };
    return (none_is_80(content.data()) && none_is_80(content.end() - 8)) || valid_oid_octet_by_octet(content);
}

// The universal types whose values are octets, bits or characters, times among them: BER may send these in parts.
[[nodiscard]] constexpr bool is_string_type(Tag tag) {
    const std::uint32_t number = tag.number();
    return tag.tag_class() == TagClass::universal &&
           (number == 3 || number == 4 || number == 7 || number == 12 || (number >= 18 && number <= 30 && number != 29));
}

// Character strings: PrintableString, IA5String, UTF8String, NumericString, VisibleString, TeletexString (read as Latin-1), BMPString, UniversalString.
[[nodiscard]] bool is_character_string(Tag tag);
// Octets outside the type's character set, or not whole characters: invalid_string. A tag that is no string type: unexpected_tag.
[[nodiscard]] Result<void> check_character_string(const Element& element);
// The same characters in UTF-8; nothing where check_character_string() fails.
[[nodiscard]] std::optional<std::string> utf8_text(const Element& element);
// UTF-8; octets that do not decode are escaped as \xNN. For people to read, not for comparison.
[[nodiscard]] std::string display_text(const Element& element);

// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> octets);

}  // namespace scep::der
