#include "octets.h"

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::hex;

namespace {

struct HeaderRow {
    std::string octets;
    Tag tag;
    std::uint32_t size;
    std::uint32_t length;
    bool indefinite = false;
    bool minimal = true;
    friend std::ostream& operator<<(std::ostream& out, const HeaderRow& row) { return out << row.octets; }
};

const std::string zeros_125 = [] {
    std::string text;
    for (int i = 0; i < 125; ++i) {
        text += "00";
    }
    return text;
}();

const std::vector<HeaderRow> headers{
    {"02 01 05", tag::INTEGER, 2, 1},
    {"04 00", tag::OCTET_STRING, 2, 0},
    {"30 7f", tag::SEQUENCE, 2, 127},
    {"30 80", tag::SEQUENCE, 2, 0, true},
    {"24 80", tag::OCTET_STRING.as_constructed(), 2, 0, true},
    {"04 81 80", tag::OCTET_STRING, 3, 128},
    {"04 81 7f", tag::OCTET_STRING, 3, 127, false, false},
    {"04 81 00", tag::OCTET_STRING, 3, 0, false, false},
    {"04 81 ff", tag::OCTET_STRING, 3, 255},
    {"04 82 01 00", tag::OCTET_STRING, 4, 256},
    {"04 82 00 ff", tag::OCTET_STRING, 4, 255, false, false},
    {"04 83 01 00 00", tag::OCTET_STRING, 5, 65536},
    {"04 83 00 ff ff", tag::OCTET_STRING, 5, 65535, false, false},
    {"04 84 01 00 00 00", tag::OCTET_STRING, 6, 1u << 24},
    {"04 84 ff ff ff ff", tag::OCTET_STRING, 6, 0xffffffff},
    {"04 85 00 00 00 00 05", tag::OCTET_STRING, 7, 5, false, false},
    {"04 85 00 ff ff ff ff", tag::OCTET_STRING, 7, 0xffffffff, false, false},
    {"04 fe" + zeros_125 + "05", tag::OCTET_STRING, 128, 5, false, false},
    {"1e 00", tag::BMPString, 2, 0},
    {"9f 1f 00", tag::context(31), 3, 0},
    {"9f 7f 01", tag::context(127), 3, 1},
    {"bf 81 00 02", tag::context_constructed(128), 4, 2},
    {"7f 82 01 00", Tag::make(TagClass::application, true, 257), 4, 0},
    {"df ff ff ff 7f 00", Tag::make(TagClass::private_, false, (1u << 28) - 1), 6, 0},
    {"00 00", tag::none, 2, 0},
};

struct BadHeaderRow {
    std::string octets;
    ErrorCode code;
    friend std::ostream& operator<<(std::ostream& out, const BadHeaderRow& row) { return out << '"' << row.octets << '"'; }
};

const std::vector<BadHeaderRow> bad_headers{
    {"", ErrorCode::end_of_input},
    {"30", ErrorCode::truncated},
    {"30 81", ErrorCode::truncated},
    {"30 82 01", ErrorCode::truncated},
    {"30 84 01 00 00", ErrorCode::truncated},
    {"30 fe 00", ErrorCode::truncated},
    {"30 ff", ErrorCode::reserved_length},
    {"30 ff 00 00 00", ErrorCode::reserved_length},
    {"30 85 01 00 00 00 00", ErrorCode::length_too_large},
    {"30 86 00 01 00 00 00 00", ErrorCode::length_too_large},
    {"1f", ErrorCode::truncated},
    {"1f 81", ErrorCode::truncated},
    {"5f 1f", ErrorCode::truncated},
    {"1f 80 01 00", ErrorCode::invalid_tag},
    {"1f 1e 00", ErrorCode::invalid_tag},
    {"1f 00 00", ErrorCode::invalid_tag},
    {"1f 81 80 80 80 00 00", ErrorCode::invalid_tag},
    {"3f ff ff ff ff 7f 00", ErrorCode::invalid_tag},
    {"1f ff ff ff ff ff ff ff ff ff ff ff ff", ErrorCode::invalid_tag},
};

struct StrictRow {
    std::string octets;
    ErrorCode code;
    std::uint32_t offset;
    std::uint32_t length;
    friend std::ostream& operator<<(std::ostream& out, const StrictRow& row) { return out << row.octets; }
};

// The offset and length are within the octets.
const std::vector<StrictRow> not_der{
    {"", ErrorCode::end_of_input, 0, 0},
    {"30", ErrorCode::truncated, 0, 1},
    {"30 05 02 01 07", ErrorCode::truncated, 0, 5},
    {"04 84 ff ff ff ff 00", ErrorCode::truncated, 0, 7},
    {"04 84 ff ff ff fa 00", ErrorCode::truncated, 0, 7},
    {"30 80 00 00", ErrorCode::indefinite_length, 0, 2},
    {"04 80 00 00", ErrorCode::indefinite_length, 0, 2},
    {"30 81 00", ErrorCode::non_minimal_length, 0, 3},
    {"02 81 01 05", ErrorCode::non_minimal_length, 0, 3},
    {"02 84 00 00 00 01 05", ErrorCode::non_minimal_length, 0, 6},
    {"00 00", ErrorCode::unexpected_end_of_contents, 0, 2},
    {"00 01 ff", ErrorCode::unexpected_end_of_contents, 0, 2},
    {"1f 1e 00", ErrorCode::invalid_tag, 0, 1},
    {"30 ff", ErrorCode::reserved_length, 0, 1},
};

} // namespace

BOOST_DATA_TEST_CASE(a_header_is_read_as_x690_writes_it, data::make(headers), row) {
    const auto octets = hex(row.octets);
    const auto header = read_header(Input(octets));
    BOOST_REQUIRE(header);
    BOOST_TEST(header->tag == row.tag);
    BOOST_TEST(header->size == row.size);
    BOOST_TEST(header->length == row.length);
    BOOST_TEST(header->indefinite == row.indefinite);
    BOOST_TEST(header->minimal == row.minimal);
}

BOOST_DATA_TEST_CASE(a_header_without_meaning_is_refused, data::make(bad_headers), row) {
    const auto octets = hex(row.octets);
    const auto header = read_header(Input(octets));
    BOOST_REQUIRE(!header);
    BOOST_TEST(header.error() == row.code);
}

BOOST_DATA_TEST_CASE(every_prefix_of_a_header_is_truncated, data::make(headers), row) {
    const auto octets = hex(row.octets);
    for (std::uint32_t size = 1; size < row.size; ++size) {
        const auto header = read_header(Input(octets).slice(0, size));
        BOOST_REQUIRE(!header);
        BOOST_TEST(header.error() == ErrorCode::truncated);
    }
}

BOOST_DATA_TEST_CASE(the_reader_takes_der_only, data::make(not_der), row) {
    const auto octets = hex(row.octets);
    const Input input(octets, 7, 1000);
    Reader reader(input);
    const Element found = reader.any("field");
    BOOST_TEST(found.whole().empty());
    BOOST_REQUIRE(reader.failed());
    const Error error = *reader.error();
    BOOST_TEST(error.code == row.code);
    BOOST_TEST(error.where == (Location{7, 1000 + row.offset, row.length}));
    BOOST_TEST(sceptest::within(error.where, input));
    BOOST_TEST(error.path.to_string() == "field");
}

BOOST_AUTO_TEST_CASE(an_element_knows_its_parts_and_their_places) {
    const auto octets = hex("04 81 80" + std::string(256, '5') + "05 00");
    Reader reader(Input(octets, 3, 40));
    const Element first = reader.any("first");
    BOOST_TEST(first.header_size() == 3u);
    BOOST_TEST(first.whole().location() == (Location{3, 40, 131}));
    BOOST_TEST(first.value().location() == (Location{3, 43, 128}));
    const Element second = reader.any("second");
    BOOST_TEST(second.tag() == tag::NULL_);
    BOOST_TEST(second.whole().location() == (Location{3, 171, 2}));
    BOOST_TEST(reader.at_end());
    BOOST_TEST(!reader.failed());
}

BOOST_AUTO_TEST_CASE(a_slice_stays_in_its_view) {
    const auto octets = hex("00 01 02 03 04 05 06 07");
    const Input input(octets, 1, 0xfffffff0);
    BOOST_TEST(input.slice(2, 3).location() == (Location{1, 0xfffffff2, 3}));
    BOOST_TEST(input.slice(6, 0xffffffff).location() == (Location{1, 0xfffffff6, 2}));
    BOOST_TEST(input.slice(9, 1).location() == (Location{1, 0xfffffff8, 0}));
    BOOST_TEST(input.slice(0xffffffff, 0xffffffff).empty());
    BOOST_TEST(input.from(7)[0] == 7);
    BOOST_TEST(Input().slice(5, 5).empty());
    BOOST_TEST(input.slice(1, 2).same_octets(hex("01 02")));
    BOOST_TEST(!input.slice(1, 2).same_octets(hex("01 03")));
    BOOST_TEST(Input().same_octets(Input()));
}
