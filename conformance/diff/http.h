#pragma once

#include <conformance/evidence/facts.h>
#include <conformance/tree/compare.h>

// HTTP of two exchanges. Private to the room.
namespace sceplab::diff {

// Method, path, form of the query, header fields; nothing where one of the two was not captured in HTTP.
void compare_requests(const evidence::ExchangeFacts& a, const evidence::ExchangeFacts& b, std::vector<tree::Difference>& out);
// Status and header fields.
void compare_responses(const evidence::ExchangeFacts& a, const evidence::ExchangeFacts& b, std::vector<tree::Difference>& out);

}  // namespace sceplab::diff
