#pragma once

#include <scepcodec/der/input.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace scep::der {

// Whether `a` stands before `b` in a SET OF (X.690, 11.6): both whole elements.
[[nodiscard]] inline bool precedes(Input a, Input b) {
    const std::uint32_t common = std::min(a.size(), b.size());
    const int order = common > 0 ? std::memcmp(a.data(), b.data(), common) : 0;
    return order < 0 || (order == 0 && a.size() < b.size());
}

// The first element of a SET OF value that is smaller than the one before it (X.690, 11.6); nothing when the order is DER's, or the framing is not.
[[nodiscard]] std::optional<Input> first_out_of_order(Input set_value);

}  // namespace scep::der
