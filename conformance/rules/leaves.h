#pragma once

#include <conformance/rules/common.h>

// Certificates of a reply by who issued whom; their order tells nothing. Private to the room.
namespace sceplab::rules {

// A certificate of the set that `issuer` issued, other than itself; nothing where it is a leaf.
[[nodiscard]] const evidence::CertificateFacts* issued_by(const evidence::CertificateFacts& issuer,
                                                          const std::vector<evidence::CertificateFacts>& all);
// Those that issued no other.
[[nodiscard]] std::vector<const evidence::CertificateFacts*> leaves(const std::vector<evidence::CertificateFacts>& all);

[[nodiscard]] std::string certificate_path(const evidence::CertificateFacts& certificate);
[[nodiscard]] Place certificate_place(const Signed& reply, const evidence::CertificateFacts& certificate);

}  // namespace sceplab::rules
