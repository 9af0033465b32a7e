#include "../der/octets.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/set_order.h>

#include <sceptest.h>

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

// "indefinite length 0+2; trailing octets 9+1"
std::string listed(const std::vector<Deviation>& deviations) {
    std::string text;
    for (const Deviation& deviation : deviations) {
        text += text.empty() ? "" : "; ";
        text +=
            std::string(name(deviation.kind)) + ' ' + std::to_string(deviation.where.offset) + '+' + std::to_string(deviation.where.length);
    }
    return text;
}

std::string compact(std::string text) {
    std::erase(text, ' ');
    return text;
}

struct Row {
    std::string what;
    std::string ber;
    std::string der; // empty: not changed
    std::string deviations;
    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.what; }
};

const std::vector<Row> rows{
    {"DER", "30 06 02 01 05 04 01 41", "", ""},
    {"DER, primitive", "04 01 41", "", ""},
    {"DER, empty", "30 00", "", ""},
    {"DER, high tag number", "bf 81 00 02 05 00", "", ""},
    {"indefinite", "30 80 02 01 05 00 00", "30 03 02 01 05", "indefinite length 0+2"},
    {"indefinite, empty", "30 80 00 00", "30 00", "indefinite length 0+2"},
    {"definite around indefinite", "30 0a 02 01 01 30 80 02 01 05 00 00", "30 08 02 01 01 30 03 02 01 05", "indefinite length 5+2"},
    {"indefinite around definite", "30 80 30 03 02 01 05 02 01 06 00 00", "30 08 30 03 02 01 05 02 01 06", "indefinite length 0+2"},
    {"indefinite thrice", "30 80 a0 80 31 80 05 00 00 00 00 00 00 00", "30 06 a0 04 31 02 05 00",
     "indefinite length 0+2; indefinite length 2+2; indefinite length 4+2"},
    {"indefinite, high tag number", "bf 81 00 80 05 00 00 00", "bf 81 00 02 05 00", "indefinite length 0+4"},
    {"long form of a short length", "30 81 03 02 01 05", "30 03 02 01 05", "non-minimal length 0+3"},
    {"four octets of length", "30 84 00 00 00 03 02 01 05", "30 03 02 01 05", "non-minimal length 0+6"},
    {"nine octets of length", "04 89 00 00 00 00 00 00 00 00 01 41", "04 01 41", "non-minimal length 0+11"},
    {"non-minimal inside", "30 04 02 81 01 05", "30 03 02 01 05", "non-minimal length 2+3"},
    {"octets in parts", "24 06 04 01 41 04 01 42", "04 02 41 42", "constructed string 0+8"},
    {"octets in parts, indefinite", "24 80 04 01 41 04 02 42 43 00 00", "04 03 41 42 43", "indefinite length 0+2; constructed string 0+11"},
    {"octets in no parts", "24 00", "04 00", "constructed string 0+2"},
    {"octets in an empty part", "24 02 04 00", "04 00", "constructed string 0+4"},
    {"octets in parts of parts", "24 80 24 06 04 01 41 04 01 42 24 80 04 01 43 00 00 04 00 00 00", "04 03 41 42 43",
     "indefinite length 0+2; constructed string 0+21; constructed string 2+8; indefinite length 10+2; constructed string 10+7"},
    {"bits in parts", "23 09 03 03 00 6e 5d 03 02 06 c0", "03 04 06 6e 5d c0", "constructed string 0+11"},
    {"bits in parts of parts", "23 80 23 04 03 02 00 6e 23 80 03 02 04 f0 00 00 00 00", "03 03 04 6e f0",
     "indefinite length 0+2; constructed string 0+18; constructed string 2+6; indefinite length 8+2; constructed string 8+8"},
    {"bits in one empty part", "23 03 03 01 00", "03 01 00", "constructed string 0+5"},
    {"characters in parts, X.690 8.23.6", "3a 09 04 03 4a 6f 6e 04 02 65 73", "1a 05 4a 6f 6e 65 73", "constructed string 0+11"},
    {"characters in parts of their own type", "33 06 13 01 41 13 01 42", "13 02 41 42", "constructed string 0+8"},
    {"UTF8String in parts", "2c 80 04 01 c3 04 01 bc 00 00", "0c 02 c3 bc", "indefinite length 0+2; constructed string 0+10"},
    {"UTCTime in parts", "37 11 04 06 32 34 30 31 30 31 04 07 30 30 30 30 30 30 5a", "17 0d 32 34 30 31 30 31 30 30 30 30 30 30 5a",
     "constructed string 0+19"},
    {"context-tagged values keep their form", "30 80 a0 80 04 01 41 04 01 42 00 00 00 00", "30 08 a0 06 04 01 41 04 01 42",
     "indefinite length 0+2; indefinite length 2+2"},
    {"a primitive value is not looked into", "30 81 06 04 04 30 80 00 00", "30 06 04 04 30 80 00 00", "non-minimal length 0+3"},
    {"a context-tagged primitive neither", "a0 80 80 04 30 80 00 00 00 00", "a0 06 80 04 30 80 00 00", "indefinite length 0+2"},
    {"trailing octets", "30 03 02 01 05 00 00 ff", "", "trailing octets 5+3"},
    {"trailing octets after BER", "30 80 00 00 0a", "30 00", "indefinite length 0+2; trailing octets 4+1"},
    {"unsorted set", "31 06 02 01 06 02 01 05", "", "unsorted SET OF 0+8"},
    {"unsorted set inside of BER", "30 80 31 06 02 01 06 02 01 05 00 00", "30 08 31 06 02 01 06 02 01 05",
     "indefinite length 0+2; unsorted SET OF 2+8"},
    {"unsorted set in an unsorted set", "31 0d 31 06 02 01 06 02 01 05 31 03 02 01 01", "", "unsorted SET OF 0+15; unsorted SET OF 2+8"},
    {"unsorted set, indefinite", "31 80 02 01 06 02 01 05 00 00", "31 06 02 01 06 02 01 05", "indefinite length 0+2; unsorted SET OF 0+10"},
    {"an order that only DER shows", "31 0b 30 80 05 00 00 00 30 03 01 01 ff", "31 09 30 02 05 00 30 03 01 01 ff", "indefinite length 2+2"},
    {"an order that BER hides", "31 08 04 02 41 42 04 81 01 43", "31 07 04 02 41 42 04 01 43",
     "unsorted SET OF 0+10; non-minimal length 6+3"},
    {"[0] is no SET", "a0 06 02 01 06 02 01 05", "", ""},
};

struct ErrorRow {
    std::string what;
    std::string ber;
    ErrorCode code;
    std::uint32_t offset;
    std::uint32_t length;
    friend std::ostream& operator<<(std::ostream& out, const ErrorRow& row) { return out << row.what; }
};

const std::vector<ErrorRow> errors{
    {"nothing", "", ErrorCode::end_of_input, 0, 0},
    {"half a header", "30", ErrorCode::truncated, 0, 1},
    {"length beyond the end", "30 05 02 01 05", ErrorCode::truncated, 0, 5},
    {"length beyond its parent", "30 80 30 03 02 02 05 00 00", ErrorCode::truncated, 4, 3},
    {"length that wraps 32 bits", "30 06 04 84 ff ff ff fa", ErrorCode::truncated, 2, 6},
    {"length beyond 4 GiB", "30 85 01 00 00 00 00", ErrorCode::length_too_large, 0, 1},
    {"reserved length", "30 02 04 ff", ErrorCode::reserved_length, 2, 1},
    {"invalid tag", "30 03 1f 80 00", ErrorCode::invalid_tag, 2, 1},
    {"indefinite primitive", "04 80 41 00 00", ErrorCode::indefinite_length, 0, 2},
    {"indefinite primitive, deeper", "30 80 02 80 00 00 00 00", ErrorCode::indefinite_length, 2, 2},
    {"no end of contents", "30 80 02 01 05", ErrorCode::missing_end_of_contents, 0, 2},
    {"no end of contents at all", "30 80", ErrorCode::missing_end_of_contents, 0, 2},
    {"end of contents beyond its parent", "30 02 30 80 00 00", ErrorCode::missing_end_of_contents, 2, 2},
    {"half an end of contents", "30 80 00", ErrorCode::truncated, 2, 1},
    {"end of contents in definite", "30 04 05 00 00 00", ErrorCode::unexpected_end_of_contents, 4, 2},
    {"end of contents outermost", "00 00", ErrorCode::unexpected_end_of_contents, 0, 2},
    {"end of contents with a length", "30 80 00 01 00 00 00", ErrorCode::unexpected_end_of_contents, 2, 2},
    {"end of contents in long form", "30 80 00 81 00 00 00", ErrorCode::unexpected_end_of_contents, 2, 3},
    {"another type in a string", "24 03 02 01 05", ErrorCode::unexpected_tag, 2, 2},
    {"a sequence in a string", "24 02 30 00", ErrorCode::unexpected_tag, 2, 2},
    {"octets in bits", "23 04 04 02 00 41", ErrorCode::unexpected_tag, 2, 2},
    {"bits in octets", "24 04 03 02 00 41", ErrorCode::unexpected_tag, 2, 2},
    {"characters in characters of another type", "2c 03 13 01 41", ErrorCode::unexpected_tag, 2, 2},
    {"another type in a part of a string", "33 07 24 05 13 03 41 42 43", ErrorCode::unexpected_tag, 4, 2},
    {"bits in no parts", "23 00", ErrorCode::invalid_bit_string, 0, 2},
    {"bits in no parts of a part", "23 02 23 00", ErrorCode::invalid_bit_string, 2, 2},
    {"bits without the initial octet", "23 02 03 00", ErrorCode::invalid_bit_string, 2, 2},
    {"more than seven unused bits", "23 04 03 02 08 00", ErrorCode::invalid_bit_string, 2, 4},
    {"unused bits of nothing", "23 03 03 01 01", ErrorCode::invalid_bit_string, 2, 3},
    {"unused bits before the last part", "23 08 03 02 04 f0 03 02 00 ff", ErrorCode::invalid_bit_string, 6, 4},
    {"unused bits before the last part of a part", "23 0a 23 04 03 02 04 f0 03 02 00 ff", ErrorCode::invalid_bit_string, 8, 4},
};

struct Captured {
    Sources sources;
    Input input;
    explicit Captured(const std::vector<std::uint8_t>& octets, Limits limits = {})
        : sources(limits), input(must(sources.add_view(octets))) {}
};

} // namespace

BOOST_DATA_TEST_CASE(framing_becomes_definite_and_minimal, data::make(rows), row) {
    const auto octets = hex(row.ber);
    Captured captured(octets);
    const Normalised normalised = must(normalise(captured.input, captured.sources));
    BOOST_TEST(normalised.changed == !row.der.empty());
    BOOST_TEST(listed(normalised.deviations) == row.deviations);
    if (normalised.changed) {
        BOOST_TEST(hex_of(normalised.der) == compact(row.der));
        BOOST_TEST((captured.sources[normalised.der.source()].kind == SourceKind::normalised));
        BOOST_TEST(captured.sources[normalised.der.source()].parent.value() == captured.input.source());
    } else {
        BOOST_TEST((normalised.der.data() == captured.input.data()));
        BOOST_TEST(captured.sources.size() == 1u);
    }
}

BOOST_DATA_TEST_CASE(normalising_twice_is_normalising_once, data::make(rows), row) {
    const auto octets = hex(row.ber);
    Captured captured(octets);
    const Normalised once = must(normalise(captured.input, captured.sources));
    const std::size_t sources = captured.sources.size();
    const Normalised twice = must(normalise(once.der, captured.sources));
    BOOST_TEST(!twice.changed);
    BOOST_TEST(twice.der.location() == once.der.location());
    BOOST_TEST(captured.sources.size() == sources);
    for (const Deviation& deviation : twice.deviations) {
        BOOST_TEST(name(deviation.kind) == "unsorted SET OF");
    }
    BOOST_TEST(std::ranges::count(twice.deviations, DeviationKind::unsorted_set_of, &Deviation::kind) ==
               std::ranges::count(once.deviations, DeviationKind::unsorted_set_of, &Deviation::kind));
    // A strict reader finds nothing to say of the framing.
    der::Reader reader(once.der);
    std::ignore = reader.any(nullptr);
    BOOST_TEST(!reader.failed());
}

BOOST_DATA_TEST_CASE(the_size_of_a_tlv_counts_its_end_of_contents, data::make(rows), row) {
    const auto octets = hex(row.ber);
    const std::size_t trailing = row.deviations.find("trailing octets ");
    const std::size_t size = trailing == std::string::npos ? octets.size() : std::stoul(row.deviations.substr(trailing + 16));
    BOOST_TEST(must(tlv_size(Input(octets))) == size);
}

BOOST_DATA_TEST_CASE(framing_that_no_rule_allows_is_an_error, data::make(errors), row) {
    auto octets = hex("ff ff ff");
    const auto rest = hex(row.ber);
    octets.insert(octets.end(), rest.begin(), rest.end());
    Captured captured(octets);
    const Input input = captured.input.from(3);
    const auto normalised = normalise(input, captured.sources);
    BOOST_REQUIRE(!normalised);
    BOOST_TEST(normalised.error().code == row.code);
    BOOST_TEST(normalised.error().where == (Location{0, 3 + row.offset, row.length}));
    BOOST_TEST(captured.sources.size() == 1u);
    const auto size = tlv_size(input);
    BOOST_REQUIRE(!size);
    BOOST_TEST(size.error().where == normalised.error().where);
}

BOOST_AUTO_TEST_CASE(a_part_of_another_type_is_told_with_both_tags) {
    const auto octets = hex("2c 03 13 01 41");
    Captured captured(octets);
    BOOST_TEST(normalise(captured.input, captured.sources).error().to_string() == "UTF8String expected, PrintableString at 2..4");
}

BOOST_AUTO_TEST_CASE(deviations_have_names) {
    BOOST_TEST(name(DeviationKind::trailing_octets) == "trailing octets");
    BOOST_TEST(name(static_cast<DeviationKind>(99)) == "unknown");
    BOOST_TEST(is_ber_framing(ErrorCode::indefinite_length));
    BOOST_TEST(is_ber_framing(ErrorCode::non_minimal_length));
    BOOST_TEST(is_ber_framing(ErrorCode::constructed_string));
    BOOST_TEST(!is_ber_framing(ErrorCode::truncated));
}

BOOST_DATA_TEST_CASE(every_prefix_and_every_changed_octet_is_judged_within_the_input, data::make(rows), row) {
    const auto octets = hex(row.ber);
    const auto judge = [](const std::vector<std::uint8_t>& changed, std::uint32_t size) {
        Captured captured(changed);
        const Input input = captured.input.slice(0, size);
        const auto normalised = normalise(input, captured.sources);
        if (!normalised) {
            BOOST_REQUIRE(sceptest::within(normalised.error().where, input));
            return;
        }
        for (const Deviation& deviation : normalised->deviations) {
            BOOST_REQUIRE(sceptest::within(deviation.where, input));
        }
        BOOST_REQUIRE(must(tlv_size(input)) <= input.size());
        BOOST_REQUIRE(!must(normalise(normalised->der, captured.sources)).changed);
        for (std::uint32_t at = 0; at < normalised->der.size(); ++at) {
            const Location origin = captured.sources.in_capture(normalised->der.slice(at, 1).location());
            BOOST_REQUIRE(sceptest::within(origin, input));
        }
    };
    for (std::uint32_t size = 0; size <= octets.size(); ++size) {
        judge(octets, size);
    }
    for (std::size_t at = 0; at < octets.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            auto changed = octets;
            changed[at] = static_cast<std::uint8_t>(value);
            judge(changed, static_cast<std::uint32_t>(changed.size()));
        }
    }
}
