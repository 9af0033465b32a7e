#include <scepcodec/der/source.h>

#include <algorithm>

namespace scep {

std::string_view name(SourceKind kind) {
    switch (kind) {
        case SourceKind::captured: return "captured";
        case SourceKind::base64: return "base64";
        case SourceKind::normalised: return "normalised";
        case SourceKind::decrypted: return "decrypted";
    }
    return "unknown";
}

namespace {

// What a source with a map of its own keeps alive.
struct Kept {
    std::shared_ptr<const void> owner;
    std::vector<OffsetPoint> map;
};

}  // namespace

Result<der::Input> Sources::add_owned(SourceKind kind, std::optional<SourceId> parent, std::shared_ptr<const void> owner,
                                      std::span<const std::uint8_t> octets, std::vector<OffsetPoint> map) {
    if (map.empty()) {
        return add_owned_with_map(kind, parent, std::move(owner), octets, {});
    }
    auto kept = std::make_shared<const Kept>(std::move(owner), std::move(map));
    const std::span<const OffsetPoint> view = kept->map;
    return add_owned_with_map(kind, parent, std::move(kept), octets, view);
}

Result<der::Input> Sources::add_owned_with_map(SourceKind kind, std::optional<SourceId> parent, std::shared_ptr<const void> owner,
                                               std::span<const std::uint8_t> octets, std::span<const OffsetPoint> map) {
    const auto id = static_cast<SourceId>(m_sources.size());
    if (parent && *parent >= id) {
        return std::unexpected(Error{});
    }
    if (octets.size() > m_limits.bytes) {
        Error error;
        error.code = ErrorCode::limit_bytes;
        error.where = {id, m_limits.bytes, 0};
        return std::unexpected(error);
    }
    m_sources.push_back(Source{kind, parent, der::Input(octets, id), map, std::move(owner)});
    return m_sources.back().octets;
}

Result<der::Input> Sources::add_captured(std::vector<std::uint8_t> octets) {
    auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(octets));
    const std::span<const std::uint8_t> view = *owner;
    return add_owned(SourceKind::captured, std::nullopt, std::move(owner), view, {});
}

Result<der::Input> Sources::add_derived(SourceKind kind, SourceId parent, std::vector<std::uint8_t> octets, std::vector<OffsetPoint> map) {
    auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(octets));
    const std::span<const std::uint8_t> view = *owner;
    return add_owned(kind, parent, std::move(owner), view, std::move(map));
}

Result<der::Input> Sources::add_view(std::span<const std::uint8_t> octets) {
    return add_owned(SourceKind::captured, std::nullopt, nullptr, octets, {});
}

namespace {

std::uint32_t origin(const Source& source, std::uint32_t offset) {
    const auto after = std::ranges::upper_bound(source.map, offset, {}, &OffsetPoint::at);
    if (after == source.map.begin()) {
        return offset;
    }
    const OffsetPoint& point = *std::prev(after);
    const std::uint32_t straight = point.parent + (offset - point.at);
    if (after == source.map.end() || straight < after->parent) {
        return straight;
    }
    return std::max(point.parent, after->parent == 0 ? 0 : after->parent - 1);
}

}  // namespace

std::optional<Location> Sources::in_parent(Location where) const {
    if (where.source >= m_sources.size() || !m_sources[where.source].parent) {
        return std::nullopt;
    }
    const Source& source = m_sources[where.source];
    const std::uint32_t limit = m_sources[*source.parent].octets.size();
    const std::uint32_t first = std::min(origin(source, where.offset), limit);
    if (where.length == 0) {
        return Location{*source.parent, first, 0};
    }
    const std::uint32_t end = std::min(origin(source, where.offset + where.length - 1) + 1, limit);
    return Location{*source.parent, first, end > first ? end - first : 0};
}

Location Sources::in_capture(Location where) const {
    while (const auto parent = in_parent(where)) {
        where = *parent;
    }
    return where;
}

der::Input Sources::at(Location where) const {
    return where.source < m_sources.size() ? m_sources[where.source].octets.slice(where.offset, where.length) : der::Input();
}

}  // namespace scep
