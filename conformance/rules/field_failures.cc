#include <conformance/rules/field_failures.h>

#include <unordered_map>

namespace sceplab::rules {

namespace {

constexpr KnownFailure rows[]{
#include <conformance/rules/field-failures.inc>
};

using ByRule = std::unordered_map<std::string_view, std::vector<const KnownFailure*>>;

ByRule index_rows() {
    ByRule index;
    for (const KnownFailure& row : rows) {
        for (std::string_view rest = row.kind == "finding" ? row.rules : std::string_view(); !rest.empty();) {
            const auto space = rest.find(' ');
            index[rest.substr(0, space)].push_back(&row);
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
    const auto found = index.find(rule);
    if (found == index.end()) {
        return out;
    }
    for (const KnownFailure* each : found->second) {
        const KnownFailure& row = *each;
        if ((row.side == "both" || row.side == name(violation.place.side)) && (row.when == "-" || violation.message.contains(row.when))) {
            out.push_back(&row);
        }
    }
    return out;
}

} // namespace sceplab::rules
