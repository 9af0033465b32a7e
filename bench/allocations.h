#pragma once

#include <cstddef>
#include <functional>

namespace bench {

// The heap as malloc sees it, C libraries included. Botan's pool of locked memory is no heap: what fits into it is not counted.
struct Heap {
    std::size_t allocations = 0;
    std::size_t peak = 0; // octets in use at once, beyond what was before
};
[[nodiscard]] Heap heap_of(const std::function<void()>& work);

} // namespace bench
