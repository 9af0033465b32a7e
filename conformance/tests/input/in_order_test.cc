#include "check.h"

#include <conformance/input/in_order.h>

using sceplab::input::Exchange;
using sceplab::input::InOrder;

namespace {

Exchange numbered(std::uint32_t number, std::size_t octets = 0) {
    Exchange exchange;
    exchange.connection = number;
    BOOST_REQUIRE(exchange.sources.add_captured(std::vector<std::uint8_t>(octets)).has_value());
    return exchange;
}

struct Given {
    std::vector<std::uint32_t> numbers;
    InOrder order;
    explicit Given(std::size_t limit = 1u << 20) : order([this](Exchange&& exchange) { numbers.push_back(*exchange.connection); }, limit) {}
    void check(const std::vector<std::uint32_t>& wanted) const { BOOST_TEST(numbers == wanted, boost::test_tools::per_element()); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(in_order)

BOOST_AUTO_TEST_CASE(a_finished_one_waits_for_those_before) {
    Given given;
    const auto second = given.order.open({.packet = 20});
    const auto first = given.order.open({.packet = 10});
    const auto third = given.order.open({.packet = 20});
    given.order.finish(second, numbered(2));
    given.order.finish(third, numbered(3));
    given.check({});
    given.order.finish(first, numbered(1));
    given.check({1, 2, 3});
    BOOST_TEST(given.order.given() == 3u);
    BOOST_TEST(!given.order.out_of_order());
}

BOOST_AUTO_TEST_CASE(what_became_none_holds_nothing_up) {
    Given given;
    const auto first = given.order.open({.packet = 1});
    given.order.finish(given.order.open({.packet = 2}), numbered(2));
    given.order.drop(first);
    given.check({2});
}

BOOST_AUTO_TEST_CASE(too_much_does_not_wait) {
    Given given(10'000);
    const auto first = given.order.open({.packet = 1});
    given.order.finish(given.order.open({.packet = 2}), numbered(2, 4'000));
    given.check({});
    given.order.finish(given.order.open({.packet = 3}), numbered(3, 9'000));
    given.check({2});
    BOOST_TEST(given.order.out_of_order());
    given.order.finish(first, numbered(1));
    given.check({2, 1, 3});
}

BOOST_AUTO_TEST_SUITE_END()
