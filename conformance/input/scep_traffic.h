#pragma once

#include <conformance/input/http_parser.h>

// What counts as SCEP among HTTP.
namespace sceplab::input {

// A target with one of the four operations, in any case, or a path that SCEP servers are usually found at.
[[nodiscard]] bool is_scep_target(std::string_view target);
// A media type of RFC 8894, or of the drafts.
[[nodiscard]] bool is_scep_content(const std::vector<HeaderField>& fields);

} // namespace sceplab::input
