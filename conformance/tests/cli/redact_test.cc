#include "conversions.h"
#include "program.h"

#include <algorithm>
#include <iterator>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

// A redacted capture replays to the same findings, and names nobody.
namespace {

using namespace sceplab::test;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;

std::vector<std::string> inputs() {
    std::vector<std::string> out;
    for (const std::string& run : runs_to_convert()) {
        out.push_back(run + "/capture.pcapng");
    }
    for (const auto& variant : fs::directory_iterator(captures_dir() / "variants")) {
        const std::string name = variant.path().filename();
        if (name.ends_with(".pcap") || name.ends_with(".pcapng")) {
            out.push_back("variants/" + name);
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string keys_of(const std::string& input) {
    if (!input.starts_with("variants/")) {
        return input.substr(0, input.find('/'));
    }
    const Json truth = read_json(captures_dir() / "variants" / "truth.json");
    for (const Json& variant : truth["variants"]) {
        if ("variants/" + variant["file"].get<std::string>() == input) {
            return variant["keys"];
        }
    }
    return "enrol";
}

// Redacted texts say nothing: what rests on the words of an answer is another matter.
bool rests_on_text(const Json& entry) { return entry["rule"].get<std::string>().starts_with("answer-text."); }

// What is judged, without the names of the inputs and of what was damaged in them.
Json judged(const fs::path& input, const std::string& run) {
    Json report = Json::parse(run_sceplab(replay_arguments(input, run)).out);
    for (Json& exchange : report["exchanges"]) {
        for (const char* name : {"input", "url", "connection"}) {
            exchange.erase(name);
        }
    }
    Json findings = Json::array();
    for (Json& finding : report["findings"]) {
        // It may quote the answer.
        if (finding["rule"].get<std::string>().starts_with("field.")) {
            finding.erase("message");
            finding.erase("known");
        }
        if (!rests_on_text(finding)) {
            findings.push_back(std::move(finding));
        }
    }
    report["findings"] = std::move(findings);
    Json rules = Json::array();
    std::ranges::copy_if(report["rules"], std::back_inserter(rules), [](const Json& rule) { return !rests_on_text(rule); });
    report["rules"] = std::move(rules);
    report.erase("summary");
    report.erase("inputs");
    report.erase("errors");
    return report;
}

std::string text_of(const fs::path& path) {
    const auto octets = sceptest::read_file(path);
    return {octets.begin(), octets.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(redact)

BOOST_DATA_TEST_CASE(replays_to_the_same_findings, data::make(inputs()), input) {
    const sceptest::TemporaryFolder folder;
    const fs::path redacted = folder.path() / "redacted.pcap";
    const auto result = run_sceplab({"redact", captures_dir() / input, "-o", redacted});
    BOOST_TEST(result.out == "");
    if (!fs::exists(redacted)) {
        // Only what has no SCEP in it is not written.
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(run_sceplab({"replay", captures_dir() / input}).exit_code == 2);
        BOOST_TEST(Json::parse(run_sceplab({"replay", "--format", "json", captures_dir() / input}).out)["exchanges"].empty());
        return;
    }
    BOOST_TEST(differences(judged(captures_dir() / input, keys_of(input)), judged(redacted, keys_of(input))) == "");
    BOOST_TEST(result.err.find("not hidden: ") != std::string::npos);
    BOOST_TEST(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

BOOST_DATA_TEST_CASE(har_and_transcript_too, data::make(runs_to_convert()), run) {
    const sceptest::TemporaryFolder folder;
    const auto exchanges = read_exchanges(captures_dir() / run / "capture.pcapng");
    for (const auto& [name, text] : {std::pair{"a.har", as_har(exchanges, Har::base64)}, {"a.json", as_transcript(exchanges)}}) {
        const fs::path before = folder.write(name, std::string_view(text));
        const fs::path after = folder.path() / (std::string("redacted-") + name);
        BOOST_TEST(run_sceplab({"redact", before, "-o", after}).exit_code == 0);
        BOOST_TEST(differences(judged(before, run), judged(after, run)) == "", name);
    }
}

namespace {

const Json talk = Json::parse(R"json({"schema": "sceplab-transcript/1", "exchanges": [
    {"connection": 1,
     "request": {"method": "GET", "url": "http://ca.secret.example:8080/secret-tenant/scep?operation=GetCACaps&message=shown&token=secret%2Fsecret",
                 "headers": [{"name": "User-Agent", "value": "secret/1.0 (secret)"}, {"name": "X-Secret-Header", "value": "secret"}, {"name": "Accept", "value": "*/*"},
                             {"name": "Cookie", "value": "id=secret"}, {"name": "Authorization", "value": "Basic c2VjcmV0"}]},
     "response": {"status": 404, "reason": "secret", "headers": [{"name": "Server", "value": "secret"}, {"name": "Content-Type", "value": "text/html"}],
                  "body": "PGh0bWw+PGI+c2VjcmV0PC9iPiBub3QgZm91bmQgYXQgc2VjcmV0PC9odG1sPg=="}},
    {"connection": 1,
     "request": {"method": "GET", "url": "http://ra.secret.example:8080/scep?operation=GetCACaps"},
     "response": {"status": 200, "body": "QUVTClNIQS0yNTYK"}},
    {"connection": 2,
     "request": {"method": "GET", "url": "http://ca.secret.example:8080/scep?operation=GetCACert"}}]})json");

}  // namespace

BOOST_AUTO_TEST_CASE(what_names_somebody_is_written_over) {
    const sceptest::TemporaryFolder folder;
    const fs::path before = folder.write("talk.json", std::string_view(talk.dump()));
    const fs::path after = folder.path() / "after.json";
    const auto result = run_sceplab({"redact", before, "-o", after});
    BOOST_TEST(result.exit_code == 0);
    const std::string text = text_of(after);
    for (const char* word : {"secret", "Secret", "c2Vjc"}) {
        BOOST_TEST(text.find(word) == std::string::npos, text);
    }
    const auto exchanges = read_exchanges(after);
    BOOST_REQUIRE(exchanges.size() == 3U);
    const auto field = [](const auto& message, const char* name) { return std::string(sceplab::input::find(message.fields, name).value_or("-")); };
    const auto& first = *exchanges[0].request;
    BOOST_TEST(first.target.text() == "/xxxxxx-xxxxxx/scep?operation=GetCACaps&message=shown&token=xxxxxx%78xxxxxx");
    BOOST_TEST(field(first, "Host") == "hhhhhhhhhhhhhhhhh:8080");
    BOOST_TEST(field(first, "User-Agent") == "xxxxxx/x.x (xxxxxx)");
    BOOST_TEST(field(first, "x-xxxxxx-xxxxxx") == "xxxxxx");
    BOOST_TEST(field(first, "Accept") == "*/*");
    BOOST_TEST(field(*exchanges[0].response, "Content-Type") == "text/html");
    BOOST_TEST(exchanges[0].response->head.text().starts_with("HTTP/1.1 404 xxxxxx\r\n"));
    BOOST_TEST(exchanges[0].response->body.text() == "<html><b>xxxxxx</b> xxx xxxxx xx xxxxxx</html>");
    // Another host stays another, the same one the same.
    BOOST_TEST(field(*exchanges[1].request, "Host") == "hhhhhhhhhhhhhhhh1:8080");
    BOOST_TEST(field(*exchanges[2].request, "Host") == field(first, "Host"));
    BOOST_TEST(exchanges[1].response->body.text() == "AES\nSHA-256\n");
    const auto whole = read_exchanges(before);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        BOOST_TEST(exchanges[i].request->head.size() == whole[i].request->head.size());
    }
}

BOOST_AUTO_TEST_CASE(a_capture_has_documentation_addresses_alone) {
    if (sceptest::run({"tshark", "--version"}).exit_code != 0) {
        sceptest::skip("no tshark");
    }
    const sceptest::TemporaryFolder folder;
    const fs::path after = folder.path() / "after.pcap";
    for (const char* run : {"enrol", "ipv6"}) {
        BOOST_REQUIRE_EQUAL(run_sceplab({"redact", captures_dir() / run / "capture.pcapng", "-o", after}).exit_code, 0);
        const auto packets = sceptest::run({"tshark", "-r", after, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-T", "fields", "-e", "ip.src",
                                            "-e", "ipv6.src", "-e", "ip.checksum.status", "-e", "tcp.checksum.status", "-e", "_ws.malformed", "-e", "tcp.analysis.flags"});
        BOOST_REQUIRE_EQUAL(packets.exit_code, 0);
        std::istringstream in(packets.out);
        std::size_t number = 0;
        for (std::string packet; std::getline(in, packet); ++number) {
            const bool v4 = packet.starts_with("192.0.2.1\t\t1\t1\t") || packet.starts_with("192.0.2.2\t\t1\t1\t");
            const bool v6 = packet.starts_with("\t2001:db8::1\t\t1\t") || packet.starts_with("\t2001:db8::2\t\t1\t") || packet.starts_with("\t2001:db8::0:1\t\t1\t");
            BOOST_TEST((v4 || v6), packet);
            BOOST_TEST(packet.ends_with("\t\t"), packet);
        }
        BOOST_TEST(number > 10U);
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_redacted_is_refused_and_nothing_is_written) {
    const sceptest::TemporaryFolder folder;
    const std::string out = folder.path() / "out";
    const std::pair<std::string, const char*> rows[] = {{captures_dir() / "enrol" / "messages", "a folder"},
                                                        {captures_dir() / "enrol" / "messages" / "02-req.der", "neither a capture nor a HAR or transcript"},
                                                        {folder.path() / "none", "No such file"},
                                                        {folder.write("empty.har", std::string_view(R"({"log": {"entries": []}})")), "no SCEP traffic"}};
    for (const auto& [input, reason] : rows) {
        const auto result = run_sceplab({"redact", input, "-o", out});
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(lines(result.err) == 1U, result.err);
        BOOST_TEST(result.err.find(reason) != std::string::npos, result.err);
        BOOST_TEST(!fs::exists(out));
    }
    BOOST_TEST(run_sceplab({"redact", captures_dir() / "enrol" / "capture.pcapng"}).exit_code == 2);
    BOOST_TEST(run_sceplab({"redact", captures_dir() / "enrol" / "capture.pcapng", "-o", folder.path() / "no" / "out"}).exit_code == 2);
    BOOST_TEST(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
