#pragma once

#include <conformance/report/options.h>
#include <conformance/report/style.h>

#include <conformance/evidence/summary.h>

#include <string>

namespace sceplab::report {

// "#3   POST PKIOperation  PKCSReq → CertRep SUCCESS  tid 8e63a0…  signature valid, decrypted"
[[nodiscard]] std::string exchange_line(const evidence::ExchangeSummary& exchange, const Style& style, const Options& options);

// "CertRep FAILURE badRequest", "2 certificates, 1 CRL"
[[nodiscard]] std::string message_text(const evidence::MessageSummary& message);
// The same of an answer, with its HTTP status where that is not 200; or why there is none.
[[nodiscard]] std::string answer_text(const evidence::ExchangeSummary& exchange, const Style& style);

// "1 finding", "2 findings"
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

} // namespace sceplab::report
