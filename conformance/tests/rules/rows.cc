#include <conformance/tests/rules/rows.h>

#include <boost/test/unit_test.hpp>

namespace sceplab::test {

void check(const Row& row) {
    Laboratory lab;
    lab.introduce();
    row.play(lab);
    const rules::Result result = lab.judge({.profile = row.profile});
    const std::vector<std::string> ids = fired(result);
    BOOST_TEST(ids == row.findings, boost::test_tools::per_element());
    if (ids != row.findings) {
        for (const rules::Finding& each : result.findings) {
            BOOST_TEST_MESSAGE(each.rule.id << ": " << each.violation.message << " (" << each.violation.place.path << ")");
        }
    }
}

}  // namespace sceplab::test
