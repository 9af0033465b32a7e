#pragma once

#include <conformance/cli/options.h>

namespace sceplab::cli {

// sceplab run-vectors: puts test vectors to our own codec, or to a harness.
[[nodiscard]] int run_vectors(const VectorOptions& options);
// sceplab answer-vectors: our own codec as a harness.
[[nodiscard]] int answer_vectors();

}  // namespace sceplab::cli
