#include <conformance/rules/field_failures.h>

#include <map>

namespace sceplab::rules {

namespace {

constexpr KnownFailure rows[]{
#include <conformance/rules/field-failures.inc>
};

using ByRule = std::multimap<std::string_view, const KnownFailure*>;

ByRule index_rows() {
    ByRule index;
    for (const KnownFailure& row : rows) {
        for (std::string_view rest = row.kind == "finding" ? row.rules : std::string_view(); !rest.empty();) {
            const auto space = rest.find(' ');
            index.emplace(rest.substr(0, space), &row);
            rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
        }
    }
    return index;
}

} // namespace

std::span<const KnownFailure> known_failures() { return rows; }

std::vector<const KnownFailure*> known_failures(std::string_view rule, const Violation& violation) {
    static const ByRule index = index_rows();
    std::vector<const KnownFailure*> out;
    const auto [first, last] = index.equal_range(rule);
    for (auto each = first; each != last; ++each) {
        const KnownFailure& row = *each->second;
        if ((row.side == "both" || row.side == name(violation.place.side)) && (row.when == "-" || violation.message.contains(row.when))) {
            out.push_back(&row);
        }
    }
    return out;
}

} // namespace sceplab::rules
