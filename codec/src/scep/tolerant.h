#pragma once

#include <scepcodec/ber/normalise.h>

namespace scep {

// Normalised first: strict DER comes back as it is, with a look at the order of its sets. What ber::normalise() refuses may decode all the
// same, since a decoder looks at less of it; where neither goes, the strict error is the one that knows the field, unless it only says that
// this is BER.
template <class T>
[[nodiscard]] Result<T> decode_tolerant(der::Input input, Sources& sources, const char* outermost) {
    Result<ber::Normalised> normalised = ber::normalise(input, sources);
    if (normalised) {
        Result<T> out = T::decode(normalised->der);
        if (out) {
            out->deviations = std::move(normalised->deviations);
        }
        return out;
    }
    const ErrorCode code = normalised.error().code;
    const bool limit = code == ErrorCode::limit_bytes || code == ErrorCode::limit_depth || code == ErrorCode::limit_elements;
    if (!limit) {
        Result<T> strict = T::decode(input);
        if (strict || !ber::is_ber_framing(strict.error().code)) {
            return strict;
        }
    }
    return std::unexpected(normalised.error().in(outermost));
}

} // namespace scep
