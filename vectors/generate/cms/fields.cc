#include <vectors/generate/cms/fields.h>

#include <scepcodec/der/length.h>
#include <scepcodec/der/reader.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sceplab::vectors {

namespace {

using scep::der::Input;
using scep::der::Reader;

Field read_element(const scep::der::Element& element) {
    Field out;
    out.identifier = element.whole()[0];
    if (!out.constructed()) {
        out.value.assign(element.value().begin(), element.value().end());
        return out;
    }
    for (Reader reader(element.value()); !reader.at_end();) {
        out.inside.push_back(read_element(reader.any(nullptr)));
        if (reader.failed()) {
            throw std::runtime_error("not DER");
        }
    }
    return out;
}

void append(Octets& out, OctetsView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

void put_length(Octets& out, std::size_t length, bool long_form) {
    if (long_form) {
        out.insert(out.end(), {0x84, static_cast<std::uint8_t>(length >> 24), static_cast<std::uint8_t>(length >> 16),
                               static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
    } else if (length < 0x80) {
        out.push_back(static_cast<std::uint8_t>(length));
    } else if (length < 0x100) {
        out.insert(out.end(), {0x81, static_cast<std::uint8_t>(length)});
    } else {
        out.insert(out.end(), {0x82, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
    }
}

void put(Octets& out, std::uint8_t identifier, OctetsView value, const Field& how) {
    out.push_back(identifier);
    if (how.framing == Framing::indefinite) {
        out.push_back(0x80);
        append(out, value);
        append(out, Octets{0, 0});
        return;
    }
    put_length(out, static_cast<std::size_t>(static_cast<std::int64_t>(value.size()) + how.length_error),
               how.framing == Framing::long_length);
    append(out, value);
}

// The parts of a string, as OCTET STRINGs framed as the whole is.
Octets in_parts(const Field& field) {
    Octets out;
    OctetsView rest = field.value;
    Field plain;
    if (field.framing == Framing::long_length) {
        plain.framing = Framing::long_length;
    }
    Field nested = field;
    nested.length_error = 0;
    const auto part = [&](OctetsView octets) {
        if (!field.nested_parts) {
            put(out, 0x04, octets, plain);
            return;
        }
        Octets inner;
        put(inner, 0x04, octets, plain);
        put(out, 0x24, inner, nested);
    };
    for (const std::size_t size : field.parts) {
        const OctetsView piece = rest.first(std::min(size, rest.size()));
        part(piece);
        rest = rest.subspan(piece.size());
    }
    if (!rest.empty()) {
        part(rest);
    }
    return out;
}

} // namespace

Field read_field(OctetsView der) {
    Reader reader{Input(der)};
    return read_element(reader.any(nullptr));
}

Octets write_field(const Field& field) {
    if (field.instead) {
        return *field.instead;
    }
    Octets out;
    if (!field.constructed() && field.parts.empty()) {
        put(out, field.identifier, field.value, field);
        return out;
    }
    Octets value;
    if (field.constructed()) {
        for (const Field& each : field.inside) {
            append(value, write_field(each));
        }
        append(value, field.value); // what was put after the fields
    } else {
        value = in_parts(field);
    }
    put(out, static_cast<std::uint8_t>(field.identifier | 0x20), value, field);
    return out;
}

namespace {

std::string indexed(const std::string& path, std::size_t index) { return path + '[' + std::to_string(index) + ']'; }

using Namer = void (*)(Field&);

// Members in their order; a member that is there only with its own tag is optional.
struct Member {
    const char* name;
    std::optional<std::uint8_t> only;
    Namer namer;
};

void members(Field& field, std::span<const Member> all) {
    std::size_t next = 0;
    for (Field& each : field.inside) {
        while (next < all.size() && all[next].only && *all[next].only != each.identifier) {
            ++next;
        }
        if (next == all.size()) {
            throw std::runtime_error(field.path + " has a member without a name");
        }
        each.path = field.path + '.' + all[next].name;
        if (all[next].namer != nullptr) {
            all[next].namer(each);
        }
        ++next;
    }
}

void elements(Field& list, Namer namer) {
    for (std::size_t i = 0; i < list.inside.size(); ++i) {
        list.inside[i].path = indexed(list.path, i);
        if (namer != nullptr) {
            namer(list.inside[i]);
        }
    }
}

void algorithm(Field& field) {
    static constexpr std::array all{Member{"algorithm", {}, nullptr}, Member{"parameters", {}, nullptr}};
    members(field, all);
}
void algorithms(Field& list) { elements(list, algorithm); }

void explicit_tag(Field& field) {
    for (Field& each : field.inside) {
        each.path = field.path + ".value";
    }
}

void attribute_values(Field& list) { elements(list, nullptr); }
void attribute(Field& field) {
    static constexpr std::array all{Member{"attrType", {}, nullptr}, Member{"attrValues", {}, attribute_values}};
    members(field, all);
}
void attributes(Field& list) { elements(list, attribute); }

void identifier(Field& field) {
    static constexpr std::array all{Member{"issuer", {}, nullptr}, Member{"serialNumber", {}, nullptr}};
    if (field.identifier == 0x30) {
        members(field, all);
    }
}

void encap_content_info(Field& field) {
    static constexpr std::array all{Member{"eContentType", {}, nullptr}, Member{"eContent", 0xa0, explicit_tag}};
    members(field, all);
}

void signer_info(Field& field) {
    static constexpr std::array all{Member{"version", {}, nullptr},
                                    Member{"sid", {}, identifier},
                                    Member{"digestAlgorithm", {}, algorithm},
                                    Member{"signedAttrs", 0xa0, attributes},
                                    Member{"signatureAlgorithm", {}, algorithm},
                                    Member{"signature", {}, nullptr},
                                    Member{"unsignedAttrs", 0xa1, attributes}};
    members(field, all);
}
void signer_infos(Field& list) { elements(list, signer_info); }
void unnamed_elements(Field& list) { elements(list, nullptr); }

void signed_data(Field& field) {
    static constexpr std::array all{Member{"version", {}, nullptr},
                                    Member{"digestAlgorithms", {}, algorithms},
                                    Member{"encapContentInfo", {}, encap_content_info},
                                    Member{"certificates", 0xa0, unnamed_elements},
                                    Member{"crls", 0xa1, unnamed_elements},
                                    Member{"signerInfos", 0x31, signer_infos}};
    members(field, all);
}

void recipient_info(Field& field) {
    static constexpr std::array ktri{Member{"version", {}, nullptr}, Member{"rid", {}, identifier},
                                     Member{"keyEncryptionAlgorithm", {}, algorithm}, Member{"encryptedKey", {}, nullptr}};
    static constexpr std::array kari{Member{"version", {}, nullptr}, Member{"originator", 0xa0, nullptr}, Member{"ukm", 0xa1, nullptr},
                                     Member{"keyEncryptionAlgorithm", {}, algorithm}, Member{"recipientEncryptedKeys", {}, nullptr}};
    static constexpr std::array kekri{Member{"version", {}, nullptr}, Member{"kekid", {}, nullptr},
                                      Member{"keyEncryptionAlgorithm", {}, algorithm}, Member{"encryptedKey", {}, nullptr}};
    static constexpr std::array pwri{Member{"version", {}, nullptr}, Member{"keyDerivationAlgorithm", 0xa0, algorithm},
                                     Member{"keyEncryptionAlgorithm", {}, algorithm}, Member{"encryptedKey", {}, nullptr}};
    static constexpr std::array ori{Member{"oriType", {}, nullptr}, Member{"oriValue", {}, nullptr}};
    switch (field.identifier) {
    case 0xa1:
        members(field, kari);
        break;
    case 0xa2:
        members(field, kekri);
        break;
    case 0xa3:
        members(field, pwri);
        break;
    case 0xa4:
        members(field, ori);
        break;
    default:
        members(field, ktri);
        break;
    }
}
void recipient_infos(Field& list) { elements(list, recipient_info); }

void encrypted_content_info(Field& field) {
    static constexpr std::array all{Member{"contentType", {}, nullptr}, Member{"contentEncryptionAlgorithm", {}, algorithm},
                                    Member{"encryptedContent", {}, nullptr}};
    members(field, all);
}

void enveloped_data(Field& field) {
    static constexpr std::array all{
        Member{"version", {}, nullptr}, Member{"originatorInfo", 0xa0, nullptr}, Member{"recipientInfos", 0x31, recipient_infos},
        Member{"encryptedContentInfo", {}, encrypted_content_info}, Member{"unprotectedAttrs", 0xa1, attributes}};
    members(field, all);
}

Field read_content_info(OctetsView octets, const char* content, Namer namer) {
    Field root = read_field(octets);
    root.path = "ContentInfo";
    root.inside.at(0).path = "ContentInfo.contentType";
    root.inside.at(1).path = "ContentInfo.content";
    Field& inner = root.inside[1].inside.at(0);
    inner.path = content;
    namer(inner);
    return root;
}

// The field of that path and what holds it.
Field* find(Field& root, std::string_view path, Field*& holder) {
    if (root.path == path) {
        return &root;
    }
    for (Field& each : root.inside) {
        Field* const before = holder;
        holder = &root;
        if (Field* const found = find(each, path, holder)) {
            return found;
        }
        holder = before;
    }
    return nullptr;
}

} // namespace

Field read_signed_data(OctetsView content_info) { return read_content_info(content_info, "SignedData", signed_data); }
Field read_enveloped_data(OctetsView content_info) { return read_content_info(content_info, "EnvelopedData", enveloped_data); }

Field& at(Field& root, std::string_view path) {
    Field* holder = nullptr;
    Field* const found = find(root, path, holder);
    if (found == nullptr) {
        throw std::runtime_error("no field " + std::string(path));
    }
    return *found;
}

Field& parent_of(Field& root, std::string_view path) {
    Field* holder = nullptr;
    if (find(root, path, holder) == nullptr || holder == nullptr) {
        throw std::runtime_error("nothing holds a field " + std::string(path));
    }
    return *holder;
}

void each_field(Field& root, const std::function<void(Field&)>& visit) {
    visit(root);
    for (Field& each : root.inside) {
        each_field(each, visit);
    }
}

namespace {

struct ChangeRow {
    Change change;
    std::string_view name;
    std::string_view says;
};
constexpr std::array change_rows{
    ChangeRow{Change::left_out, "left out", "is left out"},
    ChangeRow{Change::doubled, "doubled", "is there twice"},
    ChangeRow{Change::empty, "empty", "holds no octets"},
    ChangeRow{Change::other_tag, "other tag", "has another tag"},
    ChangeRow{Change::wrong_type, "NULL instead", "is a NULL"},
    ChangeRow{Change::trailing, "trailing NULL", "holds a NULL after its members"},
    ChangeRow{Change::cut_short, "cut short", "has lost its last octet, with all lengths repaired"},
    ChangeRow{Change::length_short, "length one too few", "says a length of one octet too few, and what encloses it is as it was"},
    ChangeRow{Change::length_beyond, "length one too many", "says a length of one octet too many, and what encloses it is as it was"},
    ChangeRow{Change::long_length, "long length", "has its length in four octets more than it needs"},
    ChangeRow{Change::indefinite, "indefinite length", "has indefinite length"},
    ChangeRow{Change::swapped, "swapped", "stands after the field that should follow it"},
};

const ChangeRow& row(Change change) { return *std::ranges::find(change_rows, change, &ChangeRow::change); }

const Octets null_octets{0x05, 0x00};

} // namespace

std::string_view name(Change change) { return row(change).name; }
std::string_view says(Change change) { return row(change).says; }

void apply(Field& root, std::string_view path, Change change) {
    Field& field = at(root, path);
    const auto siblings = [&]() -> std::pair<std::vector<Field>&, std::vector<Field>::iterator> {
        std::vector<Field>& all = parent_of(root, path).inside;
        return {all, std::ranges::find(all, path, &Field::path)};
    };
    switch (change) {
    case Change::left_out: {
        const auto [all, here] = siblings();
        all.erase(here);
        break;
    }
    case Change::doubled: {
        const auto [all, here] = siblings();
        all.insert(here, Field(*here));
        break;
    }
    case Change::swapped: {
        const auto [all, here] = siblings();
        std::iter_swap(here, std::next(here));
        break;
    }
    case Change::empty:
        field.inside.clear();
        field.value.clear();
        break;
    case Change::other_tag:
        // [n] becomes [n + 5], so that it is no other member; what is universal becomes [5].
        field.identifier =
            static_cast<std::uint8_t>((field.identifier & 0x20) | ((field.identifier & 0xc0) == 0x80 ? field.identifier + 5 : 0x85));
        break;
    case Change::wrong_type:
        field.instead = null_octets;
        break;
    case Change::trailing:
        field.value = null_octets;
        break;
    case Change::cut_short: {
        Octets value;
        for (const Field& each : field.inside) {
            append(value, write_field(each));
        }
        append(value, field.value);
        value.pop_back();
        field.inside.clear();
        field.value = std::move(value);
        break;
    }
    case Change::length_short:
        field.length_error = -1;
        break;
    case Change::length_beyond:
        field.length_error = 1;
        break;
    case Change::long_length:
        field.framing = Framing::long_length;
        break;
    case Change::indefinite:
        field.framing = Framing::indefinite;
        break;
    }
}

} // namespace sceplab::vectors
