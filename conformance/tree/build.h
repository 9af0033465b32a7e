#pragma once

#include <conformance/tree/node.h>

#include <scepcodec/der/source.h>

#include <span>

namespace sceplab::tree {

// The tree of the octets of a message, which stand in one of `sources`: BER as received, damaged or not. Never fails: what is wrong is told
// in the nodes, and octets that cannot be read are nodes of their own. One root, and one more for octets that follow it.
//
// Each of `layers` (decrypted contents, say) stands below the encryptedContent that its source was derived from, whichever normalised
// sources lie between. An eContent in parts that holds DER is joined; the joined octets become a source, and the tree goes on in it.
[[nodiscard]] std::vector<Node> build(scep::der::Input message, scep::Sources& sources, std::span<const scep::der::Input> layers = {},
                                      const Options& options = {});

} // namespace sceplab::tree
