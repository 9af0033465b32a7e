#include <scepcodec/scep/http.h>

#include <algorithm>

namespace scep::http {

namespace {

using der::Input;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// One character of a text, with the place of the octets it was written as.
struct Character {
    char value = 0;
    Location where;
    bool escaped = false;
};

std::unexpected<Error> failure(ErrorCode code, Location where) {
    Error error;
    error.code = code;
    error.where = where;
    return std::unexpected(error);
}

int hex_digit(std::uint8_t c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const auto folded = static_cast<std::uint8_t>(c | 0x20);
    return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

void note(std::vector<TextDeviation>& deviations, TextDeviationKind kind, Location where) {
    if (std::ranges::none_of(deviations, [&](const TextDeviation& known) { return known.kind == kind; })) {
        deviations.push_back({kind, where});
    }
}

// The characters of a text one by one, with percent decoding in a query. "%25" followed by two hexadecimal digits is decoded twice and
// noted.
class Characters {
public:
    Characters(Input text, bool query) : m_text(text), m_query(query) {}

    [[nodiscard]] bool at_end() const { return m_at == m_text.size(); }
    Result<Character> next(std::vector<TextDeviation>& deviations) {
        if (!m_query || m_text[m_at] != '%') {
            const Input octet = m_text.slice(m_at++, 1);
            return Character{static_cast<char>(octet[0]), octet.location(), false};
        }
        int octet = escape(m_at + 1);
        std::uint32_t size = 3;
        if (octet < 0) {
            return failure(ErrorCode::invalid_percent_escape, m_text.slice(m_at, 3).location());
        }
        const bool twice = octet == '%' && escape(m_at + 3) >= 0;
        if (twice) {
            octet = escape(m_at + 3);
            size = 5;
        }
        const Location where = m_text.slice(m_at, size).location();
        if (twice) {
            note(deviations, TextDeviationKind::double_escape, where);
        }
        m_at += size;
        return Character{static_cast<char>(octet), where, true};
    }

private:
    // The octet that two hexadecimal digits stand for, or -1.
    [[nodiscard]] int escape(std::uint32_t from) const {
        const Input digits = m_text.slice(from, 2);
        return digits.size() == 2 && hex_digit(digits[0]) >= 0 && hex_digit(digits[1]) >= 0
                   ? hex_digit(digits[0]) * 16 + hex_digit(digits[1])
                   : -1;
    }

    Input m_text;
    bool m_query;
    std::uint32_t m_at = 0;
};

// Base64 of either alphabet; `query` tells whether percent escapes are decoded, and the characters that a query must escape noted when raw.
Result<DecodedText> base64(Input text, bool query, std::vector<TextDeviation> deviations, Sources& sources) {
    std::vector<std::uint8_t> octets;
    std::vector<OffsetPoint> map;
    std::uint32_t bits = 0;
    unsigned digits = 0;
    unsigned padding = 0;
    Location last_digit;
    for (Characters characters(text, query); !characters.at_end();) {
        const Result<Character> character = characters.next(deviations);
        if (!character) {
            return std::unexpected(character.error());
        }
        const Character& c = *character;
        if (c.value == '\r' || c.value == '\n' || c.value == '\t') {
            if (query) {
                note(deviations, TextDeviationKind::line_break, c.where);
            }
            continue;
        }
        if (c.value == ' ' && !query) {
            continue;
        }
        if (c.value == '=') {
            if (query && !c.escaped) {
                note(deviations, TextDeviationKind::raw_equals, c.where);
            }
            if (++padding > (4 - digits % 4) % 4) {
                return failure(ErrorCode::invalid_base64, c.where);
            }
            continue;
        }
        const bool space = c.value == ' ';
        const int digit = space ? 62 : base64_digit(c.value);
        if (digit < 0 || padding > 0) {
            return failure(ErrorCode::invalid_base64, c.where);
        }
        if (space) {
            note(deviations, TextDeviationKind::space_for_plus, c.where);
        } else if (c.value == '-' || c.value == '_') {
            note(deviations, TextDeviationKind::base64url, c.where);
        } else if (query && !c.escaped && (c.value == '+' || c.value == '/')) {
            note(deviations, c.value == '+' ? TextDeviationKind::raw_plus : TextDeviationKind::raw_slash, c.where);
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        ++digits;
        last_digit = c.where;
        // The second to fourth digit of a group each complete an octet, which begins in the digit before.
        const unsigned position = (digits - 1) % 4;
        if (position > 0) {
            octets.push_back(static_cast<std::uint8_t>(bits >> (6 - 2 * position)));
        }
        if (position < 3) {
            map.push_back({static_cast<std::uint32_t>(octets.size()), c.where.offset});
        }
    }
    if (digits % 4 == 1) {
        return failure(ErrorCode::invalid_base64, text.from(text.size()).location());
    }
    if (digits % 4 != 0 && (digits + padding) % 4 != 0) {
        note(deviations, TextDeviationKind::missing_padding, text.from(text.size()).location());
    }
    if (const unsigned unused = digits % 4 == 2 ? 4 : digits % 4 == 3 ? 2 : 0; (bits & ((1U << unused) - 1)) != 0) {
        note(deviations, TextDeviationKind::pad_bits, last_digit);
    }
    std::ranges::stable_sort(deviations, {}, [](const TextDeviation& deviation) { return deviation.where.offset; });
    const Result<Input> added = sources.add_derived(SourceKind::base64, text.source(), std::move(octets), std::move(map));
    if (!added) {
        return std::unexpected(added.error());
    }
    return DecodedText{*added, std::move(deviations)};
}

// The text between the first pair of PEM boundaries; nothing where there is none.
Result<std::optional<Input>> pem_body(Input text) {
    const std::string_view view = text.text();
    const auto begin = view.find("-----BEGIN ");
    if (begin == std::string_view::npos) {
        return std::nullopt;
    }
    const auto line_end = view.find('\n', begin);
    const auto end = view.find("-----END ", begin);
    if (line_end == std::string_view::npos || end == std::string_view::npos || end < line_end) {
        return failure(ErrorCode::invalid_pem, text.slice(static_cast<std::uint32_t>(begin), 11).location());
    }
    return text.slice(static_cast<std::uint32_t>(line_end + 1), static_cast<std::uint32_t>(end - line_end - 1));
}

} // namespace

std::string_view name(TextDeviationKind kind) {
    switch (kind) {
    case TextDeviationKind::raw_plus:
        return "'+' not percent-escaped";
    case TextDeviationKind::raw_slash:
        return "'/' not percent-escaped";
    case TextDeviationKind::raw_equals:
        return "'=' not percent-escaped";
    case TextDeviationKind::space_for_plus:
        return "a space where '+' was meant";
    case TextDeviationKind::base64url:
        return "base64url alphabet";
    case TextDeviationKind::line_break:
        return "line breaks inside the base64 text";
    case TextDeviationKind::missing_padding:
        return "base64 padding missing";
    case TextDeviationKind::pad_bits:
        return "pad bits of the base64 text not zero";
    case TextDeviationKind::double_escape:
        return "percent-escaped twice";
    case TextDeviationKind::base64_body:
        return "base64 text where binary octets are due";
    case TextDeviationKind::pem:
        return "PEM text";
    }
    return "unknown";
}

Result<DecodedText> decode_get_message(Input value, Sources& sources) { return base64(value, true, {}, sources); }

Result<DecodedText> decode_base64(Input text, Sources& sources) {
    const Input unmarked = text.text().starts_with(byte_order_mark) ? text.from(std::uint32_t{byte_order_mark.size()}) : text;
    const Result<std::optional<Input>> pem = pem_body(unmarked);
    if (!pem) {
        return std::unexpected(pem.error());
    }
    const auto kind = *pem ? TextDeviationKind::pem : TextDeviationKind::base64_body;
    return base64(*pem ? **pem : unmarked, false, {{kind, text.slice(0, 1).location()}}, sources);
}

Result<DecodedText> decode_hex(Input text, Sources& sources) {
    std::vector<std::uint8_t> octets;
    std::vector<OffsetPoint> map;
    int high = -1;
    for (std::uint32_t at = 0; at < text.size(); ++at) {
        const std::uint8_t c = text[at];
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ':') {
            continue;
        }
        const int digit = hex_digit(c);
        if (digit < 0) {
            return failure(ErrorCode::invalid_hex, text.slice(at, 1).location());
        }
        if (high < 0) {
            high = digit;
            map.push_back({static_cast<std::uint32_t>(octets.size()), text.offset() + at});
        } else {
            octets.push_back(static_cast<std::uint8_t>(high * 16 + digit));
            high = -1;
        }
    }
    if (high >= 0) {
        return failure(ErrorCode::invalid_hex, text.from(text.size()).location());
    }
    const Result<Input> added = sources.add_derived(SourceKind::base64, text.source(), std::move(octets), std::move(map));
    if (!added) {
        return std::unexpected(added.error());
    }
    return DecodedText{*added, {}};
}

bool looks_like_base64(Input octets) {
    std::string_view text = octets.text();
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return false;
    }
    text.remove_prefix(first);
    if (text.starts_with("-----BEGIN ")) {
        return true;
    }
    // A SEQUENCE starts with 0x30: base64 "M".
    return text.size() > 8 && text[0] == 'M' && std::ranges::all_of(text, [](char c) {
               return base64_digit(c) >= 0 || c == '=' || c == '\r' || c == '\n' || c == ' ' || c == '\t';
           });
}

} // namespace scep::http
