#pragma once

#include "messages.h"

namespace bench {

// What is measured; the contenders enter afterwards.
void add_cases(Suite& suite, const Messages& messages);

} // namespace bench
