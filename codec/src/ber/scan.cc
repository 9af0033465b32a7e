#include "scan.h"

#include <scepcodec/der/framing.h>
#include <scepcodec/der/length.h>
#include <scepcodec/der/set_order.h>

#include <algorithm>

namespace scep::ber {

namespace {

using der::Header;
using der::Input;
using der::Tag;

// X.690, 8.6.4 and 8.23.6: bits come in BIT STRINGs, all else in OCTET STRINGs; parts of the string's own type are met too.
bool may_be_part(Tag tag, Tag whole) { return tag == whole || (tag == der::tag::OCTET_STRING && whole != der::tag::BIT_STRING); }

}  // namespace

std::expected<Header, ErrorCode> header_of(Input input) {
    der::Element plain;
    if (der::Cursor(input).take_any(plain)) [[likely]] {
        return Header{plain.tag(), plain.header_size(), plain.value().size()};
    }
    if (input.size() >= 2 && input[1] == 0x80 && der::is_plain_identifier(input[0])) [[likely]] {
        return Header{Tag::from_octet(input[0]), 2, 0, true};
    }
    return der::read_header(input);
}

std::uint32_t identifier_size(Input element) {
    std::uint32_t size = 1;
    if ((element[0] & 0x1f) == 0x1f) {
        do {
            ++size;
        } while ((element[size - 1] & 0x80) != 0);
    }
    return size;
}

std::nullopt_t Scanner::fail(ErrorCode code, Input where) {
    Error error;
    error.code = code;
    error.where = where.location();
    m_error = error;
    return std::nullopt;
}

bool Scanner::count(Input header) {
    if (++m_elements > m_limits.elements) [[unlikely]] {
        fail(ErrorCode::limit_elements, header);
        return false;
    }
    return true;
}

std::optional<Size> Scanner::element(Input input, std::uint32_t depth, Tag part_of) {
    const auto header = header_of(input);
    if (!header) {
        return fail(header.error(), input.slice(0, 1));
    }
    const Input header_octets = input.slice(0, header->size);
    if (depth > m_limits.depth) {
        return fail(ErrorCode::limit_depth, header_octets);
    }
    if (!count(header_octets)) {
        return std::nullopt;
    }
    if (header->tag == der::tag::none) {
        return fail(ErrorCode::unexpected_end_of_contents, header_octets);
    }
    if (part_of == der::tag::none) {
        m_bits_ended = false;
    } else if (!may_be_part(header->tag.as_primitive(), part_of)) {
        fail(ErrorCode::unexpected_tag, header_octets);
        m_error->expected = part_of;
        m_error->actual = header->tag;
        return std::nullopt;
    }
    if (header->indefinite) {
        if (!header->tag.constructed()) {
            return fail(ErrorCode::indefinite_length, header_octets);
        }
        note(DeviationKind::indefinite_length, header_octets);
    } else {
        if (header->length > input.size() - header->size) {
            return fail(ErrorCode::truncated, input);
        }
        if (!header->minimal) {
            note(DeviationKind::non_minimal_length, header_octets);
        }
    }
    return header->tag.constructed() ? constructed(*header, input, depth, part_of != der::tag::none) : primitive(*header, input, part_of);
}

std::optional<Size> Scanner::primitive(const Header& header, Input input, Tag part_of) {
    const Input whole = input.slice(0, header.size + header.length);
    m_parts += part_of == der::tag::none ? 0 : 1;
    if (part_of == der::tag::BIT_STRING) {
        const Input value = whole.from(header.size);
        if (m_bits_ended || value.empty() || value[0] > 7 || (value.size() == 1 && value[0] != 0)) {
            return fail(ErrorCode::invalid_bit_string, whole);
        }
        m_bits_ended = value[0] != 0;
        return Size{whole.size(), value.size() - 1};
    }
    if (part_of != der::tag::none) {
        return Size{whole.size(), header.length};
    }
    if (header.minimal) {
        return Size{whole.size(), whole.size()};
    }
    m_changes.push_back({whole, header.length});
    return Size{whole.size(), identifier_size(whole) + der::length_octets(header.length) + header.length};
}

// Most of a message is DER all through: a certificate, an algorithm. What was looked at in vain is looked at again, so that is only tried while it does not add up.
bool Scanner::is_der(const Header& header, Input input, std::uint32_t depth) {
    const Input content = input.slice(header.size, header.length);
    if (m_in_vain > m_input_size || header.indefinite || !header.minimal || depth >= m_limits.depth) {
        return false;
    }
    const Result<std::uint32_t> elements =
        der::check_der(content, {.depth = m_limits.depth - depth - 1, .elements = m_limits.elements - m_elements});
    if (elements) [[likely]] {
        m_elements += *elements;
    } else {
        m_in_vain += content.size();
    }
    return elements.has_value();
}

std::optional<Size> Scanner::constructed(const Header& header, Input input, std::uint32_t depth, bool is_part) {
    const bool is_string = header.tag != der::tag::SEQUENCE && der::is_string_type(header.tag);
    const Tag part_of = is_string ? header.tag.as_primitive() : der::tag::none;
    const bool is_set = header.tag == der::tag::SET;
    if (!is_string && !is_set && is_der(header, input, depth)) {
        return Size{header.size + header.length, header.size + header.length};
    }
    const std::size_t change = m_changes.size();
    m_changes.push_back({});
    const Input content = header.indefinite ? input.from(header.size) : input.slice(header.size, header.length);
    Input rest = content;
    Input previous;
    bool sorted = true;
    std::uint64_t der_length = 0;
    while (header.indefinite ? !der::is_end_of_contents(rest) : !rest.empty()) {
        if (rest.empty()) {
            return fail(ErrorCode::missing_end_of_contents, input.slice(0, header.size));
        }
        Size size;
        if (der::Element plain; !is_string && der::Cursor(rest).take_any(plain) && !plain.tag().constructed() && depth < m_limits.depth) [[likely]] {
            if (!count(rest.slice(0, plain.header_size()))) {
                return std::nullopt;
            }
            size = {plain.whole().size(), plain.whole().size()};
        } else if (const std::optional<Size> child = element(rest, depth + 1, part_of)) {
            size = *child;
        } else {
            return std::nullopt;
        }
        if (is_set) {
            const Input child = rest.slice(0, size.received);
            sorted = sorted && !der::precedes(child, previous);
            previous = child;
        }
        der_length += size.der;
        rest = rest.from(size.received);
    }
    const std::uint32_t length = content.size() - rest.size();
    const Input whole = input.slice(0, header.size + length + (header.indefinite ? end_of_contents_size : 0));
    if (is_string) {
        if (part_of == der::tag::BIT_STRING && length == 0) {
            return fail(ErrorCode::invalid_bit_string, whole);
        }
        note(DeviationKind::constructed_string, whole);
        m_changes.resize(change + (is_part ? 0 : 1));
        if (is_part) {
            return Size{whole.size(), der_length};
        }
        der_length += part_of == der::tag::BIT_STRING ? 1 : 0;
    } else if (!header.indefinite && header.minimal && m_changes.size() == change + 1) {
        m_changes.pop_back();
        if (!sorted) {
            note(DeviationKind::unsorted_set_of, whole);
        }
        return Size{whole.size(), whole.size()};
    }
    const auto der_value = static_cast<std::uint32_t>(der_length);  // where that cuts, the whole is too long to be written
    m_changes[change] = {whole, der_value};
    return Size{whole.size(), identifier_size(whole) + der::length_octets(der_value) + der_length};
}

}  // namespace scep::ber
