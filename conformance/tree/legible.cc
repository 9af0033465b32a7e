#include <conformance/tree/legible.h>

#include <cstdint>

namespace sceplab::tree {

namespace {

std::uint8_t octet(char c) { return static_cast<std::uint8_t>(c); }

// Octets of the UTF-8 character at the start of `text`, and its number; 0 octets where there is none.
struct Character {
    std::size_t size = 0;
    std::uint32_t number = 0;
};

Character character(std::string_view text) {
    const std::uint8_t lead = octet(text[0]);
    if (lead < 0x80) {
        return {1, lead};
    }
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < size) {
        return {};
    }
    std::uint32_t number = lead & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((octet(text[i]) & 0xc0) != 0x80) {
            return {};
        }
        number = (number << 6) | (octet(text[i]) & 0x3fu);
    }
    const std::uint32_t smallest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    const bool surrogate = number >= 0xd800 && number <= 0xdfff;
    return number < smallest || surrogate || number > 0x10ffff ? Character{} : Character{size, number};
}

bool steers_terminal(std::uint32_t number) {
    const bool control = number < 0x20 || (number >= 0x7f && number < 0xa0);
    const bool direction = number == 0x061c || number == 0x200e || number == 0x200f || (number >= 0x2028 && number <= 0x202e) ||
                           (number >= 0x2066 && number <= 0x2069);
    const bool no_character = number == 0xfffe || number == 0xffff;
    return control || direction || no_character;
}

// Nearly all texts are.
bool is_printable_ascii(std::string_view text) {
    std::uint8_t others = 0; // without a branch for each character, which compilers do many at a time
    for (const char c : text) {
        others |= static_cast<std::uint8_t>(static_cast<std::uint8_t>(c - ' ') > '~' - ' ');
    }
    return others == 0;
}

} // namespace

std::string legible(std::string_view text) {
    if (is_printable_ascii(text)) {
        return std::string(text);
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Character next = character(text);
        const std::size_t size = next.size == 0 ? 1 : next.size;
        if (next.size != 0 && !steers_terminal(next.number)) {
            out += text.substr(0, size);
        } else {
            for (const char c : text.substr(0, size)) {
                out += "\\x";
                out += digits[octet(c) >> 4];
                out += digits[octet(c) & 0xf];
            }
        }
        text.remove_prefix(size);
    }
    return out;
}

std::string legible(std::string_view text, std::size_t width) {
    if (text.size() <= width && is_printable_ascii(text)) {
        return std::string(text);
    }
    // A character takes at most four octets, so more of a huge text need not be looked at.
    std::string whole = legible(text.substr(0, 4 * (width + 1)));
    std::size_t characters = 0;
    std::size_t cut = 0; // where the last character that fits before "…" ends
    for (std::size_t at = 0; at < whole.size();) {
        if (characters + 1 == width) {
            cut = at;
        }
        at += character(std::string_view(whole).substr(at)).size;
        ++characters;
    }
    if (characters > width) {
        whole.resize(cut);
        whole += "…";
    }
    return whole;
}

void add_legible(std::string& out, std::string_view text, std::size_t width) {
    if (text.size() <= width && is_printable_ascii(text)) {
        out += text;
    } else {
        out += legible(text, width);
    }
}

} // namespace sceplab::tree
