#include "messages.h"

#include <conformance/tree/text.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>

#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab::tree;
using tree_test::Built;
using tree_test::Octets;

} // namespace

BOOST_AUTO_TEST_SUITE(tree_text)

BOOST_AUTO_TEST_CASE(a_small_message) {
    // ContentInfo of EnvelopedData in BER without recipients, its encryptedContent in two parts, and one octet more.
    const Octets octets{0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03, 0xa0, 0x80, 0x30, 0x2e,
                        0x02, 0x01, 0x00, 0x31, 0x00, 0x30, 0x27, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07,
                        0x01, 0x30, 0x10, 0x06, 0x08, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07, 0x04, 0x04, 0x01, 0x02,
                        0x03, 0x04, 0xa0, 0x08, 0x04, 0x02, 0xaa, 0xbb, 0x04, 0x02, 0xcc, 0xdd, 0x00, 0x00, 0x00, 0x00, 0x21};
    const std::string expected =
        R"(      0   2     inf   ContentInfo SEQUENCE  -- id-envelopedData  ! indefinite length
      2   2       9     contentType OBJECT IDENTIFIER 1.2.840.113549.1.7.3  -- id-envelopedData
     13   2     inf     content [0]  ! indefinite length
     15   2      46       EnvelopedData SEQUENCE
     17   2       1         version INTEGER 0
     20   2       0         recipientInfos SET
     22   2      39         encryptedContentInfo SEQUENCE
     24   2       9           contentType OBJECT IDENTIFIER 1.2.840.113549.1.7.1  -- id-data
     35   2      16           contentEncryptionAlgorithm SEQUENCE  -- des-EDE3-CBC
     37   2       8             algorithm OBJECT IDENTIFIER 1.2.840.113549.3.7  -- des-EDE3-CBC
     47   2       4             parameters OCTET STRING 01020304
     53   2       8           encryptedContent [0]  -- 2 parts
     55   2       2             OCTET STRING aabb
     59   2       2             OCTET STRING ccdd
     67   -       1   octets 21  ! trailing octets
)";
    const Built built(octets);
    BOOST_TEST(text(built.nodes) == expected);
}

BOOST_AUTO_TEST_CASE(errors_and_hostile_text) {
    const Built built(Octets{0x30, 0x0c, 0x0c, 0x05, 0x1b, '[', '3', '1', 'm', 0x04, 0xff, 0x01, 0x02, 0x03});
    const std::string expected = R"(      0   2      12   SEQUENCE
      2   2       5     UTF8String "\x1b[31m"
      9   -       5     octets 04ff010203  !! reserved_length
)";
    BOOST_TEST(text(built.nodes) == expected);
}

BOOST_AUTO_TEST_CASE(long_values_are_shortened) {
    const Built built(scep::der::encode([](scep::der::Writer& w) { w.octet_string(Octets(1000, 0x11)); }));
    const std::string shown = text(built.nodes, {.width = 20});
    BOOST_TEST(shown == "      0   4    1000   OCTET STRING 1111111111111111111… (1000 octets)\n");
}

BOOST_AUTO_TEST_CASE(colour_only_where_it_is_asked_for) {
    const Built built(tree_test::openssl_message("signed-ber.der"));
    const std::string plain = text(built.nodes);
    BOOST_TEST(plain.find('\x1b') == std::string::npos);
    std::string coloured = text(built.nodes, {.colour = true});
    BOOST_TEST(coloured.find("\x1b[1mSignedData\x1b[0m") != std::string::npos);
    // Without the escape sequences it is the same.
    for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    BOOST_TEST(coloured == plain);
}

BOOST_AUTO_TEST_CASE(octets_of_another_source_are_announced) {
    const Built built(tree_test::openssl_message("signed-ber.der"));
    BOOST_TEST(text(built.nodes).find("-- normalised: source 1, its own offsets --\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
