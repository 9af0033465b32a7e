#pragma once

#include <vectors/generate/group_rows.h>

// The groups of http.json.
namespace sceplab::vectors {

[[nodiscard]] Group capabilities();
[[nodiscard]] std::vector<Group> request_targets(); // of GET, of POST

} // namespace sceplab::vectors
