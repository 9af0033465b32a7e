#pragma once

#include <vectors/generate/party.h>

#include <functional>
#include <string>
#include <vector>

// A message as a tree of named fields, to be written again with one of them changed. What encloses a field is repaired by writing it.
namespace sceplab::vectors {

// How a field is written; constructed_string: in definite length, its octets in parts.
enum class Framing : std::uint8_t { der, indefinite, long_length };

struct Field {
    std::string path; // as errors of the codec spell it, "SignedData.signerInfos[0].sid"; the same for what is inside an explicit tag
    std::uint8_t identifier = 0;
    Octets value;              // of a primitive encoding
    std::vector<Field> inside; // of a constructed one
    Framing framing = Framing::der;
    std::vector<std::size_t> parts; // a string in constructed form: sizes of its parts, the rest in the last one
    bool nested_parts = false;      // each part is constructed itself, of one part
    int length_error = 0;           // added to the length that the header tells
    std::optional<Octets> instead;  // written in its place, whatever it holds

    [[nodiscard]] bool constructed() const { return (identifier & 0x20) != 0; }
};

// Identifiers of one octet and definite lengths alone.
[[nodiscard]] Field read_field(OctetsView der);
[[nodiscard]] Octets write_field(const Field& field);

// Names what is inside a ContentInfo.
[[nodiscard]] Field read_signed_data(OctetsView content_info);
[[nodiscard]] Field read_enveloped_data(OctetsView content_info);

// The first field of that path. Throws std::runtime_error where there is none: a name that is misspelt.
[[nodiscard]] Field& at(Field& root, std::string_view path);
[[nodiscard]] Field& parent_of(Field& root, std::string_view path);
// All fields, the outer ones first.
void each_field(Field& root, const std::function<void(Field&)>& visit);

enum class Change : std::uint8_t {
    left_out,
    doubled,
    empty,
    other_tag,     // the next context-specific tag, or [5] where it is universal
    wrong_type,    // NULL in its place
    trailing,      // NULL after what it holds
    cut_short,     // the last octet of its value is gone, all lengths repaired
    length_short,  // its own length one too few, nothing repaired
    length_beyond, // its own length one too many, nothing repaired
    long_length,
    indefinite,
    swapped, // with the field after it
};
[[nodiscard]] std::string_view name(Change change); // for the name of a case
[[nodiscard]] std::string_view says(Change change); // "is left out"
void apply(Field& root, std::string_view path, Change change);

} // namespace sceplab::vectors
