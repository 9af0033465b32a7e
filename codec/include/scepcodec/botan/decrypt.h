#pragma once

#include <scepcodec/botan/keys.h>
#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/der/source.h>

namespace scep::botan {

// Opens an EnvelopedData (RFC 5652, 6) with a private key: the KeyTransRecipientInfos whose encryptedKey has the size of the key's modulus
// are tried in turn, sixteen at most; who they name is not looked at, since messages name the wrong certificate. PKCS#1 v1.5, and OAEP
// without a label (RFC 8017, 7); DES, 3DES and AES in CBC mode, where absent parameters mean an IV of zeros; encryptedContent in one part
// or in several. The plaintext becomes a source of kind decrypted in Botan's secure memory, owned by `sources`, its offsets mapped to the
// ciphertext's.
//
// A wrong key, a wrong padding of the key, a content key of the wrong length, a wrong padding of the content, a length that is no multiple
// of the block and a content that is not accepted are all one error, and neither the steps taken nor their order depend on which it is.
// `accepts` is asked whether a plaintext is one, also where its padding is wrong: a wrong key gives a random content key, whose padding is
// right once in 256 times. It must not throw.
//
// Errors: unsupported_algorithm (that key transport or content cipher: "not performed"), key_mismatch (no recipient this key could open),
// missing_content, invalid_parameters (IV), decryption_failed, limit_elements (the seventeenth recipient, where none before it opened),
// limit_bytes, internal_error (no random octets; or `enveloped` is no view into `sources`).
[[nodiscard]] Result<der::Input> decrypt(const cms::EnvelopedData& enveloped, const PrivateKey& key, Sources& sources,
                                         bool (*accepts)(der::Input));

// The same with a password, for the PasswordRecipientInfos: PBKDF2 (RFC 8018) and id-alg-PWRI-KEK (RFC 3211) over the same ciphers.
// Iterations above ten million, counted over all recipients tried, are refused with unsupported_algorithm; so is another derivation, wrap
// or PRF.
[[nodiscard]] Result<der::Input> decrypt(const cms::EnvelopedData& enveloped, std::string_view password, Sources& sources,
                                         bool (*accepts)(der::Input));

// Whether a plaintext is one TLV of constructed form and no more: every SCEP messageData is.
[[nodiscard]] bool is_one_sequence(der::Input plaintext);

} // namespace scep::botan
