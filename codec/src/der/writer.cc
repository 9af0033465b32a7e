#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>

#include <algorithm>
#include <string>

namespace scep::der {

namespace {

std::size_t length_octets(std::size_t length) {
    if (length < 0x80) {
        return 1;
    }
    std::size_t count = 1;
    for (; length != 0; length >>= 8) {
        ++count;
    }
    return count;
}

std::size_t tag_octets(Tag tag) {
    std::size_t count = 1;
    if (tag.number() >= 0x1f) {
        for (std::uint32_t rest = tag.number(); rest != 0; rest >>= 7) {
            ++count;
        }
    }
    return count;
}

bool precedes(Input a, Input b) {
    return std::ranges::lexicographical_compare(a.octets(), b.octets());
}

}  // namespace

void Writer::start_writing(std::uint8_t* out) {
    m_out = out;
    m_size = 0;
    m_next = 0;
}

void Writer::put(std::uint8_t octet) {
    m_out[m_size++] = octet;
}

void Writer::put(std::span<const std::uint8_t> octets) {
    if (!octets.empty()) {
        if (writing()) {
            std::memcpy(m_out + m_size, octets.data(), octets.size());
        }
        m_size += octets.size();
    }
}

void Writer::header(Tag tag, std::size_t length) {
    if (!writing()) {
        m_size += tag_octets(tag) + length_octets(length);
        return;
    }
    const auto lead = static_cast<std::uint8_t>((static_cast<unsigned>(tag.tag_class()) << 6) | (tag.constructed() ? 0x20u : 0u));
    if (tag.number() < 0x1f) {
        put(static_cast<std::uint8_t>(lead | tag.number()));
    } else {
        put(static_cast<std::uint8_t>(lead | 0x1f));
        for (std::size_t group = tag_octets(tag) - 1; group-- > 0;) {
            put(static_cast<std::uint8_t>(((tag.number() >> (7 * group)) & 0x7f) | (group > 0 ? 0x80 : 0)));
        }
    }
    const std::size_t count = length_octets(length) - 1;
    if (count == 0) {
        put(static_cast<std::uint8_t>(length));
        return;
    }
    put(static_cast<std::uint8_t>(0x80 | count));
    for (std::size_t octet = count; octet-- > 0;) {
        put(static_cast<std::uint8_t>(length >> (8 * octet)));
    }
}

Writer::Frame Writer::open(Tag tag) {
    Frame frame{tag, 0, 0};
    if (!writing()) {
        frame.index = m_lengths.size();
        m_lengths.push_back(0);
    } else {
        frame.index = m_next++;
        header(tag, m_lengths[frame.index]);
    }
    frame.start = m_size;
    return frame;
}

void Writer::close(const Frame& frame) {
    if (!writing()) {
        const std::size_t length = m_size - frame.start;
        m_lengths[frame.index] = static_cast<std::uint32_t>(std::min(length, Input::max_size));
        header(frame.tag, length);
    }
}

void Writer::sort(const Frame& frame) {
    if (!writing()) {
        return;
    }
    const Input content(std::span<const std::uint8_t>(m_out + frame.start, m_size - frame.start));
    bool sorted = true;
    std::vector<Input> elements;
    for (Reader reader(content); !reader.at_end();) {
        const Input next = reader.any(nullptr).whole();
        if (reader.failed()) {
            return;
        }
        sorted = sorted && (elements.empty() || !precedes(next, elements.back()));
        elements.push_back(next);
    }
    if (sorted) {
        return;
    }
    std::ranges::stable_sort(elements, precedes);
    std::vector<std::uint8_t> copy;
    copy.reserve(content.size());
    for (const Input element : elements) {
        copy.insert(copy.end(), element.begin(), element.end());
    }
    std::memcpy(m_out + frame.start, copy.data(), copy.size());
}

void Writer::primitive(Tag tag, std::span<const std::uint8_t> content) {
    header(tag, content.size());
    put(content);
}

void Writer::primitive(Tag tag, std::string_view content) {
    primitive(tag, std::span(reinterpret_cast<const std::uint8_t*>(content.data()), content.size()));
}

void Writer::primitive_of(Tag tag, std::span<const Input> pieces) {
    std::size_t length = 0;
    for (const Input piece : pieces) {
        length += piece.size();
    }
    header(tag, length);
    for (const Input piece : pieces) {
        put(piece.octets());
    }
}

void Writer::boolean(bool value) {
    const std::uint8_t octet = value ? 0xff : 0x00;
    primitive(tag::BOOLEAN, std::span(&octet, 1));
}

void Writer::integer(std::int64_t value) {
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

void Writer::raw(std::span<const std::uint8_t> encoded) {
    put(encoded);
}

}  // namespace scep::der
