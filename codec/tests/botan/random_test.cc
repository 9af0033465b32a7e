#include "openssl.h"

#include <scepcodec/botan/random.h>

#include <boost/test/unit_test.hpp>

#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace bridgetest;
using namespace scep;

BOOST_AUTO_TEST_SUITE(random_octets)

BOOST_AUTO_TEST_CASE(the_system_gives_other_octets_each_time) {
    botan::Random one;
    botan::Random other;
    BOOST_TEST(need(one.octets(32)) != need(one.octets(32)));
    BOOST_TEST(need(one.octets(32)) != need(other.octets(32)));
    BOOST_TEST(need(one.octets(0)).empty());
    BOOST_TEST(need(one.octets(100'000)).size() == 100'000U);
}

// HMAC_DRBG by hand (SP 800-90A, 10.1.2): K and V after seeding, then V = HMAC(K, V), with openssl's HMAC. The first draw is handed on as
// it comes.
BOOST_AUTO_TEST_CASE(a_seed_gives_the_octets_of_hmac_drbg) {
    const auto hmac = [](OctetsView key, OctetsView data) {
        return octets(openssl_ok({"dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + der::to_hex(key), "-binary", file(data)}));
    };
    const Octets seed = octets(openssl_ok({"dgst", "-sha256", "-binary", file("seed")}));
    Octets key(32, 0);
    Octets value(32, 1);
    for (const std::uint8_t round : Octets{0, 1}) {
        Octets data = value;
        data.push_back(round);
        data.insert(data.end(), seed.begin(), seed.end());
        key = hmac(key, data);
        value = hmac(key, value);
    }
    auto random = botan::Random::deterministic(view("seed"));
    BOOST_TEST(need(random.octets(32)) == hmac(key, value), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(copies_share_one_generator) {
    auto random = botan::Random::deterministic(view("seed"));
    auto copy = random;
    auto again = botan::Random::deterministic(view("seed"));
    const Octets first = need(random.octets(20));
    const Octets second = need(copy.octets(20));
    BOOST_TEST(need(again.octets(20)) == first, boost::test_tools::per_element());
    BOOST_TEST(need(again.octets(20)) == second, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(no_octet_of_a_batch_is_given_twice) {
    auto random = botan::Random::deterministic(view("seed"));
    std::set<Octets> seen;
    for (int i = 0; i < 5000; ++i) {
        seen.insert(need(random.octets(8)));
    }
    BOOST_TEST(seen.size() == 5000U);
}

BOOST_AUTO_TEST_CASE(a_child_process_does_not_repeat_its_parent) {
    botan::Random random;
    (void)need(random.octets(1)); // fills a batch
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        const auto drawn = random.octets(16);
        _exit(drawn && write(ends[1], drawn->data(), drawn->size()) == 16 ? 0 : 1);
    }
    Octets of_child(16);
    BOOST_TEST(read(ends[0], of_child.data(), of_child.size()) == 16);
    int status = 0;
    waitpid(child, &status, 0);
    close(ends[0]);
    close(ends[1]);
    BOOST_TEST(status == 0);
    BOOST_TEST(need(random.octets(16)) != of_child);
}

BOOST_AUTO_TEST_SUITE_END()
