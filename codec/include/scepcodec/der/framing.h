#pragma once

#include <scepcodec/der/error.h>
#include <scepcodec/der/input.h>
#include <scepcodec/der/limits.h>

namespace scep::der {

// Holds every TLV that constructed encodings lead to, from those of `input` on, to the framing of DER (X.690, 8.1, 10.1, 10.2), and counts them; what primitive values
// hold is not looked at. Allocates nothing; deeper than 256 is limit_depth whatever the limits say.
// Errors: truncated, invalid_tag, reserved_length, length_too_large, indefinite_length, non_minimal_length, unexpected_end_of_contents,
// constructed_string, limit_depth, limit_elements.
[[nodiscard]] Result<std::uint32_t> check_framing(Input input, const Limits& limits = {});

// The same, and that each SET has its elements in the order of DER (X.690, 11.6): unsorted_set_of, at the whole SET.
[[nodiscard]] Result<std::uint32_t> check_der(Input input, const Limits& limits = {});

}  // namespace scep::der
