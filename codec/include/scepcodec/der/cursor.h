#pragma once

#include <scepcodec/der/input.h>

namespace scep::der {

// The header of nearly every TLV: an identifier of one octet, a definite and minimal length, and a value that is all there.
struct PlainHeader {
    std::uint32_t size = 0;
    std::uint32_t length = 0;
};
// Reads all but the identifier, which is_plain_identifier() judges; false where it has another form, or is wrong.
[[nodiscard]] constexpr bool read_plain_header(const std::uint8_t* octets, std::uint32_t size, PlainHeader& out) {
    if (size < 2) {
        return false;
    }
    std::uint32_t header = 2;
    std::uint32_t length = octets[1];
    if (length == 0x82) {
        if (size < 4 || octets[2] == 0) {
            return false;
        }
        length = (std::uint32_t{octets[2]} << 8) | octets[3];
        header = 4;
    } else if (length >= 0x80) {
        const std::uint32_t count = length - 0x80;
        if (count == 0 || count > 4 || size < header + count || octets[2] == 0) {
            return false;
        }
        length = 0;
        for (const std::uint32_t end = header + count; header < end; ++header) {
            length = (length << 8) | octets[header];
        }
        if (length < 0x80) {
            return false;
        }
    }
    out.size = header;
    out.length = length;
    return length <= size - header;
}
// Of one octet, and not end-of-contents; most are SEQUENCEs.
[[nodiscard]] constexpr bool is_plain_identifier(std::uint8_t identifier) {
    return identifier == tag::SEQUENCE.octet() || (identifier != 0 && (identifier & 0x1f) != 0x1f);
}

// Walks TLVs of that form. Any other gets a plain no, and the cursor stays where it is: a Reader, or read_header(), then tells what it is or what is wrong with it.
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
        return measure() && is_plain_identifier(m_rest[0]) && take_measured(Tag::from_octet(m_rest[0]), out);
    }
    // The octets of the next TLV, whatever it is; 0 for a no.
    [[nodiscard]] constexpr std::uint32_t next_size() { return measure() && is_plain_identifier(m_rest[0]) ? m_size : 0; }
    // Passes it.
    [[nodiscard]] constexpr bool skip() {
        if (!measure() || !is_plain_identifier(m_rest[0])) {
            return false;
        }
        m_rest = m_rest.part(m_size, m_rest.size() - m_size);
        return true;
    }

private:
    constexpr bool measure() {
        PlainHeader header;
        const bool plain = read_plain_header(m_rest.data(), m_rest.size(), header);
        m_header = header.size;
        m_size = header.size + header.length;
        return plain;
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
