#include <conformance/tree/build.h>

#include <conformance/tree/legible.h>
#include <conformance/tree/names.h>
#include <conformance/tree/shape.h>
#include <conformance/tree/value.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/pkcs10/certification_request.h>

#include <algorithm>

namespace sceplab::tree {

namespace {

namespace der = scep::der;
namespace tag = scep::der::tag;
using der::Element;
using der::Header;
using der::Input;
using scep::ErrorCode;
using scep::ber::DeviationKind;

constexpr std::uint32_t end_of_contents_size = 2;

bool is_octets_or_bits(der::Tag t) { return t.as_primitive() == tag::OCTET_STRING || t.as_primitive() == tag::BIT_STRING; }

bool is_string(der::Tag t) { return is_octets_or_bits(t) || der::is_character_string(t.as_primitive()); }

// What a node is told by the one around it.
struct Place {
    std::string label;
    std::string list_label; // what the elements of a list are called where the list itself has no field's name
    const Shape* shape = nullptr;
    der::Oid type; // the OBJECT IDENTIFIER that says what open values are
    std::uint32_t depth = 0;
    bool secret = false;
    der::Tag part_of; // a part of a string of that type
};

class Builder {
public:
    Builder(scep::Sources& sources, std::span<const Input> layers, const Options& options)
        : m_sources(sources), m_layers(layers), m_options(options) {}

    // A value and what follows it.
    void roots(Input octets, const Place& place, std::vector<Node>& out) {
        const Input rest = element(octets, place, out);
        if (!rest.empty()) {
            out.push_back(leftover(rest, std::nullopt, place.secret));
            out.back().deviations.push_back(DeviationKind::trailing_octets);
        }
    }

private:
    // One TLV at the start of `octets`; gives what follows it.
    Input element(Input octets, Place place, std::vector<Node>& out) {
        const auto header = der::read_header(octets);
        const std::optional<ErrorCode> trouble = header ? stop(*header) : header.error();
        if (trouble) {
            out.push_back(leftover(octets, trouble, place.secret));
            return octets.from(octets.size());
        }
        ++m_elements;
        Node node;
        node.tag = header->tag;
        node.header = header->size;
        node.indefinite = header->indefinite;
        if (header->indefinite) {
            node.deviations.push_back(DeviationKind::indefinite_length);
        }
        if (!header->minimal) {
            node.deviations.push_back(DeviationKind::non_minimal_length);
        }
        Input content = octets.from(header->size);
        if (!header->indefinite && header->length > content.size()) {
            node.error = ErrorCode::truncated;
        } else if (!header->indefinite) {
            content = content.slice(0, header->length);
        }
        resolve(place, *header, octets, node);
        node.secret = place.secret;

        std::string missing;
        std::uint32_t size = header->size + content.size();
        if (header->tag.constructed()) {
            size = header->size + constructed(node, content, place, missing);
        } else {
            node.where = octets.slice(0, size).location();
            primitive(node, Element(header->tag, octets.slice(0, size), header->size), place);
        }
        const Element whole(header->tag, octets.slice(0, size), header->size);
        node.where = whole.whole().location();
        describe(node, whole, place);
        node.note += node.note.empty() || missing.empty() ? missing : "; " + missing;
        decrypted(node, place);
        out.push_back(std::move(node));
        return octets.from(size);
    }

    // Why a header is not gone into.
    std::optional<ErrorCode> stop(const Header& header) const {
        if (header.tag == tag::none) {
            return ErrorCode::unexpected_end_of_contents;
        }
        if (header.indefinite && !header.tag.constructed()) {
            return ErrorCode::indefinite_length;
        }
        return m_elements >= m_options.limits.elements ? std::optional(ErrorCode::limit_elements) : std::nullopt;
    }

    // A shape that does not depend on where it stands, and the label and note that come with it.
    void resolve(Place& place, const Header& header, Input octets, Node& node) const {
        const auto is_choice = [&] {
            return place.shape != nullptr &&
                   (place.shape->kind == Kind::choice || place.shape->kind == Kind::open || place.shape->kind == Kind::look);
        };
        while (is_choice()) {
            const Shape& shape = *place.shape;
            place.shape = nullptr;
            if (shape.kind == Kind::open) {
                place.shape = shape.by_type(place.type);
            } else if (shape.kind == Kind::look) {
                place.shape = recognise(octets);
            } else {
                const auto chosen = std::ranges::find_if(
                    shape.fields, [&](const Field& field) { return field.tag.as_primitive() == header.tag.as_primitive(); });
                if (chosen != shape.fields.end()) {
                    place.shape = chosen->shape;
                    (place.label.empty() ? place.label : node.note) = chosen->name;
                    place.list_label = place.label;
                }
            }
        }
        // PKCS#7 puts a value where CMS has an OCTET STRING that holds it.
        if (place.shape != nullptr && place.shape->kind == Kind::holder && header.tag.constructed() && !is_string(header.tag) &&
            header.tag.tag_class() == der::TagClass::universal) {
            place.shape = place.shape->of;
            resolve(place, header, octets, node);
            return;
        }
        node.label = place.label.empty() && place.shape != nullptr && place.shape->name != nullptr ? place.shape->name : place.label;
        place.secret = place.secret || (place.shape != nullptr && place.shape->secret);
    }

    // Gives the octets taken of `content`.
    std::uint32_t constructed(Node& node, Input content, const Place& place, std::string& missing) {
        if (place.depth >= m_options.limits.depth) {
            node.error = ErrorCode::limit_depth;
            if (!content.empty()) {
                node.children.push_back(leftover(content, std::nullopt, place.secret));
            }
            return content.size();
        }
        const bool set = node.tag == tag::SET || (place.shape != nullptr && place.shape->kind == Kind::set);
        node.set_of = set;
        const bool parts = is_string(node.tag);
        Fields fields;
        if (place.shape != nullptr && place.shape->kind == Kind::fields) {
            fields.rest = place.shape->fields;
        }
        der::Oid type = place.type;
        Input rest = content;
        Input previous;
        bool sorted = true;
        for (std::int32_t index = 0; node.indefinite ? !der::is_end_of_contents(rest) : !rest.empty(); ++index) {
            if (rest.empty()) {
                node.error = ErrorCode::missing_end_of_contents;
                break;
            }
            Place inner = child_place(node, place, fields, rest, index);
            inner.type = type;
            inner.secret = place.secret || (index > 0 && type == scep::pkcs10::oids::challengePassword);
            inner.part_of = parts ? node.tag.as_primitive() : tag::none;
            const bool unexpected = fields.unexpected;
            const Input after = element(rest, inner, node.children);
            if (unexpected && !node.children.back().error) {
                node.children.back().error = ErrorCode::unexpected_tag;
            }
            const Input child = rest.slice(0, rest.size() - after.size());
            update_type(type, child, inner.shape);
            sorted = sorted && !der::precedes(child, previous);
            previous = child;
            rest = after;
        }
        if (set && !sorted) {
            node.deviations.push_back(DeviationKind::unsorted_set_of);
        }
        if (parts) {
            node.deviations.push_back(DeviationKind::constructed_string);
        }
        std::uint32_t size = content.size() - rest.size();
        if (node.indefinite && der::is_end_of_contents(rest)) {
            node.end = end_of_contents_size;
            size += end_of_contents_size;
        }
        missing = node.error ? std::string() : fields.missing();
        if (place.shape != nullptr && place.shape->titled && node.note.empty()) {
            node.note = oid_name(type.content);
        }
        if (place.shape != nullptr && place.shape->kind == Kind::holder && parts && place.part_of == tag::none) {
            joined(node, content.slice(0, content.size() - rest.size()), place);
        }
        return size;
    }

    // Which field comes next in a SEQUENCE.
    struct Fields {
        std::span<const Field> rest;
        bool unexpected = false;
        std::string skipped;

        const Field* take(der::Tag next) {
            const auto fits = [&](const Field& field) {
                const der::Tag primitive = next.as_primitive();
                return field.tag == tag::none || field.tag.as_primitive() == primitive ||
                       (field.or_tag != tag::none && field.or_tag == primitive);
            };
            const auto found = std::ranges::find_if(rest, fits);
            unexpected = found == rest.end();
            if (unexpected) {
                return nullptr;
            }
            skip(rest.first(static_cast<std::size_t>(found - rest.begin())));
            rest = rest.subspan(static_cast<std::size_t>(found - rest.begin()) + 1);
            return &*found;
        }
        void skip(std::span<const Field> fields) {
            for (const Field& field : fields) {
                if (!field.optional) {
                    skipped += (skipped.empty() ? "missing: " : ", ") + std::string(field.name);
                }
            }
        }
        std::string missing() {
            skip(rest);
            return skipped;
        }
    };

    static Place child_place(const Node& node, const Place& place, Fields& fields, Input rest, std::int32_t index) {
        Place inner;
        inner.depth = place.depth + 1;
        if (place.shape == nullptr) {
            return inner;
        }
        const Shape& shape = *place.shape;
        switch (shape.kind) {
        case Kind::fields: {
            const auto header = der::read_header(rest);
            const Field* field = header ? fields.take(header->tag) : nullptr;
            if (field != nullptr) {
                inner.label = field->name;
                inner.shape = field->shape;
            }
            fields.unexpected = fields.unexpected && header.has_value();
            break;
        }
        case Kind::list:
        case Kind::set:
            inner.label = (place.list_label.empty() ? node.label : place.list_label) + '[' + std::to_string(index) + ']';
            inner.shape = shape.of;
            break;
        case Kind::wrapper:
            inner.shape = index == 0 ? shape.of : nullptr;
            inner.list_label = place.label;
            break;
        default:
            break;
        }
        return inner;
    }

    // The OBJECT IDENTIFIER of this element decides about the ones after it.
    static void update_type(der::Oid& type, Input child, const Shape* shape) {
        auto header = der::read_header(child);
        Input value = header ? child.slice(header->size, header->length) : Input{};
        if (header && shape != nullptr && shape->gives_type) {
            value = child.from(header->size);
            header = der::read_header(value);
            value = header ? value.slice(header->size, header->length) : Input{};
        }
        if (header && header->tag == tag::OBJECT_IDENTIFIER) {
            type.content = value;
        }
    }

    void primitive(Node& node, const Element& element, const Place& place) {
        if (place.part_of != tag::none && node.tag != place.part_of && node.tag != tag::OCTET_STRING && !node.error) {
            node.error = ErrorCode::unexpected_tag;
        }
        const Shape* shape = place.shape;
        const bool implicit = shape != nullptr && shape->as != tag::none && node.tag.tag_class() != der::TagClass::universal;
        // A part of a character string may end in the middle of a character.
        const bool part = place.part_of != tag::none && der::is_character_string(place.part_of);
        if (shape != nullptr && shape->kind == Kind::holder && is_octets_or_bits(node.tag)) {
            const Input held = node.tag == tag::BIT_STRING ? element.value().from(1) : element.value();
            const bool whole_octets = node.tag == tag::OCTET_STRING || (!element.value().empty() && element.value()[0] == 0);
            if (whole_octets && hold(node, held, place)) {
                return;
            }
        }
        if (part) {
            read_octets(node, element.value(), m_options.value_octets);
        } else {
            const std::string note = std::move(node.note);
            node.note.clear();
            read_value(node, element, implicit ? shape->as : node.tag, m_options.value_octets);
            node.note = note.empty() ? std::move(node.note) : note;
        }
    }

    // Goes into octets that hold one value; false where they do not look like one.
    bool hold(Node& node, Input held, const Place& place) {
        Place inner;
        inner.shape = place.shape->of;
        inner.type = place.type;
        inner.depth = place.depth + 1;
        inner.secret = place.secret;
        if (inner.shape->kind == Kind::open) {
            inner.shape = inner.shape->by_type(place.type);
        }
        if (inner.shape == nullptr || inner.depth > m_options.limits.depth) {
            return false;
        }
        if (inner.shape->kind == Kind::look) {
            inner.shape = recognise(held);
            if (inner.shape == nullptr) {
                return false;
            }
        } else {
            const auto header = der::read_header(held);
            const bool fits = header && header->tag != tag::none &&
                              (header->indefinite ? header->tag.constructed() : header->length == held.size() - header->size);
            if (!fits && (node.error != ErrorCode::truncated || held.empty() || held[0] != 0x30)) {
                return false;
            }
        }
        roots(held, inner, node.children);
        return true;
    }

    // A string in parts that holds a value: the parts are put together, and the tree goes on in what they make.
    void joined(Node& node, Input content, const Place& place) {
        std::vector<std::uint8_t> octets;
        std::vector<scep::OffsetPoint> map;
        if (node.tag.as_primitive() != tag::OCTET_STRING || node.error || !collect(node.children, content, octets, map) || octets.empty()) {
            return;
        }
        const auto source = m_sources.add_derived(scep::SourceKind::normalised, content.source(), std::move(octets), std::move(map));
        if (!source) {
            return;
        }
        const std::size_t parts = node.children.size();
        if (hold(node, *source, place)) {
            node.children[parts].layer = scep::SourceKind::normalised;
        }
    }

    static bool collect(const std::vector<Node>& parts, Input content, std::vector<std::uint8_t>& octets,
                        std::vector<scep::OffsetPoint>& map) {
        for (const Node& part : parts) {
            if (part.error || !part.is_tlv()) {
                return false;
            }
            if (part.tag.constructed()) {
                if (!collect(part.children, content, octets, map)) {
                    return false;
                }
                continue;
            }
            const Input piece = content.slice(part.where.offset + part.header - content.offset(), part.length());
            if (!piece.empty()) {
                map.push_back({static_cast<std::uint32_t>(octets.size()), piece.offset()});
                octets.insert(octets.end(), piece.begin(), piece.end());
            }
        }
        return true;
    }

    // "subjectPublicKeyInfo" and "SubjectPublicKeyInfo": the type has but a capital letter.
    static bool says_the_same(std::string_view label, std::string_view type) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return std::ranges::equal(label, type, {}, lower, lower);
    }

    // The note that goes with the shape.
    static void describe(Node& node, const Element& element, const Place& place) {
        if (place.shape == nullptr) {
            return;
        }
        std::string meaning = place.shape->meaning != nullptr && !node.error ? legible(place.shape->meaning(element)) : std::string();
        if (!meaning.empty()) {
            node.note = std::move(meaning);
        } else if (node.note.empty() && place.shape->name != nullptr && !says_the_same(node.label, place.shape->name)) {
            node.note = place.shape->name;
        }
    }

    // The layers that were derived from this encryptedContent.
    void decrypted(Node& node, const Place& place) {
        if (place.shape == nullptr || place.shape->kind != Kind::encrypted) {
            return;
        }
        if (node.tag.constructed()) {
            node.note = std::to_string(node.children.size()) + (node.children.size() == 1 ? " part" : " parts");
        }
        const scep::Location here = received(node.where);
        for (const Input& layer : m_layers) {
            const std::optional<scep::Location> parent =
                m_sources[layer.source()].parent ? m_sources.in_parent(layer.location()) : std::nullopt;
            const scep::Location origin = parent ? received(*parent) : scep::Location{};
            if (!parent || origin.source != here.source || origin.offset < here.offset || origin.offset - here.offset >= here.length) {
                continue;
            }
            static constexpr Shape by_look{.kind = Kind::look};
            Place inner;
            inner.shape = &by_look;
            inner.depth = place.depth + 1;
            inner.secret = recognise(layer) == nullptr;
            const std::size_t first = node.children.size();
            if (layer.empty()) {
                node.children.push_back(leftover(layer, ErrorCode::end_of_input, false));
            } else {
                roots(layer, inner, node.children);
            }
            node.children[first].layer = m_sources[layer.source()].kind;
        }
    }

    // The same place before normalising.
    [[nodiscard]] scep::Location received(scep::Location where) const {
        while (m_sources[where.source].kind == scep::SourceKind::normalised) {
            const auto parent = m_sources.in_parent(where);
            if (!parent) {
                break;
            }
            where = *parent;
        }
        return where;
    }

    // Octets that are not gone into. Decrypted ones may hold anything, a password too.
    Node leftover(Input octets, std::optional<ErrorCode> error, bool secret) const {
        Node node;
        node.where = octets.location();
        node.error = error;
        node.secret = secret || m_sources[received(octets.location()).source].kind == scep::SourceKind::decrypted;
        read_octets(node, octets, m_options.value_octets);
        return node;
    }

    scep::Sources& m_sources;
    std::span<const Input> m_layers;
    const Options& m_options;
    std::uint32_t m_elements = 0;
};

} // namespace

std::vector<Node> build(Input message, scep::Sources& sources, std::span<const Input> layers, const Options& options) {
    static constexpr Shape by_look{.kind = Kind::look};
    std::vector<Node> out;
    Place place;
    place.shape = &by_look;
    Builder(sources, layers, options).roots(message, place, out);
    return out;
}

} // namespace sceplab::tree
