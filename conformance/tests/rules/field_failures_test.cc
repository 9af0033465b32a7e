#include <conformance/tests/rules/rows.h>

#include <conformance/rules/field_failures.h>
#include <conformance/rules/registry.h>
#include <sceptest.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

// The table of field failures: for each row a play of the laboratory in which its finding appears, or the reason why there can be none.
namespace {

using namespace sceplab;

// A line of field_failures.tsv: the failure, the row that plays it, the rule whose finding it is; "-" where the table has a reason instead.
struct Played {
    std::string id;
    std::string play;
    std::string rule;
};

std::vector<Played> played() {
    std::ifstream file(sceptest::source_dir() / "conformance" / "tests" / "rules" / "field_failures.tsv");
    std::vector<Played> out;
    std::string line;
    std::getline(file, line);
    BOOST_TEST(line == "id\tplay\tfinding");
    while (std::getline(file, line)) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        out.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return out;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto space = text.find(' ');
        out.emplace_back(text.substr(0, space));
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    }
    return out;
}

bool knows(const rules::Finding& finding, std::string_view id) {
    return std::ranges::any_of(finding.known, [&](const rules::KnownFailure* failure) { return failure->id == id; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(field_failures)

BOOST_AUTO_TEST_CASE(rows_are_whole) {
    std::set<std::string, std::less<>> rule_ids;
    for (const auto& rule : rules::all_rules()) {
        rule_ids.emplace(rule.id);
    }
    std::set<std::string_view> seen;
    for (const rules::KnownFailure& row : rules::known_failures()) {
        BOOST_TEST_CONTEXT(row.id) {
            BOOST_TEST(seen.insert(row.id).second);
            BOOST_TEST(row.links.starts_with("https://"));
            BOOST_TEST(row.breaks.size() > 2U);
            BOOST_TEST(row.what.size() > 20U);
            BOOST_TEST(!row.what.ends_with('.'));
            if (row.kind == "finding") {
                BOOST_TEST((row.side == "request" || row.side == "response" || row.side == "both"), row.side);
                for (const std::string& rule : words(row.rules)) {
                    BOOST_TEST(rule_ids.contains(rule), rule << " is no rule");
                }
            } else {
                BOOST_TEST((row.kind == "live" || row.kind == "receiver"), row.kind);
                BOOST_TEST(row.rules == "-");
                BOOST_TEST(row.reason.size() > 20U);
            }
        }
    }
    BOOST_TEST(seen.size() == 117U);
}

BOOST_AUTO_TEST_CASE(each_is_played_or_has_a_reason) {
    const auto rows = test::all_rows();
    std::map<std::string, rules::Result> results;
    std::size_t with_finding = 0;
    const auto lines = played();
    BOOST_REQUIRE(lines.size() == rules::known_failures().size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const rules::KnownFailure& failure = rules::known_failures()[i];
        const Played& line = lines[i];
        BOOST_TEST_CONTEXT(failure.id) {
            BOOST_TEST(line.id == failure.id);
            if (failure.kind != "finding") {
                BOOST_TEST(line.play == "-");
                continue;
            }
            const auto row = std::ranges::find_if(rows, [&](const test::Row& each) {
                return each.name == line.play && std::ranges::find(each.findings, line.rule) != each.findings.end();
            });
            BOOST_REQUIRE_MESSAGE(row != rows.end(), "no row \"" << line.play << "\" with " << line.rule);
            auto result = results.find(line.play + line.rule);
            if (result == results.end()) {
                result = results.emplace(line.play + line.rule, test::play(*row)).first;
            }
            const bool found = std::ranges::any_of(result->second.findings, [&](const rules::Finding& finding) {
                return finding.rule.id == line.rule && knows(finding, failure.id);
            });
            BOOST_TEST(found, line.play << ": no " << line.rule << " that is known as " << failure.id);
            with_finding += found ? 1U : 0U;
        }
    }
    BOOST_TEST(with_finding >= 95U);
}

// Octets that conform are never called faulty because some receiver breaks on them.
BOOST_AUTO_TEST_CASE(what_conforms_is_a_notice) {
    for (const auto& rule : rules::all_rules()) {
        for (const std::string_view family : {"field.", "answer-text.", "vendor.", "producer."}) {
            const bool deviates = rule.id == "field.oaep-parameters" || rule.id == "field.challenge-is-attribute" ||
                                  rule.id == "field.challenge-stays-inside";
            BOOST_TEST((!rule.id.starts_with(family) || deviates || rule.severity == rules::Severity::notice), rule.id);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_finding_is_known_by_its_side_and_its_text) {
    const auto ids = [](std::string_view rule, rules::Side side, const char* message) {
        std::vector<std::string_view> out;
        for (const auto* failure : rules::known_failures(rule, {{.exchange = 0, .side = side, .where = {}, .path = {}}, message, {}})) {
            out.push_back(failure->id);
        }
        return out;
    };
    const std::vector<std::string_view> empty_answer{"FF-005"};
    BOOST_TEST(ids("message.decodes", rules::Side::response, "there is no message") == empty_answer, boost::test_tools::per_element());
    BOOST_TEST(ids("message.decodes", rules::Side::request, "there is no message").empty());
    BOOST_TEST(ids("message.decodes", rules::Side::response, "the body is no CMS message").empty());
    BOOST_TEST(ids("no.rule", rules::Side::request, "").empty());
}

BOOST_AUTO_TEST_SUITE_END()
