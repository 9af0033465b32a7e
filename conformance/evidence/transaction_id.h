#pragma once

#include <conformance/evidence/facts.h>

namespace sceplab::evidence {

// Whether the transactionID of a PKCSReq is a hash of the key that it asks for, as the drafts have it: fills in transaction_id_hash. Private to the room.
void compare_transaction_id(MessageFacts& facts);

}  // namespace sceplab::evidence
