#pragma once

#include <conformance/report/options.h>
#include <conformance/tree/node.h>

#include <span>

namespace sceplab::report {

// A message that was decoded, and where it came from.
struct DecodedMessage {
    std::string input;
    std::optional<std::uint32_t> exchange;
    std::string side; // "request", "response"; empty for a bare message
    std::vector<tree::Node> nodes;
    std::vector<tree::Remark> remarks; // of the message, where no octets of the tree are meant
};

// What of the inputs could not be used.
struct DecodingError {
    std::string input;
    std::uint64_t offset = 0;
    std::string reason;
};

// The trees as JSON, as sceplab-tree-1.schema.json says.
[[nodiscard]] std::string tree_json(std::string_view version, std::span<const DecodedMessage> messages, std::span<const DecodingError> errors = {},
                                    const Options& options = {});

} // namespace sceplab::report
