#pragma once

#include <scepcodec/botan/algorithm.h>
#include <scepcodec/botan/keys.h>
#include <scepcodec/botan/random.h>
#include <scepcodec/cms/build.h>
#include <scepcodec/scep/build.h>
#include <scepcodec/x509/build.h>

#include <memory>
#include <optional>

namespace scep::botan {

// Signs with one key, digest and scheme. Making one costs as much as a signature: make it once and keep it. Shares the key with `key`,
// which may go; owns the rest. Movable, not copyable; one thread at a time.
class Signer {
public:
    // Without a scheme: rsaEncryption for an RSA key, ECDSA for an EC key. `random` gives PSS salts, ECDSA nonces where Botan lacks RFC
    // 6979, and blinding, which no output depends on. Errors: unsupported_algorithm (the scheme does not go with the key or the digest, or
    // Botan was built without it).
    [[nodiscard]] static Result<Signer> make(const PrivateKey& key, Digest digest = Digest::sha256,
                                             std::optional<SignatureScheme> scheme = std::nullopt, Random random = {});
    Signer(Signer&&) noexcept;
    Signer& operator=(Signer&&) noexcept;
    ~Signer();

    // The signature over octets: RSA's as long as the modulus, ECDSA's a SEQUENCE { r, s } (RFC 3279, 2.2.3).
    // Errors: invalid_key (an RSA key too short for the digest), internal_error (no random octets).
    [[nodiscard]] Result<cms::Octets> sign(cms::OctetsView octets);

    // Encoded AlgorithmIdentifiers, views that live as long as the signer. digestAlgorithm: parameters NULL for MD5, absent for SHA (RFC
    // 3370, 2; RFC 5754, 2).
    [[nodiscard]] cms::OctetsView digest_algorithm() const;
    // Of a SignerInfo.
    [[nodiscard]] cms::OctetsView signature_algorithm() const;
    // Of a Certificate or CertificationRequest, where rsaEncryption alone would not tell the digest.
    [[nodiscard]] cms::OctetsView certificate_signature_algorithm() const;
    // The SubjectPublicKeyInfo of the key.
    [[nodiscard]] cms::OctetsView public_key_info() const;
    [[nodiscard]] cms::Octets digest(cms::OctetsView octets) const;

private:
    Signer();
    struct State;
    std::unique_ptr<State> m_state;
};

// The certificate that a SignerInfo names.
struct SignerIdentity {
    cms::OctetsView certificate; // a whole Certificate
    IdentifierForm form = IdentifierForm::issuerAndSerialNumber;
    bool embedded = true; // put it into `certificates` too, unless it is there
};

// Completes, signs and writes a message: sid, digestAlgorithm, signatureAlgorithm and messageDigest are filled in where the builder leaves
// them empty, so that a deviating message can be signed too. An absent eContent is digested as no octets. The certificate is not compared
// with the key. Errors: those of Certificate::decode, missing_attribute (subjectKeyIdentifier is asked for and the certificate has none),
// those of Signer::sign.
[[nodiscard]] Result<cms::Octets> sign(cms::SignedDataBuilder builder, Signer& signer, const SignerIdentity& identity);

// A CertificationRequest; subjectPKInfo and signatureAlgorithm are filled in where they are empty. Errors: those of Signer::sign.
[[nodiscard]] Result<cms::Octets> sign(build::CertificationRequestBuilder builder, Signer& signer);

// A Certificate; `signature` and, for self-signed ones, subjectPublicKeyInfo and issuer (the subject) are filled in where they are empty.
// Errors: those of Signer::sign.
[[nodiscard]] Result<cms::Octets> sign(x509::CertificateBuilder builder, Signer& signer);

// A client's own self-signed certificate (RFC 8894, 2.3): keyUsage digitalSignature, and keyEncipherment with an RSA key; no other
// extension. Give it the subject of the request. Errors: those of Signer::sign.
[[nodiscard]] Result<cms::Octets> self_signed_certificate(Signer& signer, cms::OctetsView subject, std::int64_t not_before,
                                                          std::int64_t not_after, std::int64_t serial_number = 1);

} // namespace scep::botan
