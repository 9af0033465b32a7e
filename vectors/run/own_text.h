#pragma once

#include <scepcodec/x509/name.h>

#include <string>

// Values as the fields of vectors have them (vectors/README.md). Private to the room.
namespace sceplab::vectors {

// Decimal, of up to 64 KiB; throws std::length_error beyond.
[[nodiscard]] std::string decimal(scep::der::Input two_s_complement);

// RFC 4514. Nothing where an attribute does not decode.
[[nodiscard]] std::optional<std::string> rfc4514(const scep::x509::Name& name);

} // namespace sceplab::vectors
