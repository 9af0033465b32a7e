#pragma once

#include <conformance/evidence/json_value.h>
#include <conformance/evidence/local_facts.h>

namespace sceplab::evidence {

// The certificates of a file that preloadedCaCertificates names; refuses the name where there are none.
using CertificatesOf = std::function<std::vector<std::shared_ptr<const KnownCertificate>>(const JsonValue& name)>;

// What a capture cannot know, as sceplab-facts-1.schema.json has it. Throws JsonMisfit.
[[nodiscard]] LocalFacts read_facts(const JsonValue& document, const CertificatesOf& certificates);

} // namespace sceplab::evidence
