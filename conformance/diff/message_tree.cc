#include <conformance/diff/message_tree.h>

#include <conformance/tree/build.h>

namespace sceplab::diff {

bool has_tree(const evidence::MessageFacts& message) {
    using evidence::BodyKind;
    return message.kind != BodyKind::none && message.kind != BodyKind::capabilities && (message.kind != BodyKind::other || message.error);
}

std::vector<tree::Node> tree_of(const evidence::MessageFacts& message, scep::Sources& sources) {
    std::vector<scep::der::Input> layers;
    if (message.message_data && !message.message_data->in_clear) {
        layers.push_back(message.message_data->octets);
    }
    return tree::build(message.octets, sources, layers);
}

}  // namespace sceplab::diff
