#pragma once

#include <scepcodec/botan/keys.h>
#include <scepcodec/botan/verdict.h>
#include <scepcodec/cms/signed_data.h>
#include <scepcodec/pkcs10/certification_request.h>

#include <memory>
#include <optional>
#include <vector>

namespace scep::botan {

// The digest of octets under a digest AlgorithmIdentifier. Errors: unsupported_algorithm.
[[nodiscard]] Result<std::vector<std::uint8_t>> digest(const der::Oid& algorithm, std::span<const std::uint8_t> octets);
// The same over an eContent, part by part; an absent one is zero octets.
[[nodiscard]] Result<std::vector<std::uint8_t>> digest(const der::Oid& algorithm, const cms::EncapsulatedContentInfo& content);
[[nodiscard]] std::vector<std::uint8_t> sha256(std::span<const std::uint8_t> octets);

// The order of signedAttrs that a signature fits (RFC 5652, 5.4 demands the DER one).
enum class SignedAttrsOrder : std::uint8_t { none, as_sent, sorted };

struct SignatureCheck {
    Check message_digest; // the attribute against the content; valid where there are no signedAttrs and the signature is over the content
                          // itself
    Check signature;      // over the signedAttrs, or the content
    SignedAttrsOrder order = SignedAttrsOrder::none; // as_sent where both orders are the same

    // Both must hold.
    [[nodiscard]] Check overall() const;
};

// Verifies one SignerInfo (RFC 5652, 5.6) with a key of its signer; whose key that is is for the caller to know.
// RSA PKCS#1 v1.5 (rsaEncryption and the combined identifiers, parameters NULL or absent), RSASSA-PSS (MGF1 with the same digest, any salt
// length that its parameters say, trailer 1), ECDSA, Ed25519; MD5, SHA-1, SHA-2. A combined identifier says its digest itself;
// digestAlgorithm is then that of the content alone. Never fails: what cannot be judged is "not performed", with the OID in the reason. RSA
// signatures are compared with the one encoding of RFC 8017, 9.2: a DigestInfo without the NULL parameters, which some verifiers take, is
// invalid, and the reason says so.
[[nodiscard]] SignatureCheck verify(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content, const PublicKey& key);

// Verifies with one key, as verify() does. Holds the digest and the scheme it met last, whose making costs more than a message's decoding:
// for a key that is met again. Shares the key; movable, not copyable; one thread at a time.
class Verifier {
public:
    explicit Verifier(const PublicKey& key);
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;
    ~Verifier();

    [[nodiscard]] SignatureCheck verify(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content);
    [[nodiscard]] Check verify(const x509::AlgorithmIdentifier& algorithm, std::span<const std::uint8_t> signature,
                               std::span<const std::uint8_t> to_be_signed);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// A signature over octets: a Certificate's, CRL's or CertificationRequest's.
[[nodiscard]] Check verify(const x509::AlgorithmIdentifier& algorithm, std::span<const std::uint8_t> signature,
                           std::span<const std::uint8_t> to_be_signed, const PublicKey& key);
// `issuer` signed `certificate`.
[[nodiscard]] Check verify(const x509::Certificate& certificate, const x509::Certificate& issuer);
[[nodiscard]] Check verify(const x509::CertificateList& list, const x509::Certificate& issuer);
// Proof of possession: the request's own key. `info` is the CertificationRequestInfo as received.
[[nodiscard]] Check verify(const pkcs10::CertificationRequest& request, der::Input info);

// Whether `leaf` chains to one of `anchors` through `others` at that time (seconds since 1970); all are whole Certificates, as received.
// RFC 5280, 6 as Botan does it, with any key size and digest, since that is for rules to judge; revocation is not looked at. A leaf that is
// an anchor itself is valid at its time. Certificates that cannot be read are left out; of the others, the first eight that issuer names
// lead to are tried. Not performed: no anchor that can be read, or the leaf cannot be.
[[nodiscard]] Check verify_chain(der::Input leaf, std::span<const der::Input> others, std::span<const der::Input> anchors,
                                 std::int64_t time);

} // namespace scep::botan
