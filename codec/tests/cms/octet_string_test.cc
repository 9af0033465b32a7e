#include "openssl.h"

#include <scepcodec/cms/octet_string.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

struct Row {
    const char* name;
    const char* octets;
    std::uint32_t parts;
    std::uint32_t size;
    const char* joined;                    // all parts
    std::optional<const char*> contiguous; // nothing: not in one piece
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const Row rows[] = {
    {"primitive", "0403010203", 1, 3, "010203", "010203"},
    {"primitive, empty", "0400", 1, 0, "", ""},
    {"implicit", "80020102", 1, 2, "0102", "0102"},
    {"no parts", "2400", 0, 0, "", ""},
    {"one part", "24040402aabb", 1, 2, "aabb", "aabb"},
    {"one empty part", "24020400", 1, 0, "", ""},
    {"two parts", "24070401aa0402bbcc", 2, 3, "aabbcc", std::nullopt},
    {"implicit, two parts", "a0070401aa0402bbcc", 2, 3, "aabbcc", std::nullopt},
    {"an empty part before", "240504000401aa", 2, 1, "aa", "aa"},
    {"an empty part after", "24050401aa0400", 2, 1, "aa", "aa"},
    {"empty parts around and between",
     "240c0400"
     "0401aa"
     "0400"
     "0401bb"
     "0400",
     5, 2, "aabb", std::nullopt},
};

der::Element element_of(const Octets& octets) {
    der::Reader reader{der::Input(octets)};
    const der::Element element = reader.any(nullptr);
    BOOST_REQUIRE(!reader.failed());
    return element;
}

} // namespace

BOOST_AUTO_TEST_SUITE(octet_string)

BOOST_DATA_TEST_CASE(parts_size_and_contiguity, data::make(rows), row) {
    const Octets octets = hex(row.octets);
    const auto string = cms::OctetString::make(element_of(octets));
    BOOST_REQUIRE(string);
    BOOST_TEST(string->parts() == row.parts);
    BOOST_TEST(string->size() == row.size);
    Octets joined;
    std::uint32_t parts = 0;
    for (const der::Input part : *string) {
        joined.insert(joined.end(), part.begin(), part.end());
        BOOST_TEST(part.offset() + part.size() <= octets.size());
        ++parts;
    }
    BOOST_TEST(parts == row.parts);
    BOOST_TEST(der::to_hex(joined) == row.joined);
    const auto contiguous = string->contiguous();
    BOOST_TEST(contiguous.has_value() == row.contiguous.has_value());
    if (contiguous && row.contiguous) {
        BOOST_TEST(der::to_hex(contiguous->octets()) == *row.contiguous);
    }
}

struct BadRow {
    const char* octets;
    ErrorCode code;
    std::uint32_t offset;
};
std::ostream& operator<<(std::ostream& out, const BadRow& row) { return out << row.octets; }

const BadRow bad_rows[] = {
    {"24030201aa", ErrorCode::unexpected_tag, 2},
    {"24050401aa0500", ErrorCode::unexpected_tag, 5},
    {"240524030401aa", ErrorCode::constructed_string, 2},
    {"24030402aa", ErrorCode::truncated, 2},
    {"2402040a", ErrorCode::truncated, 2},
};

BOOST_DATA_TEST_CASE(what_is_no_part, data::make(bad_rows), row) {
    const Octets octets = hex(row.octets);
    const auto string = cms::OctetString::make(element_of(octets));
    BOOST_REQUIRE(!string);
    BOOST_TEST((string.error().code == row.code));
    BOOST_TEST(string.error().where.offset == row.offset);
}

BOOST_AUTO_TEST_CASE(nothing_at_all) {
    const cms::OctetString none;
    BOOST_TEST((none.begin() == none.end()));
    BOOST_TEST(none.size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
