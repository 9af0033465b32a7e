#pragma once

#include <scepcodec/der/source.h>

#include <vector>

namespace scep::ber {

enum class DeviationKind : std::uint8_t {
    indefinite_length,
    constructed_string,   // a universal string type in parts
    non_minimal_length,
    trailing_octets,      // after the outermost TLV
    unsorted_set_of,      // elements of a universal SET whose DER encodings are not in ascending order; recorded, not repaired
};

[[nodiscard]] std::string_view name(DeviationKind kind);

// One departure from DER framing. `where` is in the input as received: the header for indefinite and non-minimal lengths, the whole element for constructed strings
// and sets, the octets themselves for trailing ones.
struct Deviation {
    DeviationKind kind = DeviationKind::indefinite_length;
    Location where;
};

struct Normalised {
    der::Input der;                      // one TLV; the input's own octets where nothing had to change
    std::vector<Deviation> deviations;   // in the order of their offsets
    bool changed = false;                // `der` is a new source of kind normalised
};

// Makes the framing of the first TLV of `input` definite and minimal and joins universal constructed strings, at every depth that is reached through constructed
// encodings; what primitive values hold is not looked into, nothing is reordered, context-tagged values keep their form. A changed encoding becomes a source of kind
// normalised whose offsets map back to the input's source. Idempotent. Strict DER costs one pass over the headers and no allocation.
//
// Errors: every framing error of der::read_header, truncated, missing_end_of_contents, unexpected_end_of_contents, unexpected_tag (a part of a constructed string that
// is no such string), indefinite_length (of a primitive value), invalid_bit_string (unused bits before the last part, too), limit_depth, limit_elements, limit_bytes,
// internal_error (the input must be changed, and its source's number is beyond those of `sources`). Each level of depth takes stack.
[[nodiscard]] Result<Normalised> normalise(der::Input input, Sources& sources);

// The octets as received that `element` (a whole TLV of a normalised source) was made from, end-of-contents octets included; `element` itself where its source is
// not a normalised one, or where its octets did not stand together (a TLV inside of a string that came in parts).
// Signatures over certificates, CRLs and CertificationRequestInfo are checked over these.
[[nodiscard]] der::Input original(der::Input element, const Sources& sources);

// The size of the first TLV of `input`, indefinite length resolved. Errors as normalise().
[[nodiscard]] Result<std::uint32_t> tlv_size(der::Input input, const Limits& limits = {});

// Whether an error says that the octets are not DER but may be BER: indefinite_length, non_minimal_length, constructed_string.
[[nodiscard]] constexpr bool is_ber_framing(ErrorCode code) {
    return code == ErrorCode::indefinite_length || code == ErrorCode::non_minimal_length || code == ErrorCode::constructed_string;
}

// Whether a deviation is one of framing: what tells BER from DER.
[[nodiscard]] constexpr bool is_ber_framing(DeviationKind kind) {
    return kind == DeviationKind::indefinite_length || kind == DeviationKind::constructed_string || kind == DeviationKind::non_minimal_length;
}

}  // namespace scep::ber
