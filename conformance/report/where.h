#pragma once

#include <conformance/rules/result.h>

#include <string>

// How reports speak of places, rules and what they rest on.
namespace sceplab::report {

[[nodiscard]] inline bool is_run(const rules::Place& place, const rules::Result& result) { return place.exchange >= result.exchanges.size(); }

// "response SignedData.signerInfos[0].sid @412+34"; octets that were not captured as they are have their source's kind: "decrypted @12+16".
// A place in no exchange is the run.
[[nodiscard]] std::string where(const rules::Place& place, const rules::Result& result);
void add_where(std::string& out, const rules::Place& place, const rules::Result& result);

// The name of an input of the run; empty where there is none of that number.
[[nodiscard]] const std::string& input_name(const rules::Result& result, std::uint32_t number);

// "known to break step-ca (FF-002), NDES (FF-037)"; empty for a finding that is not known to break anything.
[[nodiscard]] std::string known_to_break(const rules::Finding& finding);

// "nonce" of "nonce.recipient-echoes-sender"
[[nodiscard]] std::string_view family(std::string_view rule);

// The section on the web; empty for a document that is not there.
[[nodiscard]] std::string url(const rules::Citation& citation);

} // namespace sceplab::report
