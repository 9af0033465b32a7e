#include "octets.h"

#include <scepcodec/der/writer.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::hex;

namespace {

constexpr std::uint32_t good = 0xffffffff;

struct StringRow {
    Tag tag;
    std::string content;      // hexadecimal
    std::string shown;        // display_text
    std::uint32_t bad = good; // where in the content the first octet is that is wrong
    friend std::ostream& operator<<(std::ostream& out, const StringRow& row) { return out << to_string(row.tag) << ' ' << row.content; }
};

const std::vector<StringRow> strings{
    {tag::PrintableString, "", ""},
    {tag::PrintableString, "41 7a 30 39 20 27 28 29 2b 2c 2d 2e 2f 3a 3d 3f", "Az09 '()+,-./:=?"},
    {tag::PrintableString, "61 40 62", "a\\x40b", 1},
    {tag::PrintableString, "2a", "\\x2a", 0},
    {tag::PrintableString, "61 62 00", "ab\\x00", 2},
    {tag::PrintableString, "5f", "\\x5f", 0},
    {tag::PrintableString, "26", "\\x26", 0},
    {tag::NumericString, "30 31 20 39", "01 9"},
    {tag::NumericString, "30 41", "0\\x41", 1},
    {tag::IA5String, "61 40 62 2e 7e", "a@b.~"},
    {tag::IA5String, "61 80", "a\\x80", 1},
    {tag::IA5String, "61 0a 00 7f", "a\\x0a\\x00\\x7f"},
    {tag::VisibleString, "21 7e 20", "!~ "},
    {tag::VisibleString, "21 7f", "!\\x7f", 1},
    {tag::VisibleString, "1f", "\\x1f", 0},
    {tag::TeletexString, "4d fc 6c", "M\u00fcl"},
    {tag::TeletexString, "85", "\\x85"},
    {tag::UTF8String, "4d c3 bc e2 82 ac f0 9f 94 91", "M\u00fc\u20ac\U0001f511"},
    {tag::UTF8String, "c2 80", "\\xc2\\x80"},
    {tag::UTF8String, "c0 80", "\\xc0\\x80", 0},
    {tag::UTF8String, "61 c1 bf", "a\\xc1\\xbf", 1},
    {tag::UTF8String, "e0 9f bf", "\\xe0\\x9f\\xbf", 0},
    {tag::UTF8String, "f0 8f bf bf", "\\xf0\\x8f\\xbf\\xbf", 0},
    {tag::UTF8String, "ed a0 80", "\\xed\\xa0\\x80", 0},
    {tag::UTF8String, "f4 90 80 80", "\\xf4\\x90\\x80\\x80", 0},
    {tag::UTF8String, "f5 80 80 80", "\\xf5\\x80\\x80\\x80", 0},
    {tag::UTF8String, "61 80", "a\\x80", 1},
    {tag::UTF8String, "c3", "\\xc3", 0},
    {tag::UTF8String, "61 e2 82", "a\\xe2\\x82", 1},
    {tag::UTF8String, "c3 28", "\\xc3(", 0},
    {tag::UTF8String, "f4 8f bf bf", "\U0010ffff"},
    {tag::BMPString, "00 41 20 ac", "A\u20ac"},
    {tag::BMPString, "00 41 00", "A\\x00", 2},
    {tag::BMPString, "00 0a 00 41", "\\x00\\x0aA"},
    {tag::BMPString, "00 41 d8 00 00 42", "A\\xd8\\x00B", 2},
    {tag::BMPString, "d8 00 dc 00", "\\xd8\\x00\\xdc\\x00", 0},
    {tag::UniversalString, "00 00 00 41 00 01 f5 11", "A\U0001f511"},
    {tag::UniversalString, "00 11 00 00", "\\x00\\x11\\x00\\x00", 0},
    {tag::UniversalString, "00 00 00 41 00 00", "A\\x00\\x00", 4},
};

const std::vector<Tag> string_types{tag::BIT_STRING,      tag::OCTET_STRING,  tag::UTF8String,      tag::NumericString,
                                    tag::PrintableString, tag::TeletexString, tag::IA5String,       tag::UTCTime,
                                    tag::GeneralizedTime, tag::VisibleString, tag::UniversalString, tag::BMPString};
const std::vector<Tag> other_types{tag::BOOLEAN,    tag::INTEGER,
                                   tag::NULL_,      tag::OBJECT_IDENTIFIER,
                                   tag::ENUMERATED, tag::SEQUENCE,
                                   tag::SET,        tag::context(4),
                                   tag::none,       Tag::make(TagClass::universal, false, 29)};

} // namespace

BOOST_DATA_TEST_CASE(a_character_string_keeps_to_its_type, data::make(strings), row) {
    const auto content = hex(row.content);
    const auto octets = encode([&](Writer& w) { w.primitive(row.tag, content); });
    const Element element = sceptest::element(octets);
    BOOST_TEST(is_character_string(row.tag));
    BOOST_TEST(display_text(element) == row.shown);
    const auto checked = check_character_string(element);
    BOOST_TEST(checked.has_value() == (row.bad == good));
    BOOST_TEST(utf8_text(element).has_value() == checked.has_value());
    if (!checked) {
        BOOST_TEST(checked.error().code == ErrorCode::invalid_string);
        BOOST_TEST(checked.error().where == (Location{0, element.value().offset() + row.bad, 1}));
    }
}

BOOST_AUTO_TEST_CASE(the_exact_text_is_not_the_shown_one) {
    const auto control = encode([](Writer& w) { w.primitive(tag::IA5String, std::string_view("a\x01")); });
    const auto spelled = encode([](Writer& w) { w.primitive(tag::UTF8String, std::string_view("a\\x01")); });
    BOOST_TEST(display_text(sceptest::element(control)) == display_text(sceptest::element(spelled)));
    BOOST_TEST(utf8_text(sceptest::element(control)).value() == "a\x01");
    BOOST_TEST(utf8_text(sceptest::element(spelled)).value() == "a\\x01");
    const auto bmp = hex("1e 04 00 e4 20 ac");
    BOOST_TEST(utf8_text(sceptest::element(bmp)).value() == "\u00e4\u20ac");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_is_no_character_string) {
    for (const std::string_view text : {"04 01 41", "02 01 41", "33 03 13 01 41", "80 01 41"}) {
        const auto octets = hex(text);
        const Element element = sceptest::element(octets);
        const auto checked = check_character_string(element);
        BOOST_REQUIRE(!checked);
        BOOST_TEST(checked.error().code == ErrorCode::unexpected_tag);
        BOOST_TEST(checked.error().where == element.whole().location());
        BOOST_TEST(!utf8_text(element).has_value());
        BOOST_TEST(display_text(element).starts_with("\\x"));
    }
}

BOOST_DATA_TEST_CASE(a_string_type_may_come_in_parts, data::make(string_types), type) {
    BOOST_TEST(is_string_type(type));
    BOOST_TEST(is_string_type(type.as_constructed()));
}

BOOST_DATA_TEST_CASE(another_type_may_not, data::make(other_types), type) { BOOST_TEST(!is_string_type(type)); }
