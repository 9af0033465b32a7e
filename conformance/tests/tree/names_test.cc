#include <conformance/tree/legible.h>
#include <conformance/tree/names.h>

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using sceplab::tree::legible;

BOOST_AUTO_TEST_SUITE(names)

// OpenSSL makes the OBJECT IDENTIFIER from its own name for it.
BOOST_DATA_TEST_CASE(openssl_knows_it_by_the_same_name,
                     boost::unit_test::data::make({"rsaEncryption",
                                                   "sha1WithRSAEncryption",
                                                   "sha256WithRSAEncryption",
                                                   "sha512WithRSAEncryption",
                                                   "challengePassword",
                                                   "contentType",
                                                   "messageDigest",
                                                   "signingTime",
                                                   "commonName",
                                                   "countryName",
                                                   "organizationName",
                                                   "organizationalUnitName",
                                                   "emailAddress",
                                                   "unstructuredName",
                                                   "id-ecPublicKey",
                                                   "ecdsa-with-SHA1",
                                                   "ecdsa-with-SHA256",
                                                   "ecdsa-with-SHA512",
                                                   "secp384r1",
                                                   "subjectKeyIdentifier",
                                                   "keyUsage",
                                                   "subjectAltName",
                                                   "basicConstraints",
                                                   "authorityKeyIdentifier",
                                                   "extendedKeyUsage",
                                                   "dhSinglePass-stdDH-sha256kdf-scheme",
                                                   "id-aes128-wrap",
                                                   "id-alg-PWRI-KEK"}),
                     name) {
    const sceptest::TemporaryFolder folder;
    const auto made = sceptest::run({"openssl", "asn1parse", "-genstr", std::string("OID:") + name, "-noout", "-out", "oid.der"},
                                    {.directory = folder.path().native()});
    BOOST_REQUIRE_EQUAL(made.exit_code, 0);
    const auto octets = sceptest::read_file(folder.path() / "oid.der");
    const std::string_view ours = sceplab::tree::oid_name(scep::der::Input(octets).from(2));
    BOOST_TEST(ours == (std::string_view(name) == "extendedKeyUsage" ? "extKeyUsage" : name));
}

BOOST_AUTO_TEST_CASE(an_unknown_oid_has_no_name) {
    const std::vector<std::uint8_t> octets{0x2a, 0x03, 0x04};
    BOOST_TEST(sceplab::tree::oid_name(scep::der::Input(octets)).empty());
    BOOST_TEST(sceplab::tree::oid_name(scep::der::Input()).empty());
}

struct Legible {
    std::string_view raw;
    std::string_view shown;
};
std::ostream& operator<<(std::ostream& out, const Legible& row) { return out << row.shown; }

const std::vector<Legible> legible_rows{
    {"plain text", "plain text"},
    {"Grüße, 中文 😀", "Grüße, 中文 😀"},
    {"\x1b[31mred\x07", "\\x1b[31mred\\x07"},
    {"two\r\nlines\t", "two\\x0d\\x0alines\\x09"},
    {std::string_view("nul\0", 4), "nul\\x00"},
    {"\x7f", "\\x7f"},
    {"\xc2\x9b"
     "1m",
     "\\xc2\\x9b1m"}, // CSI as one character
    {"\xe2\x80\xae"
     "txt",
     "\\xe2\\x80\\xaetxt"}, // right-to-left override
    {"\xe2\x81\xa6", "\\xe2\\x81\\xa6"},
    {"\xff\xfe", "\\xff\\xfe"},
    {"\xc3", "\\xc3"},
    {"\xc0\xaf", "\\xc0\\xaf"},          // overlong
    {"\xed\xa0\x80", "\\xed\\xa0\\x80"}, // surrogate
    {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
    {"\xef\xbf\xbf", "\\xef\\xbf\\xbf"}, // no character, and not allowed in XML
};

BOOST_DATA_TEST_CASE(text_that_may_go_to_a_terminal, boost::unit_test::data::make(legible_rows), row) {
    BOOST_TEST(legible(row.raw) == row.shown);
}

BOOST_AUTO_TEST_CASE(text_is_cut_between_characters) {
    BOOST_TEST(legible("abcdef", 6) == "abcdef");
    BOOST_TEST(legible("abcdefg", 6) == "abcde…");
    BOOST_TEST(legible("äöüäöü", 4) == "äöü…");
    BOOST_TEST(legible(std::string(1 << 20, 'x'), 5) == "xxxx…");
    BOOST_TEST(legible("", 5).empty());
}

BOOST_AUTO_TEST_SUITE_END()
