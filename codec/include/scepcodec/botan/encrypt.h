#pragma once

#include <scepcodec/botan/algorithm.h>
#include <scepcodec/botan/keys.h>
#include <scepcodec/botan/random.h>
#include <scepcodec/cms/build.h>
#include <scepcodec/x509/certificate.h>

#include <memory>
#include <optional>
#include <string_view>

namespace scep::botan {

struct KeyTransportOptions {
    KeyTransport algorithm = KeyTransport::rsaEncryption;
    Digest oaep_digest = Digest::sha1; // of OAEP and its MGF1; the label is empty (RFC 4055, 4.1)
    IdentifierForm rid = IdentifierForm::issuerAndSerialNumber;
};

struct PasswordOptions {
    Digest prf = Digest::sha256; // HMAC with it; not MD5
    std::int64_t iterations = 100'000;
    std::optional<ContentCipher> key_cipher = std::nullopt; // of PWRI-KEK; else the content's own
};

// Someone who can open an envelope, by one RecipientInfo. Holds what it needs (a password in Botan's secure memory); copies share it, and
// any number of threads may use it at once.
class Recipient {
public:
    // KeyTransRecipientInfo ::= SEQUENCE { version, rid, keyEncryptionAlgorithm, encryptedKey }   RFC 5652, 6.2.1; for the RSA key of a
    // certificate. Errors: invalid_key, unsupported_algorithm (no RSA key: give it a password, RFC 8894, 3.1), missing_attribute
    // (subjectKeyIdentifier is asked for and the certificate has none).
    [[nodiscard]] static Result<Recipient> key_transport(const x509::Certificate& certificate, const KeyTransportOptions& options = {});

    // PasswordRecipientInfo ::= [3] SEQUENCE { version, keyDerivationAlgorithm [0], keyEncryptionAlgorithm, encryptedKey }   RFC
    // 5652, 6.2.4; PBKDF2 (RFC 8018) with a salt of 16 octets and id-alg-PWRI-KEK (RFC 3211). Errors: unsupported_algorithm (prf),
    // invalid_parameters (iterations not 1 .. 10 000 000).
    [[nodiscard]] static Result<Recipient> password(std::string_view password, const PasswordOptions& options = {});

private:
    friend Result<cms::EnvelopedDataParts> encrypt_parts(cms::OctetsView, std::span<const Recipient>, ContentCipher, Random&);
    struct State;
    explicit Recipient(std::shared_ptr<const State> state) : m_state(std::move(state)) {}
    std::shared_ptr<const State> m_state;
};

// EnvelopedData in a ContentInfo (RFC 5652, 6): a new content key and IV, PKCS#7 padding, a RecipientInfo for each recipient.
// Errors: invalid_key (an RSA key too short for the content key), internal_error (no random octets).
[[nodiscard]] Result<cms::Octets> encrypt(cms::OctetsView content, std::span<const Recipient> recipients, ContentCipher cipher,
                                          Random& random);
[[nodiscard]] Result<cms::Octets> encrypt(cms::OctetsView content, const Recipient& recipient, ContentCipher cipher, Random& random);

// The same before it is written, for cms::encode_enveloped_data(): to change a part of it first.
[[nodiscard]] Result<cms::EnvelopedDataParts> encrypt_parts(cms::OctetsView content, std::span<const Recipient> recipients,
                                                            ContentCipher cipher, Random& random);

} // namespace scep::botan
