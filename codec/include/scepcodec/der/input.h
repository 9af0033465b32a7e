#pragma once

#include <scepcodec/der/error.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace scep::der {

// A view of octets that knows where they stand: offset `offset()` of source `source()`.
// Owns nothing, is passed by value, and lives as long as the memory it looks at (usually a Sources).
class Input {
public:
    constexpr Input() = default;

    // A whole source. Octets beyond 4 GiB - 1 are refused: the view is then empty; a caller who may meet them asks for octets.size() <= max_size before.
    constexpr explicit Input(std::span<const std::uint8_t> octets, SourceId source = 0, std::uint32_t offset = 0)
        : m_data(octets.data()), m_size(octets.size() <= max_size ? static_cast<std::uint32_t>(octets.size()) : 0), m_offset(offset), m_source(source) {}

    // Member by member: as one block of octets, a copy waits until the members, which were written one by one a moment ago, have reached the cache. Parsing takes
    // twice as long then.
    constexpr Input(const Input& other) : m_data(other.m_data), m_size(other.m_size), m_offset(other.m_offset), m_source(other.m_source) {}
    constexpr Input& operator=(const Input& other) {
        m_data = other.m_data;
        m_size = other.m_size;
        m_offset = other.m_offset;
        m_source = other.m_source;
        return *this;
    }

    static constexpr std::size_t max_size = 0xffffffff;

    [[nodiscard]] constexpr const std::uint8_t* data() const { return m_data; }
    [[nodiscard]] constexpr std::uint32_t size() const { return m_size; }
    [[nodiscard]] constexpr bool empty() const { return m_size == 0; }
    [[nodiscard]] constexpr std::uint32_t offset() const { return m_offset; }
    [[nodiscard]] constexpr SourceId source() const { return m_source; }
    [[nodiscard]] constexpr Location location() const { return {m_source, m_offset, m_size}; }
    [[nodiscard]] constexpr std::uint8_t operator[](std::size_t index) const { return m_data[index]; }
    [[nodiscard]] constexpr const std::uint8_t* begin() const { return m_data; }
    [[nodiscard]] constexpr const std::uint8_t* end() const { return m_data + m_size; }
    [[nodiscard]] constexpr std::span<const std::uint8_t> octets() const { return {m_data, m_size}; }
    [[nodiscard]] std::string_view text() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

    // The part [from, from + length), clamped to this view.
    [[nodiscard]] constexpr Input slice(std::uint32_t from, std::uint32_t length) const {
        const std::uint32_t start = from < m_size ? from : m_size;
        const std::uint32_t rest = m_size - start;
        return part(start, length < rest ? length : rest);
    }
    [[nodiscard]] constexpr Input from(std::uint32_t start) const { return slice(start, m_size); }

    // Compares the octets, not the place.
    [[nodiscard]] bool same_octets(std::span<const std::uint8_t> other) const {
        return m_size == other.size() && (m_size == 0 || std::memcmp(m_data, other.data(), m_size) == 0);
    }
    [[nodiscard]] bool same_octets(Input other) const { return same_octets(other.octets()); }

private:
    friend class Cursor;
    friend class Element;
    friend class Reader;
    template <class T>
    friend class ListOf;
    // slice() for who has looked: from + length <= size().
    [[nodiscard]] constexpr Input part(std::uint32_t from, std::uint32_t length) const {
        Input out;
        out.m_data = m_data + from;
        out.m_size = length;
        out.m_offset = m_offset + from;
        out.m_source = m_source;
        return out;
    }

    const std::uint8_t* m_data = nullptr;
    std::uint32_t m_size = 0;
    std::uint32_t m_offset = 0;
    SourceId m_source = 0;
};

// One TLV: the tag, the whole octets and the value octets.
class Element {
public:
    constexpr Element() = default;
    constexpr Element(Tag tag, Input whole, std::uint32_t header_size)
        : m_whole(whole), m_header_size(header_size < whole.size() ? header_size : whole.size()), m_tag(tag) {}

    [[nodiscard]] constexpr Tag tag() const { return m_tag; }
    [[nodiscard]] constexpr Input whole() const { return m_whole; }
    [[nodiscard]] constexpr Input value() const { return m_whole.part(m_header_size, m_whole.size() - m_header_size); }
    [[nodiscard]] constexpr std::uint32_t header_size() const { return m_header_size; }

private:
    friend class Cursor;
    struct Measured {};
    constexpr Element(Tag tag, Input whole, std::uint32_t header_size, Measured) : m_whole(whole), m_header_size(header_size), m_tag(tag) {}

    Input m_whole;
    std::uint32_t m_header_size = 0;
    Tag m_tag;
};

}  // namespace scep::der
