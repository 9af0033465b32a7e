#include <conformance/report/json_text.h>

#include <string_view>

namespace sceplab::report {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

void escape(std::string& out, unsigned number) {
    out += "\\u";
    for (const unsigned shift : {12u, 8u, 4u, 0u}) {
        out += digits[(number >> shift) & 0xf];
    }
}

// C1 controls, and the marks, overrides and isolates of bidirectional text; all have two or three octets in UTF-8.
bool steers(unsigned number) {
    return (number >= 0x80 && number < 0xa0) || number == 0x061c || number == 0x200e || number == 0x200f ||
           (number >= 0x2028 && number <= 0x202e) || (number >= 0x2066 && number <= 0x2069);
}

// Of valid UTF-8, as the JSON library wrote it. Only strings hold characters beyond ASCII.
std::string harmless(const std::string& json, std::string_view also) {
    std::string out;
    out.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const auto octet = [&](std::size_t ahead) { return static_cast<unsigned char>(json[at + ahead]); };
        const std::size_t size = octet(0) < 0xc0 ? 1 : octet(0) < 0xe0 ? 2 : octet(0) < 0xf0 ? 3 : 4;
        const unsigned number = size == 1   ? octet(0)
                                : size == 2 ? (octet(0) & 0x1fu) << 6 | (octet(1) & 0x3fu)
                                : size == 3 ? (octet(0) & 0x0fu) << 12 | (octet(1) & 0x3fu) << 6 | (octet(2) & 0x3fu)
                                            : 0x10000u;
        if (size == 1 ? number == 0x7f || also.find(json[at]) != std::string_view::npos : steers(number)) {
            escape(out, number);
        } else {
            out.append(json, at, size);
        }
        at += size;
    }
    return out;
}

} // namespace

std::string json_text(const nlohmann::ordered_json& document) {
    return harmless(document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace), {}) + '\n';
}

std::string json_for_html(const nlohmann::ordered_json& document) {
    return harmless(document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), "<>&");
}

} // namespace sceplab::report
