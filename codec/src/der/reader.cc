#include <scepcodec/der/reader.h>

#include <algorithm>

namespace scep::der {

std::expected<Header, ErrorCode> read_header(Input input) {
    if (input.empty()) {
        return std::unexpected(ErrorCode::end_of_input);
    }
    const std::uint8_t identifier = input[0];
    Header header;
    std::uint32_t at = 1;
    std::uint32_t number = identifier & 0x1f;
    if (number == 0x1f) {
        number = 0;
        std::uint8_t octet = 0x80;
        for (bool first = true; (octet & 0x80) != 0; first = false) {
            if (at >= input.size()) {
                return std::unexpected(ErrorCode::truncated);
            }
            octet = input[at++];
            if ((first && octet == 0x80) || number > (Tag::number_mask >> 8)) {
                return std::unexpected(ErrorCode::invalid_tag);
            }
            number = (number << 7) | (octet & 0x7f);
        }
        if (number < 0x1f) {
            return std::unexpected(ErrorCode::invalid_tag);
        }
    }
    header.tag = Tag::make(static_cast<TagClass>(identifier >> 6), (identifier & 0x20) != 0, number);
    if (at >= input.size()) {
        return std::unexpected(ErrorCode::truncated);
    }
    const std::uint8_t initial = input[at++];
    if (initial < 0x80) {
        header.length = initial;
    } else if (initial == 0x80) {
        header.indefinite = true;
    } else if (initial == 0xff) {
        return std::unexpected(ErrorCode::reserved_length);
    } else {
        const std::uint32_t count = initial & 0x7f;
        if (count > input.size() - at) {
            return std::unexpected(ErrorCode::truncated);
        }
        std::uint32_t length = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            if (length > 0x00ffffff) {
                return std::unexpected(ErrorCode::length_too_large);
            }
            length = (length << 8) | input[at + i];
        }
        header.length = length;
        header.minimal = input[at] != 0 && length >= 0x80;
        at += count;
    }
    header.size = at;
    return header;
}

void Reader::fail(ErrorCode code, Location where, const char* field) {
    Error error;
    error.code = code;
    error.where = where;
    fail(error, field);
}

void Reader::fail(Error error, const char* field, std::int32_t index) {
    if (m_error) {
        return;
    }
    error.path.enclose(field, index);
    m_error = error;
    m_rest = m_rest.part(0, 0);
}

void Reader::fail_inside(Reader& inner, const char* field, std::int32_t index) {
    if (!inner.failed()) {
        inner.fail(ErrorCode::trailing_data, inner.m_rest.location(), nullptr);
    }
    fail(*inner.m_error, field, index);
}

void Reader::expected_tag(Tag expected, Tag or_expected, const char* field) {
    if (m_error) {
        return;
    }
    Error error;
    error.expected = expected;
    error.or_expected = or_expected;
    if (m_rest.empty()) {
        error.code = ErrorCode::end_of_input;
        error.where = m_rest.location();
    } else {
        const auto header = der::read_header(m_rest);
        if (!header) {
            fail(header.error(), m_rest.slice(0, 1).location(), field);
            return;
        }
        error.code = ErrorCode::unexpected_tag;
        error.actual = header->tag;
        error.where = m_rest.slice(0, header->size + std::min(header->length, m_rest.size() - header->size)).location();
    }
    fail(error, field);
}

Error Reader::end_error(const char* type) {
    if (!m_error) {
        fail(ErrorCode::trailing_data, m_rest.location(), nullptr);
    }
    return m_error->in(type);
}

void Reader::fail_value(ErrorCode code, const Element& element, const char* field) { fail(code, element.whole().location(), field); }

Tag Reader::peek_high_number() const {
    const auto header = der::read_header(m_rest);
    return header ? header->tag : tag::none;
}

Element Reader::any_of_all_forms(const char* field) {
    if (m_error) {
        return {};
    }
    const auto header = der::read_header(m_rest);
    if (!header) {
        fail(header.error(), header.error() == ErrorCode::end_of_input ? m_rest.location() : m_rest.slice(0, 1).location(), field);
        return {};
    }
    const Location octets = m_rest.slice(0, header->size).location();
    if (header->indefinite) {
        fail(ErrorCode::indefinite_length, octets, field);
    } else if (!header->minimal) {
        fail(ErrorCode::non_minimal_length, octets, field);
    } else if (header->length > m_rest.size() - header->size) {
        fail(ErrorCode::truncated, m_rest.location(), field);
    } else if (header->tag == tag::none) {
        fail(ErrorCode::unexpected_end_of_contents, octets, field);
    } else {
        const Element found(header->tag, m_rest.slice(0, header->size + header->length), header->size);
        m_rest = m_rest.from(found.whole().size());
        return found;
    }
    return {};
}

Element Reader::element_of_all_forms(Tag tag, Tag or_tag, const char* field) {
    if (m_error) {
        return {};
    }
    const Tag next = peek();
    if (next == tag || (or_tag != tag::none && next == or_tag)) {
        return any_of_all_forms(field);
    }
    const auto in_parts = [next](Tag wanted) { return is_string_type(wanted) && next == wanted.as_constructed(); };
    if (in_parts(tag) || in_parts(or_tag)) {
        fail(ErrorCode::constructed_string, m_rest.slice(0, 1).location(), field);
    } else {
        expected_tag(tag, or_tag, field);
    }
    return {};
}

std::uint32_t Reader::skip_all() {
    std::uint32_t count = 0;
    for (Cursor cursor(m_rest); !cursor.at_end(); ++count) {
        if (!cursor.skip()) [[unlikely]] {
            m_rest = cursor.rest();
            any_of_all_forms(nullptr);
            if (failed()) {
                return count;
            }
            cursor = Cursor(m_rest);
        }
    }
    m_rest = m_rest.from(m_rest.size());
    return count;
}

std::optional<Element> Reader::optional_any(const char* field) {
    if (at_end()) {
        return std::nullopt;
    }
    const Element element = any(field);
    return m_error ? std::nullopt : std::optional(element);
}

Integer Reader::integer(const char* field) {
    const Element found = element(tag::INTEGER, field);
    if (m_error || valid_integer(found.value())) [[likely]] {
        return Integer{found.value()};
    }
    fail_value(ErrorCode::invalid_integer, found, field);
    return {};
}

Oid Reader::oid(const char* field) {
    const Element found = element(tag::OBJECT_IDENTIFIER, field);
    if (m_error || valid_oid(found.value())) [[likely]] {
        return Oid{found.value()};
    }
    fail_value(ErrorCode::invalid_oid, found, field);
    return {};
}

bool Reader::boolean(const char* field) {
    const Element found = element(tag::BOOLEAN, field);
    return m_error ? false : keep(decode_boolean(found), field);
}

BitString Reader::bit_string(const char* field) {
    const Element found = element(tag::BIT_STRING, field);
    return m_error ? BitString{} : keep(decode_bit_string(found), field);
}

Time Reader::time(const char* field) {
    const Element found = element(tag::UTCTime, tag::GeneralizedTime, field);
    return m_error ? Time{} : keep(decode_time(found), field);
}

}  // namespace scep::der
