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
    // The first value; nothing where there is none.
    [[nodiscard]] std::optional<der::Element> value() const;
};
using Attributes = der::ListOf<Attribute>;

// The first attribute of a type.
[[nodiscard]] std::optional<Attribute> find(const Attributes& attributes, const der::OidConstant& type);

}  // namespace scep::x509
