#pragma once

#include <conformance/input/exchange.h>

#include <functional>
#include <string>
#include <string_view>

namespace sceplab::cli {

// Writes a whole document to a file, or to standard output where the name is empty. A file is written beside its place and moved there, so that it is never half of one.
// Tells on standard error what went wrong.
// `document` gives its pieces to what it is called with.
using Document = std::function<void(const std::function<void(std::string_view)>& write)>;
[[nodiscard]] bool write_document(const Document& document, const std::string& file);
[[nodiscard]] bool write_document(const std::string& text, const std::string& file);

// One line on standard error: "sceplab: NAME: reason".
void tell(const std::string& name, const std::string& reason);
// The same of an input: with the offset, where the input is damaged and not unusable.
void tell(const std::string& name, const input::Damage& damage);

}  // namespace sceplab::cli
