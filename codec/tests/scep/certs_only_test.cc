#include "../cms/samples.h"

#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

struct Row {
    const char* name;
    bool bare;
    std::uint32_t certificates;
    std::uint32_t crls;
    bool without_signers;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
const Row rows[] = {
    {"certificates only", false, 2, 1, true},          {"certificates and CRL", false, 2, 1, true}, {"Certificate", true, 1, 0, false},
    {"signed, more certificates", false, 2, 0, false}, {"GetNextCACert", false, 1, 0, false},
};

} // namespace

BOOST_AUTO_TEST_SUITE(certs_only)

BOOST_DATA_TEST_CASE(answers, data::make(rows), row) {
    const Octets octets = sample(row.name);
    const auto answer = CertsOnly::decode(der::Input(octets));
    BOOST_REQUIRE_MESSAGE(answer, (answer ? std::string() : answer.error().to_string()));
    BOOST_TEST(answer->certificate.has_value() == row.bare);
    BOOST_TEST(answer->signed_data.has_value() != row.bare);
    BOOST_TEST(answer->certificate_count() == row.certificates);
    BOOST_TEST(answer->crl_count() == row.crls);
    BOOST_TEST((answer->signed_data && answer->signed_data->certificates_only()) == row.without_signers);
}

BOOST_AUTO_TEST_CASE(openssl_lists_the_same_certificates) {
    const Octets octets = sample("certificates only");
    const std::string theirs = openssl_text({"pkcs7", "-inform", "DER", "-print_certs", "-noout"}, octets);
    BOOST_TEST(theirs.find("CN = client") != std::string::npos);
    BOOST_TEST(theirs.find("CN = ec") != std::string::npos);
    BOOST_TEST(openssl_text({"pkcs7", "-inform", "DER"}, octets).find("BEGIN PKCS7") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(next_ca_certificates_are_inside_the_signature) {
    const Octets octets = sample("GetNextCACert");
    const Octets inside = openssl({"cms", "-verify", "-noverify", "-binary", "-inform", "DER"}, octets);
    const auto answer = CertsOnly::decode(der::Input(inside));
    BOOST_REQUIRE(answer);
    BOOST_REQUIRE(answer->certificate_count() == 1u);
    const auto next = (*answer->signed_data->certificates->begin())->certificate();
    const Octets expected = certificate("second");
    BOOST_TEST(next->whole.same_octets(expected));
    const auto outer = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE(outer);
    BOOST_TEST(!outer->attributes.message_type.has_value());
    BOOST_TEST(outer->pkcs_pki_envelope()->same_octets(inside));
}

struct ErrorRow {
    const char* octets;
    const char* text;
};
std::ostream& operator<<(std::ostream& out, const ErrorRow& row) { return out << row.octets; }
const ErrorRow error_rows[] = {
    {"", "ContentInfo: SEQUENCE expected, the value ends at 0"},
    {"3c68746d6c3e", "ContentInfo: SEQUENCE expected, constructed UniversalString at 0..6"}, // <html>
    {"300d06092a864886f70d010701a000", "ContentInfo.content: end_of_input at 15"},
    {"300b06092a864886f70d010703", "ContentInfo.contentType: unexpected_content_type at 4..13"},
    {"30023000", "Certificate.tbsCertificate.serialNumber: INTEGER expected, the value ends at 4"},
    {"30803080", "Certificate: missing_end_of_contents at 2..4"},
};

BOOST_DATA_TEST_CASE(what_is_neither, data::make(error_rows), row) {
    Sources sources;
    const auto answer = CertsOnly::decode(*sources.add_captured(hex(row.octets)), sources);
    BOOST_REQUIRE(!answer);
    BOOST_TEST(answer.error().to_string() == row.text);
}

BOOST_AUTO_TEST_SUITE_END()
