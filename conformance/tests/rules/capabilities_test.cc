#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::test {

namespace {

void announce(Laboratory& lab, std::string_view text) { lab.ask_capabilities(text); }

}  // namespace

const Rows& capability_rows() {
    static const Rows rows{
        {"capabilities separated by CR", [](Laboratory& lab) { announce(lab, "AES\rPOSTPKIOperation\rSHA-256"); }, {"capabilities.separated"}},
        {"capabilities in one line", [](Laboratory& lab) { announce(lab, "AES SHA-256 POSTPKIOperation\n"); }, {"capabilities.of-the-standard", "capabilities.separated"}},
        {"capabilities with commas", [](Laboratory& lab) { announce(lab, "SCEPStandard\nAES,SHA-256\n"); }, {"capabilities.separated"}},
        {"a keyword in small letters", [](Laboratory& lab) { announce(lab, "AES\npostpkioperation\nSHA-256\n"); }, {"capabilities.case-exact"}},
        {"a keyword without its hyphen", [](Laboratory& lab) { announce(lab, "AES\nPOSTPKIOperation\nSHA256\n"); }, {"capabilities.private-prefix", "capabilities.spelt-right"}},
        {"a keyword with the size of its key", [](Laboratory& lab) { announce(lab, "SCEPStandard\nAES-128\n"); }, {"capabilities.spelt-right"}},
        {"the keywords of the drafts",
         [](Laboratory& lab) { announce(lab, "GetNextCACert\nPOSTPKIOperation\nRenewal\nSHA-1\nDES3\n"); },
         {"capabilities.of-the-standard"}},
    };
    return rows;
}

}  // namespace sceplab::test

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
