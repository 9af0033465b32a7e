#pragma once

#include <conformance/tree/node.h>

#include <span>

namespace sceplab::tree {

struct TextOptions {
    bool colour = false;
    bool show_secrets = false;
    std::size_t width = 80; // characters of a value or a note; the rest is "…"
};

// One line a node, as dumpasn1 does it: offset, octets of header and content, then the field, its type, its value, and what it means:
//
//        4   2      9    contentType OBJECT IDENTIFIER 1.2.840.113549.1.7.2  -- id-signedData
//
// Remarks stand below the line of their node: "^ error: …".
[[nodiscard]] std::string text(std::span<const Node> nodes, const TextOptions& options = {});

// Remarks that no node has.
[[nodiscard]] std::string text(std::span<const Remark> remarks, const TextOptions& options = {});

} // namespace sceplab::tree
