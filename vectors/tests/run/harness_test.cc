#include <vectors/run/harness.h>

#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::vectors::test {
namespace {

using State = Answer::State;
using std::chrono::milliseconds;

const Json one = {{"id", "der-0001"}};
const Json two = {{"id", "der-0002"}};
constexpr milliseconds long_enough{60'000};
constexpr milliseconds short_time{300};

// Answers each line by `result`, with the id that it asks for.
std::string answering(const std::string& result) {
    return R"(while read -r line; do id=${line#*:\"}; id=${id%%\"*}; printf '{"id": "%s", "result": ")" + result + R"("}\n' "$id"; done)";
}

struct Faulty {
    const char* command;
    const char* reason;  // a part of it
};
std::ostream& operator<<(std::ostream& out, const Faulty& faulty) { return out << faulty.command; }

}  // namespace

BOOST_AUTO_TEST_SUITE(harness)

BOOST_AUTO_TEST_CASE(one_process_answers_case_after_case) {
    Harness harness("n=0; while read -r line; do n=$((n + 1)); printf '{\"id\": \"der-000%d\", \"result\": \"accept\"}\\n' $n; done", long_enough);
    BOOST_TEST((harness.ask(one).state == State::accept));
    BOOST_TEST((harness.ask(two).state == State::accept));
}

BOOST_AUTO_TEST_CASE(one_that_does_not_answer_is_killed_and_started_again) {
    // Hangs by the first question, answers once there is a file that the first start has made.
    const sceptest::TemporaryFolder folder;
    const std::string mark = (folder.path() / "mark").string();
    Harness harness("if [ ! -e " + mark + " ]; then touch " + mark + "; sleep 600; fi; " + answering("reject"), short_time);
    BOOST_TEST((harness.ask(one).state == State::hang));
    Harness again("test -e " + mark + " && " + answering("reject"), long_enough);
    BOOST_TEST((again.ask(two).state == State::reject));
    BOOST_TEST((harness.ask(two).state == State::reject));
}

BOOST_AUTO_TEST_CASE(one_that_does_not_read_does_not_hold_us_up) {
    Harness harness("sleep 600", short_time);
    BOOST_TEST((harness.ask({{"id", "der-0001"}, {"input", std::string(8U << 20U, 'a')}}).state == State::hang));
}

BOOST_AUTO_TEST_CASE(one_that_ends_is_started_again) {
    Harness harness("read -r line; exit 3", long_enough);
    for (int i = 0; i < 2; ++i) {
        const Answer answer = harness.ask(one);
        BOOST_TEST((answer.state == State::crash));
        BOOST_TEST(answer.reason == "exit code 3");
    }
    BOOST_TEST(Harness("read -r line; kill -SEGV $$", long_enough).ask(one).reason == "signal 11");
}

BOOST_DATA_TEST_CASE(one_that_does_not_keep_to_the_contract,
                     boost::unit_test::data::make({Faulty{"/no/such/program", "cannot be started"},
                                                   Faulty{"echo hello; cat", "not an answer to der-0001: hello"},
                                                   Faulty{"echo '{\"id\": \"der-0009\", \"result\": \"accept\"}'; cat", "not an answer"},
                                                   Faulty{"echo '{\"result\": \"accept\"}'; cat", "not an answer"},
                                                   Faulty{"printf '{\"id\": \"der-0001\", \"result\": \"accept\"}\\nhello\\n'; cat", "more than one line in answer to der-0001: hello"},
                                                   Faulty{"echo '{\"id\": \"der-0001\", \"result\": \"yes\"}'; cat", "not an answer"}})) {
    Harness harness(sample.command, long_enough);
    BOOST_CHECK_EXCEPTION(static_cast<void>(harness.ask(one)), HarnessFault,
                          [&](const HarnessFault& fault) { return std::string(fault.what()).find(sample.reason) != std::string::npos; });
}

BOOST_AUTO_TEST_CASE(what_comes_unasked_or_at_the_end_is_a_fault) {
    const auto ending = [](const std::string& more) {
        Harness harness(R"(read -r line; printf '{"id": "der-0001", "result": "accept"}\n'; )" + more, long_enough);
        BOOST_TEST((harness.ask(one).state == State::accept));
        try {
            harness.finish();
        } catch (const HarnessFault& fault) {
            return std::string(fault.what());
        }
        return std::string("ends well");
    };
    BOOST_TEST(ending("read -r line") == "at the end of its input: exit code 1");
    BOOST_TEST(ending("cat") == "ends well");
    BOOST_TEST(ending("cat; exit 9") == "at the end of its input: exit code 9");
    BOOST_TEST(ending("cat; echo bye") == "it speaks without being asked: bye\n");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_nested_without_end_is_none) {
    Harness harness(R"(read -r line; printf '{"id": "der-0001", "result": "accept", "fields": '; head -c 200000 /dev/zero | tr '\0' '['; echo; cat)", long_enough);
    BOOST_CHECK_THROW(static_cast<void>(harness.ask(one)), HarnessFault);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sceplab::vectors::test
