#include <conformance/tree/remark.h>

namespace sceplab::tree {

namespace {

// The same place before normalising.
scep::Location received(scep::Location where, const scep::Sources& sources) {
    while (where.source < sources.size() && sources[where.source].kind == scep::SourceKind::normalised) {
        const auto parent = sources.in_parent(where);
        if (!parent) {
            break;
        }
        where = *parent;
    }
    return where;
}

bool holds(scep::Location outer, scep::Location inner) {
    return outer.source == inner.source && outer.offset <= inner.offset && inner.offset - outer.offset <= outer.length &&
           inner.length <= outer.length - (inner.offset - outer.offset);
}

void find(std::vector<Node>& nodes, const scep::Sources& sources, scep::Location where, Node*& best, std::uint32_t& length) {
    for (Node& node : nodes) {
        const scep::Location here = received(node.where, sources);
        if (holds(here, where) && (best == nullptr || here.length < length)) {
            best = &node;
            length = here.length;
        }
        // A layer's octets are nowhere in those around it.
        find(node.children, sources, where, best, length);
    }
}

} // namespace

bool add_remark(std::vector<Node>& nodes, const scep::Sources& sources, scep::Location where, Remark remark) {
    Node* best = nullptr;
    std::uint32_t length = 0;
    find(nodes, sources, received(where, sources), best, length);
    if (best != nullptr) {
        best->remarks.push_back(std::move(remark));
    }
    return best != nullptr;
}

} // namespace sceplab::tree
