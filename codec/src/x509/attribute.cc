#include <scepcodec/x509/attribute.h>

namespace scep::x509 {

AttributeValue AttributeValue::read(der::Reader& reader, const char* field) {
    return AttributeValue{reader.any(field)};
}

Attribute Attribute::read(der::Reader& reader, const char* field) {
    Attribute out;
    der::Cursor cursor(reader.rest());
    der::Element value;
    if (take_single_valued(cursor, out, value) && der::valid_oid(out.type.content)) [[likely]] {
        reader.continue_at(cursor);
        return out;
    }
    out = {};
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.type = r.oid("attrType");
        out.values = der::ListOf<AttributeValue>::read(r, der::tag::SET, "attrValues");
    }).whole();
    return out;
}

std::optional<der::Element> Attribute::value() const { return der::Reader(values.value()).optional_any(nullptr); }

std::optional<Attribute> find(const Attributes& attributes, const der::OidConstant& type) {
    for (auto member = attributes.begin(); member != attributes.end(); ++member) {
        der::Cursor cursor(member.whole());
        Attribute plain;
        der::Element value;
        if (Attribute::take_single_valued(cursor, plain, value)) [[likely]] {
            if (plain.type == type) {
                return plain;
            }
        } else if (const Result<Attribute> attribute = *member; attribute && attribute->type == type) {
            return *attribute;
        }
    }
    return std::nullopt;
}

}  // namespace scep::x509
