#pragma once

#include <scepcodec/der/list.h>

namespace scep::x509 {

// Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY }   RFC 2986, 4.1; RFC 5652, 5.3
struct AttributeValue {
    static constexpr const char* asn1_name = "AttributeValue";
    der::Element element;

    static AttributeValue read(der::Reader& reader, const char* field);
};
struct Attribute {
    static constexpr const char* asn1_name = "Attribute";
    der::Input whole;
    der::Oid type;
    der::ListOf<AttributeValue> values;

    static Attribute read(der::Reader& reader, const char* field);
    // The same, if it has one value, as nearly all have, and all is framed as Cursor likes it; else `out` is of no use, and the cursor stays where it is. Whether
    // the type is a valid_oid() is for the caller to ask.
    [[nodiscard]] static bool take_single_valued(der::Cursor& cursor, Attribute& out, der::Element& value) {
        der::Element sequence;
        der::Element oid;
        der::Element set;
        der::Cursor here = cursor;
        if (!here.take(der::tag::SEQUENCE, sequence)) {
            return false;
        }
        der::Cursor inside(sequence.value());
        if (!inside.take(der::tag::OBJECT_IDENTIFIER, oid) || !inside.take(der::tag::SET, set) || !inside.at_end()) {
            return false;
        }
        der::Cursor in_set(set.value());
        if (!in_set.take_any(value) || !in_set.at_end()) {
            return false;
        }
        cursor = here;
        out.whole = sequence.whole();
        out.type = der::Oid{oid.value()};
        out.values = der::ListOf<AttributeValue>::of_one(set, "attrValues");
        return true;
    }
    // The first value; nothing where there is none.
    [[nodiscard]] std::optional<der::Element> value() const;
};
using Attributes = der::ListOf<Attribute>;

// The first attribute of a type.
[[nodiscard]] std::optional<Attribute> find(const Attributes& attributes, const der::OidConstant& type);

}  // namespace scep::x509
