#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

// The whole way, from the wire to the report, against what tshark and OpenSSL say of the same captures.
namespace {

using namespace sceplab::test;
namespace data = boost::unit_test::data;

// A build without sceplab skips, and has no use for the runs.
std::vector<Json> variants() {
    std::vector<Json> out;
    const Json all = read_json(captures_dir() / "variants" / "truth.json");
    out.assign(all["variants"].begin(), all["variants"].end());
    return out;
}

Json report_of(const std::vector<std::string>& arguments, int wanted_exit_most = 1) {
    const auto result = run_sceplab(arguments);
    BOOST_TEST(result.exit_code <= wanted_exit_most, result.err);
    return Json::parse(result.out);
}

Json exchanges_of(const Json& report) { return Json{{"exchanges", report["exchanges"]}}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(captures)

BOOST_DATA_TEST_CASE(each_run_is_read_as_its_witnesses_read_it, data::make(captured_runs()), run) {
    const Json report = report_of(replay_arguments(captures_dir() / run / "capture.pcapng", run));
    BOOST_TEST(differences(read_json(captures_dir() / run / "truth.json"), exchanges_of(report)) == "");
    BOOST_TEST(report["errors"].empty());
}

BOOST_AUTO_TEST_CASE(each_variant_gives_the_exchanges_of_its_run) {
    for (const Json& variant : variants()) {
        const std::string file = variant["file"];
        BOOST_TEST_CONTEXT(file) {
            const Json report = report_of(replay_arguments(captures_dir() / "variants" / file, variant["keys"]), 2);
            const Json truth = variant.contains("same_as") ? read_json(captures_dir() / variant["same_as"].get<std::string>() / "truth.json")
                                                           : Json{{"exchanges", variant["exchanges"]}};
            BOOST_TEST(differences(truth, exchanges_of(report)) == "");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_finding_of_the_wire_reaches_the_report_with_its_octets) {
    // scepserver sends the client's nonce back as its own: README of the captures, and the truth says so too.
    const Json report = report_of(replay_arguments(captures_dir() / "enrol" / "capture.pcapng", "enrol"));
    const Json* found = nullptr;
    for (const Json& finding : report["findings"]) {
        found = finding["rule"] == "nonce.reply-own-sender" ? &finding : found;
    }
    BOOST_REQUIRE(found != nullptr);
    const auto message = sceptest::read_file(captures_dir() / "enrol" / "messages" / "02-resp.der");
    const auto octets = std::span(message).subspan((*found)["offset"].get<std::size_t>(), (*found)["length"].get<std::size_t>());
    std::string hex;
    for (const std::uint8_t octet : octets) {
        hex += "0123456789abcdef"[octet >> 4];
        hex += "0123456789abcdef"[octet & 15];
    }
    const Json truth = read_json(captures_dir() / "enrol" / "truth.json")["exchanges"].back();
    BOOST_TEST(hex == "0410" + truth["response"]["senderNonce"].get<std::string>());
    BOOST_TEST((*found)["severity"] == "warning");
    BOOST_TEST((*found)["related"][0]["side"] == "request");
}

BOOST_AUTO_TEST_CASE(without_a_key_the_envelope_stays_closed_and_the_rest_is_judged) {
    const Json report = report_of({"replay", "--format", "json", captures_dir() / "enrol" / "capture.pcapng"});
    const Json& request = report["exchanges"].back()["request"];
    BOOST_TEST(request["signature"] == "valid");
    BOOST_TEST(request["decryption"] == "not_performed");
    BOOST_TEST(request["messageData"].is_null());
    BOOST_TEST(report["summary"]["not_performed"].get<int>() > 0);
}

BOOST_AUTO_TEST_CASE(trust_is_told_apart_from_a_certificate_at_hand) {
    auto arguments = replay_arguments(captures_dir() / "enrol" / "capture.pcapng", "enrol");
    const auto chain = [&] { return report_of(arguments)["exchanges"].back()["response"]["signer"]["chain"].get<std::string>(); };
    BOOST_TEST(chain() == "not_performed");
    arguments.insert(arguments.end(), {"--trust", captures_dir() / "renewal" / "keys" / "ca.pem"});
    BOOST_TEST(chain() == "invalid");
    arguments.back() = captures_dir() / "enrol" / "keys" / "ca.pem";
    BOOST_TEST(chain() == "valid");
    arguments.insert(arguments.end(), {"--time", "2001-01-01T00:00:00Z"});
    BOOST_TEST(chain() == "invalid");
}

BOOST_AUTO_TEST_CASE(several_captures_make_one_run) {
    auto arguments = replay_arguments(captures_dir() / "enrol" / "capture.pcapng", "enrol");
    const std::size_t alone = report_of(arguments)["exchanges"].size();
    arguments.insert(arguments.begin() + 1, captures_dir() / "get-ca-cert" / "capture.pcapng");
    const Json report = report_of(arguments);
    BOOST_TEST(report["inputs"].size() == 2U);
    BOOST_TEST(report["exchanges"].size() > alone);
    for (std::size_t i = 0; i < report["exchanges"].size(); ++i) {
        BOOST_TEST(report["exchanges"][i]["index"].get<std::size_t>() == i);
    }
}

BOOST_AUTO_TEST_CASE(the_captured_messages_as_a_folder_give_the_same_facts) {
    const Json report = report_of(replay_arguments(captures_dir() / "enrol" / "messages", "enrol"));
    const Json truth = read_json(captures_dir() / "enrol" / "truth.json")["exchanges"].back();
    const Json* enrolment = nullptr;
    for (const Json& exchange : report["exchanges"]) {
        enrolment = exchange["operation"] == "PKIOperation" ? &exchange : enrolment;
    }
    BOOST_REQUIRE(enrolment != nullptr);
    Json response = truth["response"];
    response.erase("httpStatus");
    response.erase("contentType");
    BOOST_TEST(differences(truth["request"], (*enrolment)["request"]) == "");
    BOOST_TEST(differences(response, (*enrolment)["response"]) == "");
}

BOOST_AUTO_TEST_CASE(offsets_of_findings_lie_inside_of_their_sources) {
    for (const std::string& run : captured_runs()) {
        const Json report = report_of(replay_arguments(captures_dir() / run / "capture.pcapng", run));
        for (const Json& finding : report["findings"]) {
            if (finding["source"].is_null()) {
                continue;
            }
            const Json& source = report["sources"][finding["source"].get<std::size_t>()];
            BOOST_TEST(source["id"] == finding["source"]);
            BOOST_TEST(source["exchange"] == finding["exchange"], run << ": " << finding.dump());
            BOOST_TEST(source["side"] == finding["side"], run << ": " << finding.dump());
            BOOST_TEST(finding["offset"].get<std::size_t>() + finding["length"].get<std::size_t>() <= source["length"].get<std::size_t>());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
