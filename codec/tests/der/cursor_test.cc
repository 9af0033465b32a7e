#include "octets.h"

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>

#include <scepcodec/der/reader.h>

#include <algorithm>
#include <array>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;

namespace {

// What a Cursor is for, said by the parser of all forms.
bool is_plain(Input input) {
    const auto header = read_header(input);
    return header && !header->indefinite && header->minimal && header->tag != tag::none && (input[0] & 0x1f) != 0x1f &&
           header->length <= input.size() - header->size;
}

// Identifier, two octets of length, then as much as there is: enough for every form of a length up to 65,535.
std::vector<std::uint8_t> octets_of(unsigned identifier, unsigned first, unsigned second, std::size_t size) {
    std::vector<std::uint8_t> out(size, 0x01);
    const std::array begin{identifier, first, second};
    for (std::size_t i = 0; i < std::min(size, begin.size()); ++i) {
        out[i] = static_cast<std::uint8_t>(begin[i]);
    }
    return out;
}

constexpr std::array identifiers{0x00u, 0x02u, 0x1fu, 0x30u, 0x3fu, 0x80u, 0xa0u, 0xbfu, 0xffu};
constexpr std::array sizes{0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 129u, 130u, 131u, 260u, 300u, 65536u, 66000u};

}  // namespace

BOOST_AUTO_TEST_SUITE(cursor)

BOOST_DATA_TEST_CASE(it_takes_what_has_the_plain_form_and_nothing_else, data::make(identifiers) * data::make(sizes), identifier, size) {
    for (unsigned first = 0; first < 256; ++first) {
        for (const unsigned second : {0x00u, 0x01u, 0x02u, 0x7fu, 0x80u, 0x81u, 0xffu}) {
            const auto octets = octets_of(identifier, first, second, size);
            const Input input(octets, 3, 40);
            const bool plain = is_plain(input);
            Cursor any(input);
            Element found;
            BOOST_REQUIRE_EQUAL(any.take_any(found), plain);
            Cursor skipping(input);
            BOOST_REQUIRE_EQUAL(skipping.skip(), plain);
            Cursor with_tag(input);
            Element same;
            if (!plain) {
                BOOST_REQUIRE(!with_tag.take(Tag::from_octet(static_cast<std::uint8_t>(identifier)), same));
                BOOST_REQUIRE(any.rest().location() == input.location());
                BOOST_REQUIRE(skipping.rest().location() == input.location());
                BOOST_REQUIRE_EQUAL(Cursor(input).next_size(), 0u);
                continue;
            }
            const Header header = *read_header(input);
            BOOST_REQUIRE(with_tag.take(header.tag, same));
            BOOST_REQUIRE(!Cursor(input).take(tag::context(30), same) || header.tag == tag::context(30));
            BOOST_REQUIRE(found.tag() == header.tag);
            BOOST_REQUIRE_EQUAL(found.header_size(), header.size);
            BOOST_REQUIRE((found.value().location() == Location{3, 40 + header.size, header.length}));
            BOOST_REQUIRE((any.rest().location() == input.from(header.size + header.length).location()));
            BOOST_REQUIRE((skipping.rest().location() == any.rest().location()));
            BOOST_REQUIRE((with_tag.rest().location() == any.rest().location()));
            BOOST_REQUIRE_EQUAL(Cursor(input).next_size(), header.size + header.length);
        }
    }
}

// One octet 0x80 at each place of an OID of each length, after an octet that ends an arc and after one that does not.
BOOST_DATA_TEST_CASE(an_arc_never_starts_with_80, data::xrange(1u, 40u), size) {
    for (unsigned place = 0; place < size; ++place) {
        for (const std::uint8_t before : {std::uint8_t{0x2a}, std::uint8_t{0x86}}) {
            std::vector<std::uint8_t> octets(size, 0x2a);
            octets[place] = 0x80;
            if (place > 0) {
                octets[place - 1] = before;
            }
            const bool starts_arc = place == 0 || before < 0x80;
            const bool ends = place + 1 < size;
            BOOST_TEST(valid_oid(Input(octets)) == (ends && !starts_arc));
        }
    }
    BOOST_TEST(valid_oid(Input(std::vector<std::uint8_t>(size, 0x7f))));
    BOOST_TEST(!valid_oid(Input(std::vector<std::uint8_t>(size, 0x86))));
}

// Each octet of a constant counts where an OID is compared with it.
BOOST_AUTO_TEST_CASE(an_oid_equals_a_constant_in_every_octet) {
    const auto compare = [](const OidConstant& constant) {
        std::vector<std::uint8_t> octets(constant.content().begin(), constant.content().end());
        BOOST_TEST((Oid{Input(octets)} == constant));
        for (std::uint8_t& octet : octets) {
            octet ^= 1;
            BOOST_TEST(!(Oid{Input(octets)} == constant));
            octet ^= 1;
        }
        octets.push_back(0x01);
        BOOST_TEST(!(Oid{Input(octets)} == constant));
        octets.resize(octets.size() - 2);
        BOOST_TEST(!(Oid{Input(octets)} == constant));
    };
    compare(oid("2.5.29.15"));
    compare(oid("1.3.6.1.5.5.7.24.1"));
    compare(oid("1.2.840.113549.1.9.3"));
    compare(oid("2.16.840.1.113733.1.9.2"));
    compare(oid("0.9.2342.19200300.100.1.25.99999999999.1.2"));
}

BOOST_AUTO_TEST_SUITE_END()
