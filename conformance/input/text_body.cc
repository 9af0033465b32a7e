#include <conformance/input/text_body.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace sceplab::input {

namespace {

constexpr char32_t replacement = 0xfffd;

// The octets 0x80 to 0x9f in windows-1252; 0 where it has the same number as in Latin-1.
constexpr std::array<char16_t, 32> windows_1252{0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                                0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                                0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

// The next character of valid UTF-8.
char32_t next(const std::string& text, std::size_t& at) {
    const auto first = static_cast<std::uint8_t>(text[at++]);
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    char32_t character = more == 3 ? first & 0x07u : more == 2 ? first & 0x0fu : more == 1 ? first & 0x1fu : first;
    for (; more > 0 && at < text.size(); --more) {
        character = character << 6 | (static_cast<std::uint8_t>(text[at++]) & 0x3fu);
    }
    return character;
}

std::optional<char> one_octet(char32_t character) {
    constexpr char32_t c1 = 0x80;
    if (character <= 0xff) {
        return static_cast<char>(character);
    }
    const auto found = std::ranges::find(windows_1252, character);
    return found == windows_1252.end() ? std::nullopt : std::optional(static_cast<char>(c1 + static_cast<char32_t>(found - windows_1252.begin())));
}

// A SEQUENCE whose length is long or indefinite: no text begins with "0" and such a character.
bool begins_like_a_message(const std::string& octets) {
    return octets.size() > 2 && octets[0] == 0x30 && static_cast<std::uint8_t>(octets[1]) >= 0x80 && static_cast<std::uint8_t>(octets[1]) <= 0x84;
}

} // namespace

std::optional<std::string> octets_of_text(const std::string& text, std::optional<std::size_t> size) {
    std::string narrow;
    bool one_each = true;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = next(text, at);
        if (character == replacement) {
            return std::nullopt;
        }
        const auto octet = one_each ? one_octet(character) : std::nullopt;
        one_each = octet.has_value();
        if (octet) {
            narrow.push_back(*octet);
        }
    }
    const bool fits = size && *size == narrow.size() && *size != text.size();
    return one_each && (begins_like_a_message(narrow) || fits) ? narrow : text;
}

bool is_unsaid_base64(const std::string& text, std::size_t size) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t last = text.find_last_not_of('=');
    if (text.size() < 8 || text.size() % 4 != 0 || text[0] != 'M' || text.size() - last > 3) {
        return false;
    }
    return text.find_first_not_of(digits) > last && text.size() / 4 * 3 - (text.size() - last - 1) == size;
}

} // namespace sceplab::input
