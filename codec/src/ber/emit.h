#pragma once

#include "scan.h"

#include <span>

namespace scep::ber {

// Writes what a Scanner has walked in DER framing, and where each piece came from.
class Emitter {
public:
    Emitter(std::span<const Change> changes, std::pmr::vector<Deviation>& deviations) : m_changes(changes), m_deviations(deviations) {}

    // No more than this many points come of a walk.
    [[nodiscard]] static std::size_t most_points(const Scanner& scanner) { return 1 + 3 * scanner.changes().size() + scanner.parts(); }
    // The first change and all inside of it, to `out`, which has room for it: its size is that of the Scanner's element(). Adds the sets that are out of order.
    // Gives the points, which are written to `points`.
    std::span<const OffsetPoint> write(std::uint8_t* out, std::span<OffsetPoint> points);

private:
    void change();
    void header(der::Input received, std::uint8_t first, std::uint32_t length);
    void copy(der::Input octets);
    der::Input parts(der::Input rest, bool indefinite, bool bits, std::uint8_t& unused_bits);
    void point(std::uint32_t parent);
    [[nodiscard]] std::uint32_t position() const { return static_cast<std::uint32_t>(m_at - m_begin); }

    std::span<const Change> m_changes;
    std::pmr::vector<Deviation>& m_deviations;
    std::span<OffsetPoint> m_points;
    std::size_t m_points_used = 0;
    std::uint8_t* m_begin = nullptr;
    std::uint8_t* m_at = nullptr;
};

}  // namespace scep::ber
