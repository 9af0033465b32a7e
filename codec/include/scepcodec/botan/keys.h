#pragma once

#include <scepcodec/x509/algorithm.h>

#include <botan/secmem.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Botan {
class Public_Key;
class Private_Key;
} // namespace Botan

namespace scep::botan {

// A public key, built once from its SubjectPublicKeyInfo; copies share it.
class PublicKey {
public:
    // Errors: invalid_key, unsupported_algorithm (the kinds for sure are RSA, P-256, P-384, P-521 and Ed25519; others as Botan was built).
    [[nodiscard]] static Result<PublicKey> load(const x509::SubjectPublicKeyInfo& info);

    [[nodiscard]] const Botan::Public_Key& key() const { return *m_key; }
    // "RSA", "ECDSA", "Ed25519"
    [[nodiscard]] std::string algorithm() const;
    // Length of the RSA modulus or of the field, in bits.
    [[nodiscard]] std::size_t bits() const;

private:
    std::shared_ptr<const Botan::Public_Key> m_key;
};

// A private key: PEM or DER; PKCS#8 (RFC 5958), encrypted by PBES2 or not, or the traditional RSAPrivateKey (RFC 8017, A.1.2) and
// ECPrivateKey (RFC 5915, with its named curve inside), in PEM also encrypted (Proc-Type and DEK-Info; DES, 3DES, AES). PEM may hold other
// things before the key; the first key counts. Holds the decryptors it has needed, since making one costs as much as using it: movable, not
// copyable, one thread at a time.
class PrivateKey {
public:
    // `octets` are copied. Errors: invalid_key (no private key in it, or the password does not fit), unsupported_algorithm (another
    // encryption, such as PBES1; a key or a curve that is not RSA, P-256, P-384, P-521 or Ed25519), invalid_parameters (more than 10 million
    // iterations of the key derivation).
    [[nodiscard]] static Result<PrivateKey> load(std::span<const std::uint8_t> octets, std::string_view password = {});
    PrivateKey(PrivateKey&&) noexcept;
    PrivateKey& operator=(PrivateKey&&) noexcept;
    ~PrivateKey();

    [[nodiscard]] const Botan::Private_Key& key() const { return *m_key; }
    [[nodiscard]] std::shared_ptr<const Botan::Private_Key> shared() const { return m_key; }
    // The DER of its SubjectPublicKeyInfo, to find the certificate it belongs to.
    [[nodiscard]] std::span<const std::uint8_t> public_key_info() const { return m_public_key_info; }
    [[nodiscard]] std::string algorithm() const;
    // Octets of an RSA modulus; 0 for other keys.
    [[nodiscard]] std::size_t modulus_octets() const;

    // PKCS#1 v1.5 or OAEP decryption to a key of `length` octets. A wrong padding, length or key gives a random key of that length: nothing
    // tells them apart here. `padding` is a Botan name, "PKCS1v15" or "OAEP(SHA-256,MGF1(SHA-256))". Errors: unsupported_algorithm (that
    // padding, or not an RSA key), internal_error (no random octets).
    [[nodiscard]] Result<Botan::secure_vector<std::uint8_t>> decrypt_key(std::span<const std::uint8_t> encrypted_key, std::size_t length,
                                                                         const std::string& padding) const;

private:
    PrivateKey() = default;
    struct Decryptors;
    std::shared_ptr<const Botan::Private_Key> m_key;
    std::vector<std::uint8_t> m_public_key_info;
    std::unique_ptr<Decryptors> m_decryptors;
};

} // namespace scep::botan
