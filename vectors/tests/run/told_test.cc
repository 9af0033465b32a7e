#include <vectors/tests/run/documents.h>

#include <boost/test/unit_test.hpp>

// The command line: what is printed, and the exit code.
namespace sceplab::vectors::test {
namespace {

sceptest::RunResult run_vectors(const Documents& documents, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{sceptest::sceplab(), "run-vectors", documents.path()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return sceptest::run(arguments);
}

std::string own_harness() { return sceptest::sceplab().string() + " answer-vectors"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(told)

BOOST_AUTO_TEST_CASE(our_codec_answers_as_expected_with_a_process_between_and_without) {
    const Documents documents;
    for (const auto& more : {std::vector<std::string>{}, {"--harness", own_harness()}}) {
        const auto result = run_vectors(documents, more);
        BOOST_TEST(result.exit_code == 0);
        BOOST_TEST(result.out == "der: 2 cases, 0 unexpected, 0 skipped\nall: 2 cases, 0 unexpected, 0 skipped\n");
    }
}

BOOST_AUTO_TEST_CASE(an_unexpected_answer_is_told_and_fails) {
    const Documents documents([](Json& document) { document["testGroups"][0]["tests"][0]["fields"]["value"] = "2"; });
    const auto text = run_vectors(documents);
    BOOST_TEST(text.exit_code == 1);
    BOOST_TEST(text.out.starts_with("der-0001  value is \"1\", \"2\" is expected\n    one: The INTEGER one.\n"), text.out);
    const auto junit = documents.path() / "junit.xml";
    const auto json = run_vectors(documents, {"--format", "json", "--junit", junit});
    BOOST_TEST(json.exit_code == 1);
    const Json document = Json::parse(json.out);
    BOOST_TEST(document["summary"].dump() == R"({"cases":2,"unexpected":1,"skipped":0})");
    BOOST_TEST(document["cases"][0]["verdict"] == "unexpected");
    BOOST_TEST(document["cases"][1]["verdict"] == "expected");
    const auto octets = sceptest::read_file(junit);
    const std::string written(octets.begin(), octets.end());
    BOOST_TEST(written.find(R"(<testsuite name="der" tests="2" failures="1" errors="0" skipped="0">)") != std::string::npos, written);
    BOOST_TEST(written.find(R"(<testcase classname="der" name="der-0001">)") != std::string::npos, written);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_is_named) {
    const Documents documents;
    const auto fault = run_vectors(documents, {"--harness", "echo hello"});
    BOOST_TEST(fault.exit_code == 2);
    BOOST_TEST(fault.err.find("not an answer to der-0001: hello") != std::string::npos, fault.err);
    const auto none = run_vectors(documents, {"--ids", "ber-*"});
    BOOST_TEST(none.exit_code == 2);
    BOOST_TEST(none.err == "sceplab: ber-*: no case has such an id\n");
    const Documents broken([](Json& document) { document["testGroups"][0]["tests"][0].erase("comment"); });
    BOOST_TEST(run_vectors(broken).exit_code == 2);
}

BOOST_AUTO_TEST_CASE(no_command_is_no_harness) {
    const Documents documents;
    const auto result = run_vectors(documents, {"--harness", ""});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(result.err == "sceplab: --harness: names no command\n");
}

BOOST_AUTO_TEST_CASE(a_document_that_is_nested_without_end_or_a_pipe_is_named) {
    const Documents deep;
    deep.write("deep.json", std::string(200'000, '['));
    const auto result = run_vectors(deep);
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(result.err.find("deep.json: is not JSON") != std::string::npos, result.err);
    const Documents schema;
    schema.write("sceplab-vectors-1.schema.json", R"({"type": 5})");
    BOOST_TEST(run_vectors(schema).exit_code == 2);
}

BOOST_AUTO_TEST_CASE(a_question_that_cannot_be_understood_is_skipped) {
    for (const std::string members : {R"("type": "DerValue", "as": "FOO", "input": "0500")", R"("type": "DerValue", "as": "NULL", "input": "05zz")",
                                      R"("type": "DerValue", "as": "NULL", "input": "050")", R"("type": "DerValue", "as": "NULL")", R"("type": 5)",
                                      R"("type": "EnvelopedData", "input": "3000", "recipient": {"privateKey": "junk"})",
                                      R"("type": "Exchange", "keys": 5, "transcript": {})"}) {
        const auto result = sceptest::run({sceptest::sceplab(), "answer-vectors"}, {.input = "{\"id\": \"x-1\", " + members + "}\n"});
        BOOST_TEST(result.exit_code == 0);
        // An EnvelopedData is read before its key.
        const bool read = members.find("EnvelopedData") != std::string::npos;
        BOOST_TEST(result.out.starts_with(read ? R"({"id":"x-1","result":"reject")" : R"({"id":"x-1","result":"skip")"), members + ": " + result.out);
    }
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_question_ends_the_harness) {
    const auto result = sceptest::run({sceptest::sceplab(), "answer-vectors"}, {.input = "{\"id\": \"x-1\", \"type\": \"Other\"}\nhello\n"});
    BOOST_TEST(result.exit_code == 2);
    BOOST_TEST(result.out == "{\"id\":\"x-1\",\"result\":\"skip\",\"reason\":\"no such type: Other\"}\n");
    BOOST_TEST(result.err == "sceplab: -: not a question of the contract: hello\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sceplab::vectors::test
