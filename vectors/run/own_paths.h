#pragma once

#include <scepcodec/der/input.h>

#include <string>

// The field of a structure that a place is in, spelt as the errors of the codec spell it. Private to the room.
namespace sceplab::vectors {

enum class Structure : std::uint8_t { Certificate, CertificateList, CertificationRequest, IssuerAndSubject, IssuerAndSerialNumber };

// The deepest field of the whole structure that holds all of `place`; empty where it is the structure itself.
[[nodiscard]] std::string field_at(Structure structure, scep::der::Input whole, scep::Location place);

} // namespace sceplab::vectors
