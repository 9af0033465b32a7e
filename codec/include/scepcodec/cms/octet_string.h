#pragma once

#include <scepcodec/der/reader.h>

#include <iterator>

namespace scep::cms {

// The value of eContent or encryptedContent: an OCTET STRING, or [0] IMPLICIT one, in one part or in several (constructed form). The parts are looked at where they
// stand: hashed and decrypted one after another, never copied together.
class OctetString {
public:
    OctetString() = default;

    // `element` is primitive, or constructed of primitive OCTET STRINGs. Errors: those of the reader; constructed_string where
    // parts have parts: normalise first.
    [[nodiscard]] static Result<OctetString> make(const der::Element& element);

    [[nodiscard]] const der::Element& element() const { return m_element; }
    [[nodiscard]] bool in_parts() const { return m_element.tag().constructed(); }
    [[nodiscard]] std::uint32_t size() const { return m_size; }   // octets of all parts
    [[nodiscard]] std::uint32_t parts() const { return m_parts; }
    // The octets, when there is at most one part that is not empty.
    [[nodiscard]] std::optional<der::Input> contiguous() const;

    class iterator {
    public:
        using value_type = der::Input;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        iterator() = default;
        [[nodiscard]] der::Input operator*() const { return m_part; }
        iterator& operator++();
        void operator++(int) { ++*this; }
        [[nodiscard]] bool operator==(std::default_sentinel_t) const { return m_done; }

    private:
        friend class OctetString;
        der::Input m_rest;
        der::Input m_part;
        bool m_done = true;
    };
    // The parts in order; an empty primitive string is one empty part.
    [[nodiscard]] iterator begin() const;
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

private:
    der::Element m_element;
    std::uint32_t m_size = 0;
    std::uint32_t m_parts = 0;
};

}  // namespace scep::cms
