#include "octets.h"

#include <boost/test/data/test_case.hpp>

#include <scepcodec/der/framing.h>

#include <initializer_list>
#include <optional>
#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::hex;

namespace {

struct Row {
    std::string octets;
    std::uint32_t elements = 0;  // where it is DER
    ErrorCode error = ErrorCode::internal_error;
    std::uint32_t offset = 0;
    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.octets; }
};

const std::vector<Row> rows{
    {"", 0},
    {"05 00", 1},
    {"05 00 05 00", 2},
    {"30 00", 1},
    {"30 04 05 00 31 00", 3},
    {"a0 05 30 03 02 01 05", 3},
    {"bf 1f 02 05 00", 2},
    {"04 03 30 80 00", 1},  // what a primitive value holds is not looked at
    {"05", 0, ErrorCode::truncated, 0},
    {"30 03 05 00 05", 0, ErrorCode::truncated, 4},
    {"30 02 04 01", 0, ErrorCode::truncated, 2},
    {"30 80 00 00", 0, ErrorCode::indefinite_length, 0},
    {"30 04 a0 80 00 00", 0, ErrorCode::indefinite_length, 2},
    {"30 04 04 81 01 00", 0, ErrorCode::non_minimal_length, 2},
    {"30 02 00 00", 0, ErrorCode::unexpected_end_of_contents, 2},
    {"30 04 24 02 04 00", 0, ErrorCode::constructed_string, 2},
    {"23 03 03 01 00", 0, ErrorCode::constructed_string, 0},
    {"30 02 04 ff", 0, ErrorCode::reserved_length, 2},
    {"30 03 1f 1e 00", 0, ErrorCode::invalid_tag, 2},
    {"30 07 04 85 01 00 00 00 00", 0, ErrorCode::length_too_large, 2},
};

// SEQUENCEs in each other, `depth` of them.
std::vector<std::uint8_t> nested(unsigned depth) {
    std::vector<std::uint8_t> out;
    for (unsigned i = 0; i < depth; ++i) {
        out.insert(out.begin(), {0x30, static_cast<std::uint8_t>(2 * i)});
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(check_framing)

BOOST_DATA_TEST_CASE(all_that_constructed_encodings_lead_to, data::make(rows), row) {
    const auto octets = hex(row.octets);
    const auto checked = der::check_framing(Input(octets, 2, 7));
    if (row.error == ErrorCode::internal_error) {
        BOOST_REQUIRE(checked.has_value());
        BOOST_TEST(*checked == row.elements);
    } else {
        BOOST_REQUIRE(!checked.has_value());
        BOOST_TEST(name(checked.error().code) == name(row.error));
        BOOST_TEST(checked.error().where.offset == 7 + row.offset);
        BOOST_TEST(checked.error().where.source == 2u);
    }
}

BOOST_AUTO_TEST_CASE(sets_have_an_order) {
    struct Set {
        const char* octets;
        std::optional<std::uint32_t> unsorted;  // where
    };
    for (const auto& [text, unsorted] : std::initializer_list<Set>{{"31 00", {}},
                                                                   {"31 03 02 01 05", {}},
                                                                   {"31 06 02 01 05 02 01 05", {}},
                                                                   {"31 06 02 01 05 02 01 04", 0},
                                                                   {"30 08 31 06 04 01 00 02 01 00", 2},
                                                                   {"31 07 02 01 05 02 02 00 80", {}},
                                                                   {"31 0a 31 06 02 01 02 02 01 01 05 00", 0},
                                                                   {"b1 06 02 01 05 02 01 04", {}},
                                                                   // The second octet belongs to the tag.
                                                                   {"31 21 9f 1f 1b 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a "
                                                                    "02 01 00",
                                                                    0}}) {
        BOOST_TEST_CONTEXT(text) {
            const auto octets = hex(text);
            BOOST_TEST(der::check_framing(Input(octets)).has_value());
            const auto checked = der::check_der(Input(octets));
            BOOST_REQUIRE_EQUAL(checked.has_value(), !unsorted.has_value());
            if (unsorted) {
                BOOST_TEST(name(checked.error().code) == "unsorted_set_of");
                BOOST_TEST(checked.error().where.offset == *unsorted);
            } else {
                BOOST_TEST(*checked == *der::check_framing(Input(octets)));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(depth_and_elements_have_limits) {
    const Limits limits{.depth = 10, .elements = 20};
    BOOST_TEST(der::check_framing(Input(nested(11)), limits).has_value() == false);
    BOOST_TEST(der::check_framing(Input(nested(10)), limits).value_or(0) == 10u);
    const auto deep = der::check_framing(Input(nested(11)), limits);
    BOOST_REQUIRE(!deep.has_value());
    BOOST_TEST(name(deep.error().code) == "limit_depth");
    BOOST_TEST(deep.error().where.offset == 20u);
    BOOST_TEST(der::check_framing(Input(hex("05 00")), Limits{.elements = 1}).value_or(0) == 1u);
    const auto many = der::check_framing(Input(hex("05 00 05 00")), Limits{.elements = 1});
    BOOST_REQUIRE(!many.has_value());
    BOOST_TEST(name(many.error().code) == "limit_elements");
    BOOST_TEST(many.error().where.offset == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
