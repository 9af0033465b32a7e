#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/structures.h>

// The cases of one group, row by row.
namespace sceplab::vectors {

// Hexadecimal digits, with spaces where they help to read.
[[nodiscard]] Octets hex(std::string_view digits);
[[nodiscard]] Octets repeated(std::size_t times, const Octets& piece);

// Octets under test, or their digits.
struct TestInput {
    TestInput(const char* digits) : octets(hex(digits)) {}
    TestInput(Octets given) : octets(std::move(given)) {}
    Octets octets;
};
using Flags = std::vector<std::string>;

class GroupRows {
public:
    explicit GroupRows(std::string type, Json members = Json::object()) : m_group{std::move(type), std::move(members), {}} {}

    void valid(std::string name, const TestInput& input, Json fields, std::string comment, Flags flags = {});
    // `where` is the field that is broken, where it is not the whole.
    void invalid(std::string name, const TestInput& input, Flags flags, std::string comment, std::string_view where = {});
    // Without fields where who accepts may read it either way.
    void acceptable(std::string name, const TestInput& input, Json fields, Flags flags, std::string comment);

    [[nodiscard]] Group take() && { return std::move(m_group); }

private:
    Case& add(std::string name, const TestInput& input, Result result, std::string comment, Flags flags);
    Group m_group;
};

// The same for DerValue: one ASN.1 type, one field.
class ValueRows {
public:
    explicit ValueRows(std::string_view as) : m_rows("DerValue", {{"as", as}}) {}

    void valid(std::string name, const TestInput& input, std::string_view value, std::string comment, Flags flags = {}) {
        m_rows.valid(std::move(name), input, {{"value", value}}, std::move(comment), std::move(flags));
    }
    void invalid(std::string name, const TestInput& input, Flags flags, std::string comment) {
        m_rows.invalid(std::move(name), input, std::move(flags), std::move(comment));
    }
    void acceptable(std::string name, const TestInput& input, std::optional<std::string_view> value, Flags flags, std::string comment) {
        m_rows.acceptable(std::move(name), input, value ? Json{{"value", *value}} : Json::object(), std::move(flags), std::move(comment));
    }
    [[nodiscard]] Group take() && { return std::move(m_rows).take(); }

private:
    GroupRows m_rows;
};

} // namespace sceplab::vectors
