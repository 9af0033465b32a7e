#pragma once

#include <scepcodec/der/list.h>

namespace scep::x509 {

// AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }   RFC 5280, 4.1.1.2
struct AlgorithmIdentifier {
    static constexpr const char* asn1_name = "AlgorithmIdentifier";
    der::Input whole;
    der::Oid algorithm;
    std::optional<der::Element> parameters;

    static AlgorithmIdentifier read(der::Reader& reader, const char* field);
    // The same inside of an IMPLICIT tag already taken.
    static AlgorithmIdentifier read_inside(der::Reader& reader, const der::Element& element, const char* field);
    [[nodiscard]] static Result<AlgorithmIdentifier> decode(der::Input input) { return der::decode<AlgorithmIdentifier>(input); }

    [[nodiscard]] bool parameters_absent_or_null() const { return !parameters || (parameters->tag() == der::tag::NULL_ && parameters->value().empty()); }
};

// SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }   RFC 5280, 4.1
struct SubjectPublicKeyInfo {
    static constexpr const char* asn1_name = "SubjectPublicKeyInfo";
    der::Input whole;
    AlgorithmIdentifier algorithm;
    der::BitString subject_public_key;

    static SubjectPublicKeyInfo read(der::Reader& reader, const char* field);
    [[nodiscard]] static Result<SubjectPublicKeyInfo> decode(der::Input input) { return der::decode<SubjectPublicKeyInfo>(input); }
};

}  // namespace scep::x509
