#include "octets.h"

#include <scepcodec/der/source.h>

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::octets;

namespace {

// Captured "....ABCDEFGHIJ....", 18 octets. The middle one is made of ABC and GHIJ behind two octets that come from the dot before A;
// the top one of the middle's octets 1 to 6.
struct Layers {
    Sources sources;
    SourceId captured = 0;
    SourceId middle = 0;
    SourceId top = 0;

    Layers() {
        captured = sources.add_captured(octets("....ABCDEFGHIJ....")).value().source();
        middle = sources.add_derived(SourceKind::normalised, captured, octets("--ABCGHIJ"), {{0, 3}, {2, 4}, {5, 10}}).value().source();
        top = sources.add_derived(SourceKind::base64, middle, octets("-ABCGH"), {{0, 1}}).value().source();
    }
};

struct MapRow {
    int layer; // 1: middle, 2: top
    std::uint32_t offset;
    std::uint32_t length;
    Location parent;
    Location capture;
    friend std::ostream& operator<<(std::ostream& out, const MapRow& row) {
        return out << row.layer << ": " << row.offset << '+' << row.length;
    }
};

const std::vector<MapRow> mapped{
    {1, 2, 3, {0, 4, 3}, {0, 4, 3}}, {1, 2, 1, {0, 4, 1}, {0, 4, 1}},   {1, 5, 4, {0, 10, 4}, {0, 10, 4}},
    {1, 4, 2, {0, 6, 5}, {0, 6, 5}}, {1, 2, 7, {0, 4, 10}, {0, 4, 10}}, {1, 0, 2, {0, 3, 1}, {0, 3, 1}},
    {1, 1, 2, {0, 3, 2}, {0, 3, 2}}, {1, 5, 0, {0, 10, 0}, {0, 10, 0}}, {1, 9, 0, {0, 14, 0}, {0, 14, 0}},
    {2, 0, 1, {1, 1, 1}, {0, 3, 1}}, {2, 1, 3, {1, 2, 3}, {0, 4, 3}},   {2, 3, 2, {1, 4, 2}, {0, 6, 5}},
    {2, 0, 6, {1, 1, 6}, {0, 3, 9}},
};

} // namespace

BOOST_DATA_TEST_CASE(a_place_is_found_again_in_what_it_was_made_from, data::make(mapped), row) {
    const Layers layers;
    const Location where{row.layer == 1 ? layers.middle : layers.top, row.offset, row.length};
    BOOST_TEST(layers.sources.in_parent(where).value() == row.parent);
    BOOST_TEST(layers.sources.in_capture(where) == row.capture);
}

BOOST_AUTO_TEST_CASE(a_place_of_the_capture_is_its_own) {
    const Layers layers;
    BOOST_TEST(!layers.sources.in_parent({layers.captured, 3, 2}).has_value());
    BOOST_TEST(layers.sources.in_capture({layers.captured, 3, 2}) == (Location{layers.captured, 3, 2}));
    BOOST_TEST(layers.sources.size() == 3u);
    BOOST_TEST((layers.sources[layers.top].kind == SourceKind::base64));
    BOOST_TEST(layers.sources[layers.top].parent.value() == layers.middle);
}

BOOST_AUTO_TEST_CASE(a_place_beyond_a_source_is_clamped) {
    const Layers layers;
    BOOST_TEST(layers.sources.at({layers.middle, 2, 3}).text() == "ABC");
    BOOST_TEST(layers.sources.at({layers.middle, 7, 99}).text() == "IJ");
    BOOST_TEST(layers.sources.at({layers.middle, 99, 99}).empty());
    BOOST_TEST(layers.sources.at({77, 0, 1}).empty());
    BOOST_TEST(!layers.sources.in_parent({77, 0, 1}).has_value());
    const Location end = layers.sources.in_capture({layers.middle, 0xfffffff0, 15});
    BOOST_TEST(sceptest::within(end, layers.sources[layers.captured].octets));
}

BOOST_AUTO_TEST_CASE(a_source_larger_than_the_limit_is_refused) {
    Sources sources(Limits{.bytes = 10});
    BOOST_TEST(sources.add_captured(octets("0123456789")).has_value());
    const auto refused = sources.add_captured(octets("0123456789a"));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == ErrorCode::limit_bytes);
    BOOST_TEST(refused.error().where.offset == 10u);
    BOOST_TEST(!sources.add_derived(SourceKind::base64, 0, octets("0123456789a"), {}).has_value());
    BOOST_TEST(!sources.add_view(octets("0123456789a")).has_value());
    BOOST_TEST(sources.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_parent_is_an_earlier_source) {
    Sources sources;
    const auto orphan = sources.add_derived(SourceKind::normalised, 0, octets("x"), {});
    BOOST_REQUIRE(!orphan);
    BOOST_TEST(orphan.error().code == ErrorCode::internal_error);
    BOOST_TEST(sources.size() == 0u);
}

BOOST_AUTO_TEST_CASE(addresses_are_stable) {
    Sources sources;
    const Input first = sources.add_captured(octets("first")).value();
    const std::uint8_t* data = first.data();
    for (int i = 0; i < 10000; ++i) {
        std::ignore = sources.add_captured(octets("more"));
    }
    Sources moved = std::move(sources);
    BOOST_TEST((moved[first.source()].octets.data() == data));
    BOOST_TEST(first.text() == "first");
    BOOST_TEST(moved[10000].octets.source() == 10000u);
}

BOOST_AUTO_TEST_CASE(a_view_copies_nothing_and_an_owner_is_kept) {
    Sources sources;
    const auto memory = octets("outside");
    const Input view = sources.add_view(memory).value();
    BOOST_TEST((view.data() == memory.data()));
    auto owner = std::make_shared<const std::string>("owned by another");
    const std::span owned(reinterpret_cast<const std::uint8_t*>(owner->data()), owner->size());
    const Input input = sources.add_owned(SourceKind::decrypted, view.source(), owner, owned, {{0, 2}}).value();
    const std::weak_ptr<const std::string> watch = owner;
    owner.reset();
    BOOST_TEST(!watch.expired());
    BOOST_TEST(input.text() == "owned by another");
    BOOST_TEST(name(sources[input.source()].kind) == "decrypted");
}
