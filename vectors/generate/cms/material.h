#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/cms/fields.h>
#include <vectors/generate/plan.h>
#include <vectors/generate/structures.h>

// What the cases of CMS are made of: who signs and opens, a message signed, an envelope closed, each to be changed afterwards.
namespace sceplab::vectors {

using scep::botan::IdentifierForm;
using scep::botan::KeyTransport;
using scep::botan::SignatureScheme;

struct Signers {
    Party rsa2048{"signer", KeyKind::rsa};
    Party rsa3072{"signer RSA 3072", KeyKind::rsa3072};
    Party rsa4096{"signer RSA 4096", KeyKind::rsa4096};
    Party rsa_e3{"signer RSA e=3", KeyKind::rsa_e3};
    Party p256{"signer P-256", KeyKind::ec};
    Party p384{"signer P-384", KeyKind::p384};
    Party p521{"signer P-521", KeyKind::p521};
    Party other{"other signer", KeyKind::rsa};
};
[[nodiscard]] const Signers& signers();

// Self-signed, with a subjectKeyIdentifier.
[[nodiscard]] Octets certificate_of(const Party& party, std::int64_t serial = 4660);
[[nodiscard]] Octets key_identifier(const Party& party);

struct SignedPlan {
    const Party* signer = &signers().rsa2048;
    std::optional<Octets> certificate = {}; // else certificate_of(signer)
    bool included = true;
    Digest digest = Digest::sha256;
    std::optional<SignatureScheme> scheme = {};
    IdentifierForm sid = IdentifierForm::issuerAndSerialNumber;
    std::optional<Octets> content = text("signed content");
    scep::der::OidConstant type = scep::der::oid("1.2.840.113549.1.7.1");
    std::function<void(scep::cms::SignedDataBuilder&)> before = {}; // before it is signed
};
[[nodiscard]] Octets make_signed(const SignedPlan& plan);
// The AlgorithmIdentifier of a digest.
[[nodiscard]] Octets digest_algorithm(Digest digest);
[[nodiscard]] Octets digest_of(Digest digest, OctetsView octets);

inline constexpr std::string_view first_signer = "SignedData.signerInfos[0]";
[[nodiscard]] std::string of_signer(std::string_view member); // "SignedData.signerInfos[0].member"

// The signature of the first signer anew, over the signedAttrs as they stand, or the content where there are none.
void sign_again(Field& message, const Party& signer, Digest digest = Digest::sha256, std::optional<SignatureScheme> scheme = {});
// The attribute of that type, by its content octets: "signedAttrs[i]"; the path.
[[nodiscard]] std::string attribute_path(Field& message, const scep::der::OidConstant& type);
// What the digest is made of: all octets of the eContent.
[[nodiscard]] Octets content_of(Field& message);
// messageDigest made to fit the content, then signed again.
void digest_and_sign_again(Field& message, const Party& signer);

struct EnvelopePlan {
    const Party* recipient = nullptr; // by its certificate_of(); the laboratory's client where it is not set
    scep::botan::KeyTransportOptions transport = {};
    std::optional<std::string> password = {};
    scep::botan::PasswordOptions password_options = {.iterations = 1000};
    ContentCipher cipher = ContentCipher::aes128_CBC;
    std::optional<Octets> content = {}; // else the SEQUENCE that is plaintext()
    std::function<void(scep::cms::EnvelopedDataParts&)> before = {};
};
[[nodiscard]] const Octets& plaintext();
[[nodiscard]] scep::cms::EnvelopedDataParts make_parts(const EnvelopePlan& plan);
[[nodiscard]] Octets make_envelope(const EnvelopePlan& plan);

// What Botan does for whatever the bridge refuses to write. `mode` is a name such as "AES-128/CBC/NoPadding".
[[nodiscard]] Octets encipher(const std::string& mode, OctetsView key, OctetsView iv, OctetsView plaintext);
// RSAES under the public key of `recipient`: PKCS#1 v1.5 or OAEP by Botan's name, or "Raw" for octets that are padded already.
[[nodiscard]] Octets encrypt_key(const Party& recipient, OctetsView key, const std::string& padding);
// The private operation on octets that are padded already: a signature of any shape.
[[nodiscard]] Octets sign_raw(const Party& signer, OctetsView padded);

[[nodiscard]] std::string hex(OctetsView octets);
// The dotted form of an encoded AlgorithmIdentifier's OID.
[[nodiscard]] std::string dotted(OctetsView algorithm_identifier);

} // namespace sceplab::vectors
