#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

#if __has_include(<valijson/validator.hpp>)
#include <conformance/tests/support/schema.h>
#endif

// `replay --expect`: the file, and the exit code.
namespace {

using namespace sceplab::test;

const std::string run = "wrong-challenge";  // one error: single DES

sceptest::RunResult replay(const std::string& expectations, std::vector<std::string> more = {}) {
    const sceptest::TemporaryFolder folder;
    auto arguments = replay_arguments(captures_dir() / run / "capture.pcapng", run);
    arguments.insert(arguments.end(), {"--expect", folder.write("known.json", std::string_view(expectations))});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_sceplab(arguments);
}

struct Broken {
    const char* name;
    const char* text;
    const char* reason;
    bool schema_refuses = true;  // what a schema can see
};
std::ostream& operator<<(std::ostream& out, const Broken& row) { return out << row.name; }

const std::vector<Broken> broken{
    {"no array", R"({"rule": "*", "reason": "x"})", "at the top: an array is due"},
    {"no object", R"(["algorithm.no-des"])", "at /0: an object is due"},
    {"no rule", R"([{"reason": "x"}])", "at /0: \"rule\" is missing"},
    {"no reason", R"([{"rule": "*", "reason": "x"}, {"rule": "*"}])", "at /1: \"reason\" is missing"},
    {"an empty reason", R"([{"rule": "*", "reason": ""}])", "at /0/reason: a string is due"},
    {"an unknown member", R"([{"rule": "*", "reason": "x", "severity": "error"}])", "at /0: no member is called \"severity\""},
    {"an unknown rule", R"([{"rule": "algorithm.nodes", "reason": "x"}])", "at /0/rule: no rule is called \"algorithm.nodes\"; did you mean algorithm.no-des", false},
    {"a pattern without a rule", R"([{"rule": "zzz.*", "reason": "x"}])", "at /0/rule: no rule is called \"zzz.*\"", false},
    {"a negative exchange", R"([{"rule": "*", "reason": "x", "exchange": -1}])", "at /0/exchange: a whole number is due"},
    {"a huge exchange", R"([{"rule": "*", "reason": "x", "exchange": 4294967296}])", "at /0/exchange: a whole number is due"},
    {"a third side", R"([{"rule": "*", "reason": "x", "side": "middle"}])", "at /0/side: \"request\" or \"response\" is due"},
    {"a number for an input", R"([{"rule": "*", "reason": "x", "input": 3}])", "at /0/input: a string is due"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(expect)

BOOST_DATA_TEST_CASE(a_broken_file_is_refused_with_its_place, boost::unit_test::data::make(broken), row) {
    const auto result = replay(row.text);
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(lines(result.err) == 1U, result.err);
    BOOST_TEST(result.err.find(std::string("known.json: ") + row.reason) != std::string::npos, result.err);
    BOOST_TEST(Json::parse(result.out)["exchanges"].empty());
#if __has_include(<valijson/validator.hpp>)
    const Schema schema("conformance/cli/sceplab-expect-1.schema.json");
    BOOST_TEST((schema.wrong(Json::parse(row.text)) != "") == row.schema_refuses);
#endif
}

BOOST_AUTO_TEST_CASE(text_that_is_no_json_is_refused_at_its_offset) {
    const auto result = replay(R"([{"rule": "*", )");
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(result.err.find("known.json: not JSON: the octet at offset 15 does not fit") != std::string::npos, result.err);
}

BOOST_AUTO_TEST_CASE(what_is_expected_does_not_fail_a_run) {
    BOOST_TEST(replay("[]").exit_code == 1);
    const auto result = replay(R"([{"rule": "algorithm.no-des", "side": "request", "reason": "the device is old"},
                                   {"rule": "ca.usage-*", "reason": "the CA's certificate has the usages of its software"}])");
    BOOST_TEST(result.exit_code == 0);
    const Json report = Json::parse(result.out);
    BOOST_TEST(report["summary"]["errors"] == 0);
    BOOST_TEST(report["summary"]["expected"] == 3);
    // Warnings count where --fail-on says so.
    const char* all = R"([{"rule": "*", "reason": "all of it"}])";
    BOOST_TEST(replay(all, {"--fail-on", "warning"}).exit_code == 0);
    BOOST_TEST(replay(R"([{"rule": "algorithm.no-des", "reason": "x"}])", {"--fail-on", "warning"}).exit_code == 1);
}

BOOST_AUTO_TEST_CASE(what_no_longer_appears_fails_a_run) {
    const std::string known = R"({"rule": "algorithm.no-des", "reason": "x"})";
    const auto result = replay("[" + known + R"(, {"rule": "nonce.recipient-echoes-sender", "reason": "mended?"}])");
    BOOST_TEST(result.exit_code == 1);
    const Json report = Json::parse(result.out);
    BOOST_TEST(report["expectations"][1]["state"] == "unmet");
    BOOST_TEST(report["summary"]["unmet"] == 1);
    // A rule that was not asked says nothing.
    const auto unasked = replay("[" + known + R"(, {"rule": "nonce.recipient-echoes-sender", "reason": "x"}])", {"--rules", "algorithm.*"});
    BOOST_TEST(unasked.exit_code == 0);
    BOOST_TEST(Json::parse(unasked.out)["expectations"][1]["state"] == "not_performed");
}

BOOST_AUTO_TEST_SUITE_END()
