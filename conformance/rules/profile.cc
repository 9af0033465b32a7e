#include <conformance/rules/profile.h>

#include <algorithm>
#include <array>

namespace sceplab::rules {

namespace {

constexpr std::array<std::string_view, 4> profiles{"rfc8894", "nourse", "strict-der", "cms-extended"};

// One change of level; no severity turns the rule off.
struct Change {
    std::string_view profile;
    std::string_view rule;
    std::optional<Severity> severity;
};

constexpr std::array<Change, 0> changes{};

}  // namespace

std::optional<Profile> Profile::named(std::string_view name) {
    const auto found = std::ranges::find(profiles, name);
    return found == profiles.end() ? std::nullopt : std::optional(Profile(*found));
}

std::vector<std::string_view> Profile::names() {
    return {profiles.begin(), profiles.end()};
}

std::optional<Severity> Profile::severity(std::string_view rule, Severity own) const {
    for (const Change& change : changes) {
        if (change.profile == m_name && change.rule == rule) {
            return change.severity;
        }
    }
    return own;
}

}  // namespace sceplab::rules
