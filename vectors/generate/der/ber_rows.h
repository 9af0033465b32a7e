#pragma once

#include <vectors/generate/group_rows.h>

#include <scepcodec/der/values.h>

// The same as ValueRows for BerValue: what is accepted has a DER as well.
namespace sceplab::vectors {

class BerRows {
public:
    explicit BerRows(std::string_view as) : m_rows("BerValue", {{"as", as}}) {}

    void valid(std::string name, const TestInput& input, std::string_view value, const TestInput& der, std::string comment,
               Flags flags = {"LegalBer"}) {
        m_rows.valid(std::move(name), input, fields(value, der), std::move(comment), std::move(flags));
    }
    void invalid(std::string name, const TestInput& input, Flags flags, std::string comment) {
        m_rows.invalid(std::move(name), input, std::move(flags), std::move(comment));
    }
    // Without a value where the type's content may be told in several ways.
    void acceptable(std::string name, const TestInput& input, std::optional<std::string_view> value, const TestInput& der, Flags flags,
                    std::string comment) {
        m_rows.acceptable(std::move(name), input, fields(value, der), std::move(flags), std::move(comment));
    }
    [[nodiscard]] Group take() && { return std::move(m_rows).take(); }

private:
    static Json fields(std::optional<std::string_view> value, const TestInput& der) {
        Json out = value ? Json{{"value", *value}} : Json::object();
        out["der"] = scep::der::to_hex(der.octets);
        return out;
    }
    GroupRows m_rows;
};

} // namespace sceplab::vectors
