#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>

#include <algorithm>
#include <tuple>

namespace scep::ber {

namespace {

using der::Header;
using der::Input;
using der::Tag;

constexpr std::uint32_t end_of_contents_size = 2;

bool is_end_of_contents(Input input) {
    return input.size() >= end_of_contents_size && input[0] == 0 && input[1] == 0;
}

std::unexpected<Error> failure(ErrorCode code, Input where) {
    Error error;
    error.code = code;
    error.where = where.location();
    return std::unexpected(error);
}

struct SetSeen {
    Location where;
    bool sorted = true;
};

// Walks every TLV reached through constructed encodings, checks the framing and notes what is not DER.
class Scanner {
public:
    Scanner(const Limits& limits, std::vector<Deviation>* deviations, std::vector<SetSeen>* sets = nullptr)
        : m_limits(limits), m_deviations(deviations), m_sets(sets) {}

    [[nodiscard]] bool changes() const { return m_changes; }

    // The octets that the TLV at the start of `input` takes. `part_of` is the string type it must be a part of, or none.
    Result<std::uint32_t> element(Input input, std::uint32_t depth, Tag part_of) {
        const auto header = der::read_header(input);
        if (!header) {
            return failure(header.error(), input.slice(0, 1));
        }
        if (depth > m_limits.depth) {
            return failure(ErrorCode::limit_depth, input.slice(0, header->size));
        }
        if (++m_elements > m_limits.elements) {
            return failure(ErrorCode::limit_elements, input.slice(0, header->size));
        }
        const Input header_octets = input.slice(0, header->size);
        if (header->tag == der::tag::none) {
            return failure(ErrorCode::unexpected_end_of_contents, header_octets);
        }
        if (part_of == der::tag::none) {
            m_bits_ended = false;
        } else if (!may_be_part(header->tag.as_primitive(), part_of)) {
            Error error;
            error.code = ErrorCode::unexpected_tag;
            error.where = header_octets.location();
            error.expected = part_of;
            error.actual = header->tag;
            return std::unexpected(error);
        }
        if (header->indefinite) {
            if (!header->tag.constructed()) {
                return failure(ErrorCode::indefinite_length, header_octets);
            }
            note(DeviationKind::indefinite_length, header_octets.location());
        } else {
            if (header->length > input.size() - header->size) {
                return failure(ErrorCode::truncated, input);
            }
            if (!header->minimal) {
                note(DeviationKind::non_minimal_length, header_octets.location());
            }
        }
        if (!header->tag.constructed()) {
            return primitive(*header, input, part_of);
        }
        return constructed(*header, input, depth);
    }

private:
    // X.690, 8.6.4 and 8.23.6: bits come in BIT STRINGs, all else in OCTET STRINGs; parts of the string's own type are met too.
    static bool may_be_part(Tag tag, Tag whole) { return tag == whole || (tag == der::tag::OCTET_STRING && whole != der::tag::BIT_STRING); }

    Result<std::uint32_t> primitive(const Header& header, Input input, Tag part_of) {
        const Input value = input.slice(header.size, header.length);
        if (part_of == der::tag::BIT_STRING) {
            if (m_bits_ended || value.empty() || value[0] > 7 || (value.size() == 1 && value[0] != 0)) {
                return failure(ErrorCode::invalid_bit_string, input.slice(0, header.size + header.length));
            }
            m_bits_ended = value[0] != 0;
        }
        return header.size + header.length;
    }

    Result<std::uint32_t> constructed(const Header& header, Input input, std::uint32_t depth) {
        const Tag part_of = der::is_string_type(header.tag) ? header.tag.as_primitive() : der::tag::none;
        const bool is_set = header.tag == der::tag::SET;
        Input rest = header.indefinite ? input.from(header.size) : input.slice(header.size, header.length);
        const Input content = rest;
        Input previous;
        bool sorted = true;
        while (header.indefinite ? !is_end_of_contents(rest) : !rest.empty()) {
            if (rest.empty()) {
                return failure(ErrorCode::missing_end_of_contents, input.slice(0, header.size));
            }
            const Result<std::uint32_t> size = element(rest, depth + 1, part_of);
            if (!size) {
                return size;
            }
            const Input child = rest.slice(0, *size);
            sorted = sorted && !(is_set && std::ranges::lexicographical_compare(child.octets(), previous.octets()));
            previous = child;
            rest = rest.from(*size);
        }
        const std::uint32_t length = content.size() - rest.size();
        const std::uint32_t size = header.size + length + (header.indefinite ? end_of_contents_size : 0);
        if (part_of != der::tag::none) {
            if (part_of == der::tag::BIT_STRING && length == 0) {
                return failure(ErrorCode::invalid_bit_string, input.slice(0, size));
            }
            note(DeviationKind::constructed_string, input.slice(0, size).location());
        }
        if (is_set && m_sets != nullptr) {
            m_sets->push_back({input.slice(0, size).location(), sorted});
        }
        if (!sorted) {
            note(DeviationKind::unsorted_set_of, input.slice(0, size).location());
        }
        return size;
    }

    void note(DeviationKind kind, Location where) {
        m_changes = m_changes || kind != DeviationKind::unsorted_set_of;
        if (m_deviations != nullptr) {
            m_deviations->push_back({kind, where});
        }
    }

    const Limits& m_limits;
    std::vector<Deviation>* m_deviations;
    std::vector<SetSeen>* m_sets;  // every SET, in the order of their ends
    std::uint32_t m_elements = 0;
    bool m_changes = false;
    bool m_bits_ended = false;  // a part of the BIT STRING at hand had unused bits: it is the last one
};

// Writes what a Scanner has accepted in DER framing, and where each piece came from.
class Emitter {
public:
    explicit Emitter(der::Writer& writer, std::vector<OffsetPoint>& map) : m_writer(writer), m_map(map) {}

    // Gives what follows the element.
    Input element(Input input) {
        const Header header = *der::read_header(input);
        point(position(), input.offset());
        if (!header.tag.constructed()) {
            const Input value = input.slice(header.size, header.length);
            m_writer.primitive(header.tag, value.octets());
            if (!value.empty()) {
                point(position() - value.size(), value.offset());
            }
            return input.from(header.size + header.length);
        }
        if (der::is_string_type(header.tag)) {
            std::vector<Input> pieces;
            const Input rest = parts(input, header, pieces);
            joined(header.tag.as_primitive(), pieces);
            return rest;
        }
        Input rest = input.from(header.size);
        m_writer.constructed(header.tag, [&] {
            point(position(), rest.offset());
            rest = children(header, input, [&](Input child) { return element(child); });
        });
        return rest;
    }

private:
    template <class F>
    Input children(const Header& header, Input input, F&& each) {
        Input rest = header.indefinite ? input.from(header.size) : input.slice(header.size, header.length);
        while (header.indefinite ? !is_end_of_contents(rest) : !rest.empty()) {
            rest = each(rest);
        }
        return header.indefinite ? rest.from(end_of_contents_size) : input.from(header.size + header.length);
    }

    Input parts(Input input, const Header& header, std::vector<Input>& pieces) {
        return children(header, input, [&](Input child) {
            const Header inner = *der::read_header(child);
            if (inner.tag.constructed()) {
                return parts(child, inner, pieces);
            }
            pieces.push_back(child.slice(inner.size, inner.length));
            return child.from(inner.size + inner.length);
        });
    }

    void joined(Tag tag, std::vector<Input>& pieces) {
        if (tag == der::tag::BIT_STRING && !pieces.empty()) {
            const Input unused_bits = pieces.back().slice(0, 1);
            for (Input& piece : pieces) {
                piece = piece.from(1);
            }
            pieces.insert(pieces.begin(), unused_bits);
        }
        m_writer.primitive_of(tag, pieces);
        std::uint32_t at = position();
        for (const Input piece : pieces) {
            at -= piece.size();
        }
        for (const Input& piece : pieces) {
            // The unused-bits octet of a BIT STRING comes from its last part: left to the header's point, so that the map stays ascending.
            const bool is_unused_bits = tag == der::tag::BIT_STRING && &piece == pieces.data();
            if (!piece.empty() && !is_unused_bits) {
                point(at, piece.offset());
            }
            at += piece.size();
        }
    }

    [[nodiscard]] std::uint32_t position() const { return static_cast<std::uint32_t>(m_writer.position()); }

    void point(std::uint32_t at, std::uint32_t parent) {
        // What follows its predecessor one to one needs no point of its own.
        const bool straight = !m_map.empty() && at - m_map.back().at == parent - m_map.back().parent;
        if (m_writer.writing() && !straight) {
            m_map.push_back({at, parent});
        }
    }

    der::Writer& m_writer;
    std::vector<OffsetPoint>& m_map;
};

std::vector<std::uint8_t> emit(Input accepted, std::vector<OffsetPoint>& map) {
    return der::encode([&](der::Writer& writer) { Emitter(writer, map).element(accepted); });
}

// The order of a SET OF is that of the DER encodings of its elements, whatever their framing was.
// Both forms have the same sets, in the same order.
void judge_order_in_der(Normalised& normalised, Input received, const Limits& limits) {
    std::vector<SetSeen> as_received;
    std::vector<SetSeen> in_der;
    std::ignore = Scanner(limits, nullptr, &as_received).element(received, 0, der::tag::none);
    std::ignore = Scanner(limits, nullptr, &in_der).element(normalised.der, 0, der::tag::none);
    std::erase_if(normalised.deviations, [](const Deviation& deviation) { return deviation.kind == DeviationKind::unsorted_set_of; });
    for (std::size_t i = 0; i < std::min(as_received.size(), in_der.size()); ++i) {
        if (!in_der[i].sorted) {
            normalised.deviations.push_back({DeviationKind::unsorted_set_of, as_received[i].where});
        }
    }
}

}  // namespace

std::string_view name(DeviationKind kind) {
    switch (kind) {
        case DeviationKind::indefinite_length: return "indefinite length";
        case DeviationKind::constructed_string: return "constructed string";
        case DeviationKind::non_minimal_length: return "non-minimal length";
        case DeviationKind::trailing_octets: return "trailing octets";
        case DeviationKind::unsorted_set_of: return "unsorted SET OF";
    }
    return "unknown";
}

Result<Normalised> normalise(Input input, Sources& sources) {
    Normalised out;
    if (input.size() > sources.limits().bytes) {
        return failure(ErrorCode::limit_bytes, input.from(sources.limits().bytes));
    }
    Scanner scanner(sources.limits(), &out.deviations);
    const Result<std::uint32_t> size = scanner.element(input, 0, der::tag::none);
    if (!size) {
        return std::unexpected(size.error());
    }
    const Input first = input.slice(0, *size);
    if (*size < input.size()) {
        out.deviations.push_back({DeviationKind::trailing_octets, input.from(*size).location()});
    }
    out.changed = scanner.changes();
    out.der = first;
    if (out.changed) {
        std::vector<OffsetPoint> map;
        std::vector<std::uint8_t> octets = emit(first, map);
        const Result<Input> added = sources.add_derived(SourceKind::normalised, input.source(), std::move(octets), std::move(map));
        if (!added) {
            return std::unexpected(added.error());
        }
        out.der = *added;
        judge_order_in_der(out, first, sources.limits());
    }
    std::ranges::stable_sort(out.deviations, {}, [](const Deviation& deviation) { return deviation.where.offset; });
    return out;
}

Result<std::uint32_t> tlv_size(Input input, const Limits& limits) {
    if (input.size() > limits.bytes) {
        return failure(ErrorCode::limit_bytes, input.from(limits.bytes));
    }
    return Scanner(limits, nullptr).element(input, 0, der::tag::none);
}

Input original(Input element, const Sources& sources) {
    const auto from = sources.in_parent(element.location());
    if (!from || sources[element.source()].kind != SourceKind::normalised) {
        return element;
    }
    const Input rest = sources[from->source].octets.from(from->offset);
    const Result<std::uint32_t> size = tlv_size(rest, sources.limits());
    if (!size) {
        return element;
    }
    const Input received = rest.slice(0, *size);
    std::vector<OffsetPoint> map;
    return element.same_octets(received) || element.same_octets(emit(received, map)) ? received : element;
}

}  // namespace scep::ber
