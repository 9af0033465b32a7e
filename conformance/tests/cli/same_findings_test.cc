#include "conversions.h"
#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <map>
#include <set>

// One exchange is judged the same whatever it was captured in.
namespace {

using namespace sceplab::test;
namespace data = boost::unit_test::data;
namespace fs = std::filesystem;
using Lines = std::multiset<std::string>;

Json report_of(const fs::path& input, const std::string& run) {
    const auto result = run_sceplab(replay_arguments(input, run));
    BOOST_TEST(result.err == "");
    BOOST_TEST(result.exit_code <= 1);
    return Json::parse(result.out);
}

std::string place(const Json& finding, std::size_t head) {
    const auto offset = finding["offset"].is_null() ? std::string("-") : std::to_string(finding["offset"].get<std::size_t>() - head);
    return fmt::format("{} {} {} @{}+{}", finding["exchange"].dump(), finding["side"].dump(), finding["path"].dump(), offset, finding["length"].dump());
}

// Everything of a finding but the number of its source.
std::string line(const Json& finding) {
    std::string out = fmt::format("{} {} {} {}", finding["rule"].get<std::string>(), finding["severity"].get<std::string>(), place(finding, 0),
                                  finding["message"].get<std::string>());
    for (const Json& related : finding["related"]) {
        out += " ~ " + place(related, 0);
    }
    return out;
}

Lines findings(const Json& report) {
    Lines out;
    for (const Json& finding : report["findings"]) {
        out.insert(line(finding));
    }
    return out;
}

void check_same(const Json& wanted, const Json& got) {
    BOOST_TEST(findings(got) == findings(wanted), boost::test_tools::per_element());
    BOOST_TEST(got["summary"] == wanted["summary"]);
    BOOST_TEST(got["rules"] == wanted["rules"]);
}

fs::path capture_of(const std::string& run) { return captures_dir() / run / "capture.pcapng"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(same_findings)

BOOST_DATA_TEST_CASE(as_har_and_transcript, data::make(runs_to_convert()), run) {
    const Json wanted = report_of(capture_of(run), run);
    const auto exchanges = read_exchanges(capture_of(run));
    BOOST_REQUIRE(!exchanges.empty());
    const sceptest::TemporaryFolder folder;
    const std::pair<const char*, std::string> files[] = {{"base64.har", as_har(exchanges, Har::base64)},
                                                         {"characters.har", as_har(exchanges, Har::characters)},
                                                         {"transcript.json", as_transcript(exchanges)}};
    for (const auto& [name, text] : files) {
        BOOST_TEST_CONTEXT(name) { check_same(wanted, report_of(folder.write(name, std::string_view(text)), run)); }
    }
}

// Messages by themselves: without HTTP, hosts and times less can be judged; nothing is judged otherwise.
BOOST_DATA_TEST_CASE(as_folder_of_messages, data::make(runs_to_convert()), run) {
    const Json whole = report_of(capture_of(run), run);
    const sceptest::TemporaryFolder folder;
    as_folder(read_exchanges(capture_of(run)), folder.path());
    const Json bare = report_of(folder.path(), run);
    const Lines wanted = findings(whole);
    const Lines got = findings(bare);
    BOOST_TEST(bare["exchanges"].size() == whole["exchanges"].size());
    for (const std::string& finding : got) {
        BOOST_TEST(wanted.contains(finding), finding);
    }
    std::map<std::string, int> passed;
    for (const Json& rule : bare["rules"]) {
        passed[rule["rule"]] = rule["pass"];
    }
    std::size_t missing = 0;
    for (const Json& rule : whole["rules"]) {
        BOOST_TEST(passed[rule["rule"]] <= rule["pass"].get<int>(), rule.dump());
    }
    for (const Json& finding : whole["findings"]) {
        const bool in_message = finding["path"].get<std::string>().starts_with("SignedData") || finding["path"].get<std::string>().starts_with("EnvelopedData");
        // It speaks of a message, and rests on the HTTP status of its answer.
        const bool rests_on_http = finding["rule"] == "field.poll-taken";
        missing += in_message && !rests_on_http && !got.contains(line(finding)) ? 1 : 0;
        BOOST_TEST((!in_message || rests_on_http || got.contains(line(finding))), line(finding));
    }
    BOOST_TEST(missing == 0u);
}

namespace {

// A GET with every deviation that its text can have.
std::string odd_target() {
    const auto message = sceptest::run({"openssl", "base64", "-A", "-in", captures_dir() / "enrol" / "messages" / "02-req.der"});
    BOOST_REQUIRE_EQUAL(message.exit_code, 0);
    return "/scep?operation=pkioperation&message=" + message.out;
}

Lines requests_of(const Json& report, const std::set<std::size_t>& exchanges, std::size_t head) {
    Lines out;
    for (const Json& finding : report["findings"]) {
        if (finding["exchange"].is_null() || finding["side"] != "request") {
            continue;
        }
        // In the order of the chosen ones.
        const auto chosen = exchanges.find(finding["exchange"].get<std::size_t>());
        if (chosen != exchanges.end()) {
            const bool captured = !finding["source"].is_null() && report["sources"][finding["source"].get<std::size_t>()]["kind"] == "captured";
            Json moved = finding;
            moved["exchange"] = std::distance(exchanges.begin(), chosen);
            out.insert(fmt::format("{} {} {}", moved["rule"].get<std::string>(), place(moved, captured ? head : 0), moved["message"].get<std::string>()));
        }
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_get_as_log_lines_and_url) {
    const std::string target = odd_target();
    const sceptest::TemporaryFolder folder;
    const Json request{{"method", "GET"}, {"url", target}};
    const Json transcript{{"schema", "sceplab-transcript/1"}, {"exchanges", {{{"request", request}, {"connection", 1}}}}};
    const Json har{{"log", {{"entries", {{{"request", {{"method", "GET"}, {"url", "http://h" + target}}}}}}}}};
    const Json wanted = report_of(folder.write("t.json", std::string_view(transcript.dump())), "enrol");
    BOOST_TEST(wanted["findings"].size() >= 3U);
    const std::set<std::size_t> first{0};
    const Lines lines = requests_of(wanted, first, 4);
    const std::string iis = "2026-11-23 16:33:30 192.0.2.1 GET " + std::string(target).replace(5, 1, " ") + " 80 - 192.0.2.7 - 200";
    const std::tuple<const char*, std::string, std::size_t> others[] = {
        {"h.har", har.dump(), 4},
        {"access.log", std::string(log_prefix) + target + " HTTP/1.1\" 200 1\n", log_prefix.size()},
        {"u_ex.log", iis, 0},
        {"curl.txt", "> GET " + target + " HTTP/1.1\n", 6}};
    for (const auto& [name, text, head] : others) {
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST(requests_of(report_of(folder.write(name, std::string_view(text)), "enrol"), first, head) == lines, boost::test_tools::per_element());
        }
    }
    BOOST_TEST(requests_of(report_of(target, "enrol"), first, 0) == lines, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(gets_of_a_capture_as_log_lines, data::make(runs_to_convert()), run) {
    auto exchanges = read_exchanges(capture_of(run));
    std::set<std::size_t> chosen;
    std::vector<sceplab::input::Exchange> gets;
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
        if (exchanges[i].request->method == "GET") {
            chosen.insert(i);
            gets.push_back(std::move(exchanges[i]));
        }
    }
    if (gets.empty()) {
        return;
    }
    const sceptest::TemporaryFolder folder;
    const Json log = report_of(folder.write("access.log", std::string_view(as_log(gets))), run);
    BOOST_TEST(log["exchanges"].size() == gets.size());
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < gets.size(); ++i) {
        all.insert(i);
    }
    // What the log does not have, headers and bodies among it, is not judged; what it has is judged the same.
    const Lines wanted = requests_of(report_of(capture_of(run), run), chosen, 4);
    for (const std::string& finding : requests_of(log, all, log_prefix.size())) {
        BOOST_TEST(wanted.contains(finding), finding);
    }
}

// Two inputs may be of two servers that have one name.
BOOST_AUTO_TEST_CASE(what_a_server_said_counts_within_its_input) {
    auto before = read_exchanges(capture_of("enrol"));
    auto last = read_exchanges(capture_of("enrol"));
    const std::string whole = as_transcript(before);
    before.pop_back();
    last.erase(last.begin(), std::prev(last.end()));
    const sceptest::TemporaryFolder folder;
    const auto not_performed = [&](const std::vector<std::string>& transcripts) {
        auto arguments = replay_arguments(folder.write("0.json", std::string_view(transcripts[0])), "enrol");
        for (std::size_t i = 1; i < transcripts.size(); ++i) {
            arguments.push_back(folder.write(std::to_string(i) + ".json", std::string_view(transcripts[i])));
        }
        // Of exchanges; what is not performed of a whole run counts once a run.
        std::ptrdiff_t count = 0;
        const Json report = Json::parse(run_sceplab(arguments).out);
        for (const Json& rule : report["rules"]) {
            count += std::ranges::count_if(rule["not_performed"], [](const Json& entry) { return !entry["exchange"].is_null(); });
        }
        return count;
    };
    const auto apart = not_performed({as_transcript(before)}) + not_performed({as_transcript(last)});
    BOOST_TEST(not_performed({as_transcript(before), as_transcript(last)}) == apart);
    BOOST_TEST(not_performed({whole}) < apart);
}

BOOST_AUTO_TEST_SUITE_END()
