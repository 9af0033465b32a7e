#pragma once

#include <conformance/evidence/facts.h>

namespace sceplab::evidence {

// Habits of who writes a message. None of them is a fault, and alone none says who it is.
enum class Trait : std::uint8_t {
    // HTTP
    agent_cisco,
    agent_windows,
    agent_java,
    agent_apple,
    server_iis,
    // Encoding
    indefinite_lengths,
    indefinite_envelope,
    content_in_thousands,
    encrypted_in_one_part,
    // Algorithms
    digest_bare, // of SHA-1
    signature_bare,
    key_transport_bare,
    oaep,
    // Attributes
    algorithm_protection,
    random_nonce,
    microsoft_attribute,
    nonce_of_request,
    // transactionID
    id_32_upper,
    id_40_upper,
    id_40_lower,
    id_base64,
    id_decimal,
    id_dashed,
    // The signer
    signer_scep_signer,
    signer_mdm_signer,
    signer_unstructured_name,
    signer_serial_is_id,
    signer_critical_key_identifier,
    no_certificates,
    // The content
    one_octet,
};
inline constexpr std::size_t trait_count = static_cast<std::size_t>(Trait::one_octet) + 1;
// "indefinite lengths"
[[nodiscard]] std::string_view name(Trait trait);

struct Traits {
    std::uint32_t bits = 0;

    void add(Trait trait, bool is_there = true) { bits |= static_cast<std::uint32_t>(is_there) << static_cast<unsigned>(trait); }
    [[nodiscard]] bool has(Trait trait) const { return (bits >> static_cast<unsigned>(trait) & 1) != 0; }
};
static_assert(trait_count <= 32);

// Of the pkiMessage of that side; none where there is none.
[[nodiscard]] Traits traits(const ExchangeFacts& exchange, Side side);

} // namespace sceplab::evidence
