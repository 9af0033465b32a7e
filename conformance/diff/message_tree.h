#pragma once

#include <conformance/evidence/facts.h>
#include <conformance/tree/node.h>

namespace sceplab::diff {

// Whether a body has a structure to show: it is CMS or a part of it, or was due to be.
[[nodiscard]] bool has_tree(const evidence::MessageFacts& message);

// The tree of the message as received, what was decrypted of it below its encryptedContent. `sources` are those of its exchange.
[[nodiscard]] std::vector<tree::Node> tree_of(const evidence::MessageFacts& message, scep::Sources& sources);

}  // namespace sceplab::diff
