#include "../der/octets.h"
#include "openssl.h"

#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
namespace oids = scep::x509::oids;
namespace data = boost::unit_test::data;

namespace {

struct Row {
    std::string name; // OpenSSL's
    der::OidConstant oid;
    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
};

const std::vector<Row> rows{
    {"rsaEncryption", oids::rsaEncryption},
    {"md5WithRSAEncryption", oids::md5WithRSAEncryption},
    {"sha1WithRSAEncryption", oids::sha1WithRSAEncryption},
    {"RSAES-OAEP", oids::id_RSAES_OAEP},
    {"MGF1", oids::id_mgf1},
    {"PSPECIFIED", oids::id_pSpecified},
    {"RSASSA-PSS", oids::id_RSASSA_PSS},
    {"sha224WithRSAEncryption", oids::sha224WithRSAEncryption},
    {"sha256WithRSAEncryption", oids::sha256WithRSAEncryption},
    {"sha384WithRSAEncryption", oids::sha384WithRSAEncryption},
    {"sha512WithRSAEncryption", oids::sha512WithRSAEncryption},
    {"id-ecPublicKey", oids::id_ecPublicKey},
    {"ecdsa-with-SHA1", oids::ecdsa_with_SHA1},
    {"ecdsa-with-SHA224", oids::ecdsa_with_SHA224},
    {"ecdsa-with-SHA256", oids::ecdsa_with_SHA256},
    {"ecdsa-with-SHA384", oids::ecdsa_with_SHA384},
    {"ecdsa-with-SHA512", oids::ecdsa_with_SHA512},
    {"ED25519", oids::id_Ed25519},
    {"DSA", oids::id_dsa},
    {"MD5", oids::id_md5},
    {"SHA1", oids::id_sha1},
    {"SHA224", oids::id_sha224},
    {"SHA256", oids::id_sha256},
    {"SHA384", oids::id_sha384},
    {"SHA512", oids::id_sha512},
    {"subjectKeyIdentifier", oids::id_ce_subjectKeyIdentifier},
    {"keyUsage", oids::id_ce_keyUsage},
    {"subjectAltName", oids::id_ce_subjectAltName},
    {"basicConstraints", oids::id_ce_basicConstraints},
    {"crlNumber", oids::id_ce_cRLNumber},
    {"crlDistributionPoints", oids::id_ce_cRLDistributionPoints},
    {"authorityKeyIdentifier", oids::id_ce_authorityKeyIdentifier},
    {"extendedKeyUsage", oids::id_ce_extKeyUsage},
    {"challengePassword", pkcs10::oids::challengePassword},
    {"extReq", pkcs10::oids::extensionRequest},
    {"msExtReq", pkcs10::oids::microsoftCertExtensions},
};

} // namespace

BOOST_DATA_TEST_CASE(a_named_oid_is_the_one_that_openssl_knows_by_that_name, data::make(rows), row) {
    const sceptest::Openssl openssl;
    const auto octets = openssl.made({"asn1parse", "-genstr", "OID:" + row.name, "-noout"});
    BOOST_TEST(sceptest::hex_of(row.oid.content()) == sceptest::hex_of(sceptest::element(octets).value()));
}
