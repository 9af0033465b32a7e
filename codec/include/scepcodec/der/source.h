#pragma once

#include <scepcodec/der/input.h>
#include <scepcodec/der/limits.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace scep {

enum class SourceKind : std::uint8_t { captured, base64, normalised, decrypted };

[[nodiscard]] std::string_view name(SourceKind kind);

// Octet `at` of a derived source came from octet `parent` of its parent; octets after it follow one to one until the next point.
struct OffsetPoint {
    std::uint32_t at = 0;
    std::uint32_t parent = 0;
};

struct Source {
    SourceKind kind = SourceKind::captured;
    std::optional<SourceId> parent;
    der::Input octets;
    std::span<const OffsetPoint> map;     // ascending in both members; empty for captured
    std::shared_ptr<const void> owner;    // of the octets, unless they are a view, and of the map
};

// Owns every buffer that views look at: captured octets and whatever was derived from them. Append-only, addresses are stable; ids count from 0.
// Not copyable; views live as long as their Sources, or the Sources it is moved to. One thread at a time.
class Sources {
public:
    explicit Sources(Limits limits = {}) : m_limits(limits) {}
    Sources(const Sources&) = delete;
    Sources& operator=(const Sources&) = delete;
    Sources(Sources&&) = default;
    Sources& operator=(Sources&&) = default;

    // Errors: limit_bytes; internal_error where the parent is no source of this object.
    [[nodiscard]] Result<der::Input> add_captured(std::vector<std::uint8_t> octets);
    [[nodiscard]] Result<der::Input> add_derived(SourceKind kind, SourceId parent, std::vector<std::uint8_t> octets, std::vector<OffsetPoint> map);
    // Memory of the caller's choosing (Botan's secure vector), kept alive by `owner`.
    [[nodiscard]] Result<der::Input> add_owned(SourceKind kind, std::optional<SourceId> parent, std::shared_ptr<const void> owner,
                                               std::span<const std::uint8_t> octets, std::vector<OffsetPoint> map);
    // The same, where `owner` keeps the map alive too.
    [[nodiscard]] Result<der::Input> add_owned_with_map(SourceKind kind, std::optional<SourceId> parent, std::shared_ptr<const void> owner,
                                                        std::span<const std::uint8_t> octets, std::span<const OffsetPoint> map);
    // Looks at memory that outlives this object; nothing is copied.
    [[nodiscard]] Result<der::Input> add_view(std::span<const std::uint8_t> octets);

    [[nodiscard]] std::size_t size() const { return m_sources.size(); }
    // `id` is below size().
    [[nodiscard]] const Source& operator[](SourceId id) const { return m_sources[id]; }
    [[nodiscard]] const Limits& limits() const { return m_limits; }

    // The octets of the parent that `where` was made from, from the origin of its first octet to that of its last one; nothing for a captured or unknown source.
    // End-of-contents octets come after the last one: ber::original() adds them.
    [[nodiscard]] std::optional<Location> in_parent(Location where) const;
    // The same, up to the captured source.
    [[nodiscard]] Location in_capture(Location where) const;
    // The view of a location. Clamped to the source; empty where there is no such source.
    [[nodiscard]] der::Input at(Location where) const;

private:
    std::deque<Source> m_sources;
    Limits m_limits;
};

}  // namespace scep
