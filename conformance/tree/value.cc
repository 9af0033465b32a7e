#include <conformance/tree/value.h>

#include <conformance/tree/legible.h>
#include <conformance/tree/names.h>

namespace sceplab::tree {

namespace {

namespace der = scep::der;
namespace tag = scep::der::tag;
using der::Element;
using der::Input;

Input cut(Node& node, Input content, std::uint32_t limit) {
    node.shortened = content.size() > limit;
    return content.slice(0, limit);
}

template <class T>
bool told(Node& node, const scep::Result<T>& decoded) {
    if (!decoded && !node.error) {
        node.error = decoded.error().code;
    }
    return decoded.has_value();
}

void read_integer(Node& node, const Element& element, std::uint32_t limit) {
    const auto number = der::Integer{element.value()}.to_int64();
    if (!element.value().empty() && number) {
        node.value = std::to_string(*number);
    } else {
        const std::string digits = der::to_hex(cut(node, element.value(), limit).octets());
        node.value = digits.empty() ? digits : "0x" + digits;
    }
    if (!node.error && !der::valid_integer(element.value())) {
        node.error = scep::ErrorCode::invalid_integer;
    }
}

void read_oid(Node& node, const Element& element, std::uint32_t limit) {
    if (element.value().size() <= limit && der::valid_oid(element.value())) {
        node.value = der::Oid{element.value()}.to_string();
        node.note = oid_name(element.value());
    } else {
        read_octets(node, element.value(), limit);
        node.error = node.error ? node.error : scep::ErrorCode::invalid_oid;
    }
}

void read_bit_string(Node& node, const Element& element, std::uint32_t limit) {
    const auto bits = der::decode_bit_string(Element(tag::BIT_STRING, element.whole(), element.header_size()));
    if (!told(node, bits)) {
        read_octets(node, element.value(), limit);
        return;
    }
    read_octets(node, bits->octets, limit);
    if (bits->unused_bits > 0) {
        node.note = std::to_string(bits->unused_bits) + " unused bits";
    }
}

void read_string(Node& node, const Element& element, der::Tag as, std::uint32_t limit) {
    const Element typed(as, element.whole(), element.header_size());
    told(node, der::check_character_string(typed));
    // Not in the middle of a character.
    std::uint32_t size = std::min(element.value().size(), limit & ~3u);
    while (as == tag::UTF8String && size > 0 && size < element.value().size() && (element.value()[size] & 0xc0) == 0x80) {
        --size;
    }
    node.shortened = size < element.value().size();
    node.value = legible(der::display_text(Element(as, element.whole().slice(0, element.header_size() + size), element.header_size())));
}

void read_time(Node& node, const Element& element, der::Tag as, std::uint32_t limit) {
    const auto time = der::decode_time(Element(as, element.whole(), element.header_size()));
    if (told(node, time)) {
        node.value = time->to_string();
    } else {
        node.value = legible(cut(node, element.value(), limit).text());
    }
}

} // namespace

void read_octets(Node& node, Input octets, std::uint32_t limit) { node.value = der::to_hex(cut(node, octets, limit).octets()); }

void read_value(Node& node, const Element& element, der::Tag as, std::uint32_t limit) {
    if (as == tag::BOOLEAN) {
        const auto decoded = der::decode_boolean(Element(as, element.whole(), element.header_size()));
        if (told(node, decoded)) {
            node.value = *decoded ? "TRUE" : "FALSE";
        } else {
            read_octets(node, element.value(), limit);
        }
    } else if (as == tag::INTEGER || as == tag::ENUMERATED) {
        read_integer(node, element, limit);
    } else if (as == tag::BIT_STRING) {
        read_bit_string(node, element, limit);
    } else if (as == tag::OBJECT_IDENTIFIER) {
        read_oid(node, element, limit);
    } else if (as == tag::UTCTime || as == tag::GeneralizedTime) {
        read_time(node, element, as, limit);
    } else if (der::is_character_string(as)) {
        read_string(node, element, as, limit);
    } else {
        read_octets(node, element.value(), limit);
        if (as == tag::NULL_ && !element.value().empty() && !node.error) {
            node.error = scep::ErrorCode::invalid_null;
        }
    }
}

} // namespace sceplab::tree
