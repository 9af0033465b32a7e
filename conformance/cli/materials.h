#pragma once

#include <conformance/cli/options.h>
#include <conformance/evidence/investigator.h>

#include <expected>

namespace sceplab::cli {

// A file or argument that cannot be used; "ca.key: not a private key".
struct Unusable {
    std::string input;
    std::string reason;
};

// Reads the keys, certificates and trust anchors, and the time. The first that cannot be used ends it.
[[nodiscard]] std::expected<evidence::Settings, Unusable> load_materials(const MaterialOptions& options);

}  // namespace sceplab::cli
