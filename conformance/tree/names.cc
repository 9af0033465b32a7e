#include <conformance/tree/names.h>

#include <algorithm>
#include <array>

namespace sceplab::tree {

namespace {

using scep::der::oid;

struct Row {
    scep::der::OidConstant id;
    std::string_view name;
};

constexpr bool before(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return std::ranges::lexicographical_compare(a, b);
}

constexpr std::array unsorted{
    // CMS content types and attributes
    Row{oid("1.2.840.113549.1.7.1"), "id-data"},
    Row{oid("1.2.840.113549.1.7.2"), "id-signedData"},
    Row{oid("1.2.840.113549.1.7.3"), "id-envelopedData"},
    Row{oid("1.2.840.113549.1.7.4"), "id-signedAndEnvelopedData"},
    Row{oid("1.2.840.113549.1.7.5"), "id-digestedData"},
    Row{oid("1.2.840.113549.1.7.6"), "id-encryptedData"},
    Row{oid("1.2.840.113549.1.9.16.1.2"), "id-ct-authData"},
    Row{oid("1.2.840.113549.1.9.16.1.4"), "id-ct-TSTInfo"},
    Row{oid("1.2.840.113549.1.9.16.1.23"), "id-ct-authEnvelopedData"},
    Row{oid("1.2.840.113549.1.9.3"), "contentType"},
    Row{oid("1.2.840.113549.1.9.4"), "messageDigest"},
    Row{oid("1.2.840.113549.1.9.5"), "signingTime"},
    Row{oid("1.2.840.113549.1.9.6"), "countersignature"},
    Row{oid("1.2.840.113549.1.9.15"), "smimeCapabilities"},
    Row{oid("1.2.840.113549.1.9.52"), "cmsAlgorithmProtect"},
    Row{oid("1.2.840.113549.1.9.16.2.12"), "signingCertificate"},
    Row{oid("1.2.840.113549.1.9.16.2.47"), "signingCertificateV2"},
    Row{oid("1.2.840.113549.1.9.16.13.3"), "id-ori-kem"},
    // SCEP
    Row{oid("2.16.840.1.113733.1.9.2"), "messageType"},
    Row{oid("2.16.840.1.113733.1.9.3"), "pkiStatus"},
    Row{oid("2.16.840.1.113733.1.9.4"), "failInfo"},
    Row{oid("2.16.840.1.113733.1.9.5"), "senderNonce"},
    Row{oid("2.16.840.1.113733.1.9.6"), "recipientNonce"},
    Row{oid("2.16.840.1.113733.1.9.7"), "transactionID"},
    Row{oid("2.16.840.1.113733.1.9.8"), "extensionReq"},
    Row{oid("1.3.6.1.5.5.7.24.1"), "failInfoText"},
    // PKCS#9 and Microsoft attributes of a CertificationRequest
    Row{oid("1.2.840.113549.1.9.7"), "challengePassword"},
    Row{oid("1.2.840.113549.1.9.14"), "extensionRequest"},
    Row{oid("1.3.6.1.4.1.311.2.1.14"), "certExtensions"},
    Row{oid("1.3.6.1.4.1.311.13.2.1"), "enrolmentNameValuePair"},
    Row{oid("1.3.6.1.4.1.311.13.2.2"), "enrolmentCSP"},
    Row{oid("1.3.6.1.4.1.311.13.2.3"), "osVersion"},
    Row{oid("1.3.6.1.4.1.311.21.20"), "requestClientInfo"},
    // Vendors, in messages
    Row{oid("1.3.6.1.4.1.311.21.33"), "enrollScepError"},
    Row{oid("1.3.6.1.4.1.311.21.34"), "enrollScepServerChallenge"},
    Row{oid("1.3.6.1.4.1.311.21.35"), "enrollScepChallengeAnswer"},
    Row{oid("1.3.6.1.4.1.311.21.37"), "enrollScepClientRequest"},
    Row{oid("1.3.6.1.4.1.311.21.38"), "enrollScepServerMessage"},
    Row{oid("1.3.6.1.4.1.311.21.39"), "enrollScepServerSecret"},
    Row{oid("1.3.6.1.4.1.311.21.40"), "enrollKeyAffinity"},
    Row{oid("1.3.6.1.4.1.311.21.41"), "enrollScepSignerHash"},
    Row{oid("1.2.840.113549.1.9.25.3"), "randomNonce"},
    Row{oid("1.2.840.113549.1.9.25.4"), "sequenceNumber"},
    // Digests
    Row{oid("1.2.840.113549.2.5"), "id-md5"},
    Row{oid("1.3.14.3.2.26"), "id-sha1"},
    Row{oid("2.16.840.1.101.3.4.2.4"), "id-sha224"},
    Row{oid("2.16.840.1.101.3.4.2.1"), "id-sha256"},
    Row{oid("2.16.840.1.101.3.4.2.2"), "id-sha384"},
    Row{oid("2.16.840.1.101.3.4.2.3"), "id-sha512"},
    Row{oid("2.16.840.1.101.3.4.2.8"), "id-sha3-256"},
    Row{oid("2.16.840.1.101.3.4.2.9"), "id-sha3-384"},
    Row{oid("2.16.840.1.101.3.4.2.10"), "id-sha3-512"},
    Row{oid("2.16.840.1.101.3.4.2.11"), "id-shake128"},
    Row{oid("2.16.840.1.101.3.4.2.12"), "id-shake256"},
    // Keys and signatures
    Row{oid("1.2.840.113549.1.1.1"), "rsaEncryption"},
    Row{oid("1.2.840.113549.1.1.2"), "md2WithRSAEncryption"},
    Row{oid("1.2.840.113549.1.1.4"), "md5WithRSAEncryption"},
    Row{oid("1.2.840.113549.1.1.5"), "sha1WithRSAEncryption"},
    Row{oid("1.2.840.113549.1.1.7"), "id-RSAES-OAEP"},
    Row{oid("1.2.840.113549.1.1.8"), "id-mgf1"},
    Row{oid("1.2.840.113549.1.1.9"), "id-pSpecified"},
    Row{oid("1.2.840.113549.1.1.10"), "id-RSASSA-PSS"},
    Row{oid("1.2.840.113549.1.1.11"), "sha256WithRSAEncryption"},
    Row{oid("1.2.840.113549.1.1.12"), "sha384WithRSAEncryption"},
    Row{oid("1.2.840.113549.1.1.13"), "sha512WithRSAEncryption"},
    Row{oid("1.2.840.113549.1.1.14"), "sha224WithRSAEncryption"},
    Row{oid("1.2.840.10040.4.1"), "id-dsa"},
    Row{oid("1.2.840.10040.4.3"), "id-dsa-with-sha1"},
    Row{oid("2.16.840.1.101.3.4.3.2"), "id-dsa-with-sha256"},
    Row{oid("1.2.840.10045.2.1"), "id-ecPublicKey"},
    Row{oid("1.2.840.10045.3.1.1"), "secp192r1"},
    Row{oid("1.2.840.10045.3.1.7"), "secp256r1"},
    Row{oid("1.3.132.0.33"), "secp224r1"},
    Row{oid("1.3.132.0.34"), "secp384r1"},
    Row{oid("1.3.132.0.35"), "secp521r1"},
    Row{oid("1.2.840.10045.4.1"), "ecdsa-with-SHA1"},
    Row{oid("1.2.840.10045.4.3.1"), "ecdsa-with-SHA224"},
    Row{oid("1.2.840.10045.4.3.2"), "ecdsa-with-SHA256"},
    Row{oid("1.2.840.10045.4.3.3"), "ecdsa-with-SHA384"},
    Row{oid("1.2.840.10045.4.3.4"), "ecdsa-with-SHA512"},
    Row{oid("1.3.101.110"), "id-X25519"},
    Row{oid("1.3.101.112"), "id-Ed25519"},
    Row{oid("1.3.101.113"), "id-Ed448"},
    Row{oid("2.16.840.1.101.3.4.3.17"), "id-ml-dsa-44"},
    Row{oid("2.16.840.1.101.3.4.3.18"), "id-ml-dsa-65"},
    Row{oid("2.16.840.1.101.3.4.3.19"), "id-ml-dsa-87"},
    Row{oid("2.16.840.1.101.3.4.4.1"), "id-alg-ml-kem-512"},
    Row{oid("2.16.840.1.101.3.4.4.2"), "id-alg-ml-kem-768"},
    Row{oid("2.16.840.1.101.3.4.4.3"), "id-alg-ml-kem-1024"},
    // Content encryption, key wrap, key derivation
    Row{oid("1.3.14.3.2.7"), "des-CBC"},
    Row{oid("1.2.840.113549.3.2"), "rc2-CBC"},
    Row{oid("1.2.840.113549.3.4"), "rc4"},
    Row{oid("1.2.840.113549.3.7"), "des-EDE3-CBC"},
    Row{oid("1.3.6.1.4.1.3029.1.2"), "blowfish-CBC"},
    Row{oid("2.16.840.1.101.3.4.1.2"), "id-aes128-CBC"},
    Row{oid("2.16.840.1.101.3.4.1.22"), "id-aes192-CBC"},
    Row{oid("2.16.840.1.101.3.4.1.42"), "id-aes256-CBC"},
    Row{oid("2.16.840.1.101.3.4.1.6"), "id-aes128-GCM"},
    Row{oid("2.16.840.1.101.3.4.1.26"), "id-aes192-GCM"},
    Row{oid("2.16.840.1.101.3.4.1.46"), "id-aes256-GCM"},
    Row{oid("2.16.840.1.101.3.4.1.5"), "id-aes128-wrap"},
    Row{oid("2.16.840.1.101.3.4.1.25"), "id-aes192-wrap"},
    Row{oid("2.16.840.1.101.3.4.1.45"), "id-aes256-wrap"},
    Row{oid("1.2.840.113549.1.9.16.3.6"), "id-alg-CMS3DESwrap"},
    Row{oid("1.2.840.113549.1.9.16.3.9"), "id-alg-PWRI-KEK"},
    Row{oid("1.2.840.113549.1.9.16.3.28"), "id-alg-hkdf-with-sha256"},
    Row{oid("1.2.840.113549.1.5.12"), "id-PBKDF2"},
    Row{oid("1.2.840.113549.1.5.13"), "id-PBES2"},
    Row{oid("1.2.840.113549.2.7"), "id-hmacWithSHA1"},
    Row{oid("1.2.840.113549.2.8"), "id-hmacWithSHA224"},
    Row{oid("1.2.840.113549.2.9"), "id-hmacWithSHA256"},
    Row{oid("1.2.840.113549.2.10"), "id-hmacWithSHA384"},
    Row{oid("1.2.840.113549.2.11"), "id-hmacWithSHA512"},
    Row{oid("1.3.133.16.840.63.0.2"), "dhSinglePass-stdDH-sha1kdf-scheme"},
    Row{oid("1.3.132.1.11.0"), "dhSinglePass-stdDH-sha224kdf-scheme"},
    Row{oid("1.3.132.1.11.1"), "dhSinglePass-stdDH-sha256kdf-scheme"},
    Row{oid("1.3.132.1.11.2"), "dhSinglePass-stdDH-sha384kdf-scheme"},
    Row{oid("1.3.132.1.11.3"), "dhSinglePass-stdDH-sha512kdf-scheme"},
    // Names
    Row{oid("2.5.4.3"), "commonName"},
    Row{oid("2.5.4.4"), "surname"},
    Row{oid("2.5.4.5"), "serialNumber"},
    Row{oid("2.5.4.6"), "countryName"},
    Row{oid("2.5.4.7"), "localityName"},
    Row{oid("2.5.4.8"), "stateOrProvinceName"},
    Row{oid("2.5.4.9"), "streetAddress"},
    Row{oid("2.5.4.10"), "organizationName"},
    Row{oid("2.5.4.11"), "organizationalUnitName"},
    Row{oid("2.5.4.12"), "title"},
    Row{oid("2.5.4.41"), "name"},
    Row{oid("2.5.4.42"), "givenName"},
    Row{oid("2.5.4.46"), "dnQualifier"},
    Row{oid("0.9.2342.19200300.100.1.1"), "userId"},
    Row{oid("0.9.2342.19200300.100.1.25"), "domainComponent"},
    Row{oid("1.2.840.113549.1.9.1"), "emailAddress"},
    Row{oid("1.2.840.113549.1.9.2"), "unstructuredName"},
    Row{oid("1.2.840.113549.1.9.8"), "unstructuredAddress"},
    // Extensions
    Row{oid("2.5.29.9"), "subjectDirectoryAttributes"},
    Row{oid("2.5.29.14"), "subjectKeyIdentifier"},
    Row{oid("2.5.29.15"), "keyUsage"},
    Row{oid("2.5.29.16"), "privateKeyUsagePeriod"},
    Row{oid("2.5.29.17"), "subjectAltName"},
    Row{oid("2.5.29.18"), "issuerAltName"},
    Row{oid("2.5.29.19"), "basicConstraints"},
    Row{oid("2.5.29.20"), "cRLNumber"},
    Row{oid("2.5.29.21"), "cRLReason"},
    Row{oid("2.5.29.24"), "invalidityDate"},
    Row{oid("2.5.29.27"), "deltaCRLIndicator"},
    Row{oid("2.5.29.28"), "issuingDistributionPoint"},
    Row{oid("2.5.29.29"), "certificateIssuer"},
    Row{oid("2.5.29.30"), "nameConstraints"},
    Row{oid("2.5.29.31"), "cRLDistributionPoints"},
    Row{oid("2.5.29.32"), "certificatePolicies"},
    Row{oid("2.5.29.32.0"), "anyPolicy"},
    Row{oid("2.5.29.35"), "authorityKeyIdentifier"},
    Row{oid("2.5.29.37"), "extKeyUsage"},
    Row{oid("2.5.29.46"), "freshestCRL"},
    Row{oid("1.3.6.1.5.5.7.1.1"), "authorityInfoAccess"},
    Row{oid("1.3.6.1.5.5.7.1.11"), "subjectInfoAccess"},
    Row{oid("1.3.6.1.5.5.7.2.1"), "id-qt-cps"},
    Row{oid("1.3.6.1.5.5.7.2.2"), "id-qt-unotice"},
    Row{oid("1.3.6.1.5.5.7.48.1"), "id-ad-ocsp"},
    Row{oid("1.3.6.1.5.5.7.48.2"), "id-ad-caIssuers"},
    Row{oid("2.16.840.1.113730.1.1"), "netscapeCertType"},
    Row{oid("2.16.840.1.113730.1.13"), "netscapeComment"},
    Row{oid("1.3.6.1.4.1.311.20.2"), "certificateTemplateName"},
    Row{oid("1.3.6.1.4.1.311.21.1"), "cAVersion"},
    Row{oid("1.3.6.1.4.1.311.21.7"), "certificateTemplate"},
    Row{oid("1.3.6.1.4.1.311.21.10"), "applicationCertPolicies"},
    Row{oid("1.3.6.1.4.1.311.20.2.3"), "userPrincipalName"},
    Row{oid("1.3.6.1.4.1.311.21.2"), "previousCACertificateHash"},
    Row{oid("1.3.6.1.4.1.311.25.1"), "ntdsReplication"},
    Row{oid("1.3.6.1.4.1.311.25.2"), "ntdsCASecurity"},
    Row{oid("1.3.6.1.4.1.311.25.2.1"), "ntdsObjectSid"},
    Row{oid("1.2.840.113533.7.65.0"), "entrustVersInfo"},
    Row{oid("1.2.840.113533.7.66.10"), "cast5-CBC"},
    Row{oid("1.2.840.113635.100.6.1"), "appleCertificateExtension"},
    Row{oid("1.2.840.113635.100.8.9.1"), "appleDeviceSerialNumber"},
    Row{oid("1.2.840.113635.100.8.9.2"), "appleDeviceUDID"},
    Row{oid("1.2.840.113635.100.8.10.2"), "appleSepOSVersion"},
    Row{oid("1.2.840.113635.100.8.11.1"), "appleFreshnessCode"},
    // Extended key usages
    Row{oid("2.5.29.37.0"), "anyExtendedKeyUsage"},
    Row{oid("1.3.6.1.5.5.7.3.1"), "id-kp-serverAuth"},
    Row{oid("1.3.6.1.5.5.7.3.2"), "id-kp-clientAuth"},
    Row{oid("1.3.6.1.5.5.7.3.3"), "id-kp-codeSigning"},
    Row{oid("1.3.6.1.5.5.7.3.4"), "id-kp-emailProtection"},
    Row{oid("1.3.6.1.5.5.7.3.8"), "id-kp-timeStamping"},
    Row{oid("1.3.6.1.5.5.7.3.9"), "id-kp-OCSPSigning"},
    Row{oid("1.3.6.1.5.5.8.2.2"), "iKEIntermediate"},
    Row{oid("1.3.6.1.4.1.311.20.2.1"), "enrollmentAgent"},
    Row{oid("1.3.6.1.4.1.311.20.2.2"), "smartcardLogon"},
};

constexpr auto rows = [] {
    auto sorted = unsorted;
    std::ranges::sort(sorted, [](const Row& a, const Row& b) { return before(a.id.content(), b.id.content()); });
    return sorted;
}();

} // namespace

std::string_view oid_name(scep::der::Input content) {
    const auto found = std::ranges::lower_bound(rows, content.octets(), before, [](const Row& row) { return row.id.content(); });
    return found != rows.end() && content.same_octets(found->id.content()) ? found->name : std::string_view();
}

} // namespace sceplab::tree
