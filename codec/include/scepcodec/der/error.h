#pragma once

#include <scepcodec/der/tag.h>

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace scep {

using SourceId = std::uint32_t;

// Bytes [offset, offset + length) of a numbered source (see Sources).
struct Location {
    SourceId source = 0;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    friend constexpr bool operator==(const Location&, const Location&) = default;
};

// What is wrong. The names are API: permanent, never reused; text is given by name(). Append only.
enum class ErrorCode : std::uint16_t {
    // Framing (X.690, 8.1, 10.1)
    end_of_input = 1,    // a TLV was expected, the value has ended
    truncated,           // the octets end inside a header, or before the length it announces
    invalid_tag,         // high-tag-number form that is not minimal, or a number of 2^28 or more
    reserved_length,     // initial length octet 0xff
    length_too_large,    // a length of more than four octets, or 4 GiB
    indefinite_length,   // DER forbids it
    non_minimal_length,  // DER forbids it
    constructed_string,  // a string type in constructed form, DER forbids it
    missing_end_of_contents,
    unexpected_end_of_contents,
    unexpected_tag,
    trailing_data,
    // Values
    invalid_boolean,
    invalid_integer,  // no octets, or a superfluous leading one
    integer_out_of_range,
    invalid_null,
    invalid_oid,  // no octets, an arc that starts with 0x80, or that does not end
    invalid_bit_string,
    invalid_time,
    invalid_string,  // octets outside the character set of the string type
    // Limits
    limit_bytes,
    limit_depth,
    limit_elements,
    // CMS and SCEP
    unexpected_content_type,
    signer_count,  // a pkiMessage without a signer
    missing_content,
    missing_attribute,
    // Text forms
    invalid_base64,
    invalid_percent_escape,
    invalid_hex,
    invalid_pem,
    missing_parameter,
    // Cryptography (the bridge)
    unsupported_algorithm,
    invalid_key,
    key_mismatch,
    invalid_parameters,
    decryption_failed,
    internal_error,
    // Framing again
    unsorted_set_of,  // DER forbids it
};

[[nodiscard]] std::string_view name(ErrorCode code);

// Field names and indexes from the outermost structure inwards, for example SignedData.signerInfos[0].sid.
// A fixed array, so that making an error allocates nothing; beyond capacity the outermost steps are dropped and rendered as "...".
class FieldPath {
public:
    static constexpr std::size_t capacity = 16;
    static constexpr std::int32_t no_index = -1;

    struct Step {
        const char* name = nullptr;  // a string literal, or nullptr for an index alone
        std::int32_t index = no_index;
    };

    // Puts a step around what is there already; one without a name and an index is none.
    void enclose(const char* field, std::int32_t index = no_index) {
        if (field == nullptr && index < 0) {
            return;
        }
        if (m_count < capacity) {
            m_steps[m_count++] = Step{field, index};
        } else {
            m_truncated = true;
        }
    }
    [[nodiscard]] std::size_t size() const { return m_count; }
    // Step 0 is the outermost.
    [[nodiscard]] Step operator[](std::size_t step) const { return m_steps[m_count - 1 - step]; }
    [[nodiscard]] std::string to_string() const;

private:
    std::array<Step, capacity> m_steps;
    std::uint8_t m_count = 0;
    bool m_truncated = false;
};

// One failure: a stable code, where (absolute in a numbered source), and the field path. Trivially copyable; holds no memory.
struct Error {
    ErrorCode code = ErrorCode::internal_error;
    Location where;
    der::Tag expected;      // for unexpected_tag and end_of_input, when one tag was wanted
    der::Tag or_expected;   // a second possibility
    der::Tag actual;        // for unexpected_tag
    FieldPath path;

    // "SignedData.signerInfos[0].sid: SEQUENCE or [0] expected, OCTET STRING at 412..446"; no source number.
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] Error in(const char* field, std::int32_t index = FieldPath::no_index) const {
        Error copy = *this;
        copy.path.enclose(field, index);
        return copy;
    }
};

template <class T>
using Result = std::expected<T, Error>;

// The name of a tag as ASN.1 writes it: "SEQUENCE", "[0]", "[APPLICATION 3]", "constructed OCTET STRING".
[[nodiscard]] std::string to_string(der::Tag tag);

}  // namespace scep
