#include <vectors/run/schema.h>

#include <nlohmann/json.hpp>

#include <vector>

// Else it ends the program where a schema is none.
#define VALIJSON_USE_EXCEPTIONS 1
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

namespace sceplab::vectors {

using valijson::adapters::NlohmannJsonAdapter;

namespace {

// valijson's "<root>", "[testGroups]", "[0]" as "/testGroups/0".
std::string pointer(const std::vector<std::string>& context) {
    std::string out;
    for (const std::string& step : context) {
        if (step.starts_with('[') && step.ends_with(']')) {
            out += '/' + step.substr(1, step.size() - 2);
        }
    }
    return out;
}

}  // namespace

struct Schema::State {
    nlohmann::json document;  // the compiled one looks into it
    valijson::Schema compiled;
};

Schema::Schema(const nlohmann::json& schema) : m_state(std::make_unique<State>()) {
    m_state->document = schema;
    valijson::SchemaParser().populateSchema(NlohmannJsonAdapter(m_state->document), m_state->compiled);
}

Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

std::optional<std::string> Schema::wrong(const nlohmann::json& document) const {
    valijson::Validator validator;
    valijson::ValidationResults results;
    const NlohmannJsonAdapter adapter(document);
    if (validator.validate(m_state->compiled, adapter, &results)) {
        return {};
    }
    // The first is the innermost; those after it say that what holds it does not fit either.
    valijson::ValidationResults::Error error;
    results.popError(error);
    return pointer(error.context) + ": " + error.description;
}

}  // namespace sceplab::vectors
