#include <conformance/tests/rules/rows.h>
#include <vectors/generate/structures.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(csr)

BOOST_DATA_TEST_CASE(deviations, data::make(test::csr_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(no_finding_shows_the_secret) {
    for (const test::Row& row : test::csr_rows()) {
        for (const auto& each : test::play(row).findings) {
            BOOST_TEST(each.violation.message.find(test::long_secret) == std::string::npos, row.name << ": " << each.violation.message);
            // "cXVpdGUg", in hexadecimal.
            BOOST_TEST(each.violation.message.find("6358567064475567") == std::string::npos, row.name << ": " << each.violation.message);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
