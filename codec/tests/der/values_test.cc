#include "octets.h"

#include <boost/test/data/test_case.hpp>

#include <limits>
#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::element;
using sceptest::hex;

namespace {

// A value that is refused: the whole TLV is pointed at.
struct RefusedRow {
    std::string octets;
    ErrorCode code;
    friend std::ostream& operator<<(std::ostream& out, const RefusedRow& row) { return out << row.octets; }
};

template <class T>
void check_refused(const Result<T>& value, const RefusedRow& row, const Element& from) {
    BOOST_REQUIRE(!value);
    BOOST_TEST(value.error().code == row.code);
    BOOST_TEST(value.error().where == from.whole().location());
}

struct IntegerRow {
    std::string octets;
    std::optional<std::int64_t> value;
    std::string magnitude;
    bool negative = false;
    friend std::ostream& operator<<(std::ostream& out, const IntegerRow& row) { return out << row.octets; }
};

const std::vector<IntegerRow> integers{
    {"02 01 00", 0, "00"},
    {"02 01 7f", 127, "7f"},
    {"02 02 00 80", 128, "80"},
    {"02 02 01 00", 256, "0100"},
    {"02 01 80", -128, "80", true},
    {"02 02 ff 7f", -129, "ff7f", true},
    {"02 01 ff", -1, "ff", true},
    {"02 08 7f ff ff ff ff ff ff ff", std::numeric_limits<std::int64_t>::max(), "7fffffffffffffff"},
    {"02 08 80 00 00 00 00 00 00 00", std::numeric_limits<std::int64_t>::min(), "8000000000000000", true},
    {"02 09 00 80 00 00 00 00 00 00 00", std::nullopt, "8000000000000000"},
    {"02 09 ff 7f ff ff ff ff ff ff ff", std::nullopt, "ff7fffffffffffffff", true},
    {"02 14 7f 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01", std::nullopt, "7f00000000000000000000000000000000000001"},
};

const std::vector<RefusedRow> not_integers{
    {"02 00", ErrorCode::invalid_integer},       {"02 02 00 00", ErrorCode::invalid_integer},
    {"02 02 00 7f", ErrorCode::invalid_integer}, {"02 02 ff 80", ErrorCode::invalid_integer},
    {"02 02 ff ff", ErrorCode::invalid_integer}, {"02 03 00 00 80", ErrorCode::invalid_integer},
    {"0a 01 00", ErrorCode::unexpected_tag},     {"22 03 02 01 00", ErrorCode::unexpected_tag},
};

const std::vector<RefusedRow> not_booleans{
    {"01 00", ErrorCode::invalid_boolean},    {"01 01 01", ErrorCode::invalid_boolean},    {"01 01 7f", ErrorCode::invalid_boolean},
    {"01 01 fe", ErrorCode::invalid_boolean}, {"01 02 ff ff", ErrorCode::invalid_boolean}, {"02 01 ff", ErrorCode::unexpected_tag},
};

struct BitsRow {
    std::string octets;
    std::uint8_t unused;
    std::vector<std::uint32_t> set; // the bits that are 1
    friend std::ostream& operator<<(std::ostream& out, const BitsRow& row) { return out << row.octets; }
};

const std::vector<BitsRow> bit_strings{
    {"03 01 00", 0, {}},     {"03 02 07 80", 7, {0}},    {"03 02 05 a0", 5, {0, 2}},        {"03 02 01 06", 1, {5, 6}},
    {"03 02 00 01", 0, {7}}, {"03 03 07 00 80", 7, {8}}, {"03 03 04 81 10", 4, {0, 7, 11}},
};

const std::vector<RefusedRow> not_bit_strings{
    {"03 00", ErrorCode::invalid_bit_string},       {"03 01 01", ErrorCode::invalid_bit_string},
    {"03 01 07", ErrorCode::invalid_bit_string},    {"03 02 08 00", ErrorCode::invalid_bit_string},
    {"03 02 ff 00", ErrorCode::invalid_bit_string}, {"03 02 01 01", ErrorCode::invalid_bit_string},
    {"03 02 07 ff", ErrorCode::invalid_bit_string}, {"03 03 03 00 04", ErrorCode::invalid_bit_string},
    {"04 01 00", ErrorCode::unexpected_tag},
};

} // namespace

BOOST_DATA_TEST_CASE(an_integer_of_any_size_is_kept, data::make(integers), row) {
    const auto octets = hex(row.octets);
    const auto value = decode_integer(element(octets));
    BOOST_REQUIRE(value);
    BOOST_TEST((value->to_int64() == row.value));
    BOOST_TEST(value->negative() == row.negative);
    BOOST_TEST(sceptest::hex_of(value->magnitude()) == row.magnitude);
    BOOST_TEST(value->to_hex() == sceptest::hex_of(Input(octets).from(2)));
    BOOST_TEST(valid_integer(value->content));
    if (row.value) {
        BOOST_TEST(value->equals(*row.value));
        BOOST_TEST(!value->equals(*row.value ^ 1));
    }
}

BOOST_DATA_TEST_CASE(an_integer_has_no_superfluous_octet, data::make(not_integers), row) {
    const auto octets = hex(row.octets);
    check_refused(decode_integer(element(octets)), row, element(octets));
}

BOOST_AUTO_TEST_CASE(the_content_rule_of_integer_holds_for_enumerated) {
    BOOST_TEST(valid_integer(element(hex("0a 01 05")).value()));
    BOOST_TEST(!valid_integer(element(hex("0a 02 00 05")).value()));
    BOOST_TEST(!valid_integer(element(hex("0a 00")).value()));
    BOOST_TEST(!Integer{}.to_int64().has_value());
    BOOST_TEST(Integer{}.magnitude().empty());
}

BOOST_AUTO_TEST_CASE(a_boolean_is_00_or_ff) {
    BOOST_TEST(decode_boolean(element(hex("01 01 ff"))).value());
    BOOST_TEST(!decode_boolean(element(hex("01 01 00"))).value());
}

BOOST_DATA_TEST_CASE(another_boolean_is_refused, data::make(not_booleans), row) {
    const auto octets = hex(row.octets);
    check_refused(decode_boolean(element(octets)), row, element(octets));
}

BOOST_DATA_TEST_CASE(a_bit_string_counts_from_the_left, data::make(bit_strings), row) {
    const auto octets = hex(row.octets);
    const auto bits = decode_bit_string(element(octets));
    BOOST_REQUIRE(bits);
    BOOST_TEST(bits->unused_bits == row.unused);
    BOOST_TEST(bits->octets.size() == octets.size() - 3);
    for (std::uint32_t n = 0; n < 40; ++n) {
        BOOST_TEST(bits->bit(n) == (std::ranges::find(row.set, n) != row.set.end()));
    }
    BOOST_TEST(!bits->bit(0xffffffff));
}

BOOST_DATA_TEST_CASE(a_bit_string_has_zero_padding, data::make(not_bit_strings), row) {
    const auto octets = hex(row.octets);
    check_refused(decode_bit_string(element(octets)), row, element(octets));
}
