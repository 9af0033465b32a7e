#pragma once

#include <vectors/generate/cms/cases.h>
#include <vectors/generate/cms/material.h>

// The cases of signed-data by topic.
namespace sceplab::vectors {

void signed_choices(Cases& cases);    // algorithms, keys, identifiers, content, BER
void signed_fields(Cases& cases);     // one field changed
void signed_attributes(Cases& cases); // what is signed besides the content, and what is not
void signed_signers(Cases& cases);    // how many, whose certificate, which digests
void signed_rsa(Cases& cases);        // signatures of RSA that are no signatures
void signed_other_keys(Cases& cases); // ECDSA, PSS

// What a reader has to read of a message by this plan.
[[nodiscard]] Json expected(const SignedPlan& plan);
// The usual message: RSA, SHA-256, its certificate inside.
[[nodiscard]] Field usual_message();
[[nodiscard]] const Json& usual_fields();

} // namespace sceplab::vectors
