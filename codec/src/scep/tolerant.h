#pragma once

#include <scepcodec/ber/normalise.h>

namespace scep {

template <class T>
[[nodiscard]] Result<T> decode_normalised(ber::Normalised& normalised) {
    Result<T> out = T::decode(normalised.der);
    if (out) {
        out->deviations = std::move(normalised.deviations);
    }
    return out;
}

template <class T>
[[nodiscard]] Result<T> decode_refused(der::Input input, const Error& refusal, const char* outermost) {
    const bool limit = refusal.code == ErrorCode::limit_bytes || refusal.code == ErrorCode::limit_depth || refusal.code == ErrorCode::limit_elements;
    if (!limit) {
        Result<T> strict = T::decode(input);
        if (strict || !ber::is_ber_framing(strict.error().code)) {
            return strict;
        }
    }
    return std::unexpected(refusal.in(outermost));
}

// Normalised first: strict DER comes back as it is, with a look at the order of its sets. What ber::normalise() refuses may decode all the
// same, since a decoder looks at less of it; where neither goes, the strict error is the one that knows the field, unless it only says that
// this is BER.
template <class T>
[[nodiscard]] Result<T> decode_tolerant(der::Input input, Sources& sources, const char* outermost) {
    Result<ber::Normalised> normalised = ber::normalise(input, sources);
    return normalised ? decode_normalised<T>(*normalised) : decode_refused<T>(input, normalised.error(), outermost);
}

} // namespace scep
