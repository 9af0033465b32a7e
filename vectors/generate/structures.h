#pragma once

#include <vectors/generate/laboratory.h>

#include <scepcodec/der/tag.h>

#include <functional>
#include <optional>

// Structures put together from encoded pieces and signed, for what no builder writes.
namespace sceplab::vectors {

[[nodiscard]] Octets tlv(scep::der::Tag tag, const Octets& content);
[[nodiscard]] Octets joined(const std::vector<Octets>& pieces);
[[nodiscard]] Octets sequence(const std::vector<Octets>& pieces);
// In the order given.
[[nodiscard]] Octets set(const std::vector<Octets>& pieces);
[[nodiscard]] Octets context(std::uint32_t number, const Octets& content);  // [n], constructed
[[nodiscard]] Octets octet_string(const Octets& content);
[[nodiscard]] Octets integer(std::int64_t value);
[[nodiscard]] Octets encoded(const scep::der::OidConstant& oid);
[[nodiscard]] Octets text(std::string_view characters);

// GetCACaps and GetCACert, in place of the laboratory's own introduction.
void introduce_with(Laboratory& lab, const Octets& certificates);

inline constexpr std::string_view long_secret = "cXVpdGUgZW50cm9waWMgc2VjcmV0";

// CertificationRequest (RFC 2986, 4); every member is encoded.
struct CsrParts {
    Octets version;
    Octets subject;
    Octets subject_pk_info;
    std::optional<std::vector<Octets>> attributes;  // in this order; [0] is left out where there is nothing
    Octets signature_algorithm;
    std::vector<Octets> more;  // after the signature
};
// Of `key`, with long_secret as challengePassword; changed before it is signed.
[[nodiscard]] Octets make_csr(const Party& key, const std::function<void(CsrParts&)>& change);

// Certificate (RFC 5280, 4.1) and CertificateList (5.1): the fields of what is signed, each encoded, in their order.
struct CertificateParts {
    Octets version;  // [0]
    Octets serial_number;
    Octets signature;
    Octets issuer;
    Octets validity;
    Octets subject;
    Octets subject_pk_info;
    std::vector<Octets> extensions;
    Octets signature_algorithm;
};
// For the client, by the CA.
[[nodiscard]] Octets make_certificate(const std::function<void(CertificateParts&)>& change);

struct CrlParts {
    Octets version;
    Octets signature;
    Octets issuer;
    Octets this_update;
    Octets next_update;
    Octets crl_extensions;  // [0]
    Octets signature_algorithm;
};
[[nodiscard]] Octets make_crl(const std::function<void(CrlParts&)>& change);

}  // namespace sceplab::vectors
