#include "program.h"

#include <conformance/tests/support/schema.h>

#include <boost/test/unit_test.hpp>

// The documents that sceplab writes of real captures, against the published schemas.
namespace {

using namespace sceplab::test;

}  // namespace

BOOST_AUTO_TEST_SUITE(schemas)

BOOST_AUTO_TEST_CASE(every_report_fits_its_schema) {
    const Schema schema("conformance/report/sceplab-report-1.schema.json");
    for (const std::string& run : captured_runs()) {
        auto arguments = replay_arguments(captures_dir() / run / "capture.pcapng", run);
        BOOST_TEST(schema.wrong(Json::parse(run_sceplab(arguments).out)) == "", run);
        arguments.push_back("--show-secrets");
        BOOST_TEST(schema.wrong(Json::parse(run_sceplab(arguments).out)) == "", run);
    }
}

BOOST_AUTO_TEST_CASE(a_report_of_damage_fits_it_too) {
    const Schema schema("conformance/report/sceplab-report-1.schema.json");
    const auto result = run_sceplab({"replay", "--format", "json", captures_dir() / "variants" / "cut.pcapng", "/nowhere"});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(schema.wrong(Json::parse(result.out)) == "");
}

BOOST_AUTO_TEST_CASE(every_tree_fits_its_schema) {
    const Schema schema("conformance/report/sceplab-tree-1.schema.json");
    for (const std::string& run : captured_runs()) {
        auto arguments = replay_arguments(captures_dir() / run / "capture.pcapng", run);
        arguments[0] = "decode";
        BOOST_TEST(schema.wrong(Json::parse(run_sceplab(arguments).out)) == "", run);
    }
}

BOOST_AUTO_TEST_SUITE_END()
