#pragma once

#include <conformance/rules/rule.h>

#include <optional>

namespace sceplab::rules {

// Which levels the rules have: rfc8894 (the default), nourse (the drafts that devices still speak), strict-der, cms-extended. The differences are rows of one table.
class Profile {
public:
    // Nothing for an unknown name.
    [[nodiscard]] static std::optional<Profile> named(std::string_view name);
    [[nodiscard]] static std::vector<std::string_view> names();
    // The rules that some profile changes.
    [[nodiscard]] static std::vector<std::string_view> changed_rules();

    [[nodiscard]] std::string_view name() const { return m_name; }
    // Nothing: the rule is off in this profile.
    [[nodiscard]] std::optional<Severity> severity(std::string_view rule, Severity own) const;

private:
    explicit Profile(std::string_view name) : m_name(name) {}
    std::string_view m_name;
};

}  // namespace sceplab::rules
