#pragma once

#include <conformance/cli/options.h>
#include <conformance/cli/unusable.h>
#include <conformance/evidence/investigator.h>

namespace sceplab::cli {

// Reads the keys, certificates and trust anchors, the time and the facts. The first that cannot be used ends it.
[[nodiscard]] Loaded<evidence::Settings> load_materials(const MaterialOptions& options);
// The same for several threads, which cannot share a key; at least one.
[[nodiscard]] Loaded<std::vector<evidence::Settings>> load_materials(const MaterialOptions& options, std::size_t threads);

// The certificates of a file: one in DER, or PEM blocks among whatever else.
[[nodiscard]] Loaded<evidence::KnownCertificates> load_certificates(const std::string& path);

}  // namespace sceplab::cli
