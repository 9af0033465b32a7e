#pragma once

#include <conformance/tests/support/laboratory.h>
#include <vectors/generate/exchanges/rows.h>

namespace sceplab::test {

// Plays a row and judges it by its profile.
[[nodiscard]] rules::Result play(const Row& row);
// Plays it and compares the whole list of findings.
void check(const Row& row);

}  // namespace sceplab::test
