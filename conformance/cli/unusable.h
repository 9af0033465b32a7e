#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace sceplab::cli {

// A file or argument that cannot be used; "ca.key: not a private key".
struct Unusable {
    std::string input;
    std::string reason;
};
template <class T>
using Loaded = std::expected<T, Unusable>;

// A whole file of the user's that is small by its nature: a key, a certificate, a list.
[[nodiscard]] Loaded<std::vector<std::uint8_t>> read_small_file(const std::string& path);

}  // namespace sceplab::cli
