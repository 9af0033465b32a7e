#pragma once

#include <scepcodec/der/input.h>

#include <string>
#include <vector>

// Structures that must be DER to the last octet: signedAttrs, Certificate, CertificateList, CertificationRequest.
namespace sceplab::evidence {

enum class DerFaultKind : std::uint8_t {
    indefinite_length,
    non_minimal_length,
    constructed_string,
    integer,              // no octets, or a superfluous leading one
    object_identifier,    // no octets, an arc that starts with 0x80, or that does not end
    boolean,              // neither 00 nor FF
    null,                 // a NULL with content
    bit_string,           // unused bits that are not zero
    named_bits,           // KeyUsage with trailing zero bits
    default_encoded,      // a value that is the DEFAULT and is to be left out
    unsorted_set_of,
    utc_time,
    generalized_time,
    characters,           // outside the string type's set
    trailing_octets,      // after the value inside an extnValue
};
inline constexpr std::size_t der_fault_kinds = 15;

struct DerFault {
    DerFaultKind kind = DerFaultKind::indefinite_length;
    scep::Location where;
    std::string what;  // one clause, with the octets where they cannot be a secret
};

// The faults of one TLV as received, at every depth down to 64, and inside the values of the extensions of RFC 5280; of each kind the first alone. Framing that leads
// nowhere ends the walk: it is for the decoder to tell.
[[nodiscard]] std::vector<DerFault> der_faults(scep::der::Input element);

}  // namespace sceplab::evidence
