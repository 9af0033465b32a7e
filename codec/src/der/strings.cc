#include <scepcodec/der/values.h>

#include <algorithm>

namespace scep::der {

namespace {

bool printable(std::uint8_t c) {
    constexpr std::string_view others = " '()+,-./:=?";
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || others.find(static_cast<char>(c)) != std::string_view::npos;
}

struct Character {
    std::uint32_t code_point = 0;
    std::uint32_t size = 0;  // octets it took; 0: not a character
};

bool scalar(std::uint32_t code_point) {
    return code_point <= 0x10ffff && (code_point < 0xd800 || code_point > 0xdfff);
}

Character next_utf8(Input text) {
    const std::uint8_t lead = text[0];
    if (lead < 0x80) {
        return {lead, 1};
    }
    const std::uint32_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < size) {
        return {};
    }
    std::uint32_t code_point = lead & (0xffu >> (size + 1));
    for (std::uint32_t i = 1; i < size; ++i) {
        if ((text[i] & 0xc0) != 0x80) {
            return {};
        }
        code_point = (code_point << 6) | (text[i] & 0x3f);
    }
    const std::uint32_t smallest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    return code_point >= smallest && scalar(code_point) ? Character{code_point, size} : Character{};
}

Character next_fixed(Input text, std::uint32_t size) {
    if (text.size() < size) {
        return {};
    }
    std::uint32_t code_point = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
        code_point = (code_point << 8) | text[i];
    }
    return scalar(code_point) ? Character{code_point, size} : Character{};
}

Character next_single(Input text, bool allowed) {
    return allowed ? Character{text[0], 1} : Character{};
}

// What is passed over where no character is found.
std::uint32_t unit_size(Tag tag) {
    return tag == tag::BMPString ? 2 : tag == tag::UniversalString ? 4 : 1;
}

Character next_character(Tag tag, Input text) {
    const std::uint8_t c = text[0];
    if (tag == tag::UTF8String) {
        return next_utf8(text);
    }
    if (tag == tag::BMPString) {
        return next_fixed(text, 2);
    }
    if (tag == tag::UniversalString) {
        return next_fixed(text, 4);
    }
    if (tag == tag::PrintableString) {
        return next_single(text, printable(c));
    }
    if (tag == tag::NumericString) {
        return next_single(text, c == ' ' || (c >= '0' && c <= '9'));
    }
    if (tag == tag::IA5String) {
        return next_single(text, c < 0x80);
    }
    if (tag == tag::VisibleString) {
        return next_single(text, c >= 0x20 && c < 0x7f);
    }
    return next_single(text, true);
}

void append_utf8(std::string& out, std::uint32_t code_point) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | ((code_point >> shift) & 0x3f)); };
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xc0 | (code_point >> 6));
        tail(0);
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xe0 | (code_point >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | (code_point >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace

bool is_character_string(Tag tag) {
    constexpr std::array types{tag::UTF8String, tag::NumericString, tag::PrintableString, tag::TeletexString,
                               tag::IA5String,  tag::VisibleString, tag::UniversalString, tag::BMPString};
    return std::ranges::find(types, tag) != types.end();
}

Result<void> check_character_string(const Element& element) {
    Error error;
    if (!is_character_string(element.tag())) {
        error.code = ErrorCode::unexpected_tag;
        error.where = element.whole().location();
        error.actual = element.tag();
        return std::unexpected(error);
    }
    for (Input rest = element.value(); !rest.empty();) {
        const Character next = next_character(element.tag(), rest);
        if (next.size == 0) {
            error.code = ErrorCode::invalid_string;
            error.where = rest.slice(0, 1).location();
            return std::unexpected(error);
        }
        rest = rest.from(next.size);
    }
    return {};
}

std::optional<std::string> utf8_text(const Element& element) {
    if (!is_character_string(element.tag())) {
        return std::nullopt;
    }
    std::string text;
    for (Input rest = element.value(); !rest.empty();) {
        const Character next = next_character(element.tag(), rest);
        if (next.size == 0) {
            return std::nullopt;
        }
        append_utf8(text, next.code_point);
        rest = rest.from(next.size);
    }
    return text;
}

std::string display_text(const Element& element) {
    std::string text;
    for (Input rest = element.value(); !rest.empty();) {
        const Character next = is_character_string(element.tag()) ? next_character(element.tag(), rest) : Character{};
        const bool control = next.code_point < 0x20 || (next.code_point >= 0x7f && next.code_point < 0xa0);
        if (next.size == 0 || control) {
            const Input escaped = rest.slice(0, next.size != 0 ? next.size : unit_size(element.tag()));
            for (const std::uint8_t& octet : escaped) {
                text += "\\x" + to_hex({&octet, 1});
            }
            rest = rest.from(escaped.size());
        } else {
            append_utf8(text, next.code_point);
            rest = rest.from(next.size);
        }
    }
    return text;
}

}  // namespace scep::der
