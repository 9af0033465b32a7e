#include "octets.h"

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::hex;

namespace {

// Point ::= SEQUENCE { name OBJECT IDENTIFIER, place SEQUENCE { x INTEGER, y [0] EXPLICIT INTEGER OPTIONAL }, flag BOOLEAN, note OCTET
// STRING }
struct Point {
    static constexpr const char* asn1_name = "Point";
    Oid name;
    Integer x;
    std::optional<Integer> y;
    bool flag = false;
    Input note;

    static Point read(Reader& reader, const char* field) {
        Point out;
        reader.nested(tag::SEQUENCE, field, [&](Reader& r) {
            out.name = r.oid("name");
            r.nested(tag::SEQUENCE, "place", [&](Reader& place) {
                out.x = place.integer("x");
                place.optional_nested(tag::context_constructed(0), "y", [&](Reader& y) { out.y = y.integer(nullptr); });
            });
            out.flag = r.boolean("flag");
            out.note = r.octet_string("note");
        });
        return out;
    }
};

const std::string good_point = "30 14 06 02 2a 03 30 08 02 01 05 a0 03 02 01 07 01 01 ff 04 01 aa";

struct WrongRow {
    std::string octets;
    std::string text;
    friend std::ostream& operator<<(std::ostream& out, const WrongRow& row) { return out << row.text; }
};

const std::vector<WrongRow> wrong_points{
    {"", "Point: SEQUENCE expected, the value ends at 100"},
    {"04 00", "Point: SEQUENCE expected, OCTET STRING at 100..102"},
    {"10 00", "Point: SEQUENCE expected, primitive SEQUENCE at 100..102"},
    {"30 80 00 00", "Point: indefinite_length at 100..102"},
    {"30 00", "Point.name: OBJECT IDENTIFIER expected, the value ends at 102"},
    {"30 04 06 02 2a 83", "Point.name: invalid_oid at 102..106"},
    {"30 06 06 02 2a 03 30 00", "Point.place.x: INTEGER expected, the value ends at 108"},
    {"30 09 06 02 2a 03 30 03 01 01 ff", "Point.place.x: INTEGER expected, BOOLEAN at 108..111"},
    {"30 0b 06 02 2a 03 30 05 02 01 05 a0 00", "Point.place.y: INTEGER expected, the value ends at 113"},
    {"30 0b 06 02 2a 03 30 05 02 01 05 05 00", "Point.place: trailing_data at 111..113"},
    {"30 11 06 02 2a 03 30 0b 02 01 05 a0 06 02 01 07 02 01 08", "Point.place.y: trailing_data at 116..119"},
    {"30 09 06 02 2a 03 30 03 02 01 05", "Point.flag: BOOLEAN expected, the value ends at 111"},
    {"30 0c 06 02 2a 03 30 03 02 01 05 01 01 01", "Point.flag: invalid_boolean at 111..114"},
    {"30 13 06 02 2a 03 30 03 02 01 05 01 01 ff 24 05 04 03 61 62 63", "Point.note: constructed_string at 114..115"},
    {"30 0e 06 02 2a 03 30 03 02 01 05 01 01 ff 80 00", "Point.note: OCTET STRING expected, [0] at 114..116"},
    {"30 0e 06 02 2a 03 30 03 02 01 05 01 01 ff 04 05", "Point.note: truncated at 114..116"},
    {"30 0d 06 02 2a 03 30 03 02 01 05 01 01 ff 13", "Point.note: truncated at 114..115"},
    {"30 0f 06 02 2a 03 30 03 02 01 05 01 01 ff 1f 80 00", "Point.note: invalid_tag at 114..115"},
    {"30 10 06 02 2a 03 30 03 02 01 05 01 01 ff 04 00 05 00", "Point: trailing_data at 116..118"},
    {"30 0e 06 02 2a 03 30 03 02 01 05 01 01 ff 04 00 05 00", "Point: trailing_data at 116..118"},
    {"30 0c 06 02 2a 03 22 06 02 01 05 05 00 00", "Point.place: SEQUENCE expected, constructed INTEGER at 106..114"},
};

struct PartsRow {
    std::string octets;
    Tag wanted;
    ErrorCode code;
    friend std::ostream& operator<<(std::ostream& out, const PartsRow& row) { return out << to_string(row.wanted) << ' ' << row.octets; }
};

const std::vector<PartsRow> in_parts{
    {"24 00", tag::OCTET_STRING, ErrorCode::constructed_string},
    {"23 00", tag::BIT_STRING, ErrorCode::constructed_string},
    {"33 00", tag::PrintableString, ErrorCode::constructed_string},
    {"37 00", tag::UTCTime, ErrorCode::constructed_string},
    {"22 00", tag::INTEGER, ErrorCode::unexpected_tag},
    {"26 00", tag::OBJECT_IDENTIFIER, ErrorCode::unexpected_tag},
    {"21 00", tag::BOOLEAN, ErrorCode::unexpected_tag},
    {"a0 00", tag::context(0), ErrorCode::unexpected_tag},
    {"34 00", tag::PrintableString, ErrorCode::unexpected_tag},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_structure_is_read_field_by_field) {
    const auto octets = hex(good_point);
    const Point point = sceptest::must(decode<Point>(Input(octets, 2, 100)));
    BOOST_TEST((point.name == oid("1.2.3")));
    BOOST_TEST(point.x.equals(5));
    BOOST_TEST((point.y && point.y->equals(7)));
    BOOST_TEST(point.flag);
    BOOST_TEST(point.note.location() == (Location{2, 121, 1}));
}

BOOST_DATA_TEST_CASE(an_error_names_field_and_place, data::make(wrong_points), row) {
    const auto octets = hex(row.octets);
    const Input input(octets, 2, 100);
    const auto point = decode<Point>(input);
    BOOST_REQUIRE(!point);
    BOOST_TEST(point.error().to_string() == row.text);
    BOOST_TEST(sceptest::within(point.error().where, input));
}

BOOST_DATA_TEST_CASE(only_a_string_can_be_in_parts, data::make(in_parts), row) {
    const auto octets = hex(row.octets);
    Reader reader{Input(octets)};
    const Element found = reader.element(row.wanted, "field");
    BOOST_TEST(found.whole().empty());
    BOOST_TEST(reader.error().value().code == row.code);
}

BOOST_AUTO_TEST_CASE(either_time_may_be_in_parts) {
    for (const std::string_view text : {"37 00", "38 00"}) {
        const auto octets = hex(text);
        Reader reader{Input(octets)};
        BOOST_TEST(reader.time("time").seconds == 0);
        BOOST_TEST(reader.error().value().code == ErrorCode::constructed_string);
    }
}

BOOST_AUTO_TEST_CASE(the_first_failure_sticks) {
    const auto octets = hex("02 01 05 01 01 07 02 01 06 04 01 41");
    Reader reader{Input(octets)};
    BOOST_TEST(reader.integer("first").equals(5));
    BOOST_TEST(!reader.boolean("second"));
    BOOST_REQUIRE(reader.failed());
    const std::string text = reader.error()->to_string();
    BOOST_TEST(text == "second: invalid_boolean at 3..6");
    BOOST_TEST(reader.at_end());
    BOOST_TEST(reader.peek() == tag::none);
    BOOST_TEST(reader.integer("third").content.empty());
    BOOST_TEST(reader.octet_string("fourth").empty());
    BOOST_TEST(reader.oid("fifth").content.empty());
    BOOST_TEST(reader.bit_string("sixth").octets.empty());
    BOOST_TEST(reader.time("seventh").element.whole().empty());
    BOOST_TEST(reader.any("eighth").whole().empty());
    BOOST_TEST(!reader.optional_any("ninth").has_value());
    BOOST_TEST(!reader.optional_element(tag::INTEGER, "tenth").has_value());
    bool inside = false;
    reader.nested(tag::SEQUENCE, "eleventh", [&](Reader&) { inside = true; });
    reader.optional_nested(tag::INTEGER, "twelfth", [&](Reader&) { inside = true; });
    reader.inside(sceptest::element(hex("30 00")), "thirteenth", [&](Reader&) { inside = true; });
    BOOST_TEST(!inside);
    reader.fail(ErrorCode::internal_error, Location{}, "fourteenth");
    reader.expected_tag(tag::SET, tag::none, "fifteenth");
    BOOST_TEST(reader.error()->to_string() == text);
    BOOST_TEST(reader.finish(1, "Type").error().to_string() == "Type." + text);
}

BOOST_AUTO_TEST_CASE(an_optional_field_is_taken_only_where_it_stands) {
    const auto octets = hex("80 01 41 05 00");
    Reader reader{Input(octets)};
    BOOST_TEST(reader.peek() == tag::context(0));
    BOOST_TEST(!reader.optional_element(tag::context(1), "one").has_value());
    BOOST_TEST(!reader.optional_element(tag::context_constructed(0), "constructed").has_value());
    const auto zero = reader.optional_element(tag::context(0), "zero");
    BOOST_REQUIRE(zero);
    BOOST_TEST(zero->value().text() == "A");
    const auto any = reader.optional_any("any");
    BOOST_REQUIRE(any);
    BOOST_TEST(any->tag() == tag::NULL_);
    BOOST_TEST(reader.at_end());
    BOOST_TEST(reader.peek() == tag::none);
    BOOST_TEST(!reader.optional_any("none").has_value());
    BOOST_TEST(!reader.optional_element(tag::NULL_, "none").has_value());
    BOOST_TEST(!reader.failed());
}

BOOST_AUTO_TEST_CASE(an_optional_field_that_is_broken_is_an_error) {
    const auto octets = hex("80 05 41");
    Reader reader{Input(octets)};
    BOOST_TEST(!reader.optional_element(tag::context(0), "field").has_value());
    BOOST_TEST(reader.error().value().to_string() == "field: truncated at 0..3");
}

BOOST_AUTO_TEST_CASE(a_choice_of_two_tags_takes_either) {
    const auto octets = hex("a0 00 30 00 04 00");
    Reader reader{Input(octets)};
    BOOST_TEST(reader.element(tag::SEQUENCE, tag::context_constructed(0), "sid").tag() == tag::context_constructed(0));
    BOOST_TEST(reader.element(tag::SEQUENCE, tag::context_constructed(0), "sid").tag() == tag::SEQUENCE);
    std::ignore = reader.element(tag::SEQUENCE, tag::context(0), "sid");
    BOOST_TEST(reader.error().value().to_string() == "sid: SEQUENCE or [0] expected, OCTET STRING at 4..6");
}

BOOST_AUTO_TEST_CASE(the_tag_none_is_never_found) {
    const auto octets = hex("00 00");
    Reader reader{Input(octets)};
    BOOST_TEST(!reader.optional_element(tag::SEQUENCE, "field").has_value());
    std::ignore = reader.element(tag::SEQUENCE, "field");
    BOOST_TEST(reader.failed());
    Reader other{Input(octets)};
    BOOST_TEST(other.any("any").whole().empty());
    BOOST_TEST(other.error().value().code == ErrorCode::unexpected_end_of_contents);
}

BOOST_AUTO_TEST_CASE(an_index_is_part_of_the_path) {
    const auto octets = hex("30 03 02 01 05");
    Reader reader{Input(octets)};
    const Element outer = reader.any(nullptr);
    reader.inside(
        outer, "parts", [](Reader& r) { r.boolean("flag"); }, 4);
    BOOST_TEST(reader.error().value().to_string() == "parts[4].flag: BOOLEAN expected, INTEGER at 2..5");
}

BOOST_AUTO_TEST_CASE(octets_after_the_value_are_trailing) {
    const auto octets = hex(good_point + "00 00 00");
    const auto point = decode<Point>(Input(octets));
    BOOST_REQUIRE(!point);
    BOOST_TEST(point.error().to_string() == "Point: trailing_data at 22..25");
}

BOOST_AUTO_TEST_CASE(every_prefix_and_every_changed_octet_ends_in_a_value_or_an_error_inside) {
    const auto octets = hex(good_point);
    for (std::uint32_t size = 0; size < octets.size(); ++size) {
        const Input prefix = Input(octets, 2, 100).slice(0, size);
        const auto point = decode<Point>(prefix);
        BOOST_REQUIRE(!point);
        BOOST_TEST(sceptest::within(point.error().where, prefix));
    }
    for (std::size_t at = 0; at < octets.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            auto changed = octets;
            changed[at] = static_cast<std::uint8_t>(value);
            const Input input(changed);
            const auto point = decode<Point>(input);
            BOOST_REQUIRE(point || sceptest::within(point.error().where, input));
        }
    }
}

BOOST_AUTO_TEST_CASE(reading_allocates_nothing) {
    const auto good = hex(good_point);
    std::vector<std::vector<std::uint8_t>> wrong;
    for (const WrongRow& row : wrong_points) {
        wrong.push_back(hex(row.octets));
    }
    const sceptest::AllocationCount count;
    bool all = decode<Point>(Input(good)).has_value();
    for (const auto& octets : wrong) {
        const auto point = decode<Point>(Input(octets));
        all = all && !point && point.error().in("Outer", 3).path.size() > 1;
    }
    const std::size_t allocations = count.allocations();
    BOOST_TEST(all);
    BOOST_TEST(allocations == 0u);
}
