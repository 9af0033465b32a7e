#pragma once

#include <conformance/evidence/investigator.h>

namespace sceplab::evidence {

// Certificates and secrets that other parts of the exchange add to what the settings have.
struct OpeningHelp {
    std::vector<x509::Certificate> certificates;   // whose keys may open it
    std::vector<std::string> challenges;
};

// Opens facts.envelope with what fits and decodes the messageData. Private to the room.
void open_envelope(MessageFacts& facts, const Settings& settings, const OpeningHelp& help, scep::Sources& sources);

}  // namespace sceplab::evidence
