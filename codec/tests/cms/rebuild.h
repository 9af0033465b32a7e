// Writes a decoded message again from its leaf values: integers, object identifiers, strings, times, bits. No encoded octets of anything
// constructed are copied.
#pragma once

#include <scepcodec/der/input.h>

#include <cstdint>
#include <vector>

namespace sceptest {

struct Rebuilt {
    std::vector<std::uint8_t> octets;
    bool unsorted = false; // a SET OF was not in DER's order, and was written in the order met
};
// A strict-DER ContentInfo, messageData, Certificate or CRL; the test fails where it does not decode.
[[nodiscard]] Rebuilt rebuild(scep::der::Input message);

} // namespace sceptest
