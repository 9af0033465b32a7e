#pragma once

#include <scepcodec/der/values.h>

#include <span>
#include <string>

// The grammar of what SCEP carries, as tables: which field stands where, and what is inside. A shape guides the walk, it decides nothing:
// what does not fit is shown all the same.
namespace sceplab::tree {

struct Shape;

struct Field {
    const char* name = nullptr;
    scep::der::Tag tag{}; // constructed or not is all the same; none: any tag
    scep::der::Tag or_tag{};
    const Shape* shape = nullptr;
    bool optional = false;
};

enum class Kind : std::uint8_t {
    leaf,      // a primitive value
    fields,    // SEQUENCE
    list,      // SEQUENCE OF
    set,       // SET OF
    wrapper,   // EXPLICIT: one value inside
    choice,    // a field by its tag; its name becomes the label, or the note where there is a label
    open,      // a shape by the OBJECT IDENTIFIER that stands before
    look,      // a shape by what the value looks like
    holder,    // OCTET STRING or BIT STRING whose octets are, or may be, one value
    encrypted, // encryptedContent: what it decrypts to may be given as a layer
};

struct Shape {
    Kind kind = Kind::leaf;
    const char* name = nullptr;                                  // of the ASN.1 type
    std::span<const Field> fields{};                             // of `fields` and `choice`
    const Shape* of = nullptr;                                   // list, set, wrapper, holder
    const Shape* (*by_type)(scep::der::Oid type) = nullptr;      // open: nullptr for a type that is not known
    scep::der::Tag as{};                                         // leaf: the type under an IMPLICIT tag
    std::string (*meaning)(const scep::der::Element&) = nullptr; // for the note
    bool titled = false;                                         // fields: the note is the name of the type inside
    bool gives_type = false; // fields: the type inside is the type for the fields that follow it: AlgorithmIdentifier
    bool secret = false;
};

namespace shapes {
extern const Shape content_info;
extern const Shape certificate;
extern const Shape certificate_list;
extern const Shape certification_request;
extern const Shape issuer_and_subject;
extern const Shape issuer_and_serial_number;
extern const Shape subject_public_key_info;

extern const Shape algorithm_identifier;
extern const Shape name;
extern const Shape extensions;
extern const Shape time;
extern const Shape serial_number;
extern const Shape signature_bits;
} // namespace shapes

// The shape of a value by its look: a message, one of its layers, or something that travels with them; nullptr where it is none of those.
// `value` may be BER or damaged.
[[nodiscard]] const Shape* recognise(scep::der::Input value);

} // namespace sceplab::tree
