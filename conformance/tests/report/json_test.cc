#include "sample.h"

#include <conformance/report/json.h>
#include <conformance/report/tree_json.h>
#include <conformance/tree/build.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>

#include <boost/test/unit_test.hpp>

#include <nlohmann/json.hpp>

namespace {

using namespace sceplab;
using nlohmann::ordered_json;

ordered_json parsed(const rules::Result& result, const report::Options& options = {}) {
    return ordered_json::parse(report::json(result, options));
}

std::vector<std::string> keys(const ordered_json& object) {
    std::vector<std::string> out;
    for (const auto& [key, value] : object.items()) {
        out.push_back(key);
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_report)

BOOST_AUTO_TEST_CASE(an_empty_run_word_for_word) {
    BOOST_TEST(report::json(report_test::empty()) == R"({
  "schema": "sceplab-report/1",
  "tool": {
    "version": "0.1.0",
    "profile": "rfc8894"
  },
  "inputs": [
    "capture.pcapng",
    "answer.der"
  ],
  "errors": [],
  "exchanges": [],
  "sources": [],
  "findings": [],
  "rules": [],
  "expectations": [],
  "summary": {
    "exchanges": 0,
    "errors": 0,
    "warnings": 0,
    "notices": 0,
    "expected": 0,
    "unmet": 0,
    "not_performed": 0
  }
}
)");
}

BOOST_AUTO_TEST_CASE(members_stand_in_the_order_of_the_contract) {
    const ordered_json report = parsed(report_test::sample());
    BOOST_TEST((keys(report) ==
                std::vector<std::string>{"schema", "tool", "inputs", "errors", "exchanges", "sources", "findings", "rules",
                                         "expectations", "summary"}));
    BOOST_TEST((keys(report["exchanges"][0]) == std::vector<std::string>{"index", "input", "time", "connection", "transaction", "operation",
                                                                         "method", "url", "request", "response", "ended"}));
    BOOST_TEST((keys(report["findings"][0]) == std::vector<std::string>{"rule", "severity", "exchange", "side", "path", "source", "offset",
                                                                        "length", "related", "message", "citation", "requirements",
                                                                        "known", "expected"}));
    BOOST_TEST(report::json(report_test::sample()) == report::json(report_test::sample()));
}

BOOST_AUTO_TEST_CASE(known_failures_of_a_finding) {
    rules::Result result = report_test::sample();
    const auto failures = rules::known_failures();
    result.findings[0].known = {&failures[0]};
    const ordered_json report = parsed(result);
    BOOST_TEST(report["findings"][0]["known"].size() == 1U);
    const ordered_json& known = report["findings"][0]["known"][0];
    BOOST_TEST(known["id"] == "FF-001");
    BOOST_TEST(known["breaks"] == std::string(failures[0].breaks));
    BOOST_TEST(known["link"] == "https://github.com/fleetdm/fleet/issues/45291");
    BOOST_TEST(report["findings"][1]["known"].empty());
}

BOOST_AUTO_TEST_CASE(an_enrolment) {
    const ordered_json exchange = parsed(report_test::sample())["exchanges"][1];
    BOOST_TEST(exchange["index"] == 1);
    BOOST_TEST(exchange["input"] == "capture.pcapng");
    BOOST_TEST(exchange["transaction"] == 0);
    const ordered_json& request = exchange["request"];
    BOOST_TEST(request["bytes"] == 2570);
    BOOST_TEST(request["messageType"] == "PKCSReq");
    BOOST_TEST(request["recipientNonce"] == nullptr);
    BOOST_TEST(request["encoding"] == "ber");
    BOOST_TEST(request["signature"] == "valid");
    BOOST_TEST(request["signatureReason"] == nullptr);
    BOOST_TEST(request["signer"]["found"] == "message");
    BOOST_TEST(request["signer"]["subject"] == "CN=device 1");
    BOOST_TEST(request["signer"]["chain"] == "not_performed");
    BOOST_TEST(request["signer"]["reason"] == "no --trust anchor");
    BOOST_TEST(request["decryption"] == "ok");
    BOOST_TEST(request["subject"] == "C=NZ, CN=device 1");
    const ordered_json& response = exchange["response"];
    BOOST_TEST(response["httpStatus"] == 200);
    BOOST_TEST(response["pkiStatus"] == "SUCCESS");
    BOOST_TEST(response["failInfo"] == nullptr);
    BOOST_TEST(response["recipientNonce"] == "");
    BOOST_TEST(response["signature"] == "invalid");
    BOOST_TEST(response["signatureReason"] == "messageDigest differs");
    BOOST_TEST(response["signer"]["found"] == nullptr);
    BOOST_TEST(response["decryption"] == "not_performed");
    BOOST_TEST(response["certificates"][0]["role"] == "issued");
    BOOST_TEST(response["crls"] == 1);
    BOOST_TEST(response["capabilities"] == nullptr);
}

BOOST_AUTO_TEST_CASE(null_where_there_is_nothing) {
    const ordered_json exchanges = parsed(report_test::sample())["exchanges"];
    BOOST_TEST(exchanges[0]["request"]["signature"] == nullptr);
    BOOST_TEST(exchanges[0]["request"]["signer"] == nullptr);
    BOOST_TEST(exchanges[0]["request"]["decryption"] == nullptr);
    BOOST_TEST(exchanges[0]["response"]["capabilities"].size() == 3u);
    BOOST_TEST(exchanges[0]["ended"] == nullptr);
    BOOST_TEST(exchanges[2]["response"] == nullptr);
    BOOST_TEST(exchanges[2]["ended"] == "rst");
    BOOST_TEST(exchanges[3]["request"] == nullptr);
    BOOST_TEST(exchanges[3]["method"] == nullptr);
    BOOST_TEST(exchanges[3]["response"]["httpStatus"] == nullptr);
    BOOST_TEST(exchanges[3]["response"]["failInfoText"] == "wrong password");
}

BOOST_AUTO_TEST_CASE(sources_are_numbered_through_the_run) {
    const ordered_json report = parsed(report_test::sample());
    const ordered_json& sources = report["sources"];
    BOOST_REQUIRE_EQUAL(sources.size(), 8u);
    for (std::size_t id = 0; id < sources.size(); ++id) {
        BOOST_TEST(sources[id]["id"] == id);
    }
    BOOST_TEST(sources[4]["kind"] == "decrypted");
    BOOST_TEST(sources[4]["parent"] == 3);
    BOOST_TEST(sources[4]["exchange"] == 1);
    BOOST_TEST(sources[2]["parent"] == nullptr);
    BOOST_TEST(sources[5]["side"] == "response");
    // Findings speak of the same numbers.
    BOOST_TEST(report["findings"][0]["source"] == 5);
    BOOST_TEST(report["findings"][0]["related"][0]["source"] == 3);
    BOOST_TEST(report["findings"][1]["source"] == 4);
}

BOOST_AUTO_TEST_CASE(a_finding) {
    const ordered_json finding = parsed(report_test::sample())["findings"][0];
    BOOST_TEST(finding["rule"] == "nonce.recipient-echoes-sender");
    BOOST_TEST(finding["severity"] == "error");
    BOOST_TEST(finding["exchange"] == 1);
    BOOST_TEST(finding["side"] == "response");
    BOOST_TEST(finding["path"] == "SignedData.signerInfos[0].signedAttrs[3].attrValues[0]");
    BOOST_TEST(finding["offset"] == 1893);
    BOOST_TEST(finding["length"] == 16);
    BOOST_TEST(finding["citation"] == "RFC 8894, 3.2.1.5");
    BOOST_TEST((finding["requirements"] == ordered_json{"SCEP-3.2.1.5-3", "SCEP-3.2.1.5-4"}));
}

BOOST_AUTO_TEST_CASE(a_finding_over_the_run_has_no_exchange) {
    const ordered_json finding = parsed(report_test::sample())["findings"][2];
    for (const char* member : {"exchange", "side", "source", "offset", "length"}) {
        BOOST_TEST(finding[member] == nullptr, member);
    }
    BOOST_TEST(finding["related"][0]["exchange"] == 2);
    BOOST_TEST(finding["related"][0]["source"] == 6);
}

BOOST_AUTO_TEST_CASE(tallies_and_sums) {
    const ordered_json report = parsed(report_test::sample());
    BOOST_TEST(report["rules"][0]["violated"] == 1);
    BOOST_TEST(report["rules"][0]["not_applicable"] == 3);
    BOOST_TEST(report["rules"][1]["not_performed"][1]["exchange"] == 3);
    BOOST_TEST(report["rules"][1]["not_performed"][1]["reason"] == "no key");
    BOOST_TEST(report["rules"][2]["not_performed"][0]["exchange"] == nullptr);
    BOOST_TEST(report["rules"][2]["not_performed"][0]["side"] == nullptr);
    BOOST_TEST((report["summary"] == ordered_json{{"exchanges", 4}, {"errors", 1}, {"warnings", 1}, {"notices", 1}, {"expected", 0}, {"unmet", 0}, {"not_performed", 3}}));
    BOOST_TEST((report["errors"][0] ==
                ordered_json{{"input", "capture.pcapng"}, {"offset", 4096}, {"reason", "a block reaches beyond the end of the file"}}));
}

BOOST_AUTO_TEST_CASE(the_password_is_hidden_unless_secrets_are_asked_for) {
    const std::string hidden = report::json(report_test::sample());
    BOOST_TEST(hidden.find("open sesame") == std::string::npos);
    BOOST_TEST(ordered_json::parse(hidden)["exchanges"][1]["request"]["challengePassword"] == "(hidden)");
    BOOST_TEST(ordered_json::parse(hidden)["exchanges"][0]["request"]["challengePassword"] == nullptr);
    BOOST_TEST(parsed(report_test::sample(), {.show_secrets = true})["exchanges"][1]["request"]["challengePassword"] == "open sesame");
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_text_do_not_break_it) {
    rules::Result result = report_test::sample();
    result.inputs[0] = "caf\xe9.pcap";
    report_test::change(result, 1, [](evidence::ExchangeSummary& exchange) {
        exchange.request->transaction_id = std::string("\xff\xfe\0\x1b[2J\"\\\n", 10);
        exchange.request->subject = std::string(1 << 20, '\xc3');
    });
    result.findings[0].violation.message = "\xed\xa0\x80";
    const ordered_json report = parsed(result);
    BOOST_TEST(report["inputs"][0] == "caf\xef\xbf\xbd.pcap");
    BOOST_TEST(report["exchanges"][1]["request"]["transactionID"] == std::string("\xef\xbf\xbd\xef\xbf\xbd\0\x1b[2J\"\\\n", 14));
    BOOST_TEST(report::json(result).find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(json_tree)

BOOST_AUTO_TEST_CASE(a_small_tree) {
    scep::Sources sources;
    const auto message = *sources.add_captured({0x30, 0x80, 0x02, 0x01, 0x05, 0x00, 0x00});
    const report::DecodedMessage decoded[]{{"message.der", std::nullopt, "", tree::build(message, sources), {}}};
    const auto document = ordered_json::parse(report::tree_json("0.1.0", decoded));
    const ordered_json expected = {{"source", 0},      {"layer", nullptr},
                                   {"offset", 2},      {"header", 2},
                                   {"length", 1},      {"end", 0},
                                   {"tag", "INTEGER"}, {"name", nullptr},
                                   {"value", "5"},     {"shortened", false},
                                   {"note", nullptr},  {"deviations", ordered_json::array()},
                                   {"error", nullptr}, {"findings", ordered_json::array()},
                                   {"children", ordered_json::array()}};
    const ordered_json& root = document["messages"][0]["nodes"][0];
    BOOST_TEST(root["children"][0] == expected);
    BOOST_TEST(root["tag"] == "SEQUENCE");
    BOOST_TEST(root["length"] == 3);
    BOOST_TEST(root["end"] == 2);
    BOOST_TEST(root["value"] == nullptr);
    BOOST_TEST(root["deviations"] == ordered_json{"indefinite length"});
    BOOST_TEST(document["schema"] == "sceplab-tree/1");
    BOOST_TEST(document["messages"][0]["exchange"] == nullptr);
}

BOOST_AUTO_TEST_CASE(a_secret_of_a_tree_is_hidden) {
    scep::Sources sources;
    const auto message = *sources.add_captured(scep::der::encode([](scep::der::Writer& w) {
        w.sequence([&] {
            w.oid(scep::pkcs10::oids::challengePassword);
            w.set([&] { w.printable_string("open sesame"); });
        });
    }));
    const report::DecodedMessage decoded[]{{"message.der", 1, "request", tree::build(message, sources), {}}};
    BOOST_TEST(report::tree_json("0.1.0", decoded).find("sesame") == std::string::npos);
    BOOST_TEST(report::tree_json("0.1.0", decoded).find("\"(hidden)\"") != std::string::npos);
    BOOST_TEST(report::tree_json("0.1.0", decoded, {}, {.show_secrets = true}).find("\"open sesame\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_steers_a_terminal_is_escaped_and_still_the_same) {
    rules::Result result = report_test::sample();
    const std::string hostile = "\x1b[2J\x7f\xc2\x9b"
                                "2J\xe2\x80\xae\xe2\x81\xa6 \xc3\xa4\xf0\x9f\x94\x91 \xff";
    result.findings[0].violation.message = hostile;
    const std::string text = report::json(result);
    for (const std::string_view bad : {"\x1b", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6", "\xff"}) {
        BOOST_TEST(text.find(bad) == std::string::npos);
    }
    BOOST_TEST(text.find("\\u001b[2J\\u007f\\u009b2J\\u202e\\u2066 \xc3\xa4\xf0\x9f\x94\x91 \xef\xbf\xbd") != std::string::npos);
    BOOST_TEST(parsed(result)["findings"][0]["message"] == hostile.substr(0, hostile.size() - 1) + "\xef\xbf\xbd");
}

BOOST_AUTO_TEST_SUITE_END()
