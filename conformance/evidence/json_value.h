#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sceplab::evidence {

// What is not as it should be in a JSON document that people write, and where.
struct JsonMisfit {
    std::string pointer;
    std::string reason;
    [[nodiscard]] std::string text() const; // "at /caHost: a string is due"
};

// A value of such a document, read strictly. What is not as it should be is thrown as a JsonMisfit; who reads the document catches it.
class JsonValue {
public:
    explicit JsonValue(const nlohmann::json& value) : JsonValue(value, {}) {}

    [[noreturn]] void refuse(std::string reason) const;

    [[nodiscard]] std::string text() const; // not empty
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::uint32_t number() const;
    void each(const std::function<void(const JsonValue&)>& visit) const; // of an array
    // An object of these members and no others.
    void only(std::initializer_list<std::string_view> members) const;
    [[nodiscard]] JsonValue member(std::string_view name) const;
    [[nodiscard]] std::optional<JsonValue> optional(std::string_view name) const;

    [[nodiscard]] std::vector<std::string> texts() const;

private:
    JsonValue(const nlohmann::json& value, std::string pointer) : m_value(value), m_pointer(std::move(pointer)) {}

    const nlohmann::json& m_value;
    std::string m_pointer;
};

} // namespace sceplab::evidence
