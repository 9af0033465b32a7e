#include <vectors/run/json_text.h>

namespace sceplab::vectors {

namespace {

constexpr int deepest = 64;

bool is_flat_enough(std::string_view text) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_text) {
            i += c == '\\' ? 1 : 0;
            in_text = c != '"';
        } else if (c == '"') {
            in_text = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest) {
                return false;
            }
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return true;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || !is_flat_enough(text)) {
        return {};
    }
    Json value = Json::parse(text, nullptr, false);
    return value.is_discarded() ? std::nullopt : std::optional(std::move(value));
}

}  // namespace sceplab::vectors
