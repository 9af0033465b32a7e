#pragma once

#include <scepcodec/der/input.h>

#include <optional>

namespace scep::der {

// The first element of a SET OF value that is smaller than the one before it (X.690, 11.6); nothing when the order is DER's, or the framing is not.
[[nodiscard]] std::optional<Input> first_out_of_order(Input set_value);

}  // namespace scep::der
