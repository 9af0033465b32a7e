// malloc and its kin, defined here in place of the C library's: every library of the process allocates through them.
#include "allocations.h"

#include <algorithm>
#include <atomic>
#include <cerrno>

extern "C" std::size_t malloc_usable_size(void* memory);

namespace {

std::atomic<bool> counting = false;
std::size_t allocations = 0;
std::ptrdiff_t in_use = 0;
std::ptrdiff_t peak = 0;

void* taken(void* memory) {
    if (counting.load(std::memory_order_relaxed) && memory != nullptr) {
        ++allocations;
        in_use += static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
        peak = std::max(peak, in_use);
    }
    return memory;
}

void given_back(void* memory) {
    if (counting.load(std::memory_order_relaxed) && memory != nullptr) {
        in_use -= static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
    }
}

} // namespace

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) { return taken(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return taken(__libc_calloc(count, size)); }
void* realloc(void* memory, std::size_t size) {
    given_back(memory);
    return taken(__libc_realloc(memory, size));
}
void* memalign(std::size_t alignment, std::size_t size) { return taken(__libc_memalign(alignment, size)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) { return taken(__libc_memalign(alignment, size)); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = taken(__libc_memalign(alignment, size));
    return *out == nullptr ? ENOMEM : 0;
}
void free(void* memory) {
    given_back(memory);
    __libc_free(memory);
}

} // extern "C"

namespace bench {

Heap heap_of(const std::function<void()>& work) {
    allocations = 0;
    in_use = peak = 0;
    counting = true;
    work();
    counting = false;
    return {allocations, static_cast<std::size_t>(peak)};
}

} // namespace bench
