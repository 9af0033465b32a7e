#pragma once

#include <scepcodec/der/values.h>

namespace sceplab::tree {

// The name of an OBJECT IDENTIFIER that SCEP, CMS or X.509 meets, as the RFCs spell it; empty where it is not known.
[[nodiscard]] std::string_view oid_name(scep::der::Input content);

} // namespace sceplab::tree
