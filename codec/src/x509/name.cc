#include <scepcodec/x509/name.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace scep::x509 {

namespace {

using der::oid;

constexpr std::array short_names{
    std::pair{oid("2.5.4.3"), "CN"},          std::pair{oid("2.5.4.4"), "SN"},
    std::pair{oid("2.5.4.5"), "serialNumber"}, std::pair{oid("2.5.4.6"), "C"},
    std::pair{oid("2.5.4.7"), "L"},           std::pair{oid("2.5.4.8"), "ST"},
    std::pair{oid("2.5.4.9"), "street"},      std::pair{oid("2.5.4.10"), "O"},
    std::pair{oid("2.5.4.11"), "OU"},         std::pair{oid("2.5.4.12"), "title"},
    std::pair{oid("2.5.4.42"), "GN"},         std::pair{oid("0.9.2342.19200300.100.1.1"), "UID"},
    std::pair{oid("0.9.2342.19200300.100.1.25"), "DC"},
    std::pair{oid("1.2.840.113549.1.9.1"), "emailAddress"},
    std::pair{oid("1.2.840.113549.1.9.2"), "unstructuredName"},
    std::pair{oid("1.2.840.113549.1.9.8"), "unstructuredAddress"},
};

std::string type_name(const der::Oid& type) {
    for (const auto& [id, short_name] : short_names) {
        if (type == id) {
            return short_name;
        }
    }
    return type.to_string();
}

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool special = std::string_view(",+\"\\<>;=").find(c) != std::string_view::npos;
        const bool edge = (c == ' ' && (i == 0 || i + 1 == text.size())) || (c == '#' && i == 0);
        if (special || edge) {
            out += '\\';
        }
        out += c;
    }
    return out;
}

// Case folded, outer spaces dropped, inner runs of spaces made one.
std::string prepared(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ' && (out.empty() || out.back() == ' ')) {
            continue;
        }
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    return out;
}

// Equal for two attributes exactly where they are equivalent: the type, then the prepared text, or the octets where the value is no proper text.
// No arc starts with 0x80, so it ends the type.
std::string comparable(const AttributeTypeAndValue& attribute) {
    std::string out(attribute.type.content.text());
    out += '\x80';
    if (const auto text = der::utf8_text(attribute.value)) {
        return out + 't' + prepared(*text);
    }
    return out.append("o").append(attribute.value.whole().text());
}

// Sorted, since an encoding that is not DER may leave the SET in any order; nothing where an attribute does not decode.
std::optional<std::vector<std::string>> comparable(const RelativeDistinguishedName& rdn) {
    std::vector<std::string> out;
    out.reserve(rdn.attributes.size());
    for (const Result<AttributeTypeAndValue>& attribute : rdn.attributes) {
        if (!attribute) {
            return std::nullopt;
        }
        out.push_back(comparable(*attribute));
    }
    std::ranges::sort(out);
    return out;
}

bool equivalent(const RelativeDistinguishedName& a, const RelativeDistinguishedName& b) {
    if (a.attributes.size() != b.attributes.size()) {
        return false;
    }
    const auto comparable_a = comparable(a);
    return comparable_a && comparable_a == comparable(b);
}

}  // namespace

AttributeTypeAndValue AttributeTypeAndValue::read(der::Reader& reader, const char* field) {
    AttributeTypeAndValue out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.type = r.oid("type");
        out.value = r.any("value");
    }).whole();
    return out;
}

RelativeDistinguishedName RelativeDistinguishedName::read(der::Reader& reader, const char* field) {
    RelativeDistinguishedName out;
    out.attributes = der::ListOf<AttributeTypeAndValue>::read(reader, der::tag::SET, field);
    out.whole = out.attributes.whole();
    return out;
}

Name Name::read(der::Reader& reader, const char* field) {
    Name out;
    out.rdns = der::ListOf<RelativeDistinguishedName>::read(reader, der::tag::SEQUENCE, field);
    out.whole = out.rdns.whole();
    return out;
}

std::string Name::to_string() const {
    std::string text;
    for (const Result<RelativeDistinguishedName>& rdn : rdns) {
        if (!text.empty()) {
            text += ", ";
        }
        if (!rdn) {
            text += '?';
            continue;
        }
        bool first = true;
        for (const Result<AttributeTypeAndValue>& attribute : rdn->attributes) {
            text += first ? "" : "+";
            first = false;
            if (!attribute) {
                text += '?';
            } else if (der::is_character_string(attribute->value.tag())) {
                text += type_name(attribute->type) + '=' + escaped(der::display_text(attribute->value));
            } else {
                text += type_name(attribute->type) + "=#" + der::to_hex(attribute->value.whole().octets());
            }
        }
    }
    return text;
}

NameMatch match(const Name& a, const Name& b) {
    if (a.whole.same_octets(b.whole)) {
        return NameMatch::same_octets;
    }
    if (a.rdns.size() != b.rdns.size()) {
        return NameMatch::different;
    }
    auto other = b.rdns.begin();
    for (const Result<RelativeDistinguishedName>& rdn : a.rdns) {
        const Result<RelativeDistinguishedName> counterpart = *other;
        if (!rdn || !counterpart || !equivalent(*rdn, *counterpart)) {
            return NameMatch::different;
        }
        ++other;
    }
    return NameMatch::equivalent;
}

}  // namespace scep::x509
