#include "../x509/openssl.h"
#include "octets.h"

#include <scepcodec/der/set_order.h>
#include <scepcodec/der/writer.h>

#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <limits>
#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::hex;
using sceptest::hex_of;

namespace {

template <class F>
std::string written(F&& structure) {
    return hex_of(encode(structure));
}

struct LengthRow {
    std::size_t length;
    std::string header;
    friend std::ostream& operator<<(std::ostream& out, const LengthRow& row) { return out << row.length; }
};

const std::vector<LengthRow> lengths{
    {0, "3000"},       {1, "3001"},         {127, "307f"},         {128, "308180"},          {255, "3081ff"},
    {256, "30820100"}, {65535, "3082ffff"}, {65536, "3083010000"}, {16777215, "3083ffffff"}, {16777216, "308401000000"},
};

struct TagRow {
    std::uint32_t number;
    std::string identifier;
    friend std::ostream& operator<<(std::ostream& out, const TagRow& row) { return out << row.number; }
};

const std::vector<TagRow> high_tags{
    {0, "80"},       {30, "9e"},        {31, "9f1f"},        {127, "9f7f"},
    {128, "9f8100"}, {16383, "9fff7f"}, {16384, "9f818000"}, {(1u << 28) - 1, "9fffffff7f"},
};

struct IntegerRow {
    std::int64_t value;
    std::string encoding;
    friend std::ostream& operator<<(std::ostream& out, const IntegerRow& row) { return out << row.value; }
};

const std::vector<IntegerRow> integers{
    {0, "020100"},
    {1, "020101"},
    {127, "02017f"},
    {128, "02020080"},
    {255, "020200ff"},
    {256, "02020100"},
    {-1, "0201ff"},
    {-128, "020180"},
    {-129, "0202ff7f"},
    {-32768, "02028000"},
    {std::numeric_limits<std::int64_t>::max(), "02087fffffffffffffff"},
    {std::numeric_limits<std::int64_t>::min(), "02088000000000000000"},
};

struct TextRow {
    std::string from;
    std::string to;
    friend std::ostream& operator<<(std::ostream& out, const TextRow& row) { return out << '"' << row.from << '"'; }
};

const std::vector<TextRow> magnitudes{
    {"", "020100"},     {"00", "020100"},     {"0000", "020100"},   {"7f", "02017f"},
    {"80", "02020080"}, {"00007f", "02017f"}, {"00ff", "020200ff"}, {"0100", "02020100"},
};

// X.690, 11.6: ascending as octet strings, the shorter one padded with zero octets.
const std::vector<TextRow> sets{
    {"", "3100"},
    {"020105", "3103020105"},
    {"020106 020105", "3106020105020106"},
    {"020105 020106", "3106020105020106"},
    {"02020080 0201ff", "31070201ff02020080"},
    {"3000 0400 0101ff 0c00", "31090101ff04000c003000"},
    {"04026200 040161 040162", "310a04016104016204026200"},
    {"a000 8000 4100 3000", "3108300041008000a000"},
    {"020107 020107 020101", "3109020101020107020107"},
};

} // namespace

BOOST_DATA_TEST_CASE(a_length_has_the_fewest_octets, data::make(lengths), row) {
    const std::vector<std::uint8_t> content(row.length, 0xaa);
    const auto octets = encode([&](Writer& w) { w.sequence([&] { w.raw(content); }); });
    BOOST_REQUIRE(octets.size() == row.header.size() / 2 + row.length);
    BOOST_TEST(octets.capacity() == octets.size());
    BOOST_TEST(hex_of(std::span(octets).first(row.header.size() / 2)) == row.header);
    const auto primitive = encode([&](Writer& w) { w.octet_string(content); });
    BOOST_REQUIRE(primitive.size() == octets.size());
    BOOST_TEST(std::ranges::equal(std::span(primitive).subspan(1), std::span(octets).subspan(1)));
}

BOOST_DATA_TEST_CASE(a_high_tag_number_is_written_in_groups_of_seven_bits, data::make(high_tags), row) {
    BOOST_TEST(written([&](Writer& w) { w.primitive(tag::context(row.number), std::string_view("A")); }) == row.identifier + "0141");
    const auto nested = encode([&](Writer& w) { w.constructed(tag::context_constructed(row.number), [&] { w.null(); }); });
    BOOST_TEST(sceptest::element(nested).tag() == tag::context_constructed(row.number));
}

BOOST_DATA_TEST_CASE(an_integer_has_the_fewest_octets, data::make(integers), row) {
    BOOST_TEST(written([&](Writer& w) { w.integer(row.value); }) == row.encoding);
}

BOOST_DATA_TEST_CASE(an_unsigned_number_stays_unsigned, data::make(magnitudes), row) {
    const auto magnitude = hex(row.from);
    BOOST_TEST(written([&](Writer& w) { w.unsigned_integer(magnitude); }) == row.to);
}

BOOST_DATA_TEST_CASE(a_set_of_is_sorted, data::make(sets), row) {
    const auto elements = hex(row.from);
    const auto octets = encode([&](Writer& w) { w.set_of([&] { w.raw(elements); }); });
    BOOST_TEST(hex_of(octets) == row.to);
    BOOST_TEST(!first_out_of_order(sceptest::element(octets).value()).has_value());
}

BOOST_AUTO_TEST_CASE(a_set_is_left_in_the_order_written) {
    BOOST_TEST(written([](Writer& w) {
                   w.set([&] {
                       w.integer(6);
                       w.integer(5);
                   });
               }) == "3106020106020105");
}

BOOST_AUTO_TEST_CASE(a_set_of_that_is_not_der_stays_whole) {
    const auto elements = hex("020106 020105 3080 0000");
    BOOST_TEST(written([&](Writer& w) { w.set_of([&] { w.raw(elements); }); }) == "310a02010602010530800000");
}

BOOST_AUTO_TEST_CASE(sets_of_nest) {
    // The outer order is that of the sorted inner ones.
    const auto octets = encode([](Writer& w) {
        w.set_of(tag::context_constructed(0), [&] {
            w.set_of([&] {
                w.integer(3);
                w.integer(9);
            });
            w.set_of([&] {
                w.integer(8);
                w.integer(2);
            });
        });
    });
    BOOST_TEST(hex_of(octets) == "a01031060201020201083106020103020109");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_elements_are_sorted_in_time) {
    std::vector<std::uint32_t> numbers(100'000);
    std::uint32_t state = 1;
    for (std::uint32_t& number : numbers) {
        state = state * 1664525 + 1013904223;
        number = state >> 8;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto octets = encode([&](Writer& w) {
        w.set_of([&] {
            for (const std::uint32_t number : numbers) {
                w.integer(number);
            }
        });
    });
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
    const Input value = sceptest::element(octets).value();
    BOOST_TEST(!first_out_of_order(value).has_value());
    std::size_t count = 0;
    std::uint64_t sum = 0;
    std::uint64_t wanted = 0;
    for (Reader reader(value); !reader.at_end(); ++count) {
        sum += static_cast<std::uint64_t>(reader.integer(nullptr).to_int64().value());
    }
    for (const std::uint32_t number : numbers) {
        wanted += number;
    }
    BOOST_TEST(count == numbers.size());
    BOOST_TEST(sum == wanted);
}

BOOST_AUTO_TEST_CASE(every_primitive_has_its_encoding) {
    const auto piece = hex("0102030405");
    const std::array pieces{Input(piece).slice(0, 2), Input(piece).slice(2, 0), Input(piece).slice(2, 3)};
    BOOST_TEST(written([&](Writer& w) { w.primitive_of(tag::OCTET_STRING, pieces); }) == "04050102030405");
    BOOST_TEST(written([&](Writer& w) { w.primitive_of(tag::OCTET_STRING, {}); }) == "0400");
    BOOST_TEST(written([](Writer& w) { w.boolean(true); }) == "0101ff");
    BOOST_TEST(written([](Writer& w) { w.boolean(false); }) == "010100");
    BOOST_TEST(written([](Writer& w) { w.null(); }) == "0500");
    BOOST_TEST(written([](Writer& w) { w.oid(oid("1.2.840.113549")); }) == "06062a864886f70d");
    BOOST_TEST(written([&](Writer& w) { w.bit_string(std::span(piece).first(1), 3); }) == "03020301");
    BOOST_TEST(written([](Writer& w) { w.bit_string({}); }) == "030100");
    BOOST_TEST(written([](Writer& w) { w.printable_string("Test"); }) == "130454657374");
    BOOST_TEST(written([](Writer& w) { w.utf8_string("\u00fc"); }) == "0c02c3bc");
    BOOST_TEST(written([&](Writer& w) { w.integer(Integer{Input(piece).slice(0, 1)}); }) == "020101");
    BOOST_TEST(written([&](Writer& w) { w.raw(Input(piece)); }) == "0102030405");
    BOOST_TEST(written([](Writer&) {}) == "");
}

BOOST_AUTO_TEST_CASE(openssl_reads_what_is_written) {
    const auto octets = encode([](Writer& w) {
        w.sequence([&] {
            w.integer(-129);
            w.integer(std::int64_t{1} << 40);
            w.oid(oid("2.16.840.1.113733.1.9.2"));
            w.boolean(true);
            w.null();
            w.constructed(tag::context_constructed(3), [&] { w.printable_string(std::string(300, 'a')); });
            w.set_of([&] {
                w.utf8_string("b");
                w.utf8_string("a");
            });
            w.time(1700000000);
            w.time(4000000000);
        });
    });
    const sceptest::Openssl openssl;
    openssl.write("written.der", octets);
    std::string text = openssl.text({"asn1parse", "-inform", "DER", "-in", "written.der"});
    std::size_t at = 0;
    for (const std::string wanted : {"0:d=0  hl=4", "SEQUENCE", "INTEGER           :-81", "INTEGER           :010000000000",
                                     "OBJECT            :2.16.840.1.113733.1.9.2", "BOOLEAN           :255", "NULL",
                                     "hl=4 l= 304 cons: cont [ 3 ]", "PRINTABLESTRING", "SET", "UTF8STRING        :a",
                                     "UTF8STRING        :b", "UTCTIME           :231114221320Z", "GENERALIZEDTIME   :20961002070640Z"}) {
        at = text.find(wanted, at);
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, wanted << " is not in\n" << text);
    }
}

BOOST_AUTO_TEST_CASE(the_second_run_knows_where_it_is) {
    std::vector<std::size_t> positions;
    const auto octets = encode([&](Writer& w) {
        w.sequence([&] {
            if (w.writing()) {
                positions.push_back(w.position());
            }
            w.octet_string(std::vector<std::uint8_t>(200));
            if (w.writing()) {
                positions.push_back(w.position());
            }
        });
    });
    BOOST_TEST(positions == (std::vector<std::size_t>{3, octets.size()}), boost::test_tools::per_element());
}

// The result grows by steps as it is written; long contents go into it in one piece.
BOOST_DATA_TEST_CASE(contents_of_every_length_stand_in_their_places,
                     (std::array{0, 1, 127, 255, 256, 490, 505, 511, 512, 513, 1024, 1535, 70'000}), length) {
    const std::vector<std::uint8_t> content(static_cast<std::size_t>(length), 0xc5);
    const auto octets = encode([&](Writer& w) {
        w.sequence([&] {
            w.integer(7);
            w.octet_string(content);
            w.octet_string({});
            w.constructed(tag::context_constructed(3), [&] { w.octet_string(content); });
            w.integer(258);
        });
    });
    BOOST_TEST(octets.capacity() == octets.size());
    Reader reader(sceptest::element(octets).value());
    BOOST_TEST(reader.integer(nullptr).equals(7));
    BOOST_TEST(reader.octet_string(nullptr).same_octets(content));
    BOOST_TEST(reader.octet_string(nullptr).empty());
    reader.nested(tag::context_constructed(3), nullptr, [&](Reader& r) { BOOST_TEST(r.octet_string(nullptr).same_octets(content)); });
    BOOST_TEST(reader.integer(nullptr).equals(258));
    BOOST_TEST((!reader.failed() && reader.at_end()));
}

BOOST_DATA_TEST_CASE(sets_of_every_size_are_sorted, (std::array{1, 2, 15, 16, 17, 200}) * (std::array{1, 40, 300}), count, length) {
    std::vector<std::uint8_t> wanted;
    const auto member = [&](int number) {
        std::vector<std::uint8_t> content(static_cast<std::size_t>(length), 0x55);
        content.back() = static_cast<std::uint8_t>(number);
        return encode([&](Writer& w) { w.octet_string(content); });
    };
    for (int i = 0; i < count; ++i) {
        const auto next = member(i);
        wanted.insert(wanted.end(), next.begin(), next.end());
    }
    const auto octets = encode([&](Writer& w) {
        w.set_of([&] {
            for (int i = count; i-- > 0;) {
                w.raw(member(i));
            }
        });
    });
    BOOST_TEST(sceptest::element(octets).value().same_octets(wanted));
}

BOOST_AUTO_TEST_CASE(many_constructed_encodings_keep_their_lengths) {
    const auto octets = encode([](Writer& w) {
        w.sequence([&] {
            for (int i = 0; i < 300; ++i) {
                w.sequence([&] { w.set([&] { w.integer(i); }); });
            }
        });
    });
    Reader reader(sceptest::element(octets).value());
    for (int i = 0; i < 300; ++i) {
        reader.nested(tag::SEQUENCE, nullptr, [&](Reader& r) {
            r.nested(tag::SET, nullptr, [&](Reader& inner) { BOOST_TEST(inner.integer(nullptr).equals(i)); });
        });
    }
    BOOST_TEST((!reader.failed() && reader.at_end()));
}

BOOST_DATA_TEST_CASE(short_octets_hold_long_ones_too, (std::array{0, 62, 63, 1000}), length) {
    const std::vector<std::uint8_t> content(static_cast<std::size_t>(length), 0xc5);
    const auto structure = [&](Writer& w) { w.octet_string(content); };
    const auto octets = encode_as<ShortOctets<64>>(structure);
    BOOST_TEST(hex_of(octets.octets()) == hex_of(encode(structure)));
    const auto copy = octets;
    BOOST_TEST(hex_of(copy.octets()) == hex_of(octets.octets()));
}
