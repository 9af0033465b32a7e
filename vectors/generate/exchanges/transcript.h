#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/laboratory.h>

namespace sceplab::vectors {

// The members of a case that tell what was played: "transcript" (sceplab-transcript/1), and "facts" (sceplab-facts/1) and "challenges"
// where there are any. preloadedCaCertificates names the key "ca" of the group, as the file that it is in vectors/v1/keys.
[[nodiscard]] Json told(Laboratory& lab);

} // namespace sceplab::vectors
