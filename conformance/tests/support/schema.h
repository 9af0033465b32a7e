#pragma once

#include <conformance/tests/support/truth.h>

#include <vectors/run/schema.h>

namespace sceplab::test {

// A JSON Schema, by its path; in the source tree where that is not absolute.
class Schema {
public:
    explicit Schema(const std::filesystem::path& path) : m_document(read_json(sceptest::source_dir() / path)), m_schema(m_document) {}
    // Empty where the document is valid; else what is wrong, and where.
    [[nodiscard]] std::string wrong(const Json& document) const { return m_schema.wrong(document).value_or(""); }
    [[nodiscard]] const Json& document() const { return m_document; }

private:
    Json m_document;
    vectors::Schema m_schema;
};

}  // namespace sceplab::test
