#include "peers.h"

#include <cstdlib>

namespace bench {

Octets unescaped(std::string_view value) {
    const auto digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); };
    Octets out;
    out.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '%' && i + 2 < value.size()) {
            out.push_back(static_cast<std::uint8_t>(digit(value[i + 1]) << 4 | digit(value[i + 2])));
            i += 2;
        } else {
            out.push_back(static_cast<std::uint8_t>(value[i]));
        }
    }
    return out;
}

} // namespace bench
