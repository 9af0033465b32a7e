#pragma once

#include <conformance/redact/mask.h>

namespace sceplab::redact {

// The octets of a message with the codings that its head names put on again.
[[nodiscard]] std::string wire_form(const Masked& message);
// Whether nothing but the end of the connection ends its body.
[[nodiscard]] bool ends_with_connection(const Masked& response);

} // namespace sceplab::redact
