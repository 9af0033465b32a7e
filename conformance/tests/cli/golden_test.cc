#include "program.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <iterator>

// Every finding on real traffic, read line by line by people: a change of a rule shows here as a changed line. With SCEPTEST_UPDATE set the lines are written anew.
namespace {

using namespace sceplab::test;

std::vector<std::filesystem::path> files_with(const std::filesystem::path& folder, std::string_view text) {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto octets = entry.is_regular_file() && entry.path().extension() != ".pcapng" ? sceptest::read_file(entry.path()) : std::vector<std::uint8_t>();
        if (std::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()).find(text) != std::string_view::npos) {
            out.push_back(entry.path());
        }
    }
    std::ranges::sort(out);
    return out;
}

// "run <tab> exchange <tab> side <tab> severity <tab> rule <tab> path" for each finding of each run of a folder.
std::string findings_of_runs(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> captures;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (std::filesystem::exists(entry.path() / "capture.pcapng")) {
            captures.push_back(entry.path() / "capture.pcapng");
        }
    }
    std::ranges::sort(captures);
    std::string out;
    for (const auto& capture : captures) {
        std::vector<std::string> arguments{"replay", "--format", "json", capture};
        for (const auto& key : files_with(capture.parent_path(), "PRIVATE KEY-----")) {
            arguments.insert(arguments.end(), {"--key", key});
        }
        for (const auto& certificate : files_with(capture.parent_path(), "-----BEGIN CERTIFICATE-----")) {
            arguments.insert(arguments.end(), {"--cert", certificate});
        }
        const auto result = run_sceplab(arguments);
        BOOST_TEST(result.exit_code <= 1, capture << ": " << result.err);
        const Json report = Json::parse(result.out);
        for (const Json& finding : report["findings"]) {
            const std::string exchange = finding["exchange"].is_null() ? "-" : std::to_string(finding["exchange"].get<int>());
            const auto text = [&](const char* member) { return finding[member].is_string() ? finding[member].get<std::string>() : std::string("-"); };
            out += capture.parent_path().filename().string() + "\t" + exchange + "\t" + text("side") + "\t" + text("severity") + "\t" + text("rule") + "\t" +
                   text("path") + "\n";
        }
    }
    return out;
}

void hold(const std::string& name, const std::filesystem::path& folder) {
    const auto path = sceptest::source_dir() / "conformance" / "tests" / "cli" / name;
    const std::string now = findings_of_runs(folder);
    if (std::getenv("SCEPTEST_UPDATE") != nullptr) {
        std::ofstream(path) << now;
    }
    std::ifstream file(path);
    const std::string golden{std::istreambuf_iterator<char>(file), {}};
    const auto in_lines = [](const std::string& text) {
        std::vector<std::string> out;
        std::size_t at = 0;
        for (auto end = text.find('\n'); end != std::string::npos; at = end + 1, end = text.find('\n', at)) {
            out.push_back(text.substr(at, end - at));
        }
        return out;
    };
    BOOST_TEST(in_lines(now) == in_lines(golden), boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(findings_on_the_bundled_captures) { hold("captures.golden.tsv", captures_dir()); }

BOOST_AUTO_TEST_CASE(findings_on_the_live_runs_of_the_corpus) {
    const auto corpus = sceptest::corpus();
    if (!corpus || !std::filesystem::exists(*corpus / "live")) {
        sceptest::skip("no corpus");
    }
    hold("corpus.golden.tsv", *corpus / "live");
}

BOOST_AUTO_TEST_SUITE_END()
