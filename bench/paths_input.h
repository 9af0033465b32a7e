#pragma once

#include "ber_twin.h"

#include <scepcodec/scep/build.h>

// The inputs of the short paths: written by the builders, signed and encrypted with octets that only look like it, since these paths do not ask.
namespace bench {

struct PathInput {
    Octets octets;
    std::size_t sum = 0;       // of the sizes of what a path is to find in it
    std::size_t elements = 0;  // TLVs that constructed encodings lead to
};

// `envelope` is how many octets the eContent has.
[[nodiscard]] PathInput pkcs_req(std::size_t envelope);
[[nodiscard]] PathInput cert_rep(std::size_t envelope);
[[nodiscard]] PathInput certificates_only(std::size_t count);

// What a PKCSReq is put together of, all of it made before.
struct PathParts {
    scep::build::Transaction transaction;
    Octets envelope;
    Octets certificate;
    Octets sid;
    Octets digest_algorithm;
    Octets signature_algorithm;
    Octets message_digest;
    Octets signature;
};
[[nodiscard]] PathParts pkcs_req_parts(std::size_t envelope);

}  // namespace bench
