#include <scepcodec/der/length.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace scep::der {

namespace {

std::size_t tag_octets(Tag tag) {
    return tag.number() < 0x1f ? 1 : 1 + (static_cast<std::size_t>(std::bit_width(tag.number())) + 6) / 7;
}

// One element of a SET OF where it was written.
struct Member {
    const std::uint8_t* data;
    std::size_t size;
};

bool precedes(const Member& a, const Member& b) {
    // The lengths tell most attributes apart.
    if (a.data[1] != b.data[1] && a.data[0] == b.data[0]) {
        return a.data[1] < b.data[1];
    }
    const int order = std::memcmp(a.data, b.data, std::min(a.size, b.size));
    return order < 0 || (order == 0 && a.size < b.size);
}

// The size of the element at the front; 0 where it is not framed as DER.
std::size_t first_element(std::span<const std::uint8_t> octets) {
    if (const std::uint32_t size = Cursor(Input(octets)).next_size(); size != 0) [[likely]] {
        return size;
    }
    Reader reader{Input(octets)};
    const Input element = reader.any(nullptr).whole();
    return reader.failed() ? 0 : element.size();
}

// A list without an allocation while it is short.
template <class T, std::size_t size>
class ShortList {
public:
    void push_back(const T& value) {
        if (m_size == size) {
            m_long.assign(m_short.begin(), m_short.end());
        }
        if (m_size >= size) {
            m_long.push_back(value);
        } else {
            m_short[m_size] = value;
        }
        ++m_size;
    }
    [[nodiscard]] std::span<T> all() { return m_size > size ? std::span<T>(m_long) : std::span<T>(m_short).first(m_size); }

private:
    std::array<T, size> m_short;
    std::vector<T> m_long;
    std::size_t m_size = 0;
};

}  // namespace

void Writer::grow(std::size_t wanted) {
    const std::size_t made = std::min(std::max(wanted, m_size + step), m_total);
    if (made > m_made) {
        m_target.resize(m_target.container, made);
        m_made = made;
    }
}

void Writer::put_beyond(std::size_t start, std::span<const std::uint8_t> octets) {
    if (octets.size() < step) {
        m_made = std::min(start + step, m_total);
        m_target.resize(m_target.container, m_made);
        std::memcpy(m_out + start, octets.data(), octets.size());
    } else {
        m_target.resize(m_target.container, start);
        m_target.append(m_target.container, octets);
        m_made = m_size;
    }
}

std::size_t Writer::unusual_header_octets(Tag tag, std::size_t length) {
    return tag_octets(tag) + length_octets(length);
}

void Writer::write_unusual_header(Tag tag, std::size_t length) {
    const std::size_t tag_size = tag_octets(tag);
    make_room(tag_size + length_octets(length));
    std::uint8_t* at = m_out + m_size;
    if (tag_size == 1) {
        *at++ = tag.octet();
    } else {
        *at++ = Tag::make(tag.tag_class(), tag.constructed(), 0).octet() | 0x1f;
        for (std::size_t group = tag_size - 1; group-- > 0;) {
            *at++ = static_cast<std::uint8_t>(((tag.number() >> (7 * group)) & 0x7f) | (group > 0 ? 0x80 : 0));
        }
    }
    m_size = static_cast<std::size_t>(put_length(at, length) - m_out);
}

void Writer::sort(const Frame& frame) {
    if (!writing()) {
        return;
    }
    const std::span<std::uint8_t> content(m_out + frame.start, m_size - frame.start);
    ShortList<Member, 16> members;
    bool sorted = true;
    Member last{};
    for (std::span<const std::uint8_t> rest = content; !rest.empty();) {
        const Member next{rest.data(), first_element(rest)};
        if (next.size == 0) {
            return;
        }
        sorted = sorted && (last.data == nullptr || !precedes(next, last));
        members.push_back(next);
        last = next;
        rest = rest.subspan(next.size);
    }
    if (sorted) {
        return;
    }
    const std::span<Member> all = members.all();
    std::array<std::uint8_t, 512> little;
    std::vector<std::uint8_t> much(content.size() > little.size() ? content.size() : 0);
    std::uint8_t* const copy = much.empty() ? little.data() : much.data();
    std::memcpy(copy, content.data(), content.size());
    // The members look at the copy from here on.
    for (Member& member : all) {
        member.data = copy + (member.data - content.data());
    }
    if (all.size() <= 16) {
        for (std::size_t i = 1; i < all.size(); ++i) {
            for (std::size_t j = i; j > 0 && precedes(all[j], all[j - 1]); --j) {
                std::swap(all[j], all[j - 1]);
            }
        }
    } else {
        std::ranges::stable_sort(all, precedes);
    }
    std::uint8_t* out = content.data();
    for (const Member& member : all) {
        std::memcpy(out, member.data, member.size);
        out += member.size;
    }
}

void Writer::primitive_of(Tag tag, std::span<const Input> pieces) {
    std::size_t length = 0;
    for (const Input& piece : pieces) {
        length += piece.size();
    }
    header(tag, length);
    for (const Input& piece : pieces) {
        put(piece.octets());
    }
}

void Writer::boolean(bool value) {
    const std::uint8_t octet = value ? 0xff : 0x00;
    primitive(tag::BOOLEAN, std::span(&octet, 1));
}

void Writer::integer(std::int64_t value) {
    if (value >= 0 && value < 0x80) {
        const auto octet = static_cast<std::uint8_t>(value);
        primitive(tag::INTEGER, std::span(&octet, 1));
        return;
    }
    std::array<std::uint8_t, 8> octets;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        octets[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * (7 - i)));
    }
    std::size_t first = 0;
    while (first < 7 && ((octets[first] == 0x00 && octets[first + 1] < 0x80) || (octets[first] == 0xff && octets[first + 1] >= 0x80))) {
        ++first;
    }
    primitive(tag::INTEGER, std::span(octets).subspan(first));
}

void Writer::unsigned_integer(std::span<const std::uint8_t> magnitude) {
    while (!magnitude.empty() && magnitude.front() == 0) {
        magnitude = magnitude.subspan(1);
    }
    const bool sign_octet = magnitude.empty() || magnitude.front() >= 0x80;
    header(tag::INTEGER, magnitude.size() + (sign_octet ? 1 : 0));
    if (sign_octet) {
        const std::uint8_t zero = 0;
        put(std::span(&zero, 1));
    }
    put(magnitude);
}

void Writer::bit_string(std::span<const std::uint8_t> octets, std::uint8_t unused_bits) {
    header(tag::BIT_STRING, octets.size() + 1);
    put(std::span<const std::uint8_t>(&unused_bits, 1));
    put(octets);
}

void Writer::time(std::int64_t seconds_since_epoch) {
    std::string text;
    for (const char c : format_time(seconds_since_epoch)) {
        if (c != '-' && c != ':' && c != 'T') {
            text += c;
        }
    }
    const std::string_view year = std::string_view(text).substr(0, 4);
    if (text.size() == 15 && year >= "1950" && year <= "2049") {
        primitive(tag::UTCTime, std::string_view(text).substr(2));
    } else {
        primitive(tag::GeneralizedTime, text);
    }
}

}  // namespace scep::der
