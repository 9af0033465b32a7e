#pragma once

#include <conformance/tree/node.h>

#include <scepcodec/der/source.h>

#include <span>

namespace sceplab::tree {

enum class DifferenceKind : std::uint8_t {
    only_a,
    only_b,
    type,           // another tag
    encoding,       // departures from DER
    order,          // of the elements
    value,
    length,         // of a value that differs anyhow
    error,          // what is wrong with an encoding
    not_compared,   // one of the two is closed: encrypted, and no key fits
};
[[nodiscard]] std::string_view name(DifferenceKind kind);

// One thing in which two messages differ. Texts are short, legible, and hide secrets.
struct Difference {
    DifferenceKind kind = DifferenceKind::value;
    std::string path;       // "SignedData.signerInfos[0].signedAttrs[senderNonce].attrValues[0]"
    bool matters = true;    // false: it differs as it must, from one message to the next
    std::optional<scep::Location> a;
    std::optional<scep::Location> b;
    std::string a_says;
    std::string b_says;
};

// The trees of a message, and what holds their octets.
struct Compared {
    std::span<const Node> nodes;
    const scep::Sources& sources;
};

// What two messages differ in, structure by structure. Fields are matched by name, attributes, extensions and their like by OBJECT IDENTIFIER
// whatever their order, other elements of lists by their place. Nonces, transactionID, digests and signatures, keys and what they
// encrypt, serial numbers, times, and names outside of what is asked for differ as they must; their type and their length may still
// matter. Contents that were normalised or decrypted are compared as such.
[[nodiscard]] std::vector<Difference> compare(const Compared& a, const Compared& b);

} // namespace sceplab::tree
