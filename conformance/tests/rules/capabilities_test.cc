#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(capabilities)

BOOST_DATA_TEST_CASE(deviations, data::make(test::capability_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(of_many_lines_the_first_is_placed_and_the_rest_counted) {
    Laboratory lab;
    lab.ask_capabilities("AES\naes\nSha-256\nrenewal\n");
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "capabilities.case-exact").violation;
    BOOST_TEST(violation.message == "\"aes\" where \"AES\" is due, and 2 more");
    BOOST_TEST(violation.place.where.offset == 4U);
    BOOST_TEST(violation.place.where.length == 3U);
}

BOOST_AUTO_TEST_CASE(a_word_that_is_near_a_keyword_names_it) {
    struct Near {
        const char* word;
        const char* keyword;
    };
    for (const auto& [word, keyword] : {Near{"SHA_512", "SHA-512"}, Near{"3DES", "DES3"}, Near{"Triple-DES", "DES3"}, Near{"Post-PKI-Operation", "POSTPKIOperation"}}) {
        Laboratory lab;
        lab.ask_capabilities(std::string("SCEPStandard\n") + word + "\n");
        const auto result = lab.judge();
        BOOST_TEST(test::finding(result, "capabilities.spelt-right").violation.message ==
                   "\"" + std::string(word) + "\" is no keyword, \"" + keyword + "\" may be meant");
    }
}

BOOST_AUTO_TEST_SUITE_END()
