#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/exchanges/transcript.h>
#include <vectors/generate/families.h>
#include <vectors/run/own.h>

#include <conformance/rules/registry.h>
#include <conformance/tests/support/schema.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>

// The cases of the family Exchange against the rules, and each rule against the cases.
namespace {

using namespace sceplab;
using vectors::Answer;
using vectors::Json;

struct Exchange {
    const vectors::Case* test;
    Json request; // as the harness contract has it
    std::vector<std::string> findings;
};

const std::vector<Exchange>& exchanges() {
    static const vectors::File file = vectors::exchange();
    static const std::vector<Exchange> all = [] {
        std::vector<Exchange> out;
        for (const vectors::Group& group : file.groups) {
            for (const vectors::Case& each : group.cases) {
                Json request = {{"type", group.type}};
                request.update(group.members);
                request.update(each.members);
                request.erase("findings");
                out.push_back({&each, std::move(request), each.members.at("findings")});
            }
        }
        return out;
    }();
    return all;
}

bool as_expected(const Exchange& exchange, const Answer& answer) {
    const bool invalid = exchange.test->result == vectors::Result::invalid;
    return answer.findings == exchange.findings && answer.state == (invalid ? Answer::State::reject : Answer::State::accept);
}

std::string listed(const std::vector<std::string>& findings) {
    std::string out;
    for (const std::string& each : findings) {
        out += " " + each;
    }
    return out.empty() ? " nothing" : out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchanges_of_the_vectors)

BOOST_AUTO_TEST_CASE(each_is_answered_as_expected) {
    BOOST_TEST(exchanges().size() >= 600U);
    for (const Exchange& each : exchanges()) {
        const Answer answer = vectors::own_exchange(each.request);
        BOOST_TEST(as_expected(each, answer), each.test->name << ": " << answer.reason << "; found"
                                                              << listed(answer.findings.value_or(std::vector<std::string>()))
                                                              << ", expected" << listed(each.findings));
    }
}

BOOST_AUTO_TEST_CASE(no_rule_may_be_left_out) {
    for (const rules::RuleInfo& rule : rules::all_rules()) {
        const std::string id(rule.id);
        const auto found = std::ranges::find_if(
            exchanges(), [&](const Exchange& each) { return std::ranges::find(each.findings, id) != each.findings.end(); });
        BOOST_TEST((found != exchanges().end()), "no case in which " << id << " fires");
        if (found != exchanges().end()) {
            Json request = found->request;
            request["without"] = id;
            const Answer answer = vectors::own_exchange(request);
            BOOST_TEST(!as_expected(*found, answer), found->test->name << " is answered the same without " << id);
            std::vector<std::string> rest = found->findings;
            std::erase(rest, id);
            BOOST_TEST((answer.findings == rest),
                       found->test->name << " without " << id << ": found" << listed(answer.findings.value_or(std::vector<std::string>())));
        }
    }
}

// With the same random octets in all of them, no two are the same.
BOOST_AUTO_TEST_CASE(no_case_differs_from_another_by_random_octets_alone) {
    std::map<std::string, std::string> seen;
    for (const vectors::Entry& entry : vectors::entries()) {
        vectors::Laboratory lab;
        vectors::begin_case("the same for all");
        lab.introduce();
        entry.row->play(lab);
        const auto [other, added] = seen.try_emplace(std::string(entry.row->profile) + vectors::told(lab).dump(), vectors::name_of(entry));
        BOOST_TEST(added, vectors::name_of(entry) << " plays what " << other->second << " plays");
    }
}

BOOST_AUTO_TEST_CASE(transcripts_and_facts_fit_their_schemas) {
    const test::Schema transcript("conformance/input/sceplab-transcript-1.schema.json");
    const test::Schema facts("conformance/cli/sceplab-facts-1.schema.json");
    for (const Exchange& each : exchanges()) {
        BOOST_TEST(transcript.wrong(each.request.at("transcript")) == "", each.test->name);
        BOOST_TEST((!each.request.contains("facts") || facts.wrong(each.request.at("facts")).empty()), each.test->name);
    }
}

BOOST_AUTO_TEST_CASE(comments_differ_and_flags_are_there) {
    std::set<std::string_view> comments;
    for (const Exchange& each : exchanges()) {
        BOOST_TEST(each.test->comment.find(". ") != std::string::npos, each.test->name << " does not say why it is there");
        BOOST_TEST(comments.insert(each.test->comment).second, each.test->name << " has the comment of another: " << each.test->comment);
        BOOST_TEST((each.test->result == vectors::Result::valid || !each.test->flags.empty()), each.test->name << " has no flag");
    }
}

BOOST_AUTO_TEST_SUITE_END()
