#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <ostream>

// Bad input: one line that names the file and the reason, exit 2, and a machine-readable report is whole even then.
namespace {

using namespace sceplab::test;
namespace data = boost::unit_test::data;

const std::string enrol = captures_dir() / "enrol" / "capture.pcapng";

// Makes the bad thing in a folder and gives the arguments after `replay`.
struct Bad {
    const char* name;
    const char* reason;  // part of the line
    std::function<std::vector<std::string>(const sceptest::TemporaryFolder&)> arguments;

    friend std::ostream& operator<<(std::ostream& out, const Bad& bad) { return out << bad.name; }
};

// A classic pcap of one UDP packet over raw IP.
std::string pcap_without_scep() {
    std::string out("\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04\x00\x65\x00\x00\x00", 24);
    const std::string packet("\x45\x00\x00\x1c\x00\x00\x00\x00\x40\x11\x7c\xcf\x7f\x00\x00\x01\x7f\x00\x00\x01\x00\x35\x00\x35\x00\x08\x00\x00", 28);
    out += std::string("\x00\x00\x00\x00\x00\x00\x00\x00\x1c\x00\x00\x00\x1c\x00\x00\x00", 16);
    return out + packet;
}

// EncryptedPrivateKeyInfo: PBES2 with PBKDF2, salt 01020304, 2147483647 iterations, and aes128-CBC.
std::string_view endless_key() {
    static const std::string out(
        "\x30\x51\x30\x47\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d\x30\x3a"
        "\x30\x19\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c\x30\x0c\x04\x04\x01\x02\x03\x04\x02\x04\x7f\xff\xff\xff"
        "\x30\x1d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x02\x04\x10\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
        "\x04\x06\x00\x01\x02\x03\x04\x05",
        83);
    return out;
}

std::vector<Bad> bad_inputs() {
    using Folder = sceptest::TemporaryFolder;
    const auto file = [](const char* name, std::string text) {
        return [=](const Folder& folder) { return std::vector<std::string>{folder.write(name, std::string_view(text))}; };
    };
    return {
        {"empty", "empty", file("empty.pcap", "")},
        {"text", "text", file("notes.txt", "Dear CA,\nplease send certificates.\n")},
        {"html", "", file("error.html", "<html><body>It works!</body></html>")},
        {"no-scep", "no SCEP", file("other.pcap", pcap_without_scep())},
        {"missing-file", "No such file", [](const Folder& folder) { return std::vector<std::string>{folder.path() / "nothing.pcapng"}; }},
        {"missing-folder", "No such file", [](const Folder& folder) { return std::vector<std::string>{(folder.path() / "nowhere").string() + "/"}; }},
        {"empty-folder", "", [](const Folder& folder) { return std::vector<std::string>{folder.path()}; }},
        {"no-key", "not a private key",
         [](const Folder& folder) { return std::vector<std::string>{enrol, "--key", folder.write("broken.key", std::string_view("-----BEGIN nothing"))}; }},
        {"certificate-as-key", "not a private key",
         [](const Folder&) { return std::vector<std::string>{enrol, "--key", captures_dir() / "enrol" / "keys" / "ca.pem"}; }},
        {"key-as-certificate", "not a certificate",
         [](const Folder&) { return std::vector<std::string>{enrol, "--cert", captures_dir() / "enrol" / "keys" / "ca.key"}; }},
        {"empty-key", "empty file", [](const Folder& folder) { return std::vector<std::string>{enrol, "--key", folder.write("e.key", std::string_view())}; }},
        {"missing-trust", "No such file", [](const Folder& folder) { return std::vector<std::string>{enrol, "--trust", folder.path() / "no.pem"}; }},
        {"folder-as-key", "folder", [](const Folder& folder) { return std::vector<std::string>{enrol, "--key", folder.path()}; }},
        {"endless-key", "more than 10 million iterations",
         [](const Folder& folder) {
             return std::vector<std::string>{enrol, "--key-pass", "x", "--key", folder.write("endless.key", endless_key())};
         }},
        {"no-time", "not a time", [](const Folder&) { return std::vector<std::string>{enrol, "--time", "yesterday"}; }},
    };
}

sceptest::RunResult replay(std::vector<std::string> arguments, const std::string& format) {
    arguments.insert(arguments.begin(), {"replay", "--format", format});
    return run_sceplab(arguments);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_DATA_TEST_CASE(bad_input_is_one_line_and_exit_2, data::make(bad_inputs()), bad) {
    const sceptest::TemporaryFolder folder;
    const auto arguments = bad.arguments(folder);
    const auto result = replay(arguments, "text");
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(lines(result.err) == 1U, result.err);
    BOOST_TEST(result.err.find(bad.reason) != std::string::npos, result.err);
    BOOST_TEST(result.err.find(arguments.back()) != std::string::npos, result.err);
    BOOST_TEST(result.out == "");
}

BOOST_DATA_TEST_CASE(the_json_report_is_whole_even_then, data::make(bad_inputs()), bad) {
    const sceptest::TemporaryFolder folder;
    const auto result = replay(bad.arguments(folder), "json");
    BOOST_TEST(result.exit_code == 2);
    const Json report = Json::parse(result.out);
    BOOST_REQUIRE(report["errors"].size() == 1U);
    BOOST_TEST(report["errors"][0]["reason"].get<std::string>().find(bad.reason) != std::string::npos, result.out);
    BOOST_TEST(report["exchanges"].empty());
}

BOOST_AUTO_TEST_CASE(a_cut_capture_is_judged_up_to_the_damage) {
    const auto whole = sceptest::read_file(enrol);
    const sceptest::TemporaryFolder folder;
    const Json truth = read_json(captures_dir() / "enrol" / "truth.json")["exchanges"];
    bool some_exchanges = false;
    for (std::size_t tenth = 3; tenth < 10; ++tenth) {
        // Two octets into a block, so that it is never a whole one.
        const auto cut = folder.write("cut.pcapng", std::span(whole).first(whole.size() * tenth / 10 / 4 * 4 + 2));
        const auto result = replay({cut}, "json");
        const Json report = Json::parse(result.out);
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(lines(result.err) == 1U, result.err);
        BOOST_TEST(result.err.find("offset") != std::string::npos, result.err);
        BOOST_REQUIRE(report["errors"].size() == 1U);
        const auto offset = report["errors"][0]["offset"].get<std::size_t>();
        BOOST_TEST(offset > 0U);
        BOOST_TEST(offset <= std::filesystem::file_size(cut));
        some_exchanges = some_exchanges || !report["exchanges"].empty();
        for (std::size_t i = 0; i < report["exchanges"].size(); ++i) {
            BOOST_TEST(report["exchanges"][i]["operation"] == truth[i]["operation"]);
        }
    }
    BOOST_TEST(some_exchanges);
}

BOOST_AUTO_TEST_CASE(a_damaged_message_is_judged_and_not_refused) {
    const auto whole = sceptest::read_file(captures_dir() / "enrol" / "messages" / "02-req.der");
    const sceptest::TemporaryFolder folder;
    const auto result = replay({folder.write("cut.der", std::span(whole).first(700))}, "json");
    BOOST_TEST(result.exit_code == 1);
    const Json report = Json::parse(result.out);
    BOOST_REQUIRE(report["findings"].size() == 1U);
    BOOST_TEST(report["findings"][0]["rule"] == "message.decodes");
    BOOST_TEST(report["findings"][0]["length"] == 700);
}

BOOST_AUTO_TEST_CASE(one_bad_input_does_not_hide_the_good_one) {
    const sceptest::TemporaryFolder folder;
    const auto result = replay({folder.write("notes.txt", std::string_view("nothing here")), enrol}, "json");
    BOOST_TEST(result.exit_code == 2);
    const Json report = Json::parse(result.out);
    BOOST_TEST(report["errors"].size() == 1U);
    BOOST_TEST(report["exchanges"].size() == read_json(captures_dir() / "enrol" / "truth.json")["exchanges"].size());
}

BOOST_AUTO_TEST_CASE(wrong_usage_is_exit_2) {
    const std::vector<std::vector<std::string>> wrong{{}, {"replay"}, {"replay", "--no-such-option", enrol}, {"replay", "--profile", "cisco", enrol},
                                                      {"replay", "--format", "xml", enrol}, {"rewind", enrol}, {"replay", "--fail-on", "notice", enrol}};
    for (const auto& arguments : wrong) {
        const auto result = run_sceplab(arguments);
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(result.err != "");
        BOOST_TEST(result.out == "");
    }
}

BOOST_AUTO_TEST_CASE(what_an_argument_holds_does_not_drive_the_terminal) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"replay", enrol, "--profile", "\x1b[31mred"}, {"\x1b]0;title\x07"}, {"replay", "--\x1b[2J", enrol}, {"rules", "\x1b[31mred"}}) {
        const auto result = run_sceplab(arguments);
        BOOST_TEST(result.exit_code == 2);
        BOOST_TEST(result.err.find('\x1b') == std::string::npos, result.err);
        BOOST_TEST(result.err.find('\x07') == std::string::npos, result.err);
        BOOST_TEST(result.err != "");
    }
}

BOOST_AUTO_TEST_CASE(without_memory_there_is_a_line_and_exit_2) {
    if (sceptest::sanitized()) {
        sceptest::skip("the sanitizers take more memory than can be forbidden");
    }
    const sceptest::TemporaryFolder folder;
    std::string log;
    for (int i = 0; i < 300'000; ++i) {
        log += "GET /scep?operation=GetCACert HTTP/1.1\n";
    }
    const auto file = folder.write("access.log", std::string_view(log));
    for (const char* kilobytes : {"120000", "200000"}) {
        const auto result =
            sceptest::run({"sh", "-c", "ulimit -v " + std::string(kilobytes) + "; exec \"$0\" replay --format json \"$1\"", sceptest::sceplab(), file});
        BOOST_TEST(result.exit_code == 2, kilobytes << ": " << result.err);
        BOOST_TEST(result.err.starts_with("sceplab: "), result.err);
    }
}

BOOST_AUTO_TEST_CASE(a_report_that_is_replaced_keeps_its_mode) {
    const sceptest::TemporaryFolder folder;
    const auto file = folder.write("report.txt", std::string_view("old"));
    using std::filesystem::perms;
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
    BOOST_TEST(run_sceplab({"rules", "no.such-rule", "-o", file}).exit_code == 2);  // nothing is touched
    BOOST_TEST(sceptest::read_file(file).size() == 3U);
    BOOST_TEST(run_sceplab({"replay", enrol, "-o", file}).exit_code == 1);
    BOOST_TEST(sceptest::read_file(file).size() > 100U);
    BOOST_CHECK(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(a_report_that_cannot_be_written_is_exit_2_and_leaves_nothing) {
    const sceptest::TemporaryFolder folder;
    const auto result = run_sceplab({"replay", enrol, "-o", folder.path() / "no-such-folder" / "report.txt"});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(lines(result.err) == 1U, result.err);
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_SUITE_END()
