#include <scepcodec/der/writer.h>
#include <scepcodec/scep/microsoft.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

namespace {

struct Row {
    std::string_view text;
    std::string_view shown; // empty: no HRESULT
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << '"' << row.text << '"'; }

const std::vector<Row> rows{
    {"-2147024809", "0x80070057 E_INVALIDARG"},
    {"-2146893819", "0x80090005 NTE_BAD_DATA"},
    {"2147942487", "0x80070057 E_INVALIDARG"},
    {"0x80070057", "0x80070057 E_INVALIDARG"},
    {"0", "0x00000000 S_OK"},
    {"-1", "0xffffffff"},
    {"-2147483648", "0x80000000"},
    {"4294967295", "0xffffffff"},
    {"-2147483649", ""},
    {"4294967296", ""},
    {"99999999999999999999", ""},
    {"", ""},
    {"-", ""},
    {"0x", ""},
    {"0x-1", ""},
    {"Issued", ""},
    {"1 ", ""},
    {" 1", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(microsoft)

BOOST_DATA_TEST_CASE(hresults, boost::unit_test::data::make(rows), row) {
    const auto octets = scep::der::encode([&](scep::der::Writer& w) { w.primitive(scep::der::tag::PrintableString, row.text); });
    const auto code = scep::microsoft::hresult({scep::der::tag::PrintableString, scep::der::Input(octets), 2});
    BOOST_TEST((code ? code->to_string() : std::string()) == row.shown);
}

BOOST_AUTO_TEST_SUITE_END()
