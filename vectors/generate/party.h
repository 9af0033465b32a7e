#pragma once

#include <scepcodec/botan/sign.h>
#include <scepcodec/x509/certificate.h>

#include <map>
#include <string_view>

// CAs and clients that exist in memory alone, the same in each run.
namespace sceplab::vectors {

using scep::botan::Digest;
using scep::cms::Octets;
using scep::cms::OctetsView;

inline constexpr std::int64_t not_before = 1'767'225'600;  // 2026-01-01
inline constexpr std::int64_t not_after = 1'830'297'600;   // 2028-01-01
inline constexpr std::int64_t ca_not_after = 1'893'456'000;  // 2030-01-01
inline constexpr std::int64_t now = 1'798'761'600;         // 2027-01-01

// RSA of 2048 bits, P-256, RSA of 1024 bits; the rest by their names. rsa_e3: public exponent 3.
enum class KeyKind : std::uint8_t { rsa, ec, short_rsa, rsa3072, rsa4096, rsa_e3, p384, p521 };

// Someone with a key pair and a name. The key comes from the name: one of them for each name and kind.
class Party {
public:
    Party(std::string_view common_name, KeyKind kind);
    Party(const Party&) = delete;
    Party& operator=(const Party&) = delete;

    [[nodiscard]] const Octets& name() const { return m_name; }
    [[nodiscard]] const scep::botan::PrivateKey& key() const { return m_key; }
    // Another copy of the key, for whoever opens and verifies.
    [[nodiscard]] scep::botan::PrivateKey key_copy() const;
    [[nodiscard]] const Octets& pkcs8() const { return m_key_octets; }
    [[nodiscard]] Octets public_key_info() const;
    [[nodiscard]] scep::botan::Signer& signer(Digest digest = Digest::sha256) const;
    // The certificate a client makes itself.
    [[nodiscard]] Octets self_signed() const;
    // The same for a CA: basicConstraints, and the usages RFC 8894, 2.1.2 asks for.
    [[nodiscard]] Octets self_signed_ca() const;

private:
    Octets m_name;
    Octets m_key_octets;
    scep::botan::PrivateKey m_key;
    mutable std::map<Digest, scep::botan::Signer> m_signers;
};

struct Parties {
    Party ca{"Test CA", KeyKind::rsa};
    Party next_ca{"Next CA", KeyKind::rsa};
    Party client{"device", KeyKind::rsa};
    Party other{"other device", KeyKind::rsa};
    Party ec_client{"ec device", KeyKind::ec};
    Party short_client{"short device", KeyKind::short_rsa};  // 1024 bits
};
[[nodiscard]] const Parties& parties();

// A certificate for `key_of` with `subject`, by `issuer`.
struct CertificatePlan {
    const Party* issuer = nullptr;
    Octets subject;
    Octets public_key_info;
    std::int64_t serial = 4660;
    bool ca = false;
    std::int64_t until = not_after;
    std::int64_t from = not_before;
    std::optional<Octets> key_usage = {};     // content of the BIT STRING; what the kind of certificate has, where it is not set
    std::vector<Octets> more_extensions = {};
};
[[nodiscard]] Octets make(const CertificatePlan& plan);

// An empty CertificateList (RFC 5280, 5.1) by `issuer`.
[[nodiscard]] Octets make_crl(const Party& issuer);

[[nodiscard]] Octets common_name(std::string_view text);
[[nodiscard]] Octets integer_content(std::int64_t value);

}  // namespace sceplab::vectors
