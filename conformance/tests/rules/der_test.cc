#include <conformance/tests/rules/rows.h>
#include <vectors/generate/structures.h>

#include <conformance/evidence/strict_der.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Octets;
namespace data = boost::unit_test::data;

struct Fault {
    const char* name;
    Octets octets;
    std::optional<evidence::DerFaultKind> kind;
};
std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

using enum evidence::DerFaultKind;
const std::vector<Fault> faults{
    {"a short definite SEQUENCE", {0x30, 3, 2, 1, 5}, {}},
    {"indefinite length", {0x30, 0x80, 2, 1, 5, 0, 0}, indefinite_length},
    {"a length in one octet too many", {0x30, 0x81, 3, 2, 1, 5}, non_minimal_length},
    {"a length with a zero in front", {0x04, 0x82, 0, 1, 7}, non_minimal_length},
    {"an OCTET STRING in parts", {0x24, 3, 4, 1, 7}, constructed_string},
    {"a UTCTime in parts, each of them half a time",
     {0x37, 17, 0x17, 6, '2', '6', '0', '1', '0', '1', 0x17, 7, '0', '0', '0', '0', '0', '0', 'Z'},
     constructed_string},
    {"an INTEGER of no octets", {2, 0}, integer},
    {"an INTEGER with 00 in front", {2, 2, 0, 0x7f}, integer},
    {"an INTEGER with 00 that makes it positive", {2, 2, 0, 0x80}, {}},
    {"an INTEGER with ff in front", {2, 2, 0xff, 0x80}, integer},
    {"an OID with 80 in front of an arc", {6, 3, 0x2a, 0x80, 3}, object_identifier},
    {"an OID that does not end", {6, 2, 0x2a, 0x83}, object_identifier},
    {"BOOLEAN 00", {1, 1, 0}, {}},
    {"BOOLEAN 01", {1, 1, 1}, boolean},
    {"NULL with content", {5, 1, 0}, null},
    {"unused bits that are set", {3, 2, 4, 0xff}, bit_string},
    {"UTCTime", {0x17, 13, '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0', 'Z'}, {}},
    {"UTCTime without seconds", {0x17, 11, '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', 'Z'}, utc_time},
    {"GeneralizedTime with a fraction", {0x18, 17, '2', '0', '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0', '.', '5', 'Z'}, {}},
    {"GeneralizedTime with a fraction of zero", {0x18, 17, '2', '0', '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0', '.', '0', 'Z'}, generalized_time},
    {"GeneralizedTime in local time", {0x18, 14, '2', '0', '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0'}, generalized_time},
    {"a SET OF in order", {0x31, 6, 2, 1, 1, 2, 1, 2}, {}},
    {"a SET OF out of order", {0x31, 6, 2, 1, 2, 2, 1, 1}, unsorted_set_of},
    {"PrintableString with @", {0x13, 1, '@'}, characters},
    {"UTF8String that is none", {0x0c, 1, 0xc3}, characters},
    {"IA5String beyond 7f", {0x16, 1, 0xe4}, characters},
    {"critical FALSE", {0x30, 11, 6, 3, 0x55, 0x1d, 0x0e, 1, 1, 0, 4, 1, 5}, default_encoded},
    {"version v1", {0x30, 5, 0xa0, 3, 2, 1, 0}, default_encoded},
    {"keyUsage with zeros at its end", {0x30, 11, 6, 3, 0x55, 0x1d, 0x0f, 4, 4, 3, 2, 0, 0xa0}, named_bits},
    {"keyUsage in its shortest form", {0x30, 11, 6, 3, 0x55, 0x1d, 0x0f, 4, 4, 3, 2, 5, 0xa0}, {}},
    {"an octet after an extension's value", {0x30, 10, 6, 3, 0x55, 0x1d, 0x0e, 4, 3, 4, 0, 9}, trailing_octets},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(strict_der)

BOOST_DATA_TEST_CASE(deviations, data::make(test::der_rows())) { test::check(sample); }

BOOST_DATA_TEST_CASE(one_fault_is_found, data::make(faults)) {
    const auto found = evidence::der_faults(scep::der::Input(sample.octets));
    BOOST_REQUIRE(found.size() == (sample.kind ? 1U : 0U));
    BOOST_TEST((!sample.kind || found[0].kind == *sample.kind));
}

BOOST_AUTO_TEST_CASE(each_kind_is_told_once_and_depth_ends_the_walk) {
    Octets many;
    for (int i = 0; i < 100; ++i) {
        many.insert(many.end(), {1, 1, 1});
    }
    const auto found = evidence::der_faults(scep::der::Input(test::sequence({many})));
    BOOST_TEST(found.size() == 1U);
    Octets deep{1, 1, 1};
    for (int i = 0; i < 1000; ++i) {
        deep = test::sequence({deep});
    }
    BOOST_TEST(evidence::der_faults(scep::der::Input(deep)).empty());
}

BOOST_AUTO_TEST_CASE(characters_are_not_shown) {
    const auto found = evidence::der_faults(scep::der::Input(test::tlv(scep::der::tag::PrintableString, test::text("s@cret"))));
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].what == "characters that no PrintableString has");
}

BOOST_AUTO_TEST_SUITE_END()
