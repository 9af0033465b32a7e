#include "program.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab::test;

const std::string enrol = captures_dir() / "enrol" / "capture.pcapng";

std::string replay_text(std::vector<std::string> more) {
    auto arguments = replay_arguments(enrol, "enrol");
    arguments[2] = "text";
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_sceplab(arguments).out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(commands)

BOOST_AUTO_TEST_CASE(version_is_printed) {
    const auto result = run_sceplab({"--version"});
    BOOST_TEST(result.exit_code == 0);
    BOOST_TEST(result.out.rfind("sceplab ", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(a_report_to_a_file_is_the_one_to_standard_output) {
    const sceptest::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "report.json";
    const auto printed = run_sceplab({"replay", "--format", "json", enrol});
    const auto written = run_sceplab({"replay", "--format", "json", enrol, "-o", file});
    BOOST_TEST(written.exit_code == printed.exit_code);
    BOOST_TEST(written.out == "");
    const auto octets = sceptest::read_file(file);
    BOOST_TEST(std::string(octets.begin(), octets.end()) == printed.out);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(exit_codes_follow_fail_on) {
    // A run of GetCACert alone has nothing to find; an enrolment with single DES has.
    const std::string quiet_run = captures_dir() / "get-ca-cert" / "capture.pcapng";
    BOOST_TEST(run_sceplab({"replay", quiet_run}).exit_code == 0);
    const auto report = run_sceplab({"replay", "--format", "json", enrol, "--fail-on", "warning"});
    BOOST_TEST(report.exit_code == 1);
    BOOST_TEST(Json::parse(report.out)["summary"]["warnings"].get<int>() + Json::parse(report.out)["summary"]["errors"].get<int>() > 0);
}

BOOST_AUTO_TEST_CASE(rules_are_chosen_by_a_pattern) {
    const auto ids = [](const std::string& pattern) {
        std::vector<std::string> out;
        const Json report = Json::parse(run_sceplab({"replay", "--format", "json", enrol, "--rules", pattern}).out);
        for (const Json& rule : report["rules"]) {
            out.push_back(rule["rule"]);
        }
        return out;
    };
    BOOST_TEST(ids("no-such-rule").empty());
    const auto nonces = ids("nonce.*");
    BOOST_TEST(!nonces.empty());
    BOOST_TEST(nonces.size() < ids("*").size());
    for (const std::string& id : nonces) {
        BOOST_TEST(id.rfind("nonce.", 0) == 0U);
    }
}

BOOST_AUTO_TEST_CASE(secrets_are_hidden_unless_asked_for) {
    const std::string secret = "secret";  // the challengePassword of every bundled enrolment
    auto json = replay_arguments(enrol, "enrol");
    BOOST_TEST(run_sceplab(json).out.find("\"" + secret + "\"") == std::string::npos);
    json.push_back("--show-secrets");
    BOOST_TEST(run_sceplab(json).out.find("\"" + secret + "\"") != std::string::npos);

    auto decode = replay_arguments(enrol, "enrol");
    decode[0] = "decode";
    decode[2] = "text";
    BOOST_TEST(run_sceplab(decode).out.find(secret) == std::string::npos);
    decode.push_back("--show-secrets");
    BOOST_TEST(run_sceplab(decode).out.find(secret) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(quiet_is_shorter) {
    const std::string whole = replay_text({});
    const std::string quiet = replay_text({"--quiet"});
    BOOST_TEST(quiet.size() < whole.size());
    BOOST_TEST(whole.find("\x1b[") == std::string::npos);  // no colours where no terminal is
}

BOOST_AUTO_TEST_CASE(rules_are_listed_and_explained) {
    const auto list = run_sceplab({"rules"});
    BOOST_TEST(list.exit_code == 0);
    BOOST_TEST(lines(list.out) >= 20U);
    const auto one = run_sceplab({"rules", "nonce.recipient-echoes-sender"});
    BOOST_TEST(one.exit_code == 0);
    BOOST_TEST(one.out.find("RFC 8894, 3.2.1.5") != std::string::npos, one.out);
    const auto none = run_sceplab({"rules", "nonce.recipient-echo-sender"});
    BOOST_TEST(none.exit_code == 2);
    BOOST_TEST(lines(none.err) == 1U, none.err);
    BOOST_TEST(none.err.find("no such rule; did you mean nonce.recipient-echoes-sender") != std::string::npos, none.err);
    BOOST_TEST(run_sceplab({"rules", "zzzzzzzz"}).err == "sceplab: zzzzzzzz: no such rule\n");
}

BOOST_AUTO_TEST_CASE(rules_are_chosen_by_patterns_and_told_as_json) {
    const auto ids = [](std::vector<std::string> patterns) {
        patterns.insert(patterns.begin(), {"rules", "--format", "json"});
        const auto result = run_sceplab(patterns);
        BOOST_TEST(result.exit_code == 0);
        std::vector<std::string> out;
        for (const Json& rule : Json::parse(result.out)["rules"]) {
            out.push_back(rule["rule"]);
        }
        return out;
    };
    BOOST_TEST(ids({}).size() == lines(run_sceplab({"rules"}).out));
    BOOST_TEST((ids({"nonce.recipient-echoes-sender", "nonce.recipient-echo*"}) == std::vector<std::string>{"nonce.recipient-echoes-sender"}));
    const auto nonces = ids({"nonce.*"});
    BOOST_TEST(nonces.size() > 1U);
    for (const std::string& id : nonces) {
        BOOST_TEST(id.starts_with("nonce."));
    }
    // What a profile changes, and what it turns off.
    const std::string text = run_sceplab({"rules", "nonce.recipient-echoes-sender", "renewal.has-renewal-type"}).out;
    BOOST_TEST(text.find("error; nourse: warning") != std::string::npos, text);
    BOOST_TEST(text.find("nourse: off; strict-der: warning") != std::string::npos, text);
    BOOST_TEST(text.find("https://www.rfc-editor.org/rfc/rfc8894#section-3.2.1.5") != std::string::npos, text);
    BOOST_TEST(text.find("asked of") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(decode_names_the_fields_and_nests_what_it_decrypts) {
    auto arguments = replay_arguments(enrol, "enrol");
    arguments[0] = "decode";
    arguments[2] = "text";
    const auto result = run_sceplab(arguments);
    BOOST_TEST(result.exit_code == 0);
    for (const char* word : {"SignedData", "signerInfos", "senderNonce", "EnvelopedData", "encryptedContent", "CertificationRequest", "challengePassword"}) {
        BOOST_TEST(result.out.find(word) != std::string::npos, word);
    }
}

BOOST_AUTO_TEST_CASE(decode_as_json_holds_every_message) {
    auto arguments = replay_arguments(enrol, "enrol");
    arguments[0] = "decode";
    const auto result = run_sceplab(arguments);
    BOOST_TEST(result.exit_code == 0);
    const Json tree = Json::parse(result.out);
    BOOST_TEST(tree["messages"].size() == 3U);  // the CA certificate, the request, the reply
}

BOOST_AUTO_TEST_CASE(a_get_url_is_an_input) {
    const auto messages = captures_dir() / "certmonger" / "messages";
    std::string request;
    for (const auto& entry : std::filesystem::directory_iterator(messages)) {
        if (entry.path().string().find("-req.der") != std::string::npos) {
            request = entry.path();
        }
    }
    BOOST_REQUIRE(request != "");
    const auto base64 = sceptest::run({"openssl", "base64", "-A", "-in", request});
    std::string escaped;
    for (const char c : base64.out) {
        escaped += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    }
    const auto result = run_sceplab({"replay", "--format", "json", "http://ca.example/scep?operation=PKIOperation&message=" + escaped});
    const Json report = Json::parse(result.out);
    BOOST_REQUIRE(report["exchanges"].size() == 1U);
    BOOST_TEST(report["exchanges"][0]["request"]["messageType"] == "PKCSReq");
    BOOST_TEST(report["exchanges"][0]["request"]["signature"] == "valid");
}

BOOST_AUTO_TEST_SUITE_END()
