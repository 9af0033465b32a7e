#include "../der/octets.h"

#include <scepcodec/der/writer.h>
#include <scepcodec/x509/name.h>

#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <string>

using namespace scep;
using namespace scep::x509;
using der::Input;
using der::Tag;
using der::Writer;
namespace data = boost::unit_test::data;
namespace tag = scep::der::tag;
using sceptest::must;

namespace {

struct Value {
    der::OidConstant type;
    Tag string;
    std::string octets;
};
using Rdns = std::vector<std::vector<Value>>;

constexpr auto cn = der::oid("2.5.4.3");
constexpr auto o = der::oid("2.5.4.10");
constexpr auto own = der::oid("1.2.3.4");

std::vector<std::uint8_t> name_of(const Rdns& rdns) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            for (const auto& rdn : rdns) {
                w.set([&] {
                    for (const Value& attribute : rdn) {
                        w.sequence([&] {
                            w.oid(attribute.type);
                            w.primitive(attribute.string, attribute.octets);
                        });
                    }
                });
            }
        });
    });
}

struct MatchRow {
    std::string what;
    Rdns a;
    Rdns b;
    NameMatch match;
    friend std::ostream& operator<<(std::ostream& out, const MatchRow& row) { return out << row.what; }
};

Rdns one(Tag string, std::string octets) { return {{{cn, string, std::move(octets)}}}; }
Rdns one(std::string text) { return one(tag::UTF8String, std::move(text)); }

const std::vector<MatchRow> matches{
    {"empty", {}, {}, NameMatch::same_octets},
    {"same", one("A"), one("A"), NameMatch::same_octets},
    {"another text", one("A"), one("B"), NameMatch::different},
    {"empty and not", {}, one("A"), NameMatch::different},
    {"case", one("Example CA"), one("eXAMPLE ca"), NameMatch::equivalent},
    {"string type", one(tag::PrintableString, "Example"), one("Example"), NameMatch::equivalent},
    {"Latin-1 and UTF-8", one(tag::TeletexString, "M\xfcller"), one("m\u00fcller"), NameMatch::equivalent},
    {"BMP and UTF-8", one(tag::BMPString, std::string("\x00M\x00\xfc", 4)), one("m\u00fc"), NameMatch::equivalent},
    {"case of letters beyond ASCII is not folded", one("\u00dc"), one("\u00fc"), NameMatch::different},
    {"outer spaces", one("  A B "), one("A B"), NameMatch::equivalent},
    {"repeated spaces", one("A   B"), one("a b"), NameMatch::equivalent},
    {"a space that is missing", one("A B"), one("AB"), NameMatch::different},
    {"spaces alone", one("   "), one(""), NameMatch::equivalent},
    {"another type", one("A"), {{{o, tag::UTF8String, "A"}}}, NameMatch::different},
    {"order of RDNs",
     {{{cn, tag::UTF8String, "A"}}, {{o, tag::UTF8String, "B"}}},
     {{{o, tag::UTF8String, "B"}}, {{cn, tag::UTF8String, "A"}}},
     NameMatch::different},
    {"one more RDN", one("A"), {{{cn, tag::UTF8String, "A"}}, {{cn, tag::UTF8String, "A"}}}, NameMatch::different},
    {"order within an RDN",
     {{{cn, tag::UTF8String, "A"}, {o, tag::UTF8String, "B"}}},
     {{{o, tag::UTF8String, "B"}, {cn, tag::UTF8String, "A"}}},
     NameMatch::equivalent},
    {"one value less", {{{cn, tag::UTF8String, "A"}, {o, tag::UTF8String, "B"}}}, one("A"), NameMatch::different},
    {"the same value twice is not two values",
     {{{cn, tag::UTF8String, "A"}, {cn, tag::UTF8String, "A"}}},
     {{{cn, tag::UTF8String, "A"}, {cn, tag::UTF8String, "B"}}},
     NameMatch::different},
    {"nor the other way round",
     {{{cn, tag::UTF8String, "A"}, {cn, tag::UTF8String, "B"}}},
     {{{cn, tag::UTF8String, "A"}, {cn, tag::UTF8String, "A"}}},
     NameMatch::different},
    {"no string, the same", {{{cn, tag::OCTET_STRING, "A"}}}, {{{cn, tag::OCTET_STRING, "A"}}}, NameMatch::same_octets},
    {"no string, case",
     {{{cn, tag::OCTET_STRING, "A"}, {o, tag::UTF8String, "b"}}},
     {{{cn, tag::OCTET_STRING, "a"}, {o, tag::UTF8String, "b"}}},
     NameMatch::different},
    {"a string and none", one(tag::OCTET_STRING, "A"), one("A"), NameMatch::different},
    {"no proper text in another type", one(tag::IA5String, "\xff"), one("\xff"), NameMatch::different},
    {"a control character and its spelling", one(tag::IA5String, "a\x01"), one("a\\x01"), NameMatch::different},
    {"an improper octet and its spelling", one(tag::IA5String, "a\xff"), one("a\\xff"), NameMatch::different},
};

struct TextRow {
    Rdns name;
    std::string text;
    friend std::ostream& operator<<(std::ostream& out, const TextRow& row) { return out << row.text; }
};

const std::vector<TextRow> texts{
    {{}, ""},
    {{{{o, tag::UTF8String, "x"}}, {{cn, tag::PrintableString, "y"}}}, "O=x, CN=y"},
    {{{{o, tag::UTF8String, "x"}, {cn, tag::UTF8String, "y"}}}, "O=x+CN=y"},
    {{{{own, tag::UTF8String, "x"}}}, "1.2.3.4=x"},
    {{{{own, tag::OCTET_STRING, "x"}}}, "1.2.3.4=#040178"},
    {{{{cn, tag::UTF8String, ",+\"\\<>;="}}}, "CN=\\,\\+\\\"\\\\\\<\\>\\;\\="},
    {{{{cn, tag::UTF8String, " a "}}}, "CN=\\ a\\ "},
    {{{{cn, tag::UTF8String, " "}}}, "CN=\\ "},
    {{{{cn, tag::UTF8String, "#a#"}}}, "CN=\\#a#"},
    {{{{cn, tag::UTF8String, "\u20ac"}}}, "CN=\u20ac"},
    {{{}}, ""},
};

} // namespace

BOOST_DATA_TEST_CASE(names_match_as_prepared_text, data::make(matches), row) {
    const auto a = name_of(row.a);
    const auto b = name_of(row.b);
    const Name left = must(Name::decode(Input(a)));
    const Name right = must(Name::decode(Input(b)));
    BOOST_TEST((match(left, right) == row.match));
    BOOST_TEST((match(right, left) == row.match));
}

BOOST_DATA_TEST_CASE(a_name_is_shown_in_the_order_of_its_encoding, data::make(texts), row) {
    const auto octets = name_of(row.name);
    const Name name = must(Name::decode(Input(octets)));
    BOOST_TEST(name.to_string() == row.text);
    BOOST_TEST(name.empty() == row.name.empty());
}

BOOST_AUTO_TEST_CASE(a_broken_part_of_a_name_is_shown_and_matches_nothing) {
    // An RDN that is no SET, one whose attribute has no type.
    const auto octets = sceptest::hex("30 17 31 0a 30 08 06 03 55 04 03 0c 01 41 30 00 31 07 30 05 05 00 0c 01 42");
    const Name name = must(Name::decode(Input(octets)));
    BOOST_TEST(name.to_string() == "CN=A, ?, ?");
    auto changed = octets;
    changed[13] = 'a';
    BOOST_TEST((match(name, must(Name::decode(Input(changed)))) == NameMatch::different));
    BOOST_TEST((match(name, name) == NameMatch::same_octets));
}

BOOST_AUTO_TEST_CASE(names_of_many_values_are_matched_in_time) {
    std::vector<Value> values;
    for (int i = 0; i < 20'000; ++i) {
        values.push_back({cn, tag::UTF8String, std::to_string(i)});
    }
    const auto a = name_of({values});
    std::ranges::reverse(values);
    const auto b = name_of({values});
    values.front().octets = "x";
    const auto c = name_of({values});
    const auto start = std::chrono::steady_clock::now();
    const Name name = must(Name::decode(Input(a)));
    BOOST_TEST((match(name, must(Name::decode(Input(b)))) == NameMatch::equivalent));
    BOOST_TEST((match(name, must(Name::decode(Input(c)))) == NameMatch::different));
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
}
