#pragma once

#include <cstdint>

namespace scep::der {

enum class TagClass : std::uint8_t { universal = 0, application = 1, context = 2, private_ = 3 };

// An identifier (X.690, 8.1.2) folded into one comparable word: class, constructed bit and number.
// The default Tag stands for "none" and equals no tag that can be read: number 0 of class universal is end-of-contents, which DER never has.
struct Tag {
    std::uint32_t bits = 0;

    static constexpr std::uint32_t number_mask = 0x1fffffff;
    static constexpr std::uint32_t constructed_bit = 0x20000000;

    [[nodiscard]] static constexpr Tag make(TagClass tag_class, bool constructed, std::uint32_t number) {
        return Tag{(static_cast<std::uint32_t>(tag_class) << 30) | (constructed ? constructed_bit : 0) | (number & number_mask)};
    }
    // Of an identifier of one octet: the number is below 31.
    [[nodiscard]] static constexpr Tag from_octet(std::uint8_t identifier) {
        return Tag{(std::uint32_t{identifier} & 0xe0) << 24 | (identifier & 0x1fu)};
    }
    // The identifier octet; 0, which no identifier is, where it takes more than one.
    [[nodiscard]] constexpr std::uint8_t octet() const {
        return number() < 31 ? static_cast<std::uint8_t>((bits >> 24 & 0xe0) | number()) : std::uint8_t{0};
    }
    [[nodiscard]] constexpr TagClass tag_class() const { return static_cast<TagClass>(bits >> 30); }
    [[nodiscard]] constexpr bool constructed() const { return (bits & constructed_bit) != 0; }
    [[nodiscard]] constexpr std::uint32_t number() const { return bits & number_mask; }
    [[nodiscard]] constexpr Tag as_constructed() const { return Tag{bits | constructed_bit}; }
    [[nodiscard]] constexpr Tag as_primitive() const { return Tag{bits & ~constructed_bit}; }
    friend constexpr bool operator==(Tag, Tag) = default;
};

namespace tag {
inline constexpr Tag none{};
inline constexpr Tag BOOLEAN = Tag::make(TagClass::universal, false, 1);
inline constexpr Tag INTEGER = Tag::make(TagClass::universal, false, 2);
inline constexpr Tag BIT_STRING = Tag::make(TagClass::universal, false, 3);
inline constexpr Tag OCTET_STRING = Tag::make(TagClass::universal, false, 4);
inline constexpr Tag NULL_ = Tag::make(TagClass::universal, false, 5);
inline constexpr Tag OBJECT_IDENTIFIER = Tag::make(TagClass::universal, false, 6);
inline constexpr Tag ENUMERATED = Tag::make(TagClass::universal, false, 10);
inline constexpr Tag UTF8String = Tag::make(TagClass::universal, false, 12);
inline constexpr Tag SEQUENCE = Tag::make(TagClass::universal, true, 16);
inline constexpr Tag SET = Tag::make(TagClass::universal, true, 17);
inline constexpr Tag NumericString = Tag::make(TagClass::universal, false, 18);
inline constexpr Tag PrintableString = Tag::make(TagClass::universal, false, 19);
inline constexpr Tag TeletexString = Tag::make(TagClass::universal, false, 20);
inline constexpr Tag IA5String = Tag::make(TagClass::universal, false, 22);
inline constexpr Tag UTCTime = Tag::make(TagClass::universal, false, 23);
inline constexpr Tag GeneralizedTime = Tag::make(TagClass::universal, false, 24);
inline constexpr Tag VisibleString = Tag::make(TagClass::universal, false, 26);
inline constexpr Tag UniversalString = Tag::make(TagClass::universal, false, 28);
inline constexpr Tag BMPString = Tag::make(TagClass::universal, false, 30);

// [n] IMPLICIT over a primitive type, and [n] EXPLICIT or IMPLICIT over a constructed one.
[[nodiscard]] constexpr Tag context(std::uint32_t number) { return Tag::make(TagClass::context, false, number); }
[[nodiscard]] constexpr Tag context_constructed(std::uint32_t number) { return Tag::make(TagClass::context, true, number); }
}  // namespace tag

}  // namespace scep::der
