#include <conformance/tests/rules/rows.h>

#include <boost/test/unit_test.hpp>

#include <set>

// What the documents allow, and what must be borne: no rule speaks against it.
BOOST_AUTO_TEST_SUITE(guards)

BOOST_AUTO_TEST_CASE(names_are_unique) {
    std::set<std::string_view> seen;
    for (const auto& row : sceplab::test::all_guards()) {
        BOOST_TEST(seen.insert(row.name).second, row.name << " twice");
    }
}

BOOST_AUTO_TEST_CASE(nothing_but_the_notices_it_names_fires) {
    for (const auto& row : sceplab::test::all_guards()) {
        BOOST_TEST_CONTEXT(row.name) {
            const auto result = sceplab::test::play(row);
            BOOST_TEST(sceplab::test::fired(result) == row.findings, boost::test_tools::per_element());
            if (sceplab::test::fired(result) != row.findings) {
                std::string told = std::string("in the row \"") + row.name + "\":";
                for (const auto& each : result.findings) {
                    told += "\n" + std::string(each.rule.id) + ": " + each.violation.message;
                }
                BOOST_TEST_MESSAGE(told);
            }
            for (const auto& each : result.findings) {
                BOOST_TEST((each.rule.severity == sceplab::rules::Severity::notice), each.rule.id << ": " << each.violation.message);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
