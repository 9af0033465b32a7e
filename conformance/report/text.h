#pragma once

#include <conformance/report/options.h>
#include <conformance/rules/result.h>

#include <functional>
#include <string>
#include <string_view>

namespace sceplab::report {

// For a person at a terminal: a line an exchange, the findings of each below it, what was not performed and why, the sums.
//
//     #3   POST PKIOperation  PKCSReq → CertRep SUCCESS  tid 8e63a0…  signature valid, decrypted
//         error    response SignedData.signerInfos[0].signedAttrs[3].attrValues[0] @1893+16  recipientNonce …
//         [nonce.recipient-echoes-sender, RFC 8894, 3.2.1.5]
//
// What the capture holds cannot drive the terminal.
using Write = std::function<void(std::string_view)>;
void text(const rules::Result& result, const Options& options, const Write& write);
// The same as one text.
[[nodiscard]] std::string text(const rules::Result& result, const Options& options = {});

} // namespace sceplab::report
