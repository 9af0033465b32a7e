#pragma once

#include <string>
#include <string_view>

namespace sceplab::report {

// Colours of a terminal, or none.
class Style {
public:
    explicit Style(bool colour) : m_colour(colour) {}

    [[nodiscard]] std::string bold(std::string_view text) const { return in("1", text); }
    [[nodiscard]] std::string dim(std::string_view text) const { return in("2", text); }
    [[nodiscard]] std::string red(std::string_view text) const { return in("31", text); }
    [[nodiscard]] std::string green(std::string_view text) const { return in("32", text); }
    [[nodiscard]] std::string yellow(std::string_view text) const { return in("33", text); }
    [[nodiscard]] std::string cyan(std::string_view text) const { return in("36", text); }

private:
    [[nodiscard]] std::string in(std::string_view code, std::string_view text) const {
        if (!m_colour || text.empty()) {
            return std::string(text);
        }
        return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
    }

    bool m_colour;
};

} // namespace sceplab::report
