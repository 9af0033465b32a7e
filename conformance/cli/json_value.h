#pragma once

#include <conformance/cli/unusable.h>

#include <nlohmann/json.hpp>

#include <functional>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace sceplab::cli {

// A value of a JSON file that a user wrote, read strictly. What is not as it should be is thrown as Unusable, with the file, the JSON pointer
// and the reason; read_json() catches it.
class JsonValue {
public:
    JsonValue(const nlohmann::json& value, const std::string& file, std::string pointer = {})
        : m_value(value), m_file(file), m_pointer(std::move(pointer)) {}

    [[noreturn]] void refuse(const std::string& reason) const;

    [[nodiscard]] std::string text() const;      // not empty
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::uint32_t number() const;
    void each(const std::function<void(const JsonValue&)>& visit) const;  // of an array
    // An object of these members and no others.
    void only(std::initializer_list<std::string_view> members) const;
    [[nodiscard]] JsonValue member(std::string_view name) const;
    [[nodiscard]] std::optional<JsonValue> optional(std::string_view name) const;

    [[nodiscard]] std::vector<std::string> texts() const;

private:
    const nlohmann::json& m_value;
    const std::string& m_file;
    std::string m_pointer;
};

namespace detail {
[[nodiscard]] nlohmann::json parse_json(const std::string& path);
}

// What `read` makes of the file's document.
template <class Read>
[[nodiscard]] auto read_json(const std::string& path, Read&& read) -> Loaded<decltype(read(std::declval<const JsonValue&>()))> {
    try {
        const nlohmann::json document = detail::parse_json(path);
        return read(JsonValue(document, path));
    } catch (const Unusable& unusable) {
        return std::unexpected(unusable);
    }
}

}  // namespace sceplab::cli
