#pragma once

#include <conformance/evidence/investigator.h>

// What is known of a server's certificates, and who signed whom. Private to the room.
namespace sceplab::evidence {

// Notes which of the fingerprints that --facts tells each certificate has.
void compare_fingerprints(std::vector<CertificateFacts>& certificates, const LocalFacts& local);
// The certificates of a GetCACert or GetNextCACert answer, to be kept, each checked against its issuer among them.
[[nodiscard]] KnownCertificates know_all(const std::vector<CertificateFacts>& certificates, bool cryptography);
// Whether the current or the next CA signed what was issued.
void find_issuing_ca(std::vector<CertificateFacts>& certificates, const ServerKnowledge& server, const scep::Sources& sources);

// The certificate as it was received, whatever was done to the message around it.
[[nodiscard]] botan::Check signed_by_itself(Input certificate);
// By one of these that has the issuer's name.
[[nodiscard]] botan::Check signed_by_one(Input certificate, const KnownCertificates& issuers);

}  // namespace sceplab::evidence
