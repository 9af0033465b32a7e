#pragma once

#include <conformance/evidence/investigator.h>

namespace sceplab::evidence {

// Finds the signer's certificate of facts.message (in the message, in GetCACert's answer, among --cert) and checks digest, signature and chain. Private to the room.
[[nodiscard]] Signature check_signature(const MessageFacts& facts, const ServerKnowledge& server, const Settings& settings,
                                        std::optional<input::Timestamp> time, const scep::Sources& sources);

}  // namespace sceplab::evidence
