#pragma once

#include <scepcodec/x509/certificate.h>

#include <string>

// What the extensions that enrolments ask for hold (RFC 5280, 4.2.1). For the rules, and for what answers the vectors.
namespace sceplab::rules {

// Nothing where the value is one of its extension's type, or the extension is not known here; else what is wrong, in one clause.
[[nodiscard]] std::string fault_in(const scep::x509::Extension& extension);

}  // namespace sceplab::rules
