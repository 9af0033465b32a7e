#pragma once

#include <scepcodec/der/input.h>

namespace scep::der {

// Walks TLVs of the form that nearly all have: an identifier of one octet, a definite and minimal length, a value that is all there. Any other gets a
// plain no, and the cursor stays where it is: a Reader, or read_header(), then tells what it is or what is wrong with it.
class Cursor {
public:
    constexpr explicit Cursor(Input input) : m_rest(input) {}

    [[nodiscard]] constexpr bool at_end() const { return m_rest.empty(); }
    [[nodiscard]] constexpr Input rest() const { return m_rest; }

    // The next TLV, if it has that tag.
    [[nodiscard]] constexpr bool take(Tag tag, Element& out) {
        return tag.octet() != 0 && measure() && m_rest[0] == tag.octet() && take_measured(tag, out);
    }
    [[nodiscard]] constexpr bool take_any(Element& out) {
        return measure() && is_tag(m_rest[0]) && take_measured(Tag::from_octet(m_rest[0]), out);
    }
    // The octets of the next TLV, whatever it is; 0 for a no.
    [[nodiscard]] constexpr std::uint32_t next_size() { return measure() && is_tag(m_rest[0]) ? m_size : 0; }
    // Passes it.
    [[nodiscard]] constexpr bool skip() {
        if (!measure() || !is_tag(m_rest[0])) {
            return false;
        }
        m_rest = m_rest.part(m_size, m_rest.size() - m_size);
        return true;
    }

private:
    // Of one octet, and not end-of-contents; most are SEQUENCEs.
    static constexpr bool is_tag(std::uint8_t identifier) {
        return identifier == tag::SEQUENCE.octet() || (identifier != 0 && (identifier & 0x1f) != 0x1f);
    }

    // The sizes of the next TLV, if its identifier has one octet.
    constexpr bool measure() {
        if (m_rest.size() < 2) {
            return false;
        }
        std::uint32_t header = 2;
        std::uint32_t length = m_rest[1];
        if (length == 0x82) {
            if (m_rest.size() < 4 || m_rest[2] == 0) {
                return false;
            }
            length = (std::uint32_t{m_rest[2]} << 8) | m_rest[3];
            header = 4;
        } else if (length >= 0x80) {
            const std::uint32_t count = length - 0x80;
            if (count == 0 || count > 4 || m_rest.size() < header + count || m_rest[2] == 0) {
                return false;
            }
            length = 0;
            for (const std::uint32_t end = header + count; header < end; ++header) {
                length = (length << 8) | m_rest[header];
            }
            if (length < 0x80) {
                return false;
            }
        }
        m_header = header;
        m_size = header + length;
        return length <= m_rest.size() - header;
    }
    constexpr bool take_measured(Tag tag, Element& out) {
        out = Element(tag, m_rest.part(0, m_size), m_header, Element::Measured{});
        m_rest = m_rest.part(m_size, m_rest.size() - m_size);
        return true;
    }

    Input m_rest;
    std::uint32_t m_header = 0;
    std::uint32_t m_size = 0;
};

}  // namespace scep::der
