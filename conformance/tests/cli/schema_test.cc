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
    for (const std::string& run : runs_to_convert()) {
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
    for (const std::string& run : runs_to_convert()) {
        auto arguments = replay_arguments(captures_dir() / run / "capture.pcapng", run);
        arguments[0] = "decode";
        BOOST_TEST(schema.wrong(Json::parse(run_sceplab(arguments).out)) == "", run);
    }
}

BOOST_AUTO_TEST_CASE(the_rules_fit_theirs) {
    const Schema schema("conformance/report/sceplab-rules-1.schema.json");
    const Json all = Json::parse(run_sceplab({"rules", "--format", "json"}).out);
    BOOST_TEST(schema.wrong(all) == "");
    for (const auto& [member, value] : all["rules"][0].items()) {
        Json broken = all;
        broken["rules"][0].erase(member);
        BOOST_TEST(schema.wrong(broken) != "", member);
    }
}

BOOST_AUTO_TEST_CASE(comparisons_fit_theirs) {
    const Schema schema("conformance/report/sceplab-diff-1.schema.json");
    for (const std::string& run : runs_to_convert()) {
        auto arguments = replay_arguments(captures_dir() / "enrol" / "capture.pcapng", "enrol");
        const auto more = replay_arguments(captures_dir() / run / "capture.pcapng", run);
        arguments[0] = "diff";
        arguments.insert(arguments.begin() + 4, more.begin() + 3, more.end());
        const auto result = run_sceplab(arguments);
        BOOST_TEST(result.exit_code < 2, run << ": " << result.err);
        BOOST_TEST(schema.wrong(Json::parse(result.out)) == "", run);
    }
    const auto cut = run_sceplab({"diff", "--format", "json", captures_dir() / "variants" / "cut.pcapng", "/nowhere"});
    BOOST_TEST(cut.exit_code == 2);
    BOOST_TEST(schema.wrong(Json::parse(cut.out)) == "");
    const auto closed = run_sceplab({"diff", "--format", "json", "--key", "/nowhere", "/a", "/b"});
    BOOST_TEST(closed.exit_code == 2);
    BOOST_TEST(schema.wrong(Json::parse(closed.out)) == "");
}

BOOST_AUTO_TEST_CASE(a_tree_is_a_document_even_where_a_key_is_unusable) {
    const Schema schema("conformance/report/sceplab-tree-1.schema.json");
    const auto result = run_sceplab({"decode", "--format", "json", captures_dir() / "enrol" / "capture.pcapng", "--key", "/nowhere"});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(lines(result.err) == 1U, result.err);
    const Json tree = Json::parse(result.out);
    BOOST_TEST(schema.wrong(tree) == "");
    BOOST_TEST(tree["errors"][0]["input"] == "/nowhere");
}

BOOST_AUTO_TEST_SUITE_END()
