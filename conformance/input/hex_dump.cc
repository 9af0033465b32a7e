#include <conformance/input/hex_dump.h>

#include <algorithm>
#include <charconv>

namespace sceplab::input {

namespace {

constexpr std::uint64_t max_octets = 64u << 20;
constexpr std::size_t max_line = 64; // octets
constexpr std::size_t max_lines = 1u << 20;

int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct Line {
    std::string_view offset;
    std::string_view rest; // behind the offset
    std::size_t at = 0;    // of `rest` in the text
    bool squeezed = false;
};

// "0x0010: 30 82 ...", "00000010  30 82 ...", "0010 - 30 82 ..."; an offset alone ends some dumps.
std::optional<Line> read_line(std::string_view line, std::size_t at) {
    const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    if (line.substr(first) == "*") {
        Line squeezed;
        squeezed.squeezed = true;
        return squeezed;
    }
    const std::size_t begin = first + (line.substr(first).starts_with("0x") ? 2 : 0);
    const auto end = static_cast<std::size_t>(std::ranges::find_if(line.substr(begin), [](char c) { return digit(c) < 0; }) - line.begin());
    constexpr std::size_t shortest = 3;
    constexpr std::size_t longest = 16;
    if (end - begin < shortest || end - begin > longest || (end < line.size() && std::string_view(" \t:").find(line[end]) == std::string_view::npos)) {
        return std::nullopt;
    }
    const std::size_t rest = end + (end < line.size() && line[end] == ':' ? 1 : 0);
    return Line{.offset = line.substr(begin, end - begin), .rest = line.substr(rest), .at = at + rest};
}

std::optional<std::uint64_t> number(std::string_view digits, int base) {
    std::uint64_t value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    return result.ec == std::errc{} && result.ptr == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

struct Octet {
    std::uint8_t value = 0;
    std::size_t at = 0; // in the line's rest
};

// Pairs of digits with one or two spaces, or a "-", between the groups. Where characters follow that look like digits too, more than there are are given.
std::vector<Octet> read_octets(std::string_view rest) {
    std::vector<Octet> octets;
    std::size_t at = std::min(rest.find_first_not_of(" \t-"), rest.size());
    while (octets.size() < max_line && at + 1 < rest.size() && digit(rest[at]) >= 0 && digit(rest[at + 1]) >= 0) {
        octets.push_back({static_cast<std::uint8_t>(digit(rest[at]) * 16 + digit(rest[at + 1])), at});
        at += 2;
        const std::size_t next = std::min(rest.find_first_not_of(" \t", at), rest.size());
        at = next == at && next < rest.size() && rest[next] == '-' ? next + 1 : next;
    }
    return octets;
}

// Where the offsets of neighbouring lines say how many octets a line has, in one base for all.
bool fits(const std::vector<Line>& lines, int base) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].squeezed) {
            continue;
        }
        const auto here = number(lines[i].offset, base);
        if (!here || *here > max_octets) {
            return false;
        }
        if (i + 1 < lines.size() && !lines[i + 1].squeezed) {
            const auto next = number(lines[i + 1].offset, base);
            if (!next || *next <= *here || *next - *here > max_line || *next - *here > read_octets(lines[i].rest).size()) {
                return false;
            }
        }
    }
    return !lines.empty() && !lines.back().squeezed;
}

std::optional<std::vector<Line>> read_lines(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        if (!line.empty()) {
            auto read = read_line(line, at);
            if (!read || lines.size() == max_lines) {
                return std::nullopt;
            }
            const bool wrong_start = lines.empty() && (read->squeezed || read->offset.find_first_not_of('0') != std::string_view::npos);
            if (wrong_start || (!lines.empty() && lines.back().squeezed && read->squeezed)) {
                return std::nullopt;
            }
            lines.push_back(*read);
        }
        at = end + 1;
    }
    return lines;
}

} // namespace

std::optional<scep::der::Input> decode_hex_dump(scep::der::Input text, scep::Sources& sources) {
    const auto lines = read_lines(text.text());
    if (!lines) {
        return std::nullopt;
    }
    constexpr int bases[] = {16, 10, 8};
    const auto* const base = std::ranges::find_if(bases, [&](int each) { return fits(*lines, each); });
    if (base == std::end(bases)) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> octets;
    std::vector<scep::OffsetPoint> map;
    std::size_t digits_end = std::string_view::npos; // where the digits of a whole line end
    std::vector<std::uint8_t> last;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const Line& line = (*lines)[i];
        if (line.squeezed) {
            const auto until = number((*lines)[i + 1].offset, *base);
            while (until && !last.empty() && octets.size() + last.size() <= *until) {
                octets.insert(octets.end(), last.begin(), last.end());
            }
            continue;
        }
        auto found = read_octets(line.rest);
        const bool bounded = i + 1 < lines->size() && !(*lines)[i + 1].squeezed;
        if (bounded) {
            found.resize(static_cast<std::size_t>(*number((*lines)[i + 1].offset, *base) - *number(line.offset, *base)));
            digits_end = std::max(digits_end == std::string_view::npos ? 0 : digits_end, found.back().at + 2);
        } else if (digits_end != std::string_view::npos) {
            std::erase_if(found, [&](const Octet& octet) { return octet.at >= digits_end; });
        }
        last.clear();
        for (const Octet& octet : found) {
            map.push_back({static_cast<std::uint32_t>(octets.size()), static_cast<std::uint32_t>(text.offset() + line.at + octet.at)});
            octets.push_back(octet.value);
            last.push_back(octet.value);
        }
    }
    const auto added = sources.add_derived(scep::SourceKind::base64, text.source(), std::move(octets), std::move(map));
    return added ? std::optional(*added) : std::nullopt;
}

} // namespace sceplab::input
