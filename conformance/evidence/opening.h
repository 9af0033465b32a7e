#pragma once

#include <conformance/evidence/investigator.h>

namespace sceplab::evidence {

// The challengePassword of the exchange's request: the password of a reply that is enveloped for one.
struct Challenge {
    std::string utf8;
    std::string octets;  // as the attribute has them
};

// Certificates and secrets that other parts of the exchange add to what the settings have.
struct OpeningHelp {
    std::vector<x509::Certificate> certificates;   // whose keys may open it
    std::optional<Challenge> challenge;
};

// Opens facts.envelope with what fits and decodes the messageData. Private to the room.
void open_envelope(MessageFacts& facts, const Settings& settings, const OpeningHelp& help, scep::Sources& sources);

}  // namespace sceplab::evidence
