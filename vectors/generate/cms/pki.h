#pragma once

#include <vectors/generate/cms/cases.h>
#include <vectors/generate/cms/material.h>
#include <vectors/generate/laboratory.h>

// The cases of pki-message by topic. Requests are for the CA's key, replies for the client's: two groups.
namespace sceplab::vectors {

struct PkiCases {
    Cases& requests;
    Cases& replies;
};

void pki_choices(const PkiCases& cases);    // types, statuses, reasons, algorithms
void pki_twins(const PkiCases& cases);      // BER, outside and inside
void pki_attributes(const PkiCases& cases); // the transaction attributes
void pki_layers(const PkiCases& cases);     // envelope and messageData, signer and certificates

// Conforming messages, the same at each call.
[[nodiscard]] MessagePlan a_request(scep::MessageType type);
[[nodiscard]] MessagePlan a_success();
[[nodiscard]] MessagePlan a_failure(scep::FailInfo why = scep::FailInfo::badRequest);
[[nodiscard]] MessagePlan a_pending();

[[nodiscard]] Octets make_message(const MessagePlan& plan, std::optional<SignatureScheme> scheme = {});
// What has to be read of it.
void reads(Case& which, const MessagePlan& plan, std::optional<SignatureScheme> scheme = {});

// A case of a message by that plan, with what has to be read of it where it may be accepted.
Case& add(Cases& cases, std::string name, std::string comment, Result result, std::vector<std::string> flags, const MessagePlan& plan);

} // namespace sceplab::vectors
