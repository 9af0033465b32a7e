#include <conformance/tests/rules/documents.h>
#include <conformance/tests/rules/rows.h>

#include <conformance/rules/catalogue.h>
#include <conformance/rules/registry.h>
#include <sceptest.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

// The catalogue of requirements against the registry of rules and the tests; and the documents that are made of them.
namespace {

using namespace sceplab;

std::set<std::string_view> words(std::string_view text) {
    std::set<std::string_view> out;
    while (!text.empty()) {
        const auto space = text.find(' ');
        out.insert(text.substr(0, space));
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    }
    return out;
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> known) { return std::ranges::find(known, text) != known.end(); }

const rules::DocumentContents* contents(std::string_view document) {
    const auto found = std::ranges::find(rules::documents(), document, &rules::DocumentContents::name);
    return found == rules::documents().end() ? nullptr : &*found;
}

bool has_section(std::string_view document, std::string_view section) {
    const auto* found = contents(document);
    return found != nullptr && words(found->sections).contains(section);
}

constexpr std::string_view same_as = "same as ";

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

// With SCEPTEST_UPDATE set the document is written; without, the one that is there must be the same.
void hold(const std::filesystem::path& path, const std::string& text) {
    if (std::getenv("SCEPTEST_UPDATE") != nullptr) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }
    BOOST_TEST((read(path) == text), path.filename() << " is out of date: ./dev doc makes it anew");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(rows_are_whole) {
    std::set<std::string_view> seen;
    for (const rules::Requirement& row : rules::requirements()) {
        BOOST_TEST_CONTEXT(row.id) {
            BOOST_TEST(seen.insert(row.id).second);
            BOOST_TEST(has_section(row.document, row.section), row.document << " has no section " << row.section);
            BOOST_TEST(one_of(row.level, {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "fact"}), row.level);
            BOOST_TEST(one_of(row.severity, {"error", "warning", "notice", "-"}), row.severity);
            BOOST_TEST((one_of(row.kind, {"rule", "guard", "report", "live", "not decidable"}) || row.kind.starts_with(same_as)), row.kind);
            BOOST_TEST(row.statement.size() > 15U);
            BOOST_TEST((row.links == "-" || row.links.starts_with("https://")), row.links);
        }
    }
    BOOST_TEST(seen.size() >= 600U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decided_has_a_reason_and_is_little) {
    std::size_t undecided = 0;
    for (const rules::Requirement& row : rules::requirements()) {
        if (row.kind == "live" || row.kind == "not decidable") {
            BOOST_TEST(row.by.size() > 10U, row.id << " has no reason");
            undecided += row.kind == "not decidable" ? 1U : 0U;
        }
        if (row.kind.starts_with(same_as)) {
            const auto* other = rules::requirement(row.kind.substr(same_as.size()));
            BOOST_TEST((other != nullptr && other != &row && !other->kind.starts_with(same_as)), row.id << " is the " << row.kind);
        }
    }
    BOOST_TEST(undecided <= 40U);
}

BOOST_AUTO_TEST_CASE(rules_and_rows_name_each_other) {
    std::map<std::string_view, std::set<std::string_view>> covered;  // requirement to rules
    for (const rules::RuleInfo& rule : rules::all_rules()) {
        BOOST_TEST(has_section(name(rule.cite.document), rule.cite.section), rule.id << " cites " << to_string(rule.cite));
        for (const std::string_view id : rule.covers) {
            BOOST_TEST((rules::requirement(id) != nullptr), rule.id << " covers " << id << ", which is not in the catalogue");
            covered[id].insert(rule.id);
        }
    }
    for (const rules::Requirement& row : rules::requirements()) {
        const bool by_rules = row.kind == "rule" || (row.kind == "report" && !row.by.starts_with("exchanges[]"));
        const auto expected = by_rules ? words(row.by) : std::set<std::string_view>();
        BOOST_TEST(covered[row.id] == expected, boost::test_tools::per_element());
        if (covered[row.id] != expected) {
            BOOST_TEST_MESSAGE(row.id << " (" << row.kind << ") names " << row.by);
        }
        BOOST_TEST((row.kind != "rule" || !row.by.empty()), row.id << " names no rule");
    }
}

BOOST_AUTO_TEST_CASE(each_guard_is_a_test) {
    std::set<std::string_view> tests;
    const auto guards = test::all_guards();
    for (const test::Row& each : guards) {
        tests.insert(each.name);
    }
    std::set<std::string_view> named;
    for (const rules::Requirement& row : rules::requirements()) {
        if (row.kind == "guard") {
            BOOST_TEST(tests.contains(row.by), row.id << ": no guard \"" << row.by << '"');
            named.insert(row.by);
        }
    }
    for (const std::string_view each : tests) {
        BOOST_TEST(named.contains(each), "no requirement names the guard \"" << each << '"');
    }
}

BOOST_AUTO_TEST_CASE(documents_are_made_of_the_tables) {
    const auto folder = sceptest::source_dir() / "conformance";
    const auto examples = test::examples();
    hold(folder / "examples.tsv", test::render_examples(examples));
    hold(folder / "doc" / "rules.md", test::render_rules(examples));
    hold(folder / "doc" / "coverage.md", test::render_coverage());
}

BOOST_AUTO_TEST_SUITE_END()
