#include <scepcodec/scep/http.h>

#include <algorithm>
#include <array>

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

constexpr int base64_digit(char c) {
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
    // What is left, as it was written; for characters that stand for themselves.
    [[nodiscard]] Input rest() const { return m_text.from(m_at); }
    void pass(std::uint32_t characters) { m_at += characters; }
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

// What is neither escaped nor noted: letters and digits, and in a body the signs too.
using PlainDigits = std::array<std::uint8_t, 256>;
constexpr std::uint8_t not_plain = 0x80;
constexpr PlainDigits plain_digits(bool signs) {
    PlainDigits out{};
    for (unsigned c = 0; c < out.size(); ++c) {
        const int digit = base64_digit(static_cast<char>(c));
        const bool plain = digit >= 0 && (digit < 62 || (signs && (c == '+' || c == '/')));
        out[c] = plain ? static_cast<std::uint8_t>(digit) : not_plain;
    }
    return out;
}
constexpr PlainDigits plain_in_query = plain_digits(false);
constexpr PlainDigits plain_in_body = plain_digits(true);

// Makes octets of digits, and the map from them to the digits.
class Base64 {
public:
    // Three octets and three points of the map for each group of four.
    explicit Base64(std::uint32_t most_digits) : m_octets(most_digits / 4 * std::size_t{3} + 3), m_map(m_octets.size()) {}

    void add(unsigned digit, Location where) {
        m_bits = (m_bits << 6) | digit;
        ++m_digits;
        m_last = where;
        // The second to fourth digit of a group each complete an octet, which begins in the digit before.
        const unsigned position = (m_digits - 1) % 4;
        if (position > 0) {
            m_octets[m_octet++] = static_cast<std::uint8_t>(m_bits >> (6 - 2 * position));
        }
        if (position < 3) {
            m_map[m_point++] = {m_octet, where.offset};
        }
    }
    // The plain digits at the front of the text; gives how many that were.
    std::uint32_t add_plain(Input text, const PlainDigits& plain) {
        std::uint32_t at = 0;
        for (const std::uint8_t* c = text.data(); at < text.size(); ++at, ++c) {
            while (m_digits % 4 == 0 && text.size() - at > 4 && add_group(c, text.offset() + at, plain)) {
                at += 4;
                c += 4;
            }
            if (plain[*c] == not_plain) {
                break;
            }
            add(plain[*c], {text.source(), text.offset() + at, 1});
        }
        return at;
    }

    [[nodiscard]] unsigned digits() const { return m_digits; }
    [[nodiscard]] Location last() const { return m_last; }
    // Whether the last digit of a group that is not whole has bits beyond the last octet.
    [[nodiscard]] bool has_pad_bits() const {
        const unsigned unused = m_digits % 4 == 2 ? 4 : m_digits % 4 == 3 ? 2 : 0;
        return (m_bits & ((1U << unused) - 1)) != 0;
    }
    [[nodiscard]] Result<Input> take(SourceId parent, Sources& sources) {
        m_octets.resize(m_octet);
        m_map.resize(m_point);
        return sources.add_derived(SourceKind::base64, parent, std::move(m_octets), std::move(m_map));
    }

private:
    bool add_group(const std::uint8_t* c, std::uint32_t offset, const PlainDigits& plain) {
        const std::array<std::uint8_t, 4> group{plain[c[0]], plain[c[1]], plain[c[2]], plain[c[3]]};
        if (((group[0] | group[1] | group[2] | group[3]) & not_plain) != 0) {
            return false;
        }
        const std::uint32_t bits = std::uint32_t{group[0]} << 18 | std::uint32_t{group[1]} << 12 | std::uint32_t{group[2]} << 6 | group[3];
        for (std::uint32_t i = 0; i < 3; ++i) {
            m_map[m_point + i] = {m_octet + i, offset + i};
            m_octets[m_octet + i] = static_cast<std::uint8_t>(bits >> (16 - 8 * i));
        }
        m_octet += 3;
        m_point += 3;
        m_digits += 4;
        return true;
    }

    std::vector<std::uint8_t> m_octets;
    std::vector<OffsetPoint> m_map;
    std::uint32_t m_octet = 0; // how many of each there are
    std::uint32_t m_point = 0;
    std::uint32_t m_bits = 0;
    unsigned m_digits = 0;
    Location m_last;
};

// Base64 of either alphabet; `query` tells whether percent escapes are decoded, and the characters that a query must escape noted when raw.
Result<DecodedText> base64(Input text, bool query, std::vector<TextDeviation> deviations, Sources& sources) {
    Base64 out(text.size());
    unsigned padding = 0;
    for (Characters characters(text, query); !characters.at_end();) {
        if (padding == 0) {
            characters.pass(out.add_plain(characters.rest(), query ? plain_in_query : plain_in_body));
            if (characters.at_end()) {
                break;
            }
        }
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
            if (++padding > (4 - out.digits() % 4) % 4) {
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
        out.add(static_cast<unsigned>(digit), c.where);
    }
    const unsigned digits = out.digits();
    if (digits % 4 == 1) {
        return failure(ErrorCode::invalid_base64, text.from(text.size()).location());
    }
    if (digits % 4 != 0 && (digits + padding) % 4 != 0) {
        note(deviations, TextDeviationKind::missing_padding, text.from(text.size()).location());
    }
    if (out.has_pad_bits()) {
        note(deviations, TextDeviationKind::pad_bits, out.last());
    }
    std::ranges::stable_sort(deviations, {}, [](const TextDeviation& deviation) { return deviation.where.offset; });
    const Result<Input> added = out.take(text.source(), sources);
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
