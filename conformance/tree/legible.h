#pragma once

#include <string>
#include <string_view>

namespace sceplab::tree {

// UTF-8 that may go to a terminal or into XML: control characters, characters that change the direction of text, and octets that are not
// UTF-8 are escaped as \xNN.
[[nodiscard]] std::string legible(std::string_view text);

// The same, of at most `width` characters; the last is then "…".
[[nodiscard]] std::string legible(std::string_view text, std::size_t width);

// Puts it at the end of `out`.
void add_legible(std::string& out, std::string_view text, std::size_t width);

} // namespace sceplab::tree
