#include <vectors/run/cases.h>

#include <vectors/tests/run/documents.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::vectors::test {
namespace {

struct Change {
    const char* name;
    void (*change)(Json&);
    const char* reason;  // a part of it
};
std::ostream& operator<<(std::ostream& out, const Change& change) { return out << change.name; }

Json& test_of(Json& document, std::size_t at) { return document["testGroups"][0]["tests"][at]; }

const std::vector<Change> changes{
    {"a flag that is not known", [](Json& all) { test_of(all, 1)["flags"] = {"Other"}; }, "/testGroups/0/tests/1/flags/0: "},
    {"a flag without its note", [](Json& all) { all["notes"].erase("NonMinimal"); }, "the flag NonMinimal of der-0002 is in no note"},
    {"no comment", [](Json& all) { test_of(all, 0).erase("comment"); }, "/testGroups/0/tests/0: Missing required property 'comment'"},
    {"an empty comment", [](Json& all) { test_of(all, 0)["comment"] = ""; }, "/testGroups/0/tests/0/comment: "},
    {"an id twice", [](Json& all) { test_of(all, 1)["id"] = "der-0001"; }, "the id der-0001 is there twice"},
    {"an id of another file", [](Json& all) { test_of(all, 1)["id"] = "ber-0002"; }, "the id ber-0002 is none of this file"},
    {"an id that is none", [](Json& all) { test_of(all, 1)["id"] = "2"; }, "/testGroups/0/tests/1/id: "},
    {"a result that is none", [](Json& all) { test_of(all, 1)["result"] = "bad"; }, "/testGroups/0/tests/1/result: "},
    {"an input with half an octet", [](Json& all) { test_of(all, 1)["input"] = "028"; }, "der-0002 has half an octet"},
    {"an input of other digits", [](Json& all) { test_of(all, 1)["input"] = "02zz"; }, "/testGroups/0/tests/1/input: "},
    {"no name", [](Json& all) { test_of(all, 1).erase("name"); }, "/testGroups/0/tests/1: Missing required property 'name'"},
    {"no input", [](Json& all) { test_of(all, 1).erase("input"); }, "/testGroups/0/tests/1: Missing required property 'input'"},
    {"an invalid case without a flag", [](Json& all) { test_of(all, 1)["flags"] = Json::array(); }, "/testGroups/0/tests/1/flags: "},
    {"an invalid case with fields", [](Json& all) { test_of(all, 1)["fields"] = {{"value", "1"}}; }, "/testGroups/0/tests/1: Failed to validate against schema associated with property name 'fields'"},
    {"a member that is not known", [](Json& all) { test_of(all, 1)["reslut"] = "valid"; }, "/testGroups/0/tests/1: "},
    {"a type that is not known", [](Json& all) { all["testGroups"][0]["type"] = "Derivative"; }, "/testGroups/0"},
    {"a group without its type", [](Json& all) { all["testGroups"][0].erase("as"); }, "/testGroups/0: Missing required property 'as'"},
    {"another count", [](Json& all) { all["numberOfTests"] = 3; }, "/numberOfTests: there are 2 tests"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cases)

BOOST_AUTO_TEST_CASE(a_harness_is_not_told_what_is_expected) {
    const Documents documents;
    const std::filesystem::path path = documents.path();
    const Loaded loaded = load({&path, 1});
    BOOST_TEST(loaded.faults.empty());
    BOOST_REQUIRE(loaded.vectors.size() == 2U);
    BOOST_TEST(loaded.vectors[1].request.dump() == R"({"id":"der-0002","type":"DerValue","as":"INTEGER","input":"02810101"})");
    BOOST_TEST(loaded.vectors[1].file == "der");
}

BOOST_DATA_TEST_CASE(what_is_wrong_is_named, boost::unit_test::data::make(changes)) {
    const Documents documents(sample.change);
    const std::filesystem::path path = documents.path() / "der.json";
    const Loaded loaded = load({&path, 1});
    BOOST_REQUIRE(!loaded.faults.empty());
    BOOST_TEST(loaded.faults[0].path == path);
    BOOST_TEST(loaded.faults[0].reason.find(sample.reason) != std::string::npos, loaded.faults[0].reason);
}

BOOST_AUTO_TEST_CASE(files_that_are_no_documents_are_named) {
    const Documents documents;
    documents.write("none.json", "[1, ");
    const auto reason = [](const std::filesystem::path& path) {
        const Loaded loaded = load({&path, 1});
        return loaded.faults.size() == 1 ? loaded.faults[0].reason : std::to_string(loaded.faults.size());
    };
    BOOST_TEST(reason(documents.path() / "none.json") == "is not JSON");
    BOOST_TEST(reason(documents.path() / "missing.json") == "cannot be read");
    std::filesystem::remove(documents.path() / "none.json");
    std::filesystem::remove(documents.path() / "sceplab-vectors-1.schema.json");
    BOOST_TEST(reason(documents.path()) == "is missing");
    std::filesystem::remove(documents.path() / "der.json");
    BOOST_TEST(reason(documents.path()) == "holds no vectors");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sceplab::vectors::test
