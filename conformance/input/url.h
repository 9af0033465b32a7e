#pragma once

#include <conformance/input/exchange.h>

// A GET URL, a request target, or a log line that holds one.
namespace sceplab::input {

struct FoundTarget {
    std::string_view method;
    std::string_view target = {};
    std::string_view version = {}; // empty where the line does not say
    bool split = false;            // path and query are fields of their own (IIS): the space between them stands for "?"
};

// The SCEP target in a line; nothing where there is none.
[[nodiscard]] std::optional<FoundTarget> find_target(std::string_view line);
// Whether an argument is one, and not a file's name.
[[nodiscard]] bool is_url(std::string_view argument);
// The request that `found` in `line`, a view into a source, tells of.
[[nodiscard]] Request request_of(scep::der::Input line, const FoundTarget& found, scep::Sources& sources);
// A request without an answer, of a line in which a target was found: it becomes the captured source.
[[nodiscard]] Exchange exchange_of(std::string_view line);

} // namespace sceplab::input
