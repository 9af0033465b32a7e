// Request targets, GetCACaps texts, content types.
#include "../cms/openssl.h"

#include <scepcodec/scep/http.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

BOOST_AUTO_TEST_SUITE(http_text)

struct TargetRow {
    const char* target;
    const char* path;
    std::size_t parameters;
    std::optional<Operation> operation;
    const char* operation_text; // nullptr: absent
    const char* message;
};
std::ostream& operator<<(std::ostream& out, const TargetRow& row) { return out << row.target; }
const TargetRow target_rows[] = {
    {"/cgi-bin/pkiclient.exe?operation=GetCACaps&message=ca", "/cgi-bin/pkiclient.exe", 2, Operation::GetCACaps, "GetCACaps", "ca"},
    {"/scep?operation=GetCACert", "/scep", 1, Operation::GetCACert, "GetCACert", nullptr},
    {"/scep?operation=GetNextCACert&message=", "/scep", 2, Operation::GetNextCACert, "GetNextCACert", ""},
    {"/scep?operation=PKIOperation&message=MII%2B==", "/scep", 2, Operation::PKIOperation, "PKIOperation", "MII%2B=="},
    {"/scep?message=MII=&operation=PKIOperation", "/scep", 2, Operation::PKIOperation, "PKIOperation", "MII="},
    {"/scep?Operation=pkioperation", "/scep", 1, std::nullopt, "pkioperation", nullptr},
    {"/scep?OPERATION=PKIOperation&Message=x", "/scep", 2, Operation::PKIOperation, "PKIOperation", "x"},
    {"/scep?operation=GetCACaps&operation=GetCACert", "/scep", 2, Operation::GetCACaps, "GetCACaps", nullptr},
    {"/scep?operation", "/scep", 1, std::nullopt, "", nullptr},
    {"/scep?", "/scep", 0, std::nullopt, nullptr, nullptr},
    {"/scep", "/scep", 0, std::nullopt, nullptr, nullptr},
    {"", "", 0, std::nullopt, nullptr, nullptr},
    {"?operation=GetCACaps?x", "", 1, std::nullopt, "GetCACaps?x", nullptr},
    {"/a?x=1&&operation=GetCACert&", "/a", 3, Operation::GetCACert, "GetCACert", nullptr},
    {"http://ca.example/scep?operation=GetCACaps", "http://ca.example/scep", 1, Operation::GetCACaps, "GetCACaps", nullptr},
};

BOOST_DATA_TEST_CASE(targets, data::make(target_rows), row) {
    const Octets octets = octets_of(row.target);
    const http::RequestTarget target = http::parse_target(der::Input(octets));
    const auto same = [](const std::optional<der::Input>& text, const char* expected) {
        return text.has_value() == (expected != nullptr) && (!text || text->text() == expected);
    };
    BOOST_TEST(target.whole.text() == row.target);
    BOOST_TEST(target.path.text() == row.path);
    BOOST_TEST(target.parameters.size() == row.parameters);
    BOOST_TEST((target.operation() == row.operation));
    BOOST_TEST(same(target.operation_text(), row.operation_text));
    BOOST_TEST(same(target.message(), row.message));
    if (const auto message = target.message()) {
        BOOST_TEST(std::string(row.target).substr(message->offset(), message->size()) == message->text());
    }
}

struct CapsRow {
    std::string text;
    std::vector<std::string> lines; // "+" known, "~" but for its case, "?" unknown
};
std::ostream& operator<<(std::ostream& out, const CapsRow& row) { return out << "'" << row.text << "'"; }
const CapsRow caps_rows[] = {
    {"", {}},
    {"AES\nDES3\nGetNextCACert\nPOSTPKIOperation\nRenewal\nSHA-1\nSHA-256\nSHA-512\nSCEPStandard\n",
     {"+AES", "+DES3", "+GetNextCACert", "+POSTPKIOperation", "+Renewal", "+SHA-1", "+SHA-256", "+SHA-512", "+SCEPStandard"}},
    {"AES\r\nSHA-256\r\n", {"+AES", "+SHA-256"}},
    {"AES\rSHA-256", {"+AES", "+SHA-256"}},
    {"AES\n\rSHA-256\r\r\n\n", {"+AES", "+SHA-256"}},
    {"\n\n  AES \t\n\tSHA-256", {"+AES", "+SHA-256"}},
    {"aes\nSha-256\nPOSTPKIOPERATION", {"~aes", "~Sha-256", "~POSTPKIOPERATION"}},
    {"Update\nSHA256\nAES-256\nX Y", {"?Update", "?SHA256", "?AES-256", "?X Y"}},
    {"AES SHA-256", {"?AES SHA-256"}},
    {"AES\nAES", {"+AES", "+AES"}},
    {"<html>\n</html>", {"?<html>", "?</html>"}},
    {std::string("AES\0", 4), {std::string("?AES\0", 5)}},
};

BOOST_DATA_TEST_CASE(capability_texts, data::make(caps_rows), row) {
    const Octets octets = octets_of(row.text);
    const http::Capabilities capabilities = http::parse_capabilities(der::Input(octets));
    std::vector<std::string> lines;
    for (const http::Capability& line : capabilities.lines) {
        BOOST_TEST(!(line.known && line.other_case));
        lines.push_back((line.known ? "+" : line.other_case ? "~" : "?") + std::string(line.text.text()));
        BOOST_TEST(row.text.substr(line.text.offset(), line.text.size()) == line.text.text());
    }
    BOOST_TEST(lines == row.lines, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_capability_is_found_in_any_case) {
    const Octets octets = octets_of("aes\r\nSHA-256\r\nVendorThing");
    const http::Capabilities capabilities = http::parse_capabilities(der::Input(octets));
    BOOST_TEST(capabilities.has("AES"));
    BOOST_TEST(capabilities.has("sha-256"));
    BOOST_TEST(capabilities.has("VendorThing"));
    BOOST_TEST(!capabilities.has("SHA-2"));
    BOOST_TEST(!capabilities.has("SHA-512"));
    BOOST_TEST(!capabilities.has(""));
}

struct TypeRow {
    const char* content_type;
    const char* media_type;
};
std::ostream& operator<<(std::ostream& out, const TypeRow& row) { return out << "'" << row.content_type << "'"; }
const TypeRow type_rows[] = {
    {"application/x-pki-message", "application/x-pki-message"},
    {"application/x-pki-message; charset=UTF-8", "application/x-pki-message"},
    {"application/x-pki-message;charset=ISO-8859-1", "application/x-pki-message"},
    {" Application/X-X509-CA-RA-Cert ; a=\"b;c\"", "application/x-x509-ca-ra-cert"},
    {"\ttext/plain\t", "text/plain"},
    {"", ""},
    {"  ", ""},
    {";charset=x", ""},
};

BOOST_DATA_TEST_CASE(media_types, data::make(type_rows), row) { BOOST_TEST(http::media_type(row.content_type) == row.media_type); }

BOOST_AUTO_TEST_SUITE_END()
