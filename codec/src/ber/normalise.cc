#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>

#include <algorithm>

namespace scep::ber {

namespace {

using der::Header;
using der::Input;
using der::Tag;

constexpr std::uint32_t end_of_contents_size = 2;

bool is_end_of_contents(Input input) {
    return input.size() >= end_of_contents_size && input[0] == 0 && input[1] == 0;
}

// A universal type whose values are strings of octets, bits or characters, and so may be sent in parts.
bool is_string(Tag tag) {
    return tag.tag_class() == der::TagClass::universal &&
           (tag.number() == 3 || tag.number() == 4 || tag.number() == 7 || tag.number() == 12 || (tag.number() >= 18 && tag.number() <= 30 && tag.number() != 29));
}

std::unexpected<Error> failure(ErrorCode code, Input where) {
    Error error;
    error.code = code;
    error.where = where.location();
    return std::unexpected(error);
}

// Walks every TLV reached through constructed encodings, checks the framing and notes what is not DER.
class Scanner {
public:
    Scanner(const Limits& limits, std::vector<Deviation>* deviations) : m_limits(limits), m_deviations(deviations) {}

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
        if (part_of != der::tag::none && header->tag.as_primitive() != part_of && header->tag.as_primitive() != der::tag::OCTET_STRING) {
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
    Result<std::uint32_t> primitive(const Header& header, Input input, Tag part_of) {
        const Input value = input.slice(header.size, header.length);
        if (part_of == der::tag::BIT_STRING && (value.empty() || value[0] > 7 || (value.size() == 1 && value[0] != 0))) {
            return failure(ErrorCode::invalid_bit_string, input.slice(0, header.size + header.length));
        }
        return header.size + header.length;
    }

    Result<std::uint32_t> constructed(const Header& header, Input input, std::uint32_t depth) {
        const Tag part_of = is_string(header.tag) ? header.tag.as_primitive() : der::tag::none;
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
    std::uint32_t m_elements = 0;
    bool m_changes = false;
};

// Writes what a Scanner has accepted in DER framing, and where each piece came from.
class Emitter {
public:
    explicit Emitter(der::Writer& writer, std::vector<OffsetPoint>& map) : m_writer(writer), m_map(map) {}

    // Gives what follows the element.
    Input element(Input input) {
        const Header header = *der::read_header(input);
        point(input.offset());
        if (!header.tag.constructed()) {
            const Input value = input.slice(header.size, header.length);
            m_writer.primitive(header.tag, value.octets());
            content_point(value);
            return input.from(header.size + header.length);
        }
        if (is_string(header.tag)) {
            std::vector<Input> pieces;
            const Input rest = parts(input, header, pieces);
            joined(header.tag.as_primitive(), pieces);
            return rest;
        }
        Input rest = input.from(header.size);
        m_writer.constructed(header.tag, [&] {
            point(rest.offset());
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
        if (m_writer.writing()) {
            std::uint32_t at = static_cast<std::uint32_t>(m_writer.position());
            for (const Input piece : pieces) {
                at -= piece.size();
            }
            for (const Input piece : pieces) {
                // The unused-bits octet of a BIT STRING comes from its last part: left to the header's point, so that the map stays ascending.
                if (!piece.empty() && (m_map.empty() || piece.offset() >= m_map.back().parent) && !(tag == der::tag::BIT_STRING && &piece == pieces.data())) {
                    m_map.push_back({at, piece.offset()});
                }
                at += piece.size();
            }
        }
    }

    void point(std::uint32_t parent) {
        if (m_writer.writing()) {
            m_map.push_back({static_cast<std::uint32_t>(m_writer.position()), parent});
        }
    }
    void content_point(Input value) {
        if (m_writer.writing() && !value.empty()) {
            m_map.push_back({static_cast<std::uint32_t>(m_writer.position()) - value.size(), value.offset()});
        }
    }

    der::Writer& m_writer;
    std::vector<OffsetPoint>& m_map;
};

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
    std::ranges::stable_sort(out.deviations, {}, [](const Deviation& deviation) { return deviation.where.offset; });
    out.changed = scanner.changes();
    if (!out.changed) {
        out.der = first;
        return out;
    }
    std::vector<OffsetPoint> map;
    std::vector<std::uint8_t> octets = der::encode([&](der::Writer& writer) { Emitter(writer, map).element(first); });
    const Result<Input> added = sources.add_derived(SourceKind::normalised, input.source(), std::move(octets), std::move(map));
    if (!added) {
        return std::unexpected(added.error());
    }
    out.der = *added;
    return out;
}

Result<std::uint32_t> tlv_size(Input input, const Limits& limits) {
    return Scanner(limits, nullptr).element(input, 0, der::tag::none);
}

Input original(Input element, const Sources& sources) {
    const Source& source = sources[element.source()];
    if (source.kind != SourceKind::normalised || !source.parent) {
        return element;
    }
    const auto from = sources.in_parent(element.location());
    const Input rest = sources[*source.parent].octets.from(from->offset);
    const Result<std::uint32_t> size = tlv_size(rest, sources.limits());
    return size ? rest.slice(0, *size) : sources.at(*from);
}

}  // namespace scep::ber
