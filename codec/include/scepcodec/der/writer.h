#pragma once

#include <scepcodec/der/length.h>
#include <scepcodec/der/values.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace scep::der {

// Writes DER of exactly the needed size, each octet once. A structure is a function of a Writer; encode() runs it twice, first to measure, then to write, so it
// must do the same both times:
//
//     auto der = encode([&](Writer& w) {
//         w.sequence([&] {
//             w.oid(id_data);
//             w.constructed(tag::context_constructed(0), [&] { w.octet_string(content); });
//         });
//     });
//
// Sizes are limited to 4 GiB - 1 in all; beyond that the result is empty.
class Writer {
public:
    // Constructed encodings; `body` writes what is inside.
    template <class F>
    void constructed(Tag tag, F&& body) {
        const Frame frame = open(tag);
        body();
        close(frame);
    }
    template <class F>
    void sequence(F&& body) {
        constructed(tag::SEQUENCE, body);
    }
    // SET in the order written (for a SET, or a SET OF of at most one).
    template <class F>
    void set(F&& body) {
        constructed(tag::SET, body);
    }
    // SET OF: the elements are put in ascending order of their encodings (X.690, 11.6), whatever order `body` wrote them in.
    // Where one of them (written by raw) is not framed as DER, there is no such order, and they stay as written.
    template <class F>
    void set_of(Tag tag, F&& body) {
        const Frame frame = open(tag);
        body();
        sort(frame);
        close(frame);
    }
    template <class F>
    void set_of(F&& body) {
        set_of(tag::SET, body);
    }

    void primitive(Tag tag, std::span<const std::uint8_t> content) {
        header(tag, content.size());
        put(content);
    }
    void primitive(Tag tag, std::string_view content) {
        primitive(tag, std::span(reinterpret_cast<const std::uint8_t*>(content.data()), content.size()));
    }
    // The content put together from several pieces.
    void primitive_of(Tag tag, std::span<const Input> pieces);
    void boolean(bool value);
    void integer(std::int64_t value);
    // Content octets as they are: the caller's two's complement.
    void integer(std::span<const std::uint8_t> content) { primitive(tag::INTEGER, content); }
    void integer(const Integer& value) { primitive(tag::INTEGER, value.content.octets()); }
    // An unsigned big-endian number: leading zeros dropped, a sign octet added where needed.
    void unsigned_integer(std::span<const std::uint8_t> magnitude);
    void null() { primitive(tag::NULL_, std::span<const std::uint8_t>{}); }
    void oid(const OidConstant& value) { primitive(tag::OBJECT_IDENTIFIER, value.content()); }
    void oid(const Oid& value) { primitive(tag::OBJECT_IDENTIFIER, value.content.octets()); }
    void octet_string(std::span<const std::uint8_t> content) { primitive(tag::OCTET_STRING, content); }
    void bit_string(std::span<const std::uint8_t> octets, std::uint8_t unused_bits = 0);
    void printable_string(std::string_view text) { primitive(tag::PrintableString, text); }
    void utf8_string(std::string_view text) { primitive(tag::UTF8String, text); }
    // UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, 4.1.2.5).
    void time(std::int64_t seconds_since_epoch);
    // Octets that are already encoded.
    void raw(std::span<const std::uint8_t> encoded) { put(encoded); }
    void raw(Input encoded) { raw(encoded.octets()); }

    // The second run: position() is then where the next octet goes in the result.
    [[nodiscard]] bool writing() const { return m_out != nullptr; }
    [[nodiscard]] std::size_t position() const { return m_size; }

private:
    template <class Octets, class F>
    friend Octets encode_as(F&& structure);

    struct Frame {
        Tag tag;
        std::uint32_t index = 0;  // of its length
        std::size_t start = 0;    // of its content
    };
    Frame open(Tag tag) {
        const std::uint32_t index = m_next++;
        if (writing()) {
            write_header(tag, length_at(index));
        } else if (index >= m_first_lengths.size()) {
            m_more_lengths.push_back(0);
        }
        return {tag, index, m_size};
    }
    void close(const Frame& frame) {
        if (!writing()) {
            const std::size_t length = m_size - frame.start;
            length_at(frame.index) = static_cast<std::uint32_t>(length <= Input::max_size ? length : Input::max_size);
            m_size += header_octets(frame.tag, length);
        }
    }
    [[nodiscard]] std::uint32_t& length_at(std::uint32_t index) {
        return index < m_first_lengths.size() ? m_first_lengths[index] : m_more_lengths[index - m_first_lengths.size()];
    }
    void header(Tag tag, std::size_t length) {
        if (writing()) {
            write_header(tag, length);
        } else {
            m_size += header_octets(tag, length);
        }
    }
    [[nodiscard]] static std::size_t header_octets(Tag tag, std::size_t length) {
        return tag.number() < 0x1f ? 1 + length_octets(length) : unusual_header_octets(tag, length);
    }
    void write_header(Tag tag, std::size_t length) {
        if (tag.number() >= 0x1f || length > 0xffff) {
            write_unusual_header(tag, length);
            return;
        }
        make_room(4);
        std::uint8_t* const at = m_out + m_size;
        at[0] = tag.octet();
        if (length < 0x80) {
            at[1] = static_cast<std::uint8_t>(length);
            m_size += 2;
        } else {
            m_size = static_cast<std::size_t>(put_length(at + 1, length) - m_out);
        }
    }
    void put(std::span<const std::uint8_t> octets) {
        const std::size_t start = m_size;
        m_size += octets.size();
        if (writing() && m_size > m_made) {
            put_beyond(start, octets);
        } else if (writing() && !octets.empty()) {
            std::memcpy(m_out + start, octets.data(), octets.size());
        }
    }
    // There are so many octets more, or the last one.
    void make_room(std::size_t octets) {
        if (m_made - m_size < octets) {
            grow(m_size + octets);
        }
    }
    [[nodiscard]] static std::size_t unusual_header_octets(Tag tag, std::size_t length);
    void write_unusual_header(Tag tag, std::size_t length);
    // To so many octets, or to all there will be.
    void grow(std::size_t wanted);
    void put_beyond(std::size_t start, std::span<const std::uint8_t> octets);
    void sort(const Frame& frame);

    // The container that is written into. It grows as it is written, within what it has reserved, so that long contents are not zeros first.
    struct Target {
        void* container = nullptr;
        void (*resize)(void* container, std::size_t size) = nullptr;
        void (*append)(void* container, std::span<const std::uint8_t> octets) = nullptr;
    };
    template <class Octets>
    void start_writing(Octets& out) {
        m_total = m_made = m_size;
        m_size = 0;
        m_next = 0;
        if constexpr (requires(std::span<const std::uint8_t> octets) { out.insert(out.end(), octets.begin(), octets.end()); }) {
            out.reserve(m_total);
            m_made = m_total < step ? m_total : step;
            m_target = {&out, [](void* to, std::size_t size) { static_cast<Octets*>(to)->resize(size); },
                        [](void* to, std::span<const std::uint8_t> octets) {
                            static_cast<Octets*>(to)->insert(static_cast<Octets*>(to)->end(), octets.begin(), octets.end());
                        }};
        }
        out.resize(m_made);
        m_out = out.data();
    }
    static constexpr std::size_t step = 512;

    std::uint8_t* m_out = nullptr;
    std::size_t m_size = 0;   // measured or written so far
    std::size_t m_made = 0;   // octets the container has
    std::size_t m_total = 0;  // octets it will have
    Target m_target;
    // Of the constructed encodings, in the order of their headers. Most structures have no more than the array takes, and cost no allocation.
    std::array<std::uint32_t, 48> m_first_lengths;
    std::vector<std::uint32_t> m_more_lengths;
    std::uint32_t m_next = 0;
};

// `Octets` is a container of octets with resize() and data(), for example std::vector or a secure one.
template <class Octets, class F>
[[nodiscard]] Octets encode_as(F&& structure) {
    Writer writer;
    structure(writer);
    Octets out;
    if (writer.m_size <= Input::max_size) {
        writer.start_writing(out);
        structure(writer);
    }
    return out;
}
// Such a container that allocates nothing for a result of up to `room` octets.
template <std::size_t room>
class ShortOctets {
public:
    [[nodiscard]] std::span<const std::uint8_t> octets() const { return {m_more.empty() ? m_octets.data() : m_more.data(), m_size}; }
    [[nodiscard]] std::uint8_t* data() { return m_more.empty() ? m_octets.data() : m_more.data(); }
    // What was in it is lost.
    void resize(std::size_t size) {
        m_more.resize(size > room ? size : 0);
        m_size = size;
    }

private:
    std::array<std::uint8_t, room> m_octets;
    std::vector<std::uint8_t> m_more;
    std::size_t m_size = 0;
};

template <class F>
[[nodiscard]] std::vector<std::uint8_t> encode(F&& structure) {
    return encode_as<std::vector<std::uint8_t>>(std::forward<F>(structure));
}

}  // namespace scep::der
