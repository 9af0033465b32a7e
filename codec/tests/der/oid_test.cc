#include "../x509/openssl.h"
#include "octets.h"

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;
using sceptest::element;
using sceptest::hex;

namespace {

struct ConstantRow {
    OidConstant constant;
    std::string dotted;
    friend std::ostream& operator<<(std::ostream& out, const ConstantRow& row) { return out << row.dotted; }
};

const std::vector<ConstantRow> constants{
    {oid("0.0"), "0.0"},
    {oid("0.39"), "0.39"},
    {oid("1.0"), "1.0"},
    {oid("1.39"), "1.39"},
    {oid("2.0"), "2.0"},
    {oid("2.39"), "2.39"},
    {oid("2.40"), "2.40"},
    {oid("2.47"), "2.47"},
    {oid("2.48"), "2.48"},
    {oid("2.999.3"), "2.999.3"},
    {oid("1.2.840.113549.1.7.2"), "1.2.840.113549.1.7.2"},
    {oid("2.16.840.1.113733.1.9.2"), "2.16.840.1.113733.1.9.2"},
    {oid("0.9.2342.19200300.100.1.25"), "0.9.2342.19200300.100.1.25"},
    {oid("1.3.6.1.4.1.311.2.1.14"), "1.3.6.1.4.1.311.2.1.14"},
    {oid("1.2.127.128.16383.16384.2097151.2097152"), "1.2.127.128.16383.16384.2097151.2097152"},
    {oid("1.2.18446744073709551615"), "1.2.18446744073709551615"},
};

struct RefusedRow {
    std::string octets;
    ErrorCode code = ErrorCode::invalid_oid;
    friend std::ostream& operator<<(std::ostream& out, const RefusedRow& row) { return out << row.octets; }
};

const std::vector<RefusedRow> refused{
    {"06 00"},       {"06 01 80"},       {"06 02 2a 80"},       {"06 03 2a 80 01"},
    {"06 02 80 01"}, {"06 03 2a 86 ff"}, {"06 04 2a 03 80 01"}, {"0d 01 2a", ErrorCode::unexpected_tag},
};

const std::vector<std::string> dotted_texts{
    "0.0",
    "0.39.1",
    "1.39.127.128",
    "2.39",
    "2.40",
    "2.79",
    "2.80",
    "2.100.3",
    "2.16303",
    "2.16304",
    "2.999.1",
    "2.25.329800735698586629295641978511506172918",
    "2.18446744073709551615",
    "2.18446744073709551616.7",
    "1.2.340282366920938463463374607431768211456.0.1",
    "2.340282366920938463463374607431768211456",
};

std::vector<std::uint8_t> made_by_openssl(const std::string& dotted) {
    const sceptest::Openssl openssl;
    return openssl.made({"asn1parse", "-genstr", "OID:" + dotted, "-noout"});
}

} // namespace

BOOST_DATA_TEST_CASE(a_constant_has_the_octets_that_openssl_writes, data::make(constants), row) {
    const auto octets = made_by_openssl(row.dotted);
    const auto value = decode_oid(element(octets));
    BOOST_REQUIRE(value);
    BOOST_TEST(sceptest::hex_of(row.constant.content()) == sceptest::hex_of(value->content));
    BOOST_TEST((*value == row.constant));
    BOOST_TEST(!(*value == oid("1.2.3")));
    BOOST_TEST(value->to_string() == row.dotted);
}

BOOST_DATA_TEST_CASE(an_arc_of_any_size_is_written_in_decimal, data::make(dotted_texts), dotted) {
    const auto octets = made_by_openssl(dotted);
    const auto value = decode_oid(element(octets));
    BOOST_REQUIRE(value);
    BOOST_TEST(value->to_string() == dotted);
}

BOOST_DATA_TEST_CASE(an_arc_starts_and_ends, data::make(refused), row) {
    const auto octets = hex(row.octets);
    const auto value = decode_oid(element(octets));
    BOOST_REQUIRE(!value);
    BOOST_TEST(value.error().code == row.code);
    BOOST_TEST(value.error().where == element(octets).whole().location());
}

BOOST_AUTO_TEST_CASE(an_arc_beyond_reason_is_shown_raw) {
    std::vector<std::uint8_t> content(70, 0xff);
    content.back() = 0x7f;
    const Oid value{Input(content)};
    BOOST_TEST(valid_oid(value.content));
    BOOST_TEST(value.to_string() == "#" + sceptest::hex_of(content));
    BOOST_TEST(Oid{}.to_string().empty());
}
