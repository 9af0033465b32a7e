#pragma once

#include <memory>

namespace bench {

// An object of a C library, freed by the function that it names for it.
template <auto function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        function(object);
    }
};
template <class T, auto function>
using Owned = std::unique_ptr<T, Free<function>>;

} // namespace bench
