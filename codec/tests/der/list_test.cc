#include "octets.h"

#include <scepcodec/der/list.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/der/writer.h>

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::hex;

namespace {

struct Number {
    static constexpr const char* asn1_name = "Number";
    Integer value;
    static Number read(Reader& reader, const char* field) { return Number{reader.integer(field)}; }
};

struct Numbers {
    static constexpr const char* asn1_name = "Numbers";
    ListOf<Number> list;
    static Numbers read(Reader& reader, const char* field) {
        Numbers out;
        reader.nested(tag::SEQUENCE, field, [&](Reader& r) { out.list = ListOf<Number>::read(r, tag::SET, "numbers"); });
        return out;
    }
};

struct ListRow {
    std::string octets;
    std::string walked; // what each step gives, joined by "; "; the error where the list itself does not decode
    friend std::ostream& operator<<(std::ostream& out, const ListRow& row) { return out << row.octets; }
};

const std::vector<ListRow> lists{
    {"30 02 31 00", ""},
    {"30 05 31 03 02 01 05", "5"},
    {"30 0b 31 09 02 01 05 02 01 06 02 01 07", "5; 6; 7"},
    {"30 0b 31 09 02 01 05 01 01 ff 02 01 07", "5; numbers[1]: INTEGER expected, BOOLEAN at 7..10; 7"},
    {"30 0a 31 08 02 01 05 02 00 02 01 07", "5; numbers[1]: invalid_integer at 7..9; 7"},
    {"30 07 31 05 30 03 30 80 00", "numbers[0]: INTEGER expected, SEQUENCE at 4..9"},
    {"30 07 31 05 02 01 05 02 03", "Numbers.numbers: truncated at 7..9"},
    {"30 07 31 05 02 01 05 30 80", "Numbers.numbers: indefinite_length at 7..9"},
    {"30 07 31 05 02 01 05 00 00", "Numbers.numbers: unexpected_end_of_contents at 7..9"},
    {"30 05 30 03 02 01 05", "Numbers.numbers: SET expected, SEQUENCE at 2..7"},
};

std::string walk(const std::vector<std::uint8_t>& octets) {
    const auto numbers = decode<Numbers>(Input(octets));
    if (!numbers) {
        return numbers.error().to_string();
    }
    std::string text;
    std::uint32_t steps = 0;
    for (const Result<Number>& number : numbers->list) {
        text += steps == 0 ? "" : "; ";
        text += number ? std::to_string(number->value.to_int64().value()) : number.error().to_string();
        ++steps;
    }
    BOOST_TEST(numbers->list.size() == steps);
    BOOST_TEST(numbers->list.empty() == (steps == 0));
    return text;
}

struct OrderRow {
    std::string value;
    std::optional<std::uint32_t> offset; // of the first element out of order
    friend std::ostream& operator<<(std::ostream& out, const OrderRow& row) { return out << row.value; }
};

const std::vector<OrderRow> orders{
    {"", std::nullopt},
    {"02 01 05", std::nullopt},
    {"02 01 05 02 01 06", std::nullopt},
    {"02 01 05 02 01 05", std::nullopt},
    {"02 01 06 02 01 05", 3},
    {"02 02 00 80 02 01 05", 4},
    {"02 01 ff 02 02 00 80", std::nullopt},
    {"01 01 ff 02 01 00 04 00", std::nullopt},
    {"30 00 04 01 41", 2},
    {"02 01 01 02 01 03 02 01 02 02 01 01", 6},
    {"04 02 61 00 04 02 61 62", std::nullopt},
    {"02 01 06 02 01", std::nullopt},
    {"02 01 06 02 81 01 05", std::nullopt},
};

} // namespace

BOOST_DATA_TEST_CASE(a_list_is_decoded_while_it_is_walked, data::make(lists), row) { BOOST_TEST(walk(hex(row.octets)) == row.walked); }

BOOST_AUTO_TEST_CASE(a_step_gives_index_and_octets_even_where_it_fails) {
    const auto octets = hex("31 0a 02 01 05 05 00 02 03 00 80 00");
    Reader reader{Input(octets, 5, 50)};
    const auto list = ListOf<Number>::read(reader, tag::SET, "numbers");
    BOOST_REQUIRE(!reader.failed());
    BOOST_TEST(list.whole().location() == (Location{5, 50, 12}));
    BOOST_TEST(list.value().location() == (Location{5, 52, 10}));
    auto at = list.begin();
    BOOST_TEST(at.index() == 0);
    BOOST_TEST(at.whole().location() == (Location{5, 52, 3}));
    ++at;
    BOOST_TEST(at.index() == 1);
    BOOST_TEST(at.whole().location() == (Location{5, 55, 2}));
    BOOST_TEST(!(*at).has_value());
    at++;
    BOOST_TEST(at.whole().location() == (Location{5, 57, 5}));
    BOOST_TEST((*at).has_value());
    ++at;
    BOOST_TEST((at == list.end()));
}

BOOST_AUTO_TEST_CASE(an_optional_list_is_read_where_its_tag_is) {
    const auto octets = hex("a0 03 02 01 05 05 00");
    Reader reader{Input(octets)};
    BOOST_TEST(!ListOf<Number>::read_optional(reader, tag::context_constructed(1), "one").has_value());
    const auto list = ListOf<Number>::read_optional(reader, tag::context_constructed(0), "zero");
    BOOST_REQUIRE(list);
    BOOST_TEST(list->size() == 1u);
    BOOST_TEST(reader.peek() == tag::NULL_);
    BOOST_TEST(ListOf<Number>().empty());
    BOOST_TEST((ListOf<Number>().begin() == ListOf<Number>().end()));
}

// A list that was read in vain is not to be walked; a walk ends all the same. The second length is one that wraps 32 bits to nothing.
BOOST_AUTO_TEST_CASE(a_walk_over_unchecked_octets_ends) {
    for (const std::string_view text : {"31 05 02 01 05 02 09", "31 06 04 84 ff ff ff fa", "31 02 30 80", "31 01 1f"}) {
        const auto octets = hex(text);
        Reader reader{Input(octets)};
        const auto list = ListOf<Number>::read(reader, tag::SET, "numbers");
        BOOST_TEST(reader.failed());
        int steps = 0;
        for (const Result<Number>& number : list) {
            steps += number ? 1 : 2;
            BOOST_REQUIRE(steps < 10);
        }
        BOOST_TEST(steps >= 1);
    }
}

BOOST_AUTO_TEST_CASE(walking_a_list_allocates_nothing) {
    const auto octets = hex("30 10 31 0e 02 01 05 01 01 ff 02 00 02 01 07 04 01 41");
    const sceptest::AllocationCount count;
    int good = 0;
    int bad = 0;
    const auto numbers = decode<Numbers>(Input(octets));
    if (numbers) {
        for (const Result<Number>& number : numbers->list) {
            ++(number ? good : bad);
        }
    }
    const std::size_t allocations = count.allocations();
    BOOST_TEST(good == 2);
    BOOST_TEST(bad == 3);
    BOOST_TEST(allocations == 0u);
}

BOOST_AUTO_TEST_CASE(a_list_of_a_million_is_walked_once) {
    std::vector<std::uint8_t> content;
    for (int i = 0; i < 1'000'000; ++i) {
        content.insert(content.end(), {0x02, 0x01, 0x05});
    }
    const auto octets = encode([&](Writer& w) { w.sequence([&] { w.primitive(tag::SET, content); }); });
    const auto start = std::chrono::steady_clock::now();
    const auto numbers = decode<Numbers>(Input(octets));
    BOOST_REQUIRE(numbers);
    std::int64_t sum = 0;
    for (const Result<Number>& number : numbers->list) {
        sum += number->value.to_int64().value();
    }
    BOOST_TEST(sum == 5'000'000);
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
}

BOOST_DATA_TEST_CASE(the_order_of_a_set_of_is_that_of_its_encodings, data::make(orders), row) {
    const auto octets = hex(row.value);
    const auto found = first_out_of_order(Input(octets));
    BOOST_TEST(found.has_value() == row.offset.has_value());
    if (found && row.offset) {
        BOOST_TEST(found->offset() == *row.offset);
    }
}
