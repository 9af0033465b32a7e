#pragma once

#include <conformance/evidence/investigator.h>

namespace sceplab::evidence {

// Who signed the certificates and CRLs that a CertRep hands over: fills in by_issuer and crl_checks. Private to the room.
void check_issuers(MessageFacts& facts, const ServerKnowledge& server, const Settings& settings, const scep::Sources& sources);

}  // namespace sceplab::evidence
