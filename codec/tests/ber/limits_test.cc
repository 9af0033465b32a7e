#include "../der/octets.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/writer.h>

#include <sceptest.h>

#include <chrono>
#include <string>

using namespace scep;
using namespace scep::ber;
using der::Input;
using der::Writer;
using sceptest::must;

namespace {

std::vector<std::uint8_t> repeated(std::initializer_list<std::uint8_t> octets, std::size_t times) {
    std::vector<std::uint8_t> out;
    for (std::size_t i = 0; i < times; ++i) {
        out.insert(out.end(), octets);
    }
    return out;
}

std::vector<std::uint8_t> nested(std::size_t depth) {
    auto out = repeated({0x30, 0x80}, depth);
    const auto ends = repeated({0, 0}, depth);
    out.insert(out.end(), ends.begin(), ends.end());
    return out;
}

std::vector<std::uint8_t> indefinite(std::uint8_t identifier, std::vector<std::uint8_t> content) {
    content.insert(content.begin(), {identifier, 0x80});
    content.insert(content.end(), {0, 0});
    return content;
}

Result<Normalised> normalise_alone(const std::vector<std::uint8_t>& octets, Limits limits) {
    Sources sources(limits);
    return normalise(must(sources.add_view(octets)), sources);
}

class Clock {
public:
    // Far more than the work takes on a slow machine, far less than quadratic work would.
    [[nodiscard]] bool in_time() const { return std::chrono::steady_clock::now() - m_start < std::chrono::seconds(30); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace

BOOST_AUTO_TEST_CASE(strict_der_costs_no_allocation) {
    const auto octets = der::encode([](Writer& w) {
        w.sequence([&] {
            for (int i = 0; i < 100; ++i) {
                w.set_of([&] {
                    w.integer(i);
                    w.constructed(der::tag::context_constructed(0), [&] { w.octet_string(std::vector<std::uint8_t>(200)); });
                });
            }
        });
    });
    Sources sources;
    const Input input = must(sources.add_view(octets));
    const sceptest::AllocationCount count;
    const auto normalised = normalise(input, sources);
    const bool same =
        normalised && !normalised->changed && normalised->deviations.empty() && normalised->der.location() == input.location();
    const auto size = tlv_size(input);
    const Input received = original(input, sources);
    const std::size_t allocations = count.allocations();
    BOOST_TEST(same);
    BOOST_TEST(size.value() == octets.size());
    BOOST_TEST(received.location() == input.location());
    BOOST_TEST(allocations == 0u);
}

BOOST_AUTO_TEST_CASE(an_error_allocates_nothing) {
    const auto octets = sceptest::hex("30 08 30 06 02 01 05 24 02 30 00");
    Sources sources;
    const Input input = must(sources.add_view(octets));
    const sceptest::AllocationCount count;
    const bool failed = !normalise(input, sources) && !tlv_size(input);
    const std::size_t allocations = count.allocations();
    BOOST_TEST(failed);
    BOOST_TEST(allocations == 0u);
}

BOOST_AUTO_TEST_CASE(depth_is_limited) {
    const Limits limits;
    BOOST_TEST(normalise_alone(nested(limits.depth + 1), limits).has_value());
    const auto octets = nested(limits.depth + 2);
    const auto deeper = normalise_alone(octets, limits);
    BOOST_REQUIRE(!deeper);
    BOOST_TEST(deeper.error().code == ErrorCode::limit_depth);
    BOOST_TEST(deeper.error().where == (Location{0, 2 * (limits.depth + 1), 2}));
    BOOST_TEST(normalise_alone(nested(1'000'000), limits).error().code == ErrorCode::limit_depth);
    BOOST_TEST(!tlv_size(Input(nested(1'000'000))).has_value());
    BOOST_TEST(tlv_size(Input(nested(9)), Limits{.depth = 8}).has_value());
    BOOST_TEST(!tlv_size(Input(nested(10)), Limits{.depth = 8}).has_value());
}

BOOST_AUTO_TEST_CASE(elements_are_limited) {
    const auto octets = indefinite(0x30, repeated({5, 0}, 10));
    BOOST_TEST(normalise_alone(octets, Limits{.elements = 11}).has_value());
    const auto more = normalise_alone(octets, Limits{.elements = 10});
    BOOST_REQUIRE(!more);
    BOOST_TEST(more.error().code == ErrorCode::limit_elements);
    BOOST_TEST(more.error().where == (Location{0, 20, 2}));
    BOOST_TEST(tlv_size(Input(octets), Limits{.elements = 10}).error().code == ErrorCode::limit_elements);
}

BOOST_AUTO_TEST_CASE(octets_are_limited) {
    const auto octets = indefinite(0x30, repeated({5, 0}, 10));
    Sources sources(Limits{.bytes = 20});
    const auto larger = normalise(Input(octets), sources);
    BOOST_REQUIRE(!larger);
    BOOST_TEST(larger.error().code == ErrorCode::limit_bytes);
    BOOST_TEST(larger.error().where.offset == 20u);
    BOOST_TEST(tlv_size(Input(octets), Limits{.bytes = 23}).error().code == ErrorCode::limit_bytes);
    BOOST_TEST(must(tlv_size(Input(octets), Limits{.bytes = 24})) == 24u);
}

BOOST_AUTO_TEST_CASE(a_normalised_form_that_grows_is_limited_too) {
    // 65540 octets of content: 30 80 .. 00 00 takes four octets around them, DER five.
    const auto octets = indefinite(0x30, repeated({5, 0}, 32770));
    const auto limit = static_cast<std::uint32_t>(octets.size());
    BOOST_TEST(normalise_alone(octets, Limits{.bytes = limit}).error().code == ErrorCode::limit_bytes);
    BOOST_TEST(normalise_alone(octets, Limits{.bytes = limit + 1}).value().changed);
}

BOOST_AUTO_TEST_CASE(an_input_of_no_source_is_refused_where_it_must_change) {
    const auto octets = sceptest::hex("30 80 00 00");
    Sources sources;
    BOOST_TEST(normalise(Input(octets), sources).error().code == ErrorCode::internal_error);
    BOOST_TEST(normalise(Input(sceptest::hex("30 00")), sources).has_value());
}

BOOST_AUTO_TEST_CASE(a_million_elements_are_normalised_in_time) {
    const auto octets = indefinite(0x30, repeated({0x30, 0x80, 0, 0}, 1'000'000));
    Sources sources;
    const Input input = must(sources.add_view(octets));
    const Clock clock;
    const Normalised normalised = must(normalise(input, sources));
    BOOST_TEST(normalised.deviations.size() == 1'000'001u);
    BOOST_TEST(normalised.der.size() == 2'000'005u);
    for (std::uint32_t i = 0; i < 1000; ++i) {
        const Input element = normalised.der.slice(5 + 2 * 999 * i, 2);
        BOOST_REQUIRE(original(element, sources).location() == (Location{0, 2 + 4 * 999 * i, 4}));
    }
    BOOST_TEST(clock.in_time());
}

BOOST_AUTO_TEST_CASE(a_million_parts_are_joined_in_time) {
    const auto octets = indefinite(0x24, repeated({4, 1, 0x41}, 1'000'000));
    Sources sources;
    const Clock clock;
    const Normalised normalised = must(normalise(must(sources.add_view(octets)), sources));
    BOOST_TEST(normalised.der.size() == 1'000'005u);
    BOOST_TEST(original(normalised.der, sources).size() == octets.size());
    BOOST_TEST(clock.in_time());
}

BOOST_AUTO_TEST_CASE(sets_in_sets_are_judged_in_time) {
    // Each SET of a nest of sixty holds two elements out of order and is not DER itself; their walk must not restart at each depth.
    auto octets = indefinite(0x31, repeated({2, 1, 6, 2, 1, 5}, 300'000));
    for (int depth = 0; depth < 60; ++depth) {
        octets.insert(octets.begin(), {4, 0});
        octets = indefinite(0x31, std::move(octets));
        octets.insert(octets.end() - 2, {5, 0, 4, 0});
    }
    Sources sources;
    const Clock clock;
    const Normalised normalised = must(normalise(must(sources.add_view(octets)), sources));
    BOOST_TEST(std::ranges::count(normalised.deviations, DeviationKind::unsorted_set_of, &Deviation::kind) == 61);
    BOOST_TEST(clock.in_time());
}
