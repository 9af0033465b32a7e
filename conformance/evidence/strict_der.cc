#include <conformance/evidence/strict_der.h>

#include <scepcodec/der/cursor.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/set_order.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace sceplab::evidence {

namespace {

using scep::der::Element;
using scep::der::Header;
using scep::der::Input;
namespace tag = scep::der::tag;

constexpr unsigned deepest = 64;
constexpr auto id_ce = scep::der::oid("2.5.29");
constexpr std::uint8_t keyUsage = 15;
constexpr std::uint8_t basicConstraints = 19;

bool digits_alone(Input text) {
    return std::ranges::all_of(text, [](std::uint8_t c) { return c >= '0' && c <= '9'; });
}

// YYYYMMDDHHMMSS, a fraction that does not end in 0, Z (X.690, 11.7).
bool is_der_generalized_time(Input text) {
    if (text.size() < 15 || text[text.size() - 1] != 'Z' || !digits_alone(text.slice(0, 14))) {
        return false;
    }
    const Input fraction = text.slice(14, text.size() - 15);
    return fraction.empty() || (fraction.size() > 1 && fraction[0] == '.' && digits_alone(fraction.from(1)) && fraction[fraction.size() - 1] != '0');
}

bool is_der_utc_time(Input text) { return text.size() == 13 && text[12] == 'Z' && digits_alone(text.slice(0, 12)); }

// The last octet holds the last bit that is set, and the unused bits follow it (X.690, 11.2.2).
bool is_minimal_named_bits(Input value) {
    if (value.size() <= 1) {
        return true;
    }
    const std::uint8_t last = value[value.size() - 1];
    return last != 0 && value[0] < 8 && ((last >> value[0]) & 1) == 1;
}

// Letters, digits and what else a PrintableString has (X.680, 41.4): UTF8String and IA5String have them too, and most strings nothing else.
constexpr std::array<bool, 256> printable = [] {
    std::array<bool, 256> out{};
    for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?")) {
        out[static_cast<std::uint8_t>(c)] = true;
    }
    return out;
}();

bool has_its_characters(const Element& element) {
    const scep::der::Tag type = element.tag();
    if (type == tag::PrintableString || type == tag::UTF8String || type == tag::IA5String) {
        const Input value = element.value();
        if (std::ranges::all_of(value, [](std::uint8_t octet) { return printable[octet]; })) {
            return true;
        }
    }
    return !scep::der::is_character_string(type) || scep::der::check_character_string(element);
}

// Goes by offsets into the octets that were given: `end` is where the element around ends.
class Walk {
public:
    explicit Walk(Input octets) : m_octets(octets) {}

    [[nodiscard]] std::vector<DerFault> faults() && {
        element(0, m_octets.size(), 0);
        std::ranges::stable_sort(m_faults, {}, [](const DerFault& fault) { return fault.where.offset; });
        return std::move(m_faults);
    }

private:
    struct Part {
        std::uint32_t at = 0;
        std::uint32_t size = 0;
    };
    [[nodiscard]] Input view(std::uint32_t at, std::uint32_t size) const { return m_octets.slice(at, size); }
    [[nodiscard]] Input view(Part part) const { return view(part.at, part.size); }

    // The octets that the element takes; 0 where the framing leads nowhere.
    std::uint32_t element(std::uint32_t at, std::uint32_t end, unsigned depth) {
        scep::der::PlainHeader plain;
        if (depth <= deepest && at < end && scep::der::is_plain_identifier(m_octets[at]) &&
            scep::der::read_plain_header(m_octets.data() + at, end - at, plain)) {
            const auto found = scep::der::Tag::from_octet(m_octets[at]);
            if (found.constructed()) {
                return constructed(Header{.tag = found, .size = plain.size, .length = plain.length}, at, end, depth);
            }
            if (m_strings == 0) {
                primitive(found, at, plain);
            }
            return plain.size + plain.length;
        }
        return element_of_other_form(at, end, depth);
    }

    std::uint32_t element_of_other_form(std::uint32_t at, std::uint32_t end, unsigned depth) {
        const Input input = view(at, end - at);
        const auto header = scep::der::read_header(input);
        if (!header || depth > deepest || (header->indefinite && !header->tag.constructed())) {
            return 0;
        }
        if (!header->indefinite && header->length > input.size() - header->size) {
            return 0;
        }
        const Input head = input.slice(0, header->size);
        if (header->indefinite) {
            add(DerFaultKind::indefinite_length, head, "indefinite length");
        } else if (!header->minimal) {
            add(DerFaultKind::non_minimal_length, head, "a length in more octets than it needs, " + octets(head));
        }
        if (!header->tag.constructed()) {
            if (m_strings == 0) {
                primitive(header->tag, at, {header->size, header->length});
            }
            return header->size + header->length;
        }
        return constructed(*header, at, end, depth);
    }

    static std::string octets(Input input) { return scep::der::to_hex(input.slice(0, 16).octets()) + (input.size() > 16 ? "..." : ""); }

    void add(DerFaultKind kind, Input where, std::string what) {
        bool& seen = m_seen[static_cast<std::size_t>(kind)];
        if (!seen) {
            m_faults.push_back({kind, where.location(), std::move(what)});
        }
        seen = true;
    }

    void primitive(scep::der::Tag type, std::uint32_t at, const scep::der::PlainHeader& header) {
        if (type.tag_class() != scep::der::TagClass::universal || type == tag::OCTET_STRING) {
            return;
        }
        const Element element(type, view(at, header.size + header.length), header.size);
        const Input value = element.value();
        const auto wrong = [&](DerFaultKind kind, const char* what) { add(kind, element.whole(), what + octets(element.whole())); };
        if (element.tag() == tag::INTEGER || element.tag() == tag::ENUMERATED) {
            if (!scep::der::valid_integer(value)) {
                wrong(DerFaultKind::integer, "an INTEGER that is not minimal, ");
            }
        } else if (element.tag() == tag::OBJECT_IDENTIFIER) {
            if (!scep::der::valid_oid(value)) {
                wrong(DerFaultKind::object_identifier, "an OBJECT IDENTIFIER that is not minimal or does not end, ");
            }
        } else if (element.tag() == tag::BOOLEAN) {
            if (value.size() != 1 || (value[0] != 0 && value[0] != 0xff)) {
                wrong(DerFaultKind::boolean, "a BOOLEAN that is neither 00 nor ff, ");
            }
        } else if (element.tag() == tag::NULL_) {
            if (!value.empty()) {
                wrong(DerFaultKind::null, "a NULL with content, ");
            }
        } else if (element.tag() == tag::BIT_STRING) {
            if (!scep::der::decode_bit_string(element)) {
                wrong(DerFaultKind::bit_string, "a BIT STRING whose unused bits are not zero, ");
            }
        } else if (element.tag() == tag::UTCTime) {
            if (!is_der_utc_time(value)) {
                wrong(DerFaultKind::utc_time, "a UTCTime that is not YYMMDDHHMMSSZ, ");
            }
        } else if (element.tag() == tag::GeneralizedTime) {
            if (!is_der_generalized_time(value)) {
                wrong(DerFaultKind::generalized_time, "a GeneralizedTime that is not YYYYMMDDHHMMSSZ, ");
            }
        } else if (!has_its_characters(element)) {
            // The characters may be a secret.
            add(DerFaultKind::characters, element.whole(), "characters that no " + scep::to_string(element.tag()) + " has");
        }
    }

    std::uint32_t constructed(const Header& header, std::uint32_t at, std::uint32_t end, unsigned depth) {
        std::uint32_t next = at + header.size;
        const std::uint32_t content_end = header.indefinite ? end : next + header.length;
        std::array<Part, 3> first;  // children
        std::uint32_t count = 0;
        Part previous;
        // The parts of a string are no values of its type: half a time, half a character.
        const bool is_string = scep::der::is_string_type(header.tag);
        m_strings += is_string ? 1 : 0;
        while (header.indefinite ? !scep::der::is_end_of_contents(view(next, content_end - next)) : next != content_end) {
            const Part child{next, element(next, content_end, depth + 1)};
            if (child.size == 0) {
                m_strings -= is_string ? 1 : 0;
                return 0;
            }
            if (header.tag == tag::SET && count > 0 && scep::der::precedes(view(child), view(previous))) {
                add(DerFaultKind::unsorted_set_of, view(child), "an element of a SET OF that belongs before the one that precedes it");
            }
            if (count < first.size()) {
                first[count] = child;
            }
            ++count;
            previous = child;
            next += child.size;
        }
        m_strings -= is_string ? 1 : 0;
        const std::uint32_t size = next - at + (header.indefinite ? 2 : 0);
        if (header.tag == tag::SEQUENCE) {
            if (count >= 1) {
                version(first[0]);
            }
            if (count == 2 || count == 3) {
                extension(std::span(first).first(count), depth);
            }
        } else if (is_string) {
            add(DerFaultKind::constructed_string, view(at, size), "a string in constructed form");
        }
        return size;
    }

    // version [0] EXPLICIT DEFAULT v1
    void version(Part child) {
        constexpr std::array<std::uint8_t, 5> v1{0xa0, 0x03, 0x02, 0x01, 0x00};
        if (m_octets[child.at] == v1[0] && view(child).same_octets(v1)) {
            add(DerFaultKind::default_encoded, view(child), "version v1, which is the DEFAULT, is encoded");
        }
    }

    // SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING } with an extnID below 2.5.29
    void extension(std::span<const Part> children, unsigned depth) {
        if (m_octets[children.front().at] != tag::OBJECT_IDENTIFIER.octet() || m_octets[children.back().at] != tag::OCTET_STRING.octet()) {
            return;
        }
        const auto id = scep::der::read_header(view(children.front()));
        const auto value = scep::der::read_header(view(children.back()));
        if (!id || !value) {
            return;
        }
        const Input oid = view(children.front()).from(id->size);
        if (oid.size() != id_ce.size + 1U || !oid.slice(0, id_ce.size).same_octets(id_ce.content())) {
            return;
        }
        constexpr std::array<std::uint8_t, 3> false_value{0x01, 0x01, 0x00};
        if (children.size() == 3 && view(children[1]).same_octets(false_value)) {
            add(DerFaultKind::default_encoded, view(children[1]), "critical FALSE, which is the DEFAULT, is encoded");
        }
        const std::uint32_t inside = children.back().at + value->size;
        const std::uint32_t end = children.back().at + children.back().size;
        const std::uint32_t size = element(inside, end, depth + 1);
        if (size == 0) {
            return;
        }
        if (size < end - inside) {
            add(DerFaultKind::trailing_octets, view(inside + size, end - inside - size),
                std::to_string(end - inside - size) + " octets after the value in an extnValue");
        }
        extension_value(oid[id_ce.size], view(inside, size));
    }

    void extension_value(std::uint8_t id, Input inside) {
        const auto header = scep::der::read_header(inside);
        const Input value = inside.from(header->size);
        if (id == keyUsage && header->tag == tag::BIT_STRING && scep::der::decode_bit_string(Element(header->tag, inside, header->size)) &&
            !is_minimal_named_bits(value)) {
            add(DerFaultKind::named_bits, inside, "keyUsage with zero bits at its end, " + octets(inside));
        }
        constexpr std::array<std::uint8_t, 3> false_value{0x01, 0x01, 0x00};
        if (id == basicConstraints && header->tag == tag::SEQUENCE && value.slice(0, 3).same_octets(false_value)) {
            add(DerFaultKind::default_encoded, value.slice(0, 3), "cA FALSE, which is the DEFAULT, is encoded");
        }
    }

    Input m_octets;
    unsigned m_strings = 0;  // constructed ones around
    std::vector<DerFault> m_faults;
    std::array<bool, der_fault_kinds> m_seen{};
};

}  // namespace

std::vector<DerFault> der_faults(Input element) { return Walk(element).faults(); }

}  // namespace sceplab::evidence
