// Octets written as hexadecimal text, and what the tests of the ASN.1 rooms ask of every error.
#pragma once

#include <scepcodec/der/reader.h>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sceptest {

// Everything but hexadecimal digits is passed over.
[[nodiscard]] inline std::vector<std::uint8_t> hex(std::string_view text) {
    std::vector<std::uint8_t> octets;
    unsigned digits = 0;
    unsigned value = 0;
    for (const char c : text) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) {
            continue;
        }
        value = value * 16 + static_cast<unsigned>(digit);
        if (++digits % 2 == 0) {
            octets.push_back(static_cast<std::uint8_t>(value));
            value = 0;
        }
    }
    BOOST_REQUIRE_MESSAGE(digits % 2 == 0, "half an octet in " << text);
    return octets;
}

[[nodiscard]] inline std::vector<std::uint8_t> octets(std::string_view text) { return {text.begin(), text.end()}; }

[[nodiscard]] inline std::string hex_of(std::span<const std::uint8_t> octets) { return scep::der::to_hex(octets); }

[[nodiscard]] inline std::string hex_of(scep::der::Input input) { return hex_of(input.octets()); }

[[nodiscard]] inline bool within(const scep::Location& where, const scep::der::Input& input) {
    return where.source == input.source() && where.offset >= input.offset() &&
           std::uint64_t{where.offset} + where.length <= std::uint64_t{input.offset()} + input.size();
}

// The value, or a failed test that tells the error.
template <class T>
[[nodiscard]] T must(const scep::Result<T>& result) {
    if (!result) {
        BOOST_FAIL(result.error().to_string());
    }
    return *result;
}

// The one TLV that the octets hold.
[[nodiscard]] inline scep::der::Element element(const std::vector<std::uint8_t>& octets) {
    scep::der::Reader reader{scep::der::Input(octets)};
    const scep::der::Element found = reader.any("element");
    BOOST_REQUIRE_MESSAGE(!reader.failed() && reader.at_end(), hex_of(octets) << " is not one TLV");
    return found;
}

} // namespace sceptest

namespace scep {

inline std::ostream& operator<<(std::ostream& out, ErrorCode code) { return out << name(code); }
inline std::ostream& operator<<(std::ostream& out, const Location& where) {
    return out << "source " << where.source << ", " << where.offset << '+' << where.length;
}
namespace der {
inline std::ostream& operator<<(std::ostream& out, Tag tag) { return out << to_string(tag); }
} // namespace der

} // namespace scep
