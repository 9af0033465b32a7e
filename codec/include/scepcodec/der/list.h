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
        Cursor cursor(reader.rest());
        if (take(cursor, tag, field, list)) [[likely]] {
            reader.continue_at(cursor);
            return list;
        }
        list.m_element = reader.nested(tag, field, [&](Reader& r) { list.m_count = r.skip_all(); });
        list.m_field = field;
        return list;
    }
    static std::optional<ListOf> read_optional(Reader& reader, Tag tag, const char* field) {
        if (reader.peek() != tag) {
            return std::nullopt;
        }
        return read(reader, tag, field);
    }

    // The same, if it and its elements are framed as Cursor likes it. `out` is written only then.
    [[nodiscard]] static bool take(Cursor& cursor, Tag tag, const char* field, ListOf& out) {
        Cursor here = cursor;
        Element element;
        if (!here.take(tag, element)) {
            return false;
        }
        std::uint32_t count = 0;
        Cursor inside(element.value());
        while (inside.skip()) {
            ++count;
        }
        if (!inside.at_end()) {
            return false;
        }
        cursor = here;
        out.m_element = element;
        out.m_field = field;
        out.m_count = count;
        return true;
    }

    // A list of one element that the caller has seen to be alone in it.
    [[nodiscard]] static ListOf of_one(const Element& list, const char* field) {
        ListOf out;
        out.m_element = list;
        out.m_field = field;
        out.m_count = 1;
        return out;
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
            Reader reader(whole());
            T value = T::read(reader, nullptr);
            if (reader.failed()) {
                return std::unexpected(reader.error()->in(m_field, m_index));
            }
            return value;
        }
        // The octets of the element, whether it decodes or not.
        [[nodiscard]] Input whole() const { return m_rest.part(0, m_size); }
        [[nodiscard]] std::int32_t index() const { return m_index; }
        iterator& operator++() {
            m_rest = m_rest.part(m_size, m_rest.size() - m_size);
            ++m_index;
            measure();
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] bool operator==(std::default_sentinel_t) const { return m_rest.empty(); }

    private:
        void measure() {
            m_size = Cursor(m_rest).next_size();
            if (m_size != 0) [[likely]] {
                return;
            }
            m_size = m_rest.size();
            if (const auto header = read_header(m_rest); header && header->length <= m_rest.size() - header->size) {
                m_size = header->size + header->length;
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
    Element m_element;
    const char* m_field = nullptr;
    std::uint32_t m_count = 0;
};

}  // namespace scep::der
