#pragma once

#include <conformance/rules/common.h>

// Header fields of requests and answers. Private to the room.
namespace sceplab::rules {

// What a message's head says of one field.
struct Field {
    bool known = false;                      // the input has header fields at all
    std::optional<std::string_view> value;   // of the first of that name
};
[[nodiscard]] Field field(const Query& query, std::string_view name);
[[nodiscard]] Field field(const Answer& answer, std::string_view name);
// Where a finding on that field points: the message that it speaks of.
[[nodiscard]] Place field_place(const Query& query, std::string_view name);
[[nodiscard]] Place field_place(const Answer& answer, std::string_view name);
[[nodiscard]] Place body_place(const Answer& answer);

[[nodiscard]] inline Outcome no_fields() { return Outcome::not_performed("the input has no header fields"); }

}  // namespace sceplab::rules
