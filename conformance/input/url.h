#pragma once

#include <conformance/input/exchange.h>

// A GET URL, a request target, or a log line that holds one.
namespace sceplab::input {

struct FoundTarget {
    std::string_view method;
    std::string_view target = {};
    std::string_view version = {}; // empty where the line does not say
};

// The SCEP target in a line; nothing where there is none.
[[nodiscard]] std::optional<FoundTarget> find_target(std::string_view line);
// Whether an argument is one, and not a file's name.
[[nodiscard]] bool is_url(std::string_view argument);
// A request without an answer. `line` is what was given: it becomes the captured source.
[[nodiscard]] Exchange exchange_of(std::string_view line, const FoundTarget& found);

} // namespace sceplab::input
