#include "program.h"

#include <conformance/tests/support/schema.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>

// JUnit, SARIF and HTML of real captures; the first two against schemas that others wrote, which .ci/setup.sh fetches.
namespace {

using namespace sceplab::test;
namespace data = boost::unit_test::data;

// A schema of the cache folder; skips where it could not be had.
std::filesystem::path schema_file(const char* name) {
    const char* folder = std::getenv("SCEPLAB_SCHEMAS");
    if (folder == nullptr || !std::filesystem::exists(std::filesystem::path(folder) / name)) {
        sceptest::skip(std::string("no ") + name + " in SCEPLAB_SCHEMAS: ./dev setup fetches it where there is npm");
    }
    return std::filesystem::path(folder) / name;
}

std::vector<std::string> arguments_of(const std::string& run, const std::string& format) {
    auto arguments = replay_arguments(captures_dir() / run / "capture.pcapng", run);
    arguments[2] = format;
    return arguments;
}

// What xmllint says of a document under the JUnit schema; empty where it is valid.
std::string junit_wrong(const std::string& document) {
    const std::filesystem::path schema = schema_file("jenkins-junit.xsd");
    const sceptest::TemporaryFolder folder;
    const auto result = sceptest::run({"xmllint", "--noout", "--nonet", "--schema", schema, folder.write("junit.xml", document)});
    if (result.exit_code == 127) {
        sceptest::skip("no xmllint");
    }
    return result.exit_code == 0 ? "" : result.err;
}

} // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_DATA_TEST_CASE(junit_fits_the_common_schema, data::make(runs_to_convert()), run) {
    auto arguments = arguments_of(run, "junit");
    BOOST_TEST(junit_wrong(run_sceplab(arguments).out) == "");
    arguments.insert(arguments.end(), {"--fail-on", "warning", captures_dir() / "enrol" / "capture.pcapng"});
    BOOST_TEST(junit_wrong(run_sceplab(arguments).out) == "");
}

BOOST_AUTO_TEST_CASE(junit_of_damage_fits_it_too) {
    const auto result = run_sceplab({"replay", "--format", "junit", captures_dir() / "variants" / "cut.pcapng", "/no\x1bwhere"});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(junit_wrong(result.out) == "");
    BOOST_TEST(result.out.find("<error type=\"unusable\"") != std::string::npos);
    BOOST_TEST(junit_wrong("<testsuites><testcase/></testsuites>") != "");
}

BOOST_DATA_TEST_CASE(sarif_fits_its_schema, data::make(runs_to_convert()), run) {
    static const Schema schema(schema_file("sarif-2.1.0.json"));
    BOOST_TEST(schema.wrong(Json::parse(run_sceplab(arguments_of(run, "sarif")).out)) == "");
}

BOOST_AUTO_TEST_CASE(sarif_of_damage_fits_it_too) {
    const Schema schema(schema_file("sarif-2.1.0.json"));
    const auto result = run_sceplab({"replay", "--format", "sarif", captures_dir() / "variants" / "cut.pcapng", "/nowhere"});
    BOOST_TEST(result.exit_code == 2);
    Json report = Json::parse(result.out);
    BOOST_TEST(schema.wrong(report) == "");
    BOOST_TEST(report["runs"][0]["invocations"][0]["toolExecutionNotifications"].size() == 2U);
    report["runs"][0]["results"][0]["level"] = "grave";
    BOOST_TEST(schema.wrong(report) != "");
}

BOOST_AUTO_TEST_CASE(sarif_and_json_tell_the_same_findings) {
    const Json json = Json::parse(run_sceplab(arguments_of("certmonger", "json")).out);
    const Json run = Json::parse(run_sceplab(arguments_of("certmonger", "sarif")).out)["runs"][0];
    std::size_t at = 0;
    for (const Json& result : run["results"]) {
        if (result["kind"] != "fail") {
            continue;
        }
        const Json& finding = json["findings"].at(at++);
        BOOST_TEST(result["ruleId"] == finding["rule"]);
        BOOST_TEST(result["message"]["text"] == finding["message"]);
        const Json& place = result["locations"][0]["physicalLocation"];
        BOOST_TEST(place["region"]["byteOffset"] == finding["offset"]);
        const Json& artifact = run["artifacts"][place["artifactLocation"]["index"].get<std::size_t>()];
        BOOST_TEST(artifact["length"] == json["sources"][finding["source"].get<std::size_t>()]["length"]);
    }
    BOOST_TEST(at == json["findings"].size());
}

BOOST_AUTO_TEST_CASE(a_message_file_is_pointed_into) {
    const auto file = captures_dir() / "enrol" / "messages" / "02-resp.der";
    const Json run = Json::parse(run_sceplab({"replay", "--format", "sarif", file}).out)["runs"][0];
    std::size_t found = 0;
    for (const Json& result : run["results"]) {
        if (result["kind"] == "fail") {
            BOOST_TEST(result["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 0, result.dump());
            ++found;
        }
    }
    BOOST_TEST(found > 0U);
}

BOOST_DATA_TEST_CASE(a_page_of_every_run, data::make(runs_to_convert()), run) {
    const auto result = run_sceplab(arguments_of(run, "html"));
    BOOST_TEST(result.exit_code <= 1, result.err);
    BOOST_TEST(result.out.starts_with("<!DOCTYPE html>"));
    BOOST_TEST(result.out.ends_with("</html>\n"));
}

BOOST_AUTO_TEST_CASE(a_page_of_damage_is_whole) {
    const auto result = run_sceplab({"replay", "--format", "html", "/nowhere", captures_dir() / "variants" / "cut.pcapng"});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(result.out.ends_with("</html>\n"));
    BOOST_TEST(result.out.find("What could not be read") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(decode_writes_text_and_json_alone) {
    for (const char* format : {"junit", "html", "sarif"}) {
        BOOST_TEST(run_sceplab({"decode", "--format", format, captures_dir() / "enrol" / "messages" / "02-resp.der"}).exit_code == 2);
    }
}

BOOST_AUTO_TEST_SUITE_END()
