#pragma once

#include <conformance/cli/unusable.h>
#include <conformance/evidence/local_facts.h>

namespace sceplab::cli {

// Reads what a capture cannot know, as sceplab-facts-1.schema.json has it. Names of certificate files are relative to the folder of the
// file.
[[nodiscard]] Loaded<evidence::LocalFacts> read_facts(const std::string& path);

} // namespace sceplab::cli
