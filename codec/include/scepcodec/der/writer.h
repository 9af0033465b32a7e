#pragma once

#include <scepcodec/der/values.h>

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

    void primitive(Tag tag, std::span<const std::uint8_t> content);
    void primitive(Tag tag, std::string_view content);
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
    void raw(std::span<const std::uint8_t> encoded);
    void raw(Input encoded) { raw(encoded.octets()); }

    // The second run: position() is then where the next octet goes in the result.
    [[nodiscard]] bool writing() const { return m_out != nullptr; }
    [[nodiscard]] std::size_t position() const { return m_size; }

private:
    template <class Octets, class F>
    friend Octets encode_as(F&& structure);

    struct Frame {
        Tag tag;
        std::size_t index = 0;  // of its length in m_lengths
        std::size_t start = 0;  // of its content
    };
    Frame open(Tag tag);
    void close(const Frame& frame);
    void sort(const Frame& frame);
    void header(Tag tag, std::size_t length);
    void put(std::uint8_t octet);
    void put(std::span<const std::uint8_t> octets);
    void start_writing(std::uint8_t* out);

    std::uint8_t* m_out = nullptr;
    std::size_t m_size = 0;  // measured or written so far
    std::vector<std::uint32_t> m_lengths;
    std::size_t m_next = 0;
};

// `Octets` is a container of octets with resize(), for example std::vector or a secure one.
template <class Octets, class F>
[[nodiscard]] Octets encode_as(F&& structure) {
    Writer writer;
    structure(writer);
    Octets out;
    if (writer.m_size > Input::max_size) {
        return out;
    }
    out.resize(writer.m_size);
    writer.start_writing(out.data());
    structure(writer);
    return out;
}
template <class F>
[[nodiscard]] std::vector<std::uint8_t> encode(F&& structure) {
    return encode_as<std::vector<std::uint8_t>>(std::forward<F>(structure));
}

}  // namespace scep::der
