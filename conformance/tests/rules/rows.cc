#include <conformance/tests/rules/rows.h>

#include <boost/test/unit_test.hpp>

namespace sceplab::test {

rules::Result play(const Row& row) {
    Laboratory lab;
    vectors::play(row, lab);
    return lab.judge({.profile = row.profile});
}

void check(const Row& row) {
    const rules::Result result = play(row);
    const std::vector<std::string> ids = fired(result);
    BOOST_TEST(ids == row.findings, boost::test_tools::per_element());
    if (ids != row.findings) {
        std::string told = std::string("in the row \"") + row.name + "\":";
        for (const rules::Finding& each : result.findings) {
            told += "\n" + std::string(each.rule.id) + ": " + each.violation.message + " (" + each.violation.place.path + ")";
        }
        BOOST_TEST_MESSAGE(told);
    }
}

}  // namespace sceplab::test
