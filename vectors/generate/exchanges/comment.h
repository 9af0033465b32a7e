#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/exchanges/rows.h>

// What a case says of itself, from its row and the rules that the row violates.
namespace sceplab::vectors {

// "TABLE: NAME. Against RFC 8894, 3.2.1.5: ..."
[[nodiscard]] std::string comment_of(const Table& table, const Row& row);
// invalid where a rule of severity error is violated by the row's profile, acceptable where only ones of severity warning are.
[[nodiscard]] Result result_of(const Row& row);
// The notes of the rules that are violated, and of the profile.
[[nodiscard]] std::vector<std::string> flags_of(const Row& row);

} // namespace sceplab::vectors
