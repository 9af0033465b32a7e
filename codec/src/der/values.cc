#include <scepcodec/der/values.h>

#include <algorithm>
#include <vector>

namespace scep::der {

namespace {

template <class T>
Result<T> wrong(const Element& element, ErrorCode code) {
    Error error;
    error.code = code;
    error.where = element.whole().location();
    return std::unexpected(error);
}

template <class T>
Result<T> wrong_tag(const Element& element, Tag expected, Tag or_expected = tag::none) {
    Error error;
    error.code = ErrorCode::unexpected_tag;
    error.where = element.whole().location();
    error.expected = expected;
    error.or_expected = or_expected;
    error.actual = element.tag();
    return std::unexpected(error);
}

}  // namespace

bool valid_oid_octet_by_octet(Input content) {
    bool first = true;
    for (const std::uint8_t octet : content) {
        if (first && octet == 0x80) {
            return false;
        }
        first = (octet & 0x80) == 0;
    }
    return first && !content.empty();
}

Result<bool> decode_boolean(const Element& element) {
    if (element.tag() != tag::BOOLEAN) {
        return wrong_tag<bool>(element, tag::BOOLEAN);
    }
    const Input value = element.value();
    if (value.size() != 1 || (value[0] != 0x00 && value[0] != 0xff)) {
        return wrong<bool>(element, ErrorCode::invalid_boolean);
    }
    return value[0] != 0;
}

Result<Integer> decode_integer(const Element& element) {
    if (element.tag() != tag::INTEGER) {
        return wrong_tag<Integer>(element, tag::INTEGER);
    }
    if (!valid_integer(element.value())) {
        return wrong<Integer>(element, ErrorCode::invalid_integer);
    }
    return Integer{element.value()};
}

Result<Oid> decode_oid(const Element& element) {
    if (element.tag() != tag::OBJECT_IDENTIFIER) {
        return wrong_tag<Oid>(element, tag::OBJECT_IDENTIFIER);
    }
    if (!valid_oid(element.value())) {
        return wrong<Oid>(element, ErrorCode::invalid_oid);
    }
    return Oid{element.value()};
}

Result<BitString> decode_bit_string(const Element& element) {
    if (element.tag() != tag::BIT_STRING) {
        return wrong_tag<BitString>(element, tag::BIT_STRING);
    }
    const Input value = element.value();
    if (value.empty() || value[0] > 7 || (value.size() == 1 && value[0] != 0)) {
        return wrong<BitString>(element, ErrorCode::invalid_bit_string);
    }
    const std::uint8_t unused = value[0];
    const unsigned padding = (1u << unused) - 1;
    if ((value[value.size() - 1] & padding) != 0 && value.size() > 1) {
        return wrong<BitString>(element, ErrorCode::invalid_bit_string);
    }
    return BitString{value.from(1), unused};
}

namespace {

std::optional<int> two_digits(Input text, std::uint32_t at) {
    const std::uint8_t tens = text[at];
    const std::uint8_t ones = text[at + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') {
        return std::nullopt;
    }
    return (tens - '0') * 10 + (ones - '0');
}

// Days since 1970-01-01 of a date in the proleptic Gregorian calendar. Counting years from March puts the leap day last.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

}  // namespace

Result<Time> decode_time(const Element& element) {
    const bool utc = element.tag() == tag::UTCTime;
    if (!utc && element.tag() != tag::GeneralizedTime) {
        return wrong_tag<Time>(element, tag::UTCTime, tag::GeneralizedTime);
    }
    const Input text = element.value();
    const std::uint32_t year_digits = utc ? 2 : 4;
    if (text.size() != year_digits + 11 || text[text.size() - 1] != 'Z') {
        return wrong<Time>(element, ErrorCode::invalid_time);
    }
    std::array<int, 7> parts{};
    for (std::uint32_t i = 0; i < text.size() / 2; ++i) {
        const auto pair = two_digits(text, 2 * i);
        if (!pair) {
            return wrong<Time>(element, ErrorCode::invalid_time);
        }
        parts[i + (utc ? 1 : 0)] = *pair;
    }
    if (utc) {
        parts[0] = parts[1] >= 50 ? 19 : 20;
    }
    const int year = parts[0] * 100 + parts[1];
    const int month = parts[2];
    const int day = parts[3];
    if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) || parts[4] > 23 || parts[5] > 59 || parts[6] > 59) {
        return wrong<Time>(element, ErrorCode::invalid_time);
    }
    const std::int64_t seconds = days_from_civil(year, month, day) * 86400 + parts[4] * 3600 + parts[5] * 60 + parts[6];
    return Time{element, seconds};
}

std::string Time::to_string() const {
    return format_time(seconds);
}

std::string format_time(std::int64_t seconds_since_epoch) {
    std::int64_t days = seconds_since_epoch / 86400;
    std::int64_t rest = seconds_since_epoch % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);

    const auto padded = [](std::int64_t value, std::size_t width) {
        std::string digits = std::to_string(value);
        return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
    };
    return padded(year, 4) + '-' + padded(month, 2) + '-' + padded(day, 2) + 'T' + padded(rest / 3600, 2) + ':' + padded(rest / 60 % 60, 2) + ':' +
           padded(rest % 60, 2) + 'Z';
}

std::optional<std::int64_t> Integer::to_int64() const {
    if (content.empty() || content.size() > 8) {
        return std::nullopt;
    }
    std::uint64_t bits = negative() ? ~std::uint64_t{0} : 0;
    for (const std::uint8_t octet : content) {
        bits = (bits << 8) | octet;
    }
    return static_cast<std::int64_t>(bits);
}

std::span<const std::uint8_t> Integer::magnitude() const {
    std::span<const std::uint8_t> octets = content.octets();
    if (octets.size() > 1 && octets.front() == 0) {
        octets = octets.subspan(1);
    }
    return octets;
}

std::string Integer::to_hex() const {
    return der::to_hex(content.octets());
}

bool BitString::bit(std::uint32_t n) const {
    const std::uint32_t octet = n / 8;
    return octet < octets.size() && (octets[octet] >> (7 - n % 8) & 1) != 0;
}

namespace {

// An arc in decimal; arcs may exceed 64 bits, so it is kept as decimal digits, least significant first.
class DecimalArc {
public:
    void shift_in(std::uint8_t seven_bits) {
        unsigned carry = seven_bits;
        for (std::uint8_t& digit : m_digits) {
            const unsigned value = digit * 128u + carry;
            digit = static_cast<std::uint8_t>(value % 10);
            carry = value / 10;
        }
        for (; carry != 0; carry /= 10) {
            m_digits.push_back(static_cast<std::uint8_t>(carry % 10));
        }
    }
    // For the first subidentifier beyond 2.39, which is 80 more than its second arc.
    void subtract_80() {
        int borrow = 80;
        for (std::uint8_t& digit : m_digits) {
            const int value = digit - borrow % 10;
            borrow /= 10;
            digit = static_cast<std::uint8_t>(value < 0 ? value + 10 : value);
            borrow += value < 0 ? 1 : 0;
        }
        while (m_digits.size() > 1 && m_digits.back() == 0) {
            m_digits.pop_back();
        }
    }
    [[nodiscard]] std::string text() const {
        std::string text;
        for (const std::uint8_t digit : m_digits) {
            text.insert(text.begin(), static_cast<char>('0' + digit));
        }
        return text.empty() ? "0" : text;
    }

private:
    std::vector<std::uint8_t> m_digits;
};

}  // namespace

std::string Oid::to_string() const {
    // Cubic in the size of one arc; no registered arc has more than 16 octets, and a hostile one is better shown raw.
    constexpr std::uint32_t longest_arc = 64;
    std::string text;
    bool first = true;
    for (std::uint32_t at = 0; at < content.size();) {
        std::uint32_t end = at;
        while (end < content.size() && (content[end] & 0x80) != 0) {
            ++end;
        }
        end = std::min(end + 1, content.size());
        if (end - at > longest_arc) {
            return "#" + to_hex(content.octets());
        }
        DecimalArc arc;
        std::uint64_t small = 0;
        for (std::uint32_t i = at; i < end; ++i) {
            arc.shift_in(content[i] & 0x7f);
            small = end - at <= 2 ? (small << 7) | (content[i] & 0x7f) : 80;
        }
        if (!first) {
            text += '.' + arc.text();
        } else if (small < 80) {
            text = std::to_string(small / 40) + '.' + std::to_string(small % 40);
        } else {
            arc.subtract_80();
            text = "2." + arc.text();
        }
        first = false;
        at = end;
    }
    return text;
}

std::string to_hex(std::span<const std::uint8_t> octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(octets.size() * 2);
    for (const std::uint8_t octet : octets) {
        text += digits[octet >> 4];
        text += digits[octet & 0x0f];
    }
    return text;
}

}  // namespace scep::der
