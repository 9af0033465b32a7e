#pragma once

#include <vectors/generate/case.h>

// The groups of der.json and ber.json, by what they are about.
namespace sceplab::vectors {

[[nodiscard]] std::vector<Group> der_tags();
[[nodiscard]] std::vector<Group> der_lengths();
[[nodiscard]] std::vector<Group> der_numbers();     // INTEGER, ENUMERATED, BOOLEAN, NULL
[[nodiscard]] std::vector<Group> der_bits();        // BIT STRING, OCTET STRING
[[nodiscard]] std::vector<Group> der_identifiers(); // OBJECT IDENTIFIER
[[nodiscard]] std::vector<Group> der_times();
[[nodiscard]] std::vector<Group> der_characters();
[[nodiscard]] std::vector<Group> der_collections(); // SET OF, SEQUENCE, depth

[[nodiscard]] Group ber_lengths();
[[nodiscard]] std::vector<Group> ber_strings();
[[nodiscard]] std::vector<Group> ber_values();
[[nodiscard]] Group ber_structures();

} // namespace sceplab::vectors
