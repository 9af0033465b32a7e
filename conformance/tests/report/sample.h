#pragma once

#include <conformance/rules/result.h>

namespace report_test {

// A run with a bit of everything: an enrolment with findings and what could not be judged, a GetCACaps, a request without an answer, an
// answer alone, and damage.
[[nodiscard]] sceplab::rules::Result sample();

// A run in which nothing was found.
[[nodiscard]] sceplab::rules::Result empty();

// Changes an exchange of a run.
template <class Change>
void change(sceplab::rules::Result& result, std::size_t index, const Change& how) {
    sceplab::evidence::ExchangeSummary exchange = result.exchanges[index];
    how(exchange);
    result.exchanges.replace(index, exchange);
}

// The text of a file of the source tree.
[[nodiscard]] std::string read(const char* path);

} // namespace report_test
