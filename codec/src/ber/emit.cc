#include "emit.h"

#include <scepcodec/der/length.h>
#include <scepcodec/der/set_order.h>

#include <cstring>

namespace scep::ber {

using der::Header;
using der::Input;

std::span<const OffsetPoint> Emitter::write(std::uint8_t* out, std::span<OffsetPoint> points) {
    m_begin = out;
    m_at = out;
    m_points = points;
    change();
    return m_points.first(m_points_used);
}

void Emitter::change() {
    const auto [received, length] = m_changes.front();
    m_changes = m_changes.subspan(1);
    const Header framing = *header_of(received);
    point(received.offset());
    const Input content = received.slice(framing.size, received.size() - framing.size - (framing.indefinite ? end_of_contents_size : 0));
    if (!framing.tag.constructed()) {
        header(received, received[0], length);
        copy(content);
        return;
    }
    if (framing.tag != der::tag::SEQUENCE && der::is_string_type(framing.tag)) {
        header(received, received[0] & std::uint8_t{0xdf}, length);
        const bool bits = framing.tag.as_primitive() == der::tag::BIT_STRING;
        std::uint8_t* const unused_bits = m_at;
        m_at += bits ? 1 : 0;
        std::uint8_t last = 0;
        parts(content, false, bits, last);
        if (bits) {
            *unused_bits = last;
        }
        return;
    }
    header(received, received[0], length);
    const std::uint8_t* const value = m_at;
    // What has not changed is copied as it stands, from one change to the next.
    Input rest = content;
    while (!m_changes.empty() && m_changes.front().received.offset() < content.offset() + content.size()) {
        const Input next = m_changes.front().received;
        copy(rest.slice(0, next.offset() - rest.offset()));
        change();
        rest = content.from(next.offset() + next.size() - content.offset());
    }
    copy(rest);
    if (framing.tag == der::tag::SET && der::first_out_of_order(Input({value, static_cast<std::size_t>(m_at - value)}))) {
        m_deviations.push_back({DeviationKind::unsorted_set_of, received.location()});
    }
}

void Emitter::header(Input received, std::uint8_t first, std::uint32_t length) {
    const std::uint32_t size = identifier_size(received);
    std::memcpy(m_at, received.data(), size);
    *m_at = first;
    m_at += size;
    m_at = der::put_length(m_at, length);
}

void Emitter::copy(Input octets) {
    if (!octets.empty()) {
        point(octets.offset());
        std::memcpy(m_at, octets.data(), octets.size());
        m_at += octets.size();
    }
}

// The octet of unused bits, whose last one counts, has no point of its own, so that the map stays ascending. Gives what follows.
Input Emitter::parts(Input rest, bool indefinite, bool bits, std::uint8_t& unused_bits) {
    while (indefinite ? !der::is_end_of_contents(rest) : !rest.empty()) {
        const Header framing = *header_of(rest);
        Input value = rest.slice(framing.size, framing.length);
        if (framing.indefinite) {
            rest = parts(rest.from(framing.size), true, bits, unused_bits);
            continue;
        }
        rest = rest.from(framing.size + framing.length);
        if (framing.tag.constructed()) {
            parts(value, false, bits, unused_bits);
            continue;
        }
        if (bits) {
            unused_bits = value[0];
            value = value.from(1);
        }
        copy(value);
    }
    return indefinite ? rest.from(end_of_contents_size) : rest;
}

void Emitter::point(std::uint32_t parent) {
    // What follows its predecessor one to one needs no point of its own.
    const std::uint32_t at = position();
    if (m_points_used > 0) {
        const OffsetPoint& last = m_points[m_points_used - 1];
        if (at - last.at == parent - last.parent) {
            return;
        }
    }
    // There is room for most_points(); a wrong count of those must not write beyond.
    if (m_points_used < m_points.size()) {
        m_points[m_points_used++] = {at, parent};
    }
}

}  // namespace scep::ber
