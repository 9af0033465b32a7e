#pragma once

#include <optional>
#include <string>

namespace sceplab::input {

// The octets of a body that a program wrote down as text: UTF-8 where it was text, and where it was binary the character of each octet, in Latin-1 or
// windows-1252. `size` is how many there were, where that is known. Nothing where octets are lost: characters stand in the text for what was no UTF-8.
[[nodiscard]] std::optional<std::string> octets_of_text(const std::string& text, std::optional<std::size_t> size);

// Whether text without an encoding is base64 all the same: of a SEQUENCE, and of so many octets as there were.
[[nodiscard]] bool is_unsaid_base64(const std::string& text, std::size_t size);

} // namespace sceplab::input
