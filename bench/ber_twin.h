#pragma once

#include "contender.h"

namespace bench {

// The same value as a streaming encoder writes it: indefinite lengths, and OCTET STRINGs in parts of 1000 octets. What is signed keeps its
// octets: [0] of a SignerInfo, certificates and CRLs.
[[nodiscard]] Octets ber_twin(View der);

} // namespace bench
