#pragma once

#include "contender.h"

#include <filesystem>

namespace bench {

// The replay of all captures in a folder, with the keys that lie there, by the sceplab program.
void add_replay(Suite& suite, const std::filesystem::path& sceplab, const std::filesystem::path& captures);

} // namespace bench
