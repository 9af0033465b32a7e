#pragma once

#include <vectors/generate/case.h>

#include <filesystem>
#include <set>

namespace sceplab::vectors {

// Puts into a file what `folder`/NAME.json holds, where there is such a document: cases that no generator makes, such as octets met in the
// field. It is a list of groups, as in v1, whose `tests` have a `name` in place of an `id`. Throws std::runtime_error where it is not.
void add_contributed(File& file, const std::filesystem::path& folder);
// Throws std::runtime_error where a document there is named after none of the files.
void check_contributed(const std::filesystem::path& folder, const std::set<std::string>& files);

}  // namespace sceplab::vectors
