#include "program.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <set>

// How the work is shared among threads, and what of it is left out, is for the command line to say; the report is not to tell.
namespace {

using namespace sceplab::test;
namespace data = boost::unit_test::data;

// All captured runs as one, with the keys and certificates of all.
std::vector<std::string> everything(const std::string& format) {
    std::vector<std::string> arguments{"replay", "--format", format};
    for (const std::string& run : captured_runs()) {
        arguments.push_back(captures_dir() / run / "capture.pcapng");
        for (const std::string& key : materials(run, ".key")) {
            arguments.insert(arguments.end(), {"--key", key});
        }
        for (const std::string& certificate : materials(run, ".pem")) {
            arguments.insert(arguments.end(), {"--cert", certificate});
        }
    }
    return arguments;
}

std::string replayed(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = run_sceplab(arguments);
    BOOST_TEST(result.exit_code == 1, result.err);
    return result.out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(threads)

BOOST_DATA_TEST_CASE(the_report_is_the_same_for_any_number_of_threads, data::make({"json", "text", "html"}), format) {
    const auto arguments = everything(format);
    const std::string alone = replayed(arguments, {"--threads", "1"});
    for (const char* number : {"2", "5"}) {
        BOOST_TEST((replayed(arguments, {"--threads", number}) == alone), number << " threads");
    }
}

BOOST_AUTO_TEST_CASE(so_it_is_where_exchanges_are_taken_by_the_batch) {
    const auto arguments = everything("json");
    const std::string alone = replayed(arguments, {"--no-crypto", "--threads", "1"});
    for (const char* number : {"2", "5"}) {
        BOOST_TEST((replayed(arguments, {"--no-crypto", "--threads", number}) == alone), number << " threads");
    }
}

BOOST_AUTO_TEST_CASE(without_cryptography_nothing_that_needs_it_is_said) {
    const Json report = Json::parse(replayed(everything("json"), {"--no-crypto"}));
    std::size_t signatures = 0;
    std::size_t envelopes = 0;
    for (const Json& exchange : report["exchanges"]) {
        for (const char* side : {"request", "response"}) {
            const Json& message = exchange[side];
            if (!message.is_null() && !message["signature"].is_null()) {
                ++signatures;
                BOOST_TEST(message["signature"] == "not_performed");
                BOOST_TEST(message["signer"]["chain"] == "not_performed");
            }
            if (!message.is_null() && !message["decryption"].is_null()) {
                ++envelopes;
                BOOST_TEST(message["decryption"] == "not_performed");
            }
        }
    }
    BOOST_TEST(signatures > 10U);
    BOOST_TEST(envelopes > 10U);
    std::set<std::string> reasons;
    for (const Json& rule : report["rules"]) {
        for (const Json& entry : rule["not_performed"]) {
            reasons.insert(entry["reason"].get<std::string>());
        }
    }
    BOOST_TEST(reasons.contains("cryptography is switched off"));
    BOOST_TEST(!reasons.contains("no key"));
}

BOOST_AUTO_TEST_CASE(no_number_of_threads_is_wrong_usage) {
    for (const char* number : {"0", "-1", "65", "many"}) {
        BOOST_TEST(run_sceplab({"replay", captures_dir() / "enrol" / "capture.pcapng", "--threads", number}).exit_code == 2, number);
    }
}

BOOST_AUTO_TEST_SUITE_END()
