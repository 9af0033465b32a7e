#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// The inputs of the short paths: written by the builders, signed and encrypted with octets that only look like it, since these paths do not ask.
namespace scep::bench {

using Octets = std::vector<std::uint8_t>;

struct Input {
    Octets octets;
    std::size_t sum = 0;       // of the sizes of what a path is to find in it
    std::size_t elements = 0;  // TLVs that constructed encodings lead to
};

// `envelope` and `content` are octets of the eContent, a CertRep's of a CRL's size for example.
[[nodiscard]] Input pkcs_req(std::size_t envelope);
[[nodiscard]] Input cert_rep(std::size_t envelope);
[[nodiscard]] Input certificates_only(std::size_t count);

}  // namespace scep::bench
