#pragma once

#include <scepcodec/der/reader.h>

#include <cstddef>
#include <iterator>

namespace scep::der {

// SEQUENCE OF T or SET OF T, decoded while it is walked; nothing is stored. The framing of the elements was checked when the list was read, what is inside them
// was not: each step gives a Result<T>, whose error names the element by its index. A failed element does not end the walk, the next one is tried.
//
//     for (const Result<SignerInfo>& signer : signed_data.signer_infos) { ... }
template <class T>
class ListOf {
public:
    ListOf() = default;

    // Reads the list's TLV; walks the headers of its elements.
    static ListOf read(Reader& reader, Tag tag, const char* field) {
        ListOf list;
        list.m_element = reader.nested(tag, field, [&](Reader& r) { list.count_elements(r); });
        list.m_field = field;
        return list;
    }
    static std::optional<ListOf> read_optional(Reader& reader, Tag tag, const char* field) {
        if (reader.peek() != tag) {
            return std::nullopt;
        }
        return read(reader, tag, field);
    }

    [[nodiscard]] std::uint32_t size() const { return m_count; }
    [[nodiscard]] bool empty() const { return m_count == 0; }
    [[nodiscard]] Input whole() const { return m_element.whole(); }
    [[nodiscard]] Input value() const { return m_element.value(); }

    class iterator {
    public:
        using value_type = Result<T>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        iterator() = default;
        iterator(Input rest, const char* field, std::int32_t index) : m_rest(rest), m_field(field), m_index(index) { measure(); }

        [[nodiscard]] Result<T> operator*() const {
            Reader reader(m_rest.slice(0, m_size));
            T value = T::read(reader, nullptr);
            if (reader.failed()) {
                return std::unexpected(reader.error()->in(m_field, m_index));
            }
            return value;
        }
        // The octets of the element, whether it decodes or not.
        [[nodiscard]] Input whole() const { return m_rest.slice(0, m_size); }
        [[nodiscard]] std::int32_t index() const { return m_index; }
        iterator& operator++() {
            m_rest = m_rest.from(m_size);
            ++m_index;
            measure();
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] bool operator==(std::default_sentinel_t) const { return m_rest.empty(); }

    private:
        void measure() {
            m_size = m_rest.size();
            if (!m_rest.empty()) {
                if (const auto header = read_header(m_rest); header && header->length <= m_rest.size() - header->size) {
                    m_size = header->size + header->length;
                }
            }
        }
        Input m_rest;
        std::uint32_t m_size = 0;
        const char* m_field = nullptr;
        std::int32_t m_index = 0;
    };
    [[nodiscard]] iterator begin() const { return iterator(m_element.value(), m_field, 0); }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

private:
    void count_elements(Reader& reader) {
        while (!reader.at_end()) {
            reader.any(nullptr);
            if (reader.failed()) {
                return;
            }
            ++m_count;
        }
    }

    Element m_element;
    const char* m_field = nullptr;
    std::uint32_t m_count = 0;
};

}  // namespace scep::der
