#include "sample.h"

#include <conformance/report/json.h>
#include <conformance/report/tree_json.h>
#include <conformance/tests/support/schema.h>
#include <conformance/tree/build.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <nlohmann/json.hpp>

#include <functional>
#include <ostream>

namespace {

using namespace sceplab;
using nlohmann::json;
using test::Schema;

const Schema& report_schema() {
    static const Schema schema("conformance/report/sceplab-report-1.schema.json");
    return schema;
}

json sample() {
    rules::Result result = report_test::sample();
    rules::expect(result, {{.rule = "nonce.*", .exchange = 1, .side = {}, .input = {}, .transaction_id = {}, .message_type = "PKCSReq", .reason = "known"}});
    return json::parse(report::json(result));
}

struct Break {
    const char* what;
    std::function<void(json&)> apply;
};
std::ostream& operator<<(std::ostream& out, const Break& row) { return out << row.what; }

const std::vector<Break> breaks{
    {"no schema", [](json& j) { j.erase("schema"); }},
    {"another schema", [](json& j) { j["schema"] = "sceplab-report/2"; }},
    {"an unknown member", [](json& j) { j["more"] = 1; }},
    {"no profile", [](json& j) { j["tool"].erase("profile"); }},
    {"an input that is a number", [](json& j) { j["inputs"][0] = 1; }},
    {"an error without a reason", [](json& j) { j["errors"][0].erase("reason"); }},
    {"an error before the file", [](json& j) { j["errors"][0]["offset"] = -1; }},
    {"an exchange without a request member", [](json& j) { j["exchanges"][0].erase("request"); }},
    {"an exchange with an unknown member", [](json& j) { j["exchanges"][0]["x"] = nullptr; }},
    {"an ending beside an answer", [](json& j) { j["exchanges"][0]["ended"] = "fin"; }},
    {"no answer and no ending", [](json& j) { j["exchanges"][2]["ended"] = nullptr; }},
    {"an unknown ending", [](json& j) { j["exchanges"][2]["ended"] = "sleep"; }},
    {"a time that is none", [](json& j) { j["exchanges"][0]["time"] = "yesterday"; }},
    {"a request without messageType", [](json& j) { j["exchanges"][1]["request"].erase("messageType"); }},
    {"a request with an HTTP status", [](json& j) { j["exchanges"][1]["request"]["httpStatus"] = 200; }},
    {"an unknown encoding", [](json& j) { j["exchanges"][1]["request"]["encoding"] = "per"; }},
    {"a nonce that is not hexadecimal", [](json& j) { j["exchanges"][1]["request"]["senderNonce"] = "xyz"; }},
    {"an algorithm by name", [](json& j) { j["exchanges"][1]["request"]["digestAlgorithm"] = "SHA-256"; }},
    {"a signature that is a boolean", [](json& j) { j["exchanges"][1]["request"]["signature"] = true; }},
    {"an unknown verdict", [](json& j) { j["exchanges"][1]["request"]["signature"] = "good"; }},
    {"a signer found elsewhere", [](json& j) { j["exchanges"][1]["request"]["signer"]["found"] = "nowhere"; }},
    {"an unknown decryption", [](json& j) { j["exchanges"][1]["request"]["decryption"] = "yes"; }},
    {"an unknown messageData", [](json& j) { j["exchanges"][1]["request"]["messageData"] = "PKCS10"; }},
    {"a certificate without a role", [](json& j) { j["exchanges"][1]["response"]["certificates"][0].erase("role"); }},
    {"a short sha256", [](json& j) { j["exchanges"][1]["response"]["certificates"][0]["sha256"] = "aa"; }},
    {"capabilities as text", [](json& j) { j["exchanges"][0]["response"]["capabilities"] = "AES"; }},
    {"an unknown kind of source", [](json& j) { j["sources"][0]["kind"] = "guessed"; }},
    {"a source without a length", [](json& j) { j["sources"][0].erase("length"); }},
    {"an unknown severity", [](json& j) { j["findings"][0]["severity"] = "fatal"; }},
    {"a finding without a place", [](json& j) { j["findings"][0].erase("offset"); }},
    {"a related place with a message", [](json& j) { j["findings"][0]["related"][0]["message"] = "x"; }},
    {"a requirement that is a number", [](json& j) { j["findings"][0]["requirements"][0] = 3; }},
    {"a tally as text", [](json& j) { j["rules"][0]["pass"] = "4"; }},
    {"not performed without a reason", [](json& j) { j["rules"][1]["not_performed"][0].erase("reason"); }},
    {"a finding expected without a reason", [](json& j) { j["findings"][0]["expected"] = true; }},
    {"an expectation in an unknown state", [](json& j) { j["expectations"][0]["state"] = "perhaps"; }},
    {"a summary without notices", [](json& j) { j["summary"].erase("notices"); }},
};

} // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(a_report_of_every_shape_is_valid) {
    BOOST_TEST(report_schema().wrong(sample()) == "");
    BOOST_TEST(report_schema().wrong(json::parse(report::json(report_test::empty()))) == "");
    BOOST_TEST(report_schema().wrong(json::parse(report::json(report_test::sample(), {.show_secrets = true}))) == "");
}

// Every value of every enumeration, so that a new one does not get by the schema.
BOOST_AUTO_TEST_CASE(a_report_with_every_value_of_every_enumeration_is_valid) {
    rules::Result result = report_test::sample();
    evidence::ExchangeSummary second = result.exchanges[1];
    evidence::ExchangeSummary third = result.exchanges[2];
    const auto valid = [&] {
        result.exchanges.replace(1, second);
        result.exchanges.replace(2, third);
        BOOST_TEST(report_schema().wrong(json::parse(report::json(result))) == "");
    };
    evidence::MessageSummary& message = *second.response;
    for (const auto kind :
         {evidence::BodyKind::none, evidence::BodyKind::pki_message, evidence::BodyKind::certificates, evidence::BodyKind::capabilities,
          evidence::BodyKind::enveloped, evidence::BodyKind::messageData, evidence::BodyKind::other}) {
        message.kind = kind;
        valid();
    }
    for (const auto verdict : {scep::botan::Verdict::valid, scep::botan::Verdict::invalid, scep::botan::Verdict::not_performed}) {
        message.signature = {verdict, "because"};
        message.signer_chain = message.signature;
        valid();
    }
    for (const auto found : {evidence::Found::nowhere, evidence::Found::message, evidence::Found::GetCACert, evidence::Found::cert}) {
        message.signer_found = found;
        valid();
    }
    for (const auto decryption : {evidence::Decryption::ok, evidence::Decryption::failed, evidence::Decryption::not_performed}) {
        message.decryption = decryption;
        valid();
    }
    for (const auto kind : {scep::MessageDataKind::CertificationRequest, scep::MessageDataKind::IssuerAndSubject,
                            scep::MessageDataKind::IssuerAndSerialNumber, scep::MessageDataKind::SignedData}) {
        message.message_data = name(kind);
        valid();
    }
    for (const auto role : {evidence::Role::issued, evidence::Role::ca, evidence::Role::ra, evidence::Role::other}) {
        message.certificates[0].role = role;
        valid();
    }
    for (const auto ending : {input::Ending::answered, input::Ending::fin, input::Ending::rst, input::Ending::capture}) {
        third.ended = ending;
        valid();
    }
    for (const auto kind :
         {scep::SourceKind::captured, scep::SourceKind::base64, scep::SourceKind::normalised, scep::SourceKind::decrypted}) {
        second.sources[0].kind = kind;
        valid();
    }
    rules::expect(result, {{.rule = "*", .exchange = {}, .side = {}, .input = {}, .transaction_id = {}, .message_type = {}, .reason = "known"}});
    using State = rules::Expectation::State;
    for (const auto state : {State::met, State::unmet, State::not_performed}) {
        result.expectations[0].state = state;
        valid();
    }
    for (const auto severity : {rules::Severity::notice, rules::Severity::warning, rules::Severity::error}) {
        result.findings[0].rule.severity = severity;
        valid();
    }
}

BOOST_DATA_TEST_CASE(a_broken_report_is_refused, boost::unit_test::data::make(breaks), row) {
    json document = sample();
    row.apply(document);
    BOOST_TEST(report_schema().wrong(document) != "");
}

// Whatever member is left out, wherever it stands.
BOOST_AUTO_TEST_CASE(no_member_can_be_left_out) {
    const json whole = sample();
    std::size_t tried = 0;
    const auto leave_out = [&](const auto& self, const json& at, const json::json_pointer& path) -> void {
        if (at.is_object()) {
            for (const auto& [key, value] : at.items()) {
                json document = whole;
                document[path].erase(key);
                ++tried;
                BOOST_TEST(report_schema().wrong(document) != "", (path / key).to_string());
                self(self, value, path / key);
            }
        } else if (at.is_array() && !at.empty()) {
            self(self, at[0], path / 0);
        }
    };
    leave_out(leave_out, whole, json::json_pointer());
    BOOST_TEST(tried > 100u);
}

BOOST_AUTO_TEST_CASE(every_member_is_described) {
    const auto look = [](const auto& self, const json& at) -> void {
        if (at.is_object()) {
            if (at.contains("properties") && at.contains("required")) {
                for (const auto& [key, value] : at["properties"].items()) {
                    BOOST_TEST(value.contains("description"), key);
                }
                BOOST_TEST(at["additionalProperties"] == false);
                BOOST_TEST(at["required"].size() == at["properties"].size());
            }
            for (const auto& value : at) {
                self(self, value);
            }
        }
    };
    look(look, report_schema().document());
}

BOOST_AUTO_TEST_CASE(a_tree_is_valid_and_a_broken_one_is_not) {
    const Schema schema("conformance/report/sceplab-tree-1.schema.json");
    scep::Sources sources;
    const auto message =
        *sources.add_captured({0x30, 0x80, 0x24, 0x04, 0x04, 0x02, 0xab, 0xcd, 0x0c, 0x02, 0xff, 0x1b, 0x00, 0x00, 0x04, 0xff});
    const tree::Remark remark{"warning", "nonce.fresh", "said twice", "RFC 8894, 3.2.1.5"};
    report::DecodedMessage decoded[]{{"message.der", std::nullopt, "", tree::build(message, sources), {}}, {"capture.pcapng", 3, "request", {}, {remark}}};
    decoded[0].nodes[0].remarks.push_back(remark);
    const report::DecodingError errors[]{{"cut.pcap", 24, "a block reaches beyond the end of the file"}};
    json document = json::parse(report::tree_json("0.1.0", decoded, errors));
    BOOST_TEST(document["messages"][0]["nodes"][0]["findings"][0]["rule"] == "nonce.fresh");
    BOOST_TEST(document["errors"][0]["offset"] == 24);
    BOOST_TEST(schema.wrong(document) == "");
    json deep = document;
    deep["messages"][0]["nodes"][0]["children"][0]["children"][0].erase("offset");
    BOOST_TEST(schema.wrong(deep) != "");
    json severe = document;
    severe["messages"][1]["findings"][0]["severity"] = "fatal";
    BOOST_TEST(schema.wrong(severe) != "");
    document["messages"][1]["side"] = "left";
    BOOST_TEST(schema.wrong(document) != "");
}

BOOST_AUTO_TEST_SUITE_END()
