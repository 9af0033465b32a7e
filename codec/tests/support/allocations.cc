#include "sceptest.h"

#include <cerrno>

namespace {
constinit thread_local std::size_t allocation_count = 0;
}

#if defined(__SANITIZE_ADDRESS__)

// Debian's GCC has the function in its libasan and ships no header for it.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t), void (*on_free)(const volatile void*));

namespace {
const int installed = __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t) { ++allocation_count; },
                                                                [](const volatile void*) {});
}

#else

// glibc's own entry points, behind names of ours that count. operator new of libstdc++ ends in malloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
    ++allocation_count;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    ++allocation_count;
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
    ++allocation_count;
    return __libc_realloc(memory, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
    ++allocation_count;
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    *memory = memalign(alignment, size);
    return *memory != nullptr ? 0 : ENOMEM;
}
}

#endif

namespace sceptest {

AllocationCount::AllocationCount() : m_start(allocation_count) {}

std::size_t AllocationCount::allocations() const { return allocation_count - m_start; }

} // namespace sceptest
