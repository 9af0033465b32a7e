#pragma once

#include <conformance/tree/node.h>

#include <scepcodec/der/source.h>

namespace sceplab::tree {

// Puts a remark on the node that it speaks of: the smallest one that holds the octets at `where`, which may be in another source than the
// tree's as long as both were made from the same octets by normalising. False where no node holds them.
bool add_remark(std::vector<Node>& nodes, const scep::Sources& sources, scep::Location where, Remark remark);

} // namespace sceplab::tree
