#pragma once

#include <scepcodec/der/cursor.h>
#include <scepcodec/der/values.h>

#include <optional>
#include <utility>

namespace scep::der {

// Reads the TLVs of one value in order; strict DER framing.
//
// Verbs: `element`, `value` and the typed readers demand a tag; `optional_…` take it if it is next, and do not move otherwise; `nested` gives the
// inside of a constructed value to a function and then demands that all of it was read. Each takes the field's name, which becomes part of the error's
// path: a string literal, since its pointer is kept.
//
// The first failure sticks: later reads do nothing and give empty values, at_end() is true, and finish() returns the error. So a decoder reads its fields
// one after another and asks once, at the end:
//
//     AlgorithmIdentifier out;
//     reader.nested(tag::SEQUENCE, field, [&](Reader& r) {
//         out.algorithm = r.oid("algorithm");
//         out.parameters = r.optional_any("parameters");
//     });
//
// A value read is not to be used before finish() (or failed()) was asked.
class Reader {
public:
    explicit Reader(Input input) : m_rest(input) {}

    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }
    // What is not read yet; nothing after a failure.
    [[nodiscard]] Input rest() const { return m_rest; }
    // The next tag; none at the end, after a failure, or where the identifier octets are not valid.
    [[nodiscard]] Tag peek() const {
        if (m_rest.empty()) {
            return tag::none;
        }
        return (m_rest[0] & 0x1f) != 0x1f ? Tag::from_octet(m_rest[0]) : peek_high_number();
    }

    Element any(const char* field) {
        Cursor cursor(m_rest);
        Element found;
        if (cursor.take_any(found)) [[likely]] {
            m_rest = cursor.rest();
            return found;
        }
        return any_of_all_forms(field);
    }
    Element element(Tag tag, const char* field) {
        Cursor cursor(m_rest);
        Element found;
        if (cursor.take(tag, found)) [[likely]] {
            m_rest = cursor.rest();
            return found;
        }
        return element_of_all_forms(tag, tag::none, field);
    }
    // Either of two tags: CHOICE, and IMPLICIT strings that may be constructed.
    Element element(Tag tag, Tag or_tag, const char* field) {
        const Tag next = peek();
        return next != tag::none && (next == tag || next == or_tag) ? element(next, field) : element_of_all_forms(tag, or_tag, field);
    }
    Input value(Tag tag, const char* field) { return element(tag, field).value(); }
    std::optional<Element> optional_element(Tag tag, const char* field) {
        if (peek() != tag) {
            return std::nullopt;
        }
        const Element element = any(field);
        return failed() ? std::nullopt : std::optional(element);
    }
    std::optional<Element> optional_any(const char* field);
    // Goes on where a cursor stands that was made from rest().
    void continue_at(const Cursor& cursor) { m_rest = cursor.rest(); }
    // Passes all TLVs that are left, counting them; nothing but their framing is looked at.
    std::uint32_t skip_all();

    Integer integer(const char* field);
    Oid oid(const char* field);
    bool boolean(const char* field);
    BitString bit_string(const char* field);
    Input octet_string(const char* field) { return value(tag::OCTET_STRING, field); }
    Time time(const char* field);

    template <class F>
    Element nested(Tag tag, const char* field, F&& read) {
        const Element outer = element(tag, field);
        inside(outer, field, std::forward<F>(read));
        return outer;
    }
    template <class F>
    std::optional<Element> optional_nested(Tag tag, const char* field, F&& read) {
        const std::optional<Element> outer = optional_element(tag, field);
        if (outer) {
            inside(*outer, field, std::forward<F>(read));
        }
        return outer;
    }

    // Reads the inside of an element taken before; all of it must be read.
    template <class F>
    void inside(const Element& outer, const char* field, F&& read, std::int32_t index = FieldPath::no_index) {
        if (failed()) {
            return;
        }
        Reader inner(outer.value());
        std::forward<F>(read)(inner);
        if (!inner.at_end() || inner.failed()) [[unlikely]] {
            fail_inside(inner, field, index);
        }
    }

    void fail(ErrorCode code, Location where, const char* field);
    void fail(Error error, const char* field, std::int32_t index = FieldPath::no_index);
    void expected_tag(Tag expected, Tag or_expected, const char* field);

    // The error, if any; trailing_data if not all was read.
    [[nodiscard]] Result<void> finish(const char* type) {
        if (m_rest.empty() && !m_error) [[likely]] {
            return {};
        }
        return std::unexpected(end_error(type));
    }
    // The same; else the value.
    template <class T>
    [[nodiscard]] Result<T> finish(T value, const char* type) {
        if (m_rest.empty() && !m_error) [[likely]] {
            return value;
        }
        return std::unexpected(end_error(type));
    }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    [[nodiscard]] Tag peek_high_number() const;
    Element any_of_all_forms(const char* field);
    Element element_of_all_forms(Tag tag, Tag or_tag, const char* field);
    void fail_inside(Reader& inner, const char* field, std::int32_t index);
    Error end_error(const char* type);
    void fail_value(ErrorCode code, const Element& element, const char* field);
    template <class T>
    T keep(Result<T> decoded, const char* field) {
        if (!decoded) {
            fail(decoded.error(), field);
            return T{};
        }
        return *decoded;
    }

    Input m_rest;  // empty after a failure
    std::optional<Error> m_error;
};

// One whole value of a type that has `static T read(Reader&, const char* field)` and `asn1_name`; octets after it are trailing_data.
template <class T>
[[nodiscard]] Result<T> decode(Input input) {
    Reader reader(input);
    T value = T::read(reader, nullptr);
    return reader.finish(std::move(value), T::asn1_name);
}

// The header parser for all forms (read_plain_header() is its short way): tag and length at the start of `input`, X.690 8.1.2 and 8.1.3. The framing is told, not
// judged, except for what has no meaning at all: end_of_input, truncated, invalid_tag, reserved_length, length_too_large.
struct Header {
    Tag tag;
    std::uint32_t size = 0;    // octets of identifier and length
    std::uint32_t length = 0;  // of the value; 0 when indefinite
    bool indefinite = false;
    bool minimal = true;       // the length has the fewest octets
};
// The length may reach beyond the input: that is for the caller to judge.
[[nodiscard]] std::expected<Header, ErrorCode> read_header(Input input);

// The two zeros that end an indefinite length (X.690, 8.1.5).
[[nodiscard]] constexpr bool is_end_of_contents(Input input) { return input.size() >= 2 && input[0] == 0 && input[1] == 0; }

}  // namespace scep::der
