#pragma once

#include <vectors/generate/group_rows.h>

// The groups of x509.json, by what they are about.
namespace sceplab::vectors {

[[nodiscard]] Group certificate_fields();
[[nodiscard]] Group certificate_keys();
[[nodiscard]] Group certificate_names();
[[nodiscard]] Group certificate_extensions();
[[nodiscard]] Group certificate_lists();

// What a decoder reads of the certificate that nothing was changed in; with other fields in their place.
[[nodiscard]] Json certificate_as_made(const Json& changed = Json::object());

} // namespace sceplab::vectors
