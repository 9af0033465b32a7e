#include "../der/octets.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::ber;
using der::Input;
namespace data = boost::unit_test::data;
using sceptest::hex;
using sceptest::hex_of;
using sceptest::must;

namespace {

struct Row {
    std::string what;
    std::string ber;
    std::uint32_t steps;  // how far to go down, to the last element each time
    std::uint32_t offset; // of the element as received
    std::uint32_t size;
    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.what; }
};

const std::vector<Row> rows{
    {"the whole", "30 80 02 01 05 00 00", 0, 0, 7},
    {"primitive in indefinite", "30 80 02 01 05 00 00", 1, 2, 3},
    {"after an indefinite sibling", "30 80 30 80 05 00 00 00 02 01 05 00 00", 1, 8, 3},
    {"indefinite after an indefinite sibling", "30 80 30 80 05 00 00 00 30 80 02 01 05 00 00 00 00", 1, 8, 7},
    {"inside of that", "30 80 30 80 05 00 00 00 30 80 02 01 05 00 00 00 00", 2, 10, 3},
    {"after a non-minimal length", "30 84 00 00 00 07 04 82 00 00 02 01 05", 1, 10, 3},
    {"a non-minimal one", "30 80 04 82 00 01 41 00 00", 1, 2, 5},
    {"a string in parts", "30 80 24 80 04 01 41 04 01 42 00 00 00 00", 1, 2, 10},
    {"after a string in parts", "30 80 24 06 04 01 41 04 01 42 02 01 05 00 00", 1, 10, 3},
    {"bits in parts", "30 80 23 08 03 02 00 41 03 02 04 f0 00 00", 1, 2, 10},
    {"after bits in parts", "30 80 23 08 03 02 00 41 03 02 04 f0 05 00 00 00", 1, 12, 2},
    {"empty and indefinite", "30 80 05 00 30 80 00 00 00 00", 1, 4, 4},
    {"after empty and indefinite", "30 80 30 80 00 00 30 00 00 00", 1, 6, 2},
};

der::Element descend(Input input, std::uint32_t steps) {
    der::Reader reader(input);
    der::Element found = reader.any(nullptr);
    for (std::uint32_t step = 0; step < steps; ++step) {
        der::Element last;
        for (der::Reader inside(found.value()); !inside.at_end();) {
            last = inside.any(nullptr);
        }
        found = last;
    }
    return found;
}

std::string long_value(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += der::to_hex(std::array{static_cast<std::uint8_t>(i)});
    }
    return text;
}

} // namespace

BOOST_DATA_TEST_CASE(the_octets_as_received_are_found_again, data::make(rows), row) {
    // Behind other octets, so that an offset into the TLV is not taken for one into the source.
    auto octets = hex("0a 0b 0c 0d");
    const auto rest = hex(row.ber);
    octets.insert(octets.end(), rest.begin(), rest.end());
    Sources sources;
    const Input input = must(sources.add_captured(octets)).from(4);
    const Normalised normalised = must(normalise(input, sources));
    BOOST_REQUIRE(normalised.changed);
    const der::Element element = descend(normalised.der, row.steps);
    BOOST_TEST(original(element.whole(), sources).location() == (Location{0, 4 + row.offset, row.size}));
    const Location origin = sources.in_capture(element.whole().location());
    BOOST_TEST(origin.offset == 4 + row.offset);
    BOOST_TEST(origin.length <= row.size);
}

BOOST_AUTO_TEST_CASE(every_octet_of_a_value_maps_to_itself) {
    // 300 octets in three parts, in an indefinite SEQUENCE that needs a longer header in DER than in BER.
    const std::string value = long_value(300);
    const auto octets = hex("30 80 02 01 05 24 80 04 64" + value.substr(0, 200) + "04 00 04 81 96" + value.substr(200, 300) +
                            "24 80 04 32" + value.substr(500) + "00 00 00 00 02 01 07 00 00");
    Sources sources;
    const Input input = must(sources.add_captured(octets));
    const Normalised normalised = must(normalise(input, sources));
    BOOST_TEST(hex_of(normalised.der) == "30820136"
                                         "020105"
                                         "0482012c" +
                                             value + "020107");
    for (const der::Element& element : {descend(normalised.der, 0), descend(normalised.der, 1)}) {
        BOOST_TEST(sceptest::within(sources.in_capture(element.whole().location()), input));
    }
    std::uint32_t last = 0;
    for (std::uint32_t at = 0; at < normalised.der.size(); ++at) {
        const Location origin = sources.in_capture(normalised.der.slice(at, 1).location());
        BOOST_REQUIRE(origin.length == 1);
        BOOST_REQUIRE(origin.offset >= last);
        last = origin.offset;
        if (at >= 11 && at < 311) {
            BOOST_REQUIRE(input[origin.offset] == normalised.der[at]);
        }
    }
    BOOST_TEST(sources.in_capture(normalised.der.from(normalised.der.size() - 3).location()) == (Location{0, input.size() - 5, 3}));
}

BOOST_AUTO_TEST_CASE(what_was_not_normalised_is_its_own_original) {
    const auto octets = hex("30 03 02 01 05");
    Sources sources;
    const Input input = must(sources.add_captured(octets));
    BOOST_TEST(original(input.from(2), sources).location() == (Location{0, 2, 3}));
    const Input decoded = must(sources.add_derived(SourceKind::base64, 0, octets, {{0, 0}}));
    BOOST_TEST(original(decoded, sources).location() == decoded.location());
    BOOST_TEST(original(Input(octets, 99), sources).location() == (Location{99, 0, 5}));
}

BOOST_AUTO_TEST_CASE(what_stood_in_parts_of_a_string_has_no_octets_of_its_own) {
    // SEQUENCEs inside of an OCTET STRING, cut in the header, in a value, and so that header and parts look like another SEQUENCE.
    const std::vector<std::pair<std::string, std::string>> cut{
        {"30 80 24 80 04 01 30 04 04 03 02 01 05 00 00 00 00", "3003020105"},
        {"30 80 24 80 04 03 30 03 02 04 02 01 05 00 00 00 00", "3003020105"},
        {"30 80 24 80 04 05 30 06 02 01 05 04 01 02 04 02 01 06 00 00 00 00", "3006020105020106"},
    };
    for (const auto& [text, joined] : cut) {
        const auto octets = hex(text);
        Sources sources;
        const Normalised normalised = must(normalise(must(sources.add_captured(octets)), sources));
        const Input inner = descend(normalised.der, 1).value();
        BOOST_TEST(hex_of(inner) == joined);
        BOOST_TEST(original(inner, sources).location() == inner.location());
    }
    // Whole in one part, it has.
    const auto octets = hex("30 80 24 80 04 05 30 03 02 01 05 00 00 00 00");
    Sources sources;
    const Normalised normalised = must(normalise(must(sources.add_captured(octets)), sources));
    BOOST_TEST(original(descend(normalised.der, 1).value(), sources).location() == (Location{0, 6, 5}));
}

BOOST_AUTO_TEST_CASE(a_layer_inside_maps_through_the_layer_around_it) {
    // BER inside of an OCTET STRING inside of BER, each normalised on its own.
    const auto octets = hex("30 80 04 81 09 30 80 02 81 01 05 00 00 00 00 00");
    Sources sources;
    const Normalised outer = must(normalise(must(sources.add_captured(octets)), sources));
    BOOST_TEST(hex_of(outer.der) == "300b0409308002810105000000");
    const Normalised inner = must(normalise(descend(outer.der, 1).value(), sources));
    BOOST_TEST(hex_of(inner.der) == "3003020105");
    BOOST_REQUIRE(inner.deviations.size() == 3);
    BOOST_TEST(inner.deviations[1].where == (Location{outer.der.source(), 6, 3}));
    BOOST_TEST((inner.deviations[2].kind == DeviationKind::trailing_octets));
    const der::Element number = descend(inner.der, 1);
    BOOST_TEST(original(number.whole(), sources).location() == (Location{outer.der.source(), 6, 4}));
    BOOST_TEST(sources.in_capture(number.value().location()) == (Location{0, 10, 1}));
}

BOOST_AUTO_TEST_CASE(the_map_has_no_point_where_nothing_was_moved) {
    std::vector<std::uint8_t> octets = hex("30 80");
    for (int i = 0; i < 1000; ++i) {
        octets.insert(octets.end(), {0x30, 0x03, 0x02, 0x01, 0x05});
    }
    octets.insert(octets.end(), {0, 0});
    Sources sources;
    const Normalised normalised = must(normalise(must(sources.add_captured(octets)), sources));
    BOOST_TEST(sources[normalised.der.source()].map.size() <= 3u);
    BOOST_TEST(sources.in_capture(normalised.der.slice(normalised.der.size() - 5, 5).location()) == (Location{0, 2 + 999 * 5, 5}));
}
