#include <conformance/rules/catalogue.h>

#include <algorithm>
#include <iterator>

namespace sceplab::rules {

namespace {

constexpr Requirement requirement_rows[]{
#include <conformance/rules/requirements.inc>
};
constexpr DocumentContents document_rows[]{
#include <conformance/rules/documents.inc>
};
constexpr Example example_rows[]{
#include <conformance/rules/examples.inc>
};

}  // namespace

std::span<const Requirement> requirements() { return requirement_rows; }

const Requirement* requirement(std::string_view id) {
    const auto* found = std::ranges::find(requirement_rows, id, &Requirement::id);
    return found == std::end(requirement_rows) ? nullptr : found;
}

std::span<const DocumentContents> documents() { return document_rows; }

Example example(std::string_view rule) {
    const auto* found = std::ranges::find(example_rows, rule, &Example::rule);
    return found == std::end(example_rows) ? Example{rule, {}, {}} : *found;
}

}  // namespace sceplab::rules
