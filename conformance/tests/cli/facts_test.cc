#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

#if __has_include(<valijson/validator.hpp>)
#include <conformance/tests/support/schema.h>
#endif

// `--facts`: what the file may say, and where it is refused. What the rules make of it is theirs to test.
namespace {

using namespace sceplab::test;

const std::string run = "get-ca-cert";

sceptest::RunResult replay(const sceptest::TemporaryFolder& folder, const std::string& facts) {
    auto arguments = replay_arguments(captures_dir() / run / "capture.pcapng", "enrol");
    arguments.insert(arguments.end(), {"--facts", folder.write("facts.json", std::string_view(facts))});
    return run_sceplab(arguments);
}

std::string hex(std::size_t octets) {
    std::string out;
    for (std::size_t i = 0; i < octets; ++i) {
        out += "a5";
    }
    return out;
}

struct Facts {
    std::string name;
    std::string text;
    std::string reason;           // why it is refused; empty: it is taken
    bool schema_refuses = true;   // where there is a reason; a schema does not count octets and opens no files
};
std::ostream& operator<<(std::ostream& out, const Facts& row) { return out << row.name; }

std::vector<Facts> rows() {
    return {
        {"nothing", "{}", ""},
        {"all",
         R"({"caHost": "ca.example:8080", "scepPath": "/scep", "secretRequired": true, "challengeSingleUse": false, "privateMessageTypes": [51],
             "privatePkiStatuses": [4], "privateFailInfos": [], "pollLimit": 8, "pollInterval": 0, "preloadedCaCertificates": ["ca.pem"],
             "caFingerprints": [{"hex": ")" + hex(16) + R"("}, {"hex": ")" + hex(20) + R"("}, {"algorithm": "sha256", "hex": ")" + hex(32) +
             R"("}, {"algorithm": "sha512", "hex": ")" + hex(64) + R"("}, {"hex": "00:11:22:33:44:55:66:77 88:99:AA:BB:CC:DD:EE:FF"}]})",
         ""},
        {"an array", "[]", "at the top: an object is due"},
        {"an unknown member", R"({"caHosts": "x"})", "at the top: no member is called \"caHosts\"; there are caHost, "},
        {"an empty host", R"({"caHost": ""})", "at /caHost: a string is due"},
        {"a secret that may be", R"({"secretRequired": "yes"})", "at /secretRequired: true or false is due"},
        {"a code as text", R"({"privateFailInfos": [1, "2"]})", "at /privateFailInfos/1: a whole number is due"},
        {"one code", R"({"privateMessageTypes": 51})", "at /privateMessageTypes: an array is due"},
        {"a limit below nothing", R"({"pollLimit": -1})", "at /pollLimit: a whole number is due"},
        {"a limit with a fraction", R"({"pollInterval": 1.5})", "at /pollInterval: a whole number is due"},
        {"a fingerprint as text", R"({"caFingerprints": ["aa"]})", "at /caFingerprints/0: an object is due"},
        {"a fingerprint without octets", R"({"caFingerprints": [{"algorithm": "md5"}]})", "at /caFingerprints/0: \"hex\" is missing"},
        {"a fingerprint of letters", R"({"caFingerprints": [{"hex": "zz"}]})", "at /caFingerprints/0/hex: hexadecimal digits are due"},
        {"half an octet", R"({"caFingerprints": [{"hex": "aab"}]})", "at /caFingerprints/0/hex: a digit is missing"},
        {"a colon inside an octet", R"({"caFingerprints": [{"hex": "a:a"}]})", "at /caFingerprints/0/hex: hexadecimal digits are due"},
        {"a length of no hash", R"({"caFingerprints": [{"hex": "aabb"}]})", "at /caFingerprints/0/hex: 2 octets are no fingerprint of md5, sha1, sha256 or sha512", false},
        {"a length of another hash", R"({"caFingerprints": [{"algorithm": "sha1", "hex": ")" + hex(16) + R"("}]})",
         "at /caFingerprints/0/hex: sha1 has 20 octets, not 16", false},
        {"an unknown hash", R"({"caFingerprints": [{"algorithm": "crc32", "hex": ")" + hex(4) + R"("}]})",
         "at /caFingerprints/0/algorithm: md5, sha1, sha256 or sha512 is due"},
        {"a certificate that is not there", R"({"preloadedCaCertificates": ["no.pem"]})", "at /preloadedCaCertificates/0: ", false},
        {"a certificate that is none", R"({"preloadedCaCertificates": ["ca.pem", "facts.json"]})", "facts.json: not a certificate", false},
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(facts)

BOOST_DATA_TEST_CASE(a_file_of_facts, boost::unit_test::data::make(rows()), row) {
    const sceptest::TemporaryFolder folder;
    folder.write("ca.pem", sceptest::read_file(captures_dir() / "enrol" / "keys" / "ca.pem"));
    const auto result = replay(folder, row.text);
    if (row.reason.empty()) {
        BOOST_TEST(result.exit_code != 2, result.err);
        BOOST_TEST(result.err == "");
    } else {
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(lines(result.err) == 1U, result.err);
        BOOST_TEST(result.err.find("facts.json: at ") != std::string::npos, result.err);
        BOOST_TEST(result.err.find(row.reason) != std::string::npos, result.err);
        BOOST_TEST(Json::parse(result.out)["errors"].size() == 1U);
    }
#if __has_include(<valijson/validator.hpp>)
    const Schema schema("conformance/cli/sceplab-facts-1.schema.json");
    BOOST_TEST((schema.wrong(Json::parse(row.text)) != "") == (row.reason != "" && row.schema_refuses));
#endif
}

BOOST_AUTO_TEST_SUITE_END()
