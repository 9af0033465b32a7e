#include "octets.h"

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <set>
#include <string>
#include <type_traits>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;

static_assert(std::is_trivially_copyable_v<Error> && std::is_trivially_destructible_v<Error>);

namespace {

Error make_error(ErrorCode code, Location where, Tag expected = tag::none, Tag or_expected = tag::none, Tag actual = tag::none) {
    Error error;
    error.code = code;
    error.where = where;
    error.expected = expected;
    error.or_expected = or_expected;
    error.actual = actual;
    return error;
}

struct TextRow {
    Error error;
    std::string text;
    friend std::ostream& operator<<(std::ostream& out, const TextRow& row) { return out << row.text; }
};

const std::vector<TextRow> texts{
    {make_error(ErrorCode::unexpected_tag, {0, 412, 34}, tag::SEQUENCE, tag::context(0), tag::OCTET_STRING)
         .in("sid")
         .in("signerInfos", 0)
         .in("SignedData"),
     "SignedData.signerInfos[0].sid: SEQUENCE or [0] expected, OCTET STRING at 412..446"},
    {make_error(ErrorCode::unexpected_tag, {9, 5, 2}, tag::INTEGER, tag::none, Tag::make(TagClass::universal, false, 9)).in("version"),
     "version: INTEGER expected, [UNIVERSAL 9] at 5..7"},
    {make_error(ErrorCode::end_of_input, {0, 30, 0}, tag::BIT_STRING).in("signature"),
     "signature: BIT STRING expected, the value ends at 30"},
    {make_error(ErrorCode::invalid_time, {0, 7, 13}).in("attrValues", 2).in(nullptr, 3), "[3].attrValues[2]: invalid_time at 7..20"},
    {make_error(ErrorCode::truncated, {0, 0, 0}), "truncated at 0"},
    {make_error(ErrorCode::trailing_data, {0, 0xfffffff0, 15}).in(nullptr), "trailing_data at 4294967280..4294967295"},
};

struct TagRow {
    Tag tag;
    std::string text;
    friend std::ostream& operator<<(std::ostream& out, const TagRow& row) { return out << row.text; }
};

const std::vector<TagRow> tags{
    {tag::BOOLEAN, "BOOLEAN"},
    {tag::ENUMERATED, "ENUMERATED"},
    {tag::SEQUENCE, "SEQUENCE"},
    {tag::SEQUENCE.as_primitive(), "primitive SEQUENCE"},
    {tag::SET, "SET"},
    {tag::OCTET_STRING.as_constructed(), "constructed OCTET STRING"},
    {tag::context(0), "[0]"},
    {tag::context_constructed(31), "[31]"},
    {Tag::make(TagClass::application, true, 3), "[APPLICATION 3]"},
    {Tag::make(TagClass::private_, false, 300), "[PRIVATE 300]"},
    {Tag::make(TagClass::universal, false, 13), "[UNIVERSAL 13]"},
};

} // namespace

BOOST_DATA_TEST_CASE(an_error_says_what_and_where, data::make(texts), row) { BOOST_TEST(row.error.to_string() == row.text); }

BOOST_DATA_TEST_CASE(a_tag_is_named_as_asn1_writes_it, data::make(tags), row) { BOOST_TEST(to_string(row.tag) == row.text); }

BOOST_AUTO_TEST_CASE(every_code_has_a_name_of_its_own) {
    std::set<std::string_view> names;
    int count = 0;
    for (int code = static_cast<int>(ErrorCode::end_of_input); code <= static_cast<int>(ErrorCode::internal_error); ++code) {
        const std::string_view text = name(static_cast<ErrorCode>(code));
        BOOST_TEST(text != "unknown_error");
        BOOST_TEST(names.insert(text).second);
        ++count;
    }
    BOOST_TEST(count == 38);
    BOOST_TEST(name(static_cast<ErrorCode>(0)) == "unknown_error");
    BOOST_TEST(name(static_cast<ErrorCode>(9999)) == "unknown_error");
}

// The numbers are API: a code keeps its own.
BOOST_AUTO_TEST_CASE(codes_keep_their_numbers) {
    BOOST_TEST(static_cast<int>(ErrorCode::end_of_input) == 1);
    BOOST_TEST(static_cast<int>(ErrorCode::unexpected_tag) == 11);
    BOOST_TEST(static_cast<int>(ErrorCode::trailing_data) == 12);
    BOOST_TEST(static_cast<int>(ErrorCode::invalid_string) == 20);
    BOOST_TEST(static_cast<int>(ErrorCode::limit_elements) == 23);
    BOOST_TEST(static_cast<int>(ErrorCode::decryption_failed) == 37);
}

BOOST_AUTO_TEST_CASE(a_path_drops_its_outermost_steps_beyond_capacity) {
    FieldPath path;
    path.enclose("inner", 7);
    for (std::size_t i = 1; i < FieldPath::capacity; ++i) {
        path.enclose("s");
    }
    BOOST_TEST(path.size() == FieldPath::capacity);
    BOOST_TEST(path.to_string().starts_with("s.s."));
    path.enclose("outer");
    path.enclose("outermost", 1);
    BOOST_TEST(path.size() == FieldPath::capacity);
    BOOST_TEST(path.to_string().starts_with("...s.s."));
    BOOST_TEST(path.to_string().ends_with(".s.inner[7]"));
    BOOST_TEST(path.to_string().find("outer") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_step_without_name_and_index_is_none) {
    FieldPath path;
    path.enclose("field");
    path.enclose(nullptr);
    path.enclose(nullptr, 4);
    path.enclose("list");
    BOOST_TEST(path.size() == 3u);
    BOOST_TEST(path.to_string() == "list[4].field");
    BOOST_TEST(std::string_view(path[0].name) == "list");
    BOOST_TEST(path[1].index == 4);
}
