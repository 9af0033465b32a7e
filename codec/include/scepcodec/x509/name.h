#pragma once

#include <scepcodec/der/list.h>

#include <string>

namespace scep::x509 {

// AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }   RFC 5280, 4.1.2.4
struct AttributeTypeAndValue {
    static constexpr const char* asn1_name = "AttributeTypeAndValue";
    der::Input whole;
    der::Oid type;
    der::Element value;

    static AttributeTypeAndValue read(der::Reader& reader, const char* field);
};

// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
struct RelativeDistinguishedName {
    static constexpr const char* asn1_name = "RelativeDistinguishedName";
    der::Input whole;
    der::ListOf<AttributeTypeAndValue> attributes;

    static RelativeDistinguishedName read(der::Reader& reader, const char* field);
};

enum class NameMatch : std::uint8_t {
    same_octets,
    equivalent,  // the same after string preparation: string type, case, outer and repeated spaces (RFC 5280, 7.1, simplified to ASCII case folding)
    different,
};

// Name ::= CHOICE { rdnSequence SEQUENCE OF RelativeDistinguishedName }
struct Name {
    static constexpr const char* asn1_name = "Name";
    der::Input whole;
    der::ListOf<RelativeDistinguishedName> rdns;

    static Name read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<Name> decode(der::Input input) { return der::decode<Name>(input); }

    [[nodiscard]] bool empty() const { return rdns.empty(); }
    // RFC 4514's characters and escapes, but in the order of the encoding: "C=US, O=x, CN=y"; unknown types as dotted OIDs. For people.
    [[nodiscard]] std::string to_string() const;
};

[[nodiscard]] NameMatch match(const Name& a, const Name& b);

}  // namespace scep::x509
