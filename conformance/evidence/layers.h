#pragma once

#include <conformance/evidence/facts.h>

// The structure of a message, layer by layer, before any cryptography. Each fills in the facts it is named for. Private to the room.
namespace sceplab::evidence {

// What the octets are due to be; a guess where nothing tells.
enum class Expected : std::uint8_t { cms, capabilities, anything };

// Finds out what `octets` are and decodes them into `facts`: kind, message or certificates, deviations, error.
void decode_body(MessageFacts& facts, Input octets, Expected expected, scep::Sources& sources);

// The eContent of a pkiMessage: an envelope, a CertificationRequest in clear, or, of a GetNextCACert answer, certificates.
void decode_content(MessageFacts& facts, scep::Sources& sources);

// A messageData by its shape.
[[nodiscard]] MessageData decode_message_data(Input octets, scep::Sources& sources);

// The certificates and CRLs that a certificates-only message hands over, with their roles. `requested_key` is the whole SubjectPublicKeyInfo of the request, where it
// is known: the certificate that holds it is the issued one.
void list_certificates(MessageFacts& facts, const cms::SignedData& signed_data, std::optional<Input> requested_key, const scep::Sources& sources);
// The bare Certificate of a GetCACert answer: a CA's.
void list_certificate(MessageFacts& facts, const x509::Certificate& certificate, const scep::Sources& sources);

// Whether any of them is one of framing.
[[nodiscard]] bool any_framing(std::span<const scep::ber::Deviation> deviations);

}  // namespace sceplab::evidence
