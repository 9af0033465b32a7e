#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace sceplab::report {

// A document as text, each level indented by two blanks, or, for a page, on one line and without what HTML would take for its own. Octets
// that are not UTF-8 become U+FFFD; characters that steer a terminal or the direction of text are \u escapes.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& document);
[[nodiscard]] std::string json_for_html(const nlohmann::ordered_json& document);

} // namespace sceplab::report
