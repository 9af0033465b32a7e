#pragma once

#include <conformance/tests/support/truth.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace sceplab::test {

// A JSON Schema, by its path; in the source tree where that is not absolute.
class Schema {
public:
    explicit Schema(const std::filesystem::path& path) : m_document(read_json(sceptest::source_dir() / path)) {
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(m_document), m_schema);
    }
    // Empty where the document is valid; else what is wrong, and where.
    [[nodiscard]] std::string wrong(const Json& document) const {
        valijson::Validator validator;
        valijson::ValidationResults results;
        const valijson::adapters::NlohmannJsonAdapter adapter(document);
        if (validator.validate(m_schema, adapter, &results)) {
            return {};
        }
        std::string out;
        for (valijson::ValidationResults::Error error; results.popError(error);) {
            for (const std::string& step : error.context) {
                out += step;
            }
            out += ": " + error.description + '\n';
        }
        return out;
    }
    [[nodiscard]] const Json& document() const { return m_document; }

private:
    Json m_document;
    valijson::Schema m_schema;
};

}  // namespace sceplab::test
