#include <conformance/evidence/json_value.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace sceplab::evidence {

std::string JsonMisfit::text() const { return fmt::format("at {}: {}", pointer.empty() ? "the top" : pointer, reason); }

void JsonValue::refuse(std::string reason) const { throw JsonMisfit{m_pointer, std::move(reason)}; }

std::string JsonValue::text() const {
    if (!m_value.is_string() || m_value.get_ref<const std::string&>().empty()) {
        refuse("a string is due, and not an empty one");
    }
    return m_value.get<std::string>();
}

bool JsonValue::boolean() const {
    if (!m_value.is_boolean()) {
        refuse("true or false is due");
    }
    return m_value.get<bool>();
}

std::uint32_t JsonValue::number() const {
    if (!m_value.is_number_unsigned() || m_value.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max()) {
        refuse("a whole number is due, 0 or more");
    }
    return m_value.get<std::uint32_t>();
}

void JsonValue::each(const std::function<void(const JsonValue&)>& visit) const {
    if (!m_value.is_array()) {
        refuse("an array is due");
    }
    for (std::size_t i = 0; i < m_value.size(); ++i) {
        visit(JsonValue(m_value[i], m_pointer + '/' + std::to_string(i)));
    }
}

void JsonValue::only(std::initializer_list<std::string_view> members) const {
    if (!m_value.is_object()) {
        refuse("an object is due");
    }
    for (const auto& [name, value] : m_value.items()) {
        if (std::ranges::find(members, name) == members.end()) {
            refuse(fmt::format("no member is called \"{}\"; there are {}", name, fmt::join(members, ", ")));
        }
    }
}

JsonValue JsonValue::member(std::string_view name) const {
    const auto found = m_value.find(name);
    if (found == m_value.end()) {
        refuse(fmt::format("\"{}\" is missing", name));
    }
    return {*found, fmt::format("{}/{}", m_pointer, name)};
}

std::optional<JsonValue> JsonValue::optional(std::string_view name) const {
    return m_value.contains(name) ? std::optional(member(name)) : std::nullopt;
}

std::vector<std::string> JsonValue::texts() const {
    std::vector<std::string> out;
    each([&](const JsonValue& value) { out.push_back(value.text()); });
    return out;
}

} // namespace sceplab::evidence
