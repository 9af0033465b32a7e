#pragma once

#include <conformance/input/exchange.h>

#include <string>

namespace sceplab::cli {

// Writes a whole document to a file, or to standard output where the name is empty. A file is written beside its place and moved there, so that it is never half of one.
// Tells on standard error what went wrong.
[[nodiscard]] bool write_document(const std::string& text, const std::string& file);

// One line on standard error: "sceplab: NAME: reason".
void tell(const std::string& name, const std::string& reason);
// The same of an input: with the offset, where the input is damaged and not unusable.
void tell(const std::string& name, const input::Damage& damage);

}  // namespace sceplab::cli
