#pragma once

#include <vectors/run/answer.h>

// What libscepcodec, its bridge and the rules say of a case. A request has the members of the test and of its group, but for what is
// expected: "id", "type", "input" and so on. What is no such request is skipped.
namespace sceplab::vectors {

[[nodiscard]] Answer own_answer(const Json& request);

// One for each type of group. They throw where a member is missing or of another type.

[[nodiscard]] Answer own_der_value(const Json& request);
[[nodiscard]] Answer own_ber_value(const Json& request);
[[nodiscard]] Answer own_certificate(const Json& request);
[[nodiscard]] Answer own_certificate_list(const Json& request);
[[nodiscard]] Answer own_certification_request(const Json& request);
[[nodiscard]] Answer own_issuer_and_subject(const Json& request);
[[nodiscard]] Answer own_issuer_and_serial_number(const Json& request);
[[nodiscard]] Answer own_capabilities(const Json& request);
[[nodiscard]] Answer own_request_target(const Json& request);
[[nodiscard]] Answer own_certificates_only(const Json& request);
[[nodiscard]] Answer own_signed_data(const Json& request);
[[nodiscard]] Answer own_enveloped_data(const Json& request);
[[nodiscard]] Answer own_pki_message(const Json& request);
[[nodiscard]] Answer own_exchange(const Json& request);

// The octets of a member in hexadecimal, such as "input". Throws where it is not.
[[nodiscard]] std::vector<std::uint8_t> octets_of(const Json& request, const char* member = "input");

}  // namespace sceplab::vectors
