#pragma once

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>

namespace sceplab::vectors {

// A JSON Schema (draft 7), compiled once. Movable.
class Schema {
public:
    // Throws std::runtime_error where it is none.
    explicit Schema(const nlohmann::json& schema);
    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    // Nothing where the document is valid; else the first thing that is wrong: "/testGroups/0: Missing required property 'type'.".
    [[nodiscard]] std::optional<std::string> wrong(const nlohmann::json& document) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace sceplab::vectors
