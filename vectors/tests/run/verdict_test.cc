#include <vectors/run/verdict.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::vectors::test {
namespace {

using State = Verdict::State;

struct Judged {
    const char* name;
    const char* test;
    const char* answer;  // a line of the contract, but for the id
    State state;
    const char* why = "";  // a part of it
    Told told = Told::some;
};
std::ostream& operator<<(std::ostream& out, const Judged& judged) { return out << judged.name; }

const std::vector<Judged> table{
    {"valid and accepted", R"({"result": "valid"})", R"({"result": "accept"})", State::expected},
    {"valid and rejected", R"({"result": "valid"})", R"({"result": "reject", "reason": "no"})", State::unexpected, "rejected, though valid: no"},
    {"invalid and rejected", R"({"result": "invalid"})", R"({"result": "reject"})", State::expected},
    {"invalid and accepted", R"({"result": "invalid"})", R"({"result": "accept"})", State::unexpected, "accepted, though invalid"},
    {"acceptable and accepted", R"({"result": "acceptable"})", R"({"result": "accept"})", State::expected},
    {"acceptable and rejected", R"({"result": "acceptable"})", R"({"result": "reject"})", State::expected},
    {"skipped", R"({"result": "valid"})", R"({"result": "skip", "reason": "no RSA"})", State::skipped, "no RSA"},
    {"skipped by who answers all", R"({"result": "valid"})", R"({"result": "skip"})", State::unexpected, "not answered", Told::all},
    {"another field", R"({"result": "valid", "fields": {"value": "1"}})", R"({"result": "accept", "fields": {"value": "2"}})", State::unexpected,
     R"(value is "2", "1" is expected)"},
    {"another field of what may be accepted", R"({"result": "acceptable", "fields": {"value": "1"}})",
     R"({"result": "accept", "fields": {"value": "2"}})", State::unexpected, "value is"},
    {"a field that is not asked for", R"({"result": "valid", "fields": {"value": "1"}})",
     R"({"result": "accept", "fields": {"value": "1", "more": "2"}})", State::expected},
    {"a field that is not told", R"({"result": "valid", "fields": {"value": "1"}})", R"({"result": "accept"})", State::expected},
    {"a field that is not told by who tells all", R"({"result": "valid", "fields": {"value": "1"}})", R"({"result": "accept"})",
     State::unexpected, "value is null", Told::all},
    {"another plaintext", R"({"result": "valid", "plaintext": "00"})", R"({"result": "accept", "plaintext": "01"})", State::unexpected, "plaintext is"},
    {"a plaintext that is not told by who tells all", R"({"result": "valid", "plaintext": "00"})", R"({"result": "accept"})", State::unexpected,
     "plaintext is null", Told::all},
    {"another place", R"({"result": "invalid", "where": "a.b"})", R"({"result": "reject", "where": "a.c"})", State::unexpected, "where is"},
    {"findings", R"({"result": "invalid", "findings": ["a.b"]})", R"({"result": "reject", "findings": ["a.b"]})", State::expected},
    {"other findings", R"({"result": "invalid", "findings": ["a.b"]})", R"({"result": "reject", "findings": []})", State::unexpected, "findings is []"},
    {"findings that are not told by who tells all", R"({"result": "valid", "findings": []})", R"({"result": "accept"})", State::unexpected,
     "findings is null", Told::all},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(verdict)

BOOST_DATA_TEST_CASE(an_answer_is_held_against_the_test, boost::unit_test::data::make(table)) {
    const auto answer = answer_of(Json::parse(sample.answer));
    BOOST_REQUIRE(answer.has_value());
    const Verdict verdict = judge(Json::parse(sample.test), *answer, sample.told);
    BOOST_TEST((verdict.state == sample.state));
    BOOST_TEST(verdict.why.find(sample.why) != std::string::npos, verdict.why);
}

BOOST_AUTO_TEST_CASE(an_end_is_never_expected) {
    for (const auto state : {Answer::State::hang, Answer::State::crash}) {
        Answer answer;
        answer.state = state;
        BOOST_TEST((judge(Json::parse(R"({"result": "invalid"})"), answer, Told::some).state == State::unexpected));
    }
}

BOOST_DATA_TEST_CASE(a_line_that_is_no_answer,
                     boost::unit_test::data::make({"{}", "[]", R"({"result": "maybe"})", R"({"result": 1})", R"({"result": "accept", "fields": []})",
                                                   R"({"result": "accept", "plaintext": 0})", R"({"result": "reject", "findings": [1]})"})) {
    BOOST_TEST(!answer_of(Json::parse(sample)).has_value());
}

BOOST_AUTO_TEST_CASE(an_answer_is_read_as_it_is_written) {
    Answer answer = rejected("why", "a.b");
    answer.findings = {"x.y", "x.z"};
    const auto read = answer_of(to_json(answer));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(to_json(*read).dump() == R"({"result":"reject","where":"a.b","findings":["x.y","x.z"],"reason":"why"})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sceplab::vectors::test
