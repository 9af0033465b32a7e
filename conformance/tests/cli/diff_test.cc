#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

// `sceplab diff` of recorded traffic.
namespace {

using namespace sceplab::test;

sceptest::RunResult diff(const std::string& a, const std::string& b, bool keys = true, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"diff", captures_dir() / a / "capture.pcapng", captures_dir() / b / "capture.pcapng"};
    for (const std::string& run : {a, b}) {
        for (const std::string& key : keys ? materials(run, ".key") : std::vector<std::string>()) {
            arguments.insert(arguments.end(), {"--key", key});
        }
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_sceplab(arguments);
}

bool says(const sceptest::RunResult& result, const std::string& text) { return result.out.find(text) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(diffs)

// The same client and server, recorded twice: other keys, nonces, certificates and times.
BOOST_DATA_TEST_CASE(runs_of_the_same_kind_differ_in_nothing_that_matters, boost::unit_test::data::make({true, false}), keys) {
    const auto result = diff("enrol", "ipv6", keys);
    BOOST_TEST(result.exit_code == 0, result.out);
    BOOST_TEST(says(result, "nothing differs that matters\n"), result.out);
    BOOST_TEST(says(result, "differ, as they must: "), result.out);
    BOOST_TEST(says(result, "senderNonce"), result.out);
    BOOST_TEST(!says(diff("enrol", "ipv6", keys, {"--quiet"}), "senderNonce"));
}

BOOST_AUTO_TEST_CASE(a_run_does_not_differ_from_itself) {
    for (const std::string& run : captured_runs()) {
        BOOST_TEST(diff(run, run).exit_code == 0, run);
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_beside_a_success) {
    const auto result = diff("enrol", "wrong-challenge");
    BOOST_TEST(result.exit_code == 1);
    BOOST_TEST(says(result, "only in B  warning  #2 response: FAILURE with an empty eContent"), result.out);
    BOOST_TEST(says(result, "attributes[challengePassword].attrValues[0]  value: PrintableString (hidden) decrypted @"), result.out);
    BOOST_TEST(says(result, "signedAttrs[pkiStatus].attrValues[0]  value: PrintableString 0 SUCCESS @"), result.out);
    BOOST_TEST(says(result, "signedAttrs[failInfo]  only in B: "), result.out);
    // The rules come first.
    BOOST_TEST(result.out.find("only in B  warning") < result.out.find("#0 | #0"), result.out);
}

BOOST_AUTO_TEST_CASE(two_clients) {
    const auto result = diff("enrol", "certmonger");
    BOOST_TEST(result.exit_code == 1);
    BOOST_TEST(says(result, "HTTP.method  value: POST | GET"), result.out);
    BOOST_TEST(says(result, "contentEncryptionAlgorithm.algorithm  value: OBJECT IDENTIFIER 1.3.14.3.2.7 des-CBC "), result.out);
    BOOST_TEST(says(result, "encryptedContent  encoding: in parts "), result.out);
    BOOST_TEST(says(result, "only in B\n"), result.out);
}

BOOST_AUTO_TEST_CASE(messages_by_themselves) {
    const auto messages = captures_dir() / "enrol" / "messages";
    std::filesystem::path request;
    for (const auto& entry : std::filesystem::directory_iterator(messages)) {
        if (entry.path().string().ends_with("-req.der")) {
            request = entry.path();
        }
    }
    const sceptest::TemporaryFolder folder;
    const auto base64 = sceptest::run({"openssl", "base64", "-in", request});
    const auto in_text = folder.write("request.b64", std::string_view(base64.out));
    BOOST_TEST(run_sceplab({"diff", request, in_text}).exit_code == 0);
    auto octets = sceptest::read_file(request);
    octets.push_back(0);
    const auto result = run_sceplab({"diff", request, folder.write("longer.der", octets)});
    BOOST_TEST(result.exit_code == 1);
    BOOST_TEST(says(result, "only in B: octets 00"), result.out);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_exit_2) {
    const std::string good = captures_dir() / "enrol" / "capture.pcapng";
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"diff", good, "/nowhere"}, {"diff", "/nowhere", good}, {"diff", good, good, "--key", "/nowhere"}}) {
        const auto result = run_sceplab(arguments);
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(lines(result.err) == 1U, result.err);
        BOOST_TEST(result.out == "");
    }
    BOOST_TEST(run_sceplab({"diff", good}).exit_code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
