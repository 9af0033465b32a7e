#pragma once

#include <conformance/input/http_parser.h>

namespace sceplab::input {

// An exchange of HTTP messages as they were read. One of the two may be absent.
[[nodiscard]] Exchange make_exchange(std::optional<HttpMessage> request, std::optional<HttpMessage> response);

} // namespace sceplab::input
