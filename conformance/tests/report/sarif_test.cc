#include "sample.h"

#include <conformance/report/sarif.h>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace sceplab;
using nlohmann::json;

json run_of(const rules::Result& result) { return json::parse(report::sarif(result))["runs"][0]; }

std::vector<json> of_kind(const json& run, std::string_view kind) {
    std::vector<json> out;
    for (const json& each : run["results"]) {
        if (each["kind"] == kind) {
            out.push_back(each);
        }
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sarif_report)

BOOST_AUTO_TEST_CASE(a_violation) {
    const json run = run_of(report_test::sample());
    const json found = of_kind(run, "fail").at(0);
    BOOST_TEST(found["ruleId"] == "nonce.recipient-echoes-sender");
    BOOST_TEST(run["tool"]["driver"]["rules"][found["ruleIndex"].get<std::size_t>()]["id"] == found["ruleId"]);
    BOOST_TEST(found["level"] == "error");
    const json& location = found["locations"][0];
    BOOST_TEST((location["physicalLocation"]["region"] == json{{"byteOffset", 1893}, {"byteLength", 16}}));
    BOOST_TEST(location["logicalLocations"][0]["fullyQualifiedName"] ==
               "exchange 1, response, SignedData.signerInfos[0].signedAttrs[3].attrValues[0]");
    BOOST_TEST(found["relatedLocations"][0]["id"] == 1);
    BOOST_TEST(found["relatedLocations"][0]["physicalLocation"]["region"]["byteOffset"] == 2201);
}

BOOST_AUTO_TEST_CASE(levels_are_those_of_sarif) {
    const json run = run_of(report_test::sample());
    std::vector<std::string> levels;
    for (const json& each : of_kind(run, "fail")) {
        levels.push_back(each["level"]);
    }
    BOOST_TEST((levels == std::vector<std::string>{"error", "warning", "note"}));
    BOOST_TEST(run["tool"]["driver"]["rules"][2]["defaultConfiguration"]["level"] == "note");
}

BOOST_AUTO_TEST_CASE(artifacts_nest_down_to_the_decrypted_octets) {
    const json run = run_of(report_test::sample());
    const json& artifacts = run["artifacts"];
    const json place = of_kind(run, "fail").at(1)["locations"][0]["physicalLocation"]["artifactLocation"];
    json artifact = artifacts[place["index"].get<std::size_t>()];
    BOOST_TEST(artifact["location"]["uri"] == place["uri"]);
    std::vector<std::string> names;
    std::vector<std::size_t> lengths;
    for (; artifact.contains("parentIndex"); artifact = artifacts[artifact["parentIndex"].get<std::size_t>()]) {
        names.push_back(artifact["location"]["uri"]);
        lengths.push_back(artifact["length"]);
    }
    BOOST_TEST((names ==
                std::vector<std::string>{"/exchange-1/request/source-4", "/exchange-1/request/source-3", "/exchange-1/request/source-2"}));
    BOOST_TEST((lengths == std::vector<std::size_t>{657, 2560, 2570}));
    BOOST_TEST(artifact["location"]["uri"] == "capture.pcapng");
}

BOOST_AUTO_TEST_CASE(a_message_that_is_a_file_is_the_artifact_itself) {
    rules::Result result = report_test::sample();
    result.inputs[1] = "odd name#1?.der";
    result.findings = {result.findings[0]};
    result.findings[0].violation = {{3, evidence::Side::response, {0, 17, 2}, "SignedData.version"}, "version is 3", {}};
    const json location = of_kind(run_of(result), "fail").at(0)["locations"][0];
    BOOST_TEST(location["physicalLocation"]["artifactLocation"]["index"] == 1);
    BOOST_TEST(location["physicalLocation"]["artifactLocation"]["uri"] == "odd%20name%231%3F.der");
    BOOST_TEST(location["physicalLocation"]["region"]["byteOffset"] == 17);
}

BOOST_AUTO_TEST_CASE(a_finding_over_the_run_is_in_no_artifact) {
    const json location = of_kind(run_of(report_test::sample()), "fail").at(2)["locations"][0];
    BOOST_TEST(!location.contains("physicalLocation"));
    BOOST_TEST(location["logicalLocations"][0]["fullyQualifiedName"] == "run");
}

BOOST_AUTO_TEST_CASE(what_held_and_what_did_not_come_to_it) {
    const json run = run_of(report_test::sample());
    const auto told = [&](std::string_view kind) {
        std::vector<std::string> out;
        for (const json& each : of_kind(run, kind)) {
            BOOST_TEST(each["level"] == "none");
            out.push_back(each["ruleId"].get<std::string>() + ": " + each["message"]["text"].get<std::string>());
        }
        return out;
    };
    BOOST_TEST((told("pass") == std::vector<std::string>{"transaction-id.equal-in-reply: 1 check held", "message.one-signer: 3 checks held"}));
    BOOST_TEST((told("open") == std::vector<std::string>{"issued.key-is-requested: 2 checks not performed: no key",
                                                         "nonce.sender-fresh: 1 check not performed: the capture has no times"}));
    BOOST_TEST((told("notApplicable") == std::vector<std::string>{"next-ca.signed-by-current-ca: nothing to judge"}));
}

BOOST_AUTO_TEST_CASE(rules_lead_to_their_sections) {
    const json rules = run_of(report_test::sample())["tool"]["driver"]["rules"];
    BOOST_TEST(rules[0]["helpUri"] == "https://www.rfc-editor.org/rfc/rfc8894.html#section-3.2.1.5");
    BOOST_TEST((rules[0]["properties"]["requirements"] == json{"SCEP-3.2.1.5-3", "SCEP-3.2.1.5-4"}));
    BOOST_TEST(rules[4]["helpUri"] == "https://www.rfc-editor.org/rfc/rfc5652.html#section-5.1");
    BOOST_TEST(rules[5]["helpUri"] == "https://datatracker.ietf.org/doc/html/draft-nourse-scep-22#section-5.2.6");
}

BOOST_AUTO_TEST_CASE(damage_is_a_notification) {
    const json invocation = run_of(report_test::sample())["invocations"][0];
    BOOST_TEST(invocation["executionSuccessful"] == false);
    const json& told = invocation["toolExecutionNotifications"][0];
    BOOST_TEST(told["level"] == "error");
    BOOST_TEST(told["locations"][0]["physicalLocation"]["region"]["byteOffset"] == 4096);
    BOOST_TEST(run_of(report_test::empty())["invocations"][0]["executionSuccessful"] == true);
}

BOOST_AUTO_TEST_CASE(a_fingerprint_outlives_other_octets) {
    rules::Result result = report_test::sample();
    const auto fingerprint = [&](std::size_t i) { return of_kind(run_of(result), "fail").at(i)["partialFingerprints"]["sceplab/v1"]; };
    const json before = fingerprint(0);
    BOOST_TEST(before != fingerprint(1));
    result.findings[0].violation.message = "other values";
    result.findings[0].violation.place.where.offset += 5;
    BOOST_TEST(before == fingerprint(0));
}

BOOST_AUTO_TEST_SUITE_END()
