#pragma once

#include <conformance/tree/node.h>

#include <scepcodec/der/values.h>

namespace sceplab::tree {

// Gives a node of a primitive encoding its value, the note that goes with its type, and the error of its content. `as` is the type under an
// IMPLICIT tag, or the tag itself.
void read_value(Node& node, const scep::der::Element& element, scep::der::Tag as, std::uint32_t limit);

// Octets that are no TLV.
void read_octets(Node& node, scep::der::Input octets, std::uint32_t limit);

} // namespace sceplab::tree
