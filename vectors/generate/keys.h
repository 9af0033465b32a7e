#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/party.h>

namespace sceplab::vectors {

// A key as groups have it: "name", "privateKey" in PEM, "certificate" in hexadecimal. The name is that of its files, too.
[[nodiscard]] Json key(std::string_view name, const Party& party, const Octets& certificate);

}  // namespace sceplab::vectors
