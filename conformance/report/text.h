#pragma once

#include <conformance/report/options.h>
#include <conformance/rules/result.h>

#include <string>

namespace sceplab::report {

// For a person at a terminal: a line an exchange, the findings of each below it, what was not performed and why, the sums.
//
//     #3   POST PKIOperation  PKCSReq → CertRep SUCCESS  tid 8e63a0…  signature valid, decrypted
//         error    response SignedData.signerInfos[0].signedAttrs[3].attrValues[0] @1893+16  recipientNonce …
//         [nonce.recipient-echoes-sender, RFC 8894, 3.2.1.5]
//
// What the capture holds cannot drive the terminal.
[[nodiscard]] std::string text(const rules::Result& result, const Options& options = {});

} // namespace sceplab::report
