#include <vectors/run/own_text.h>

#include <scepcodec/der/values.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace sceplab::vectors {

namespace {

using scep::der::oid;

// RFC 4514, 3.
constexpr std::array short_names{
    std::pair{oid("2.5.4.3"), "CN"},
    std::pair{oid("2.5.4.7"), "L"},
    std::pair{oid("2.5.4.8"), "ST"},
    std::pair{oid("2.5.4.10"), "O"},
    std::pair{oid("2.5.4.11"), "OU"},
    std::pair{oid("2.5.4.6"), "C"},
    std::pair{oid("2.5.4.9"), "STREET"},
    std::pair{oid("0.9.2342.19200300.100.1.25"), "DC"},
    std::pair{oid("0.9.2342.19200300.100.1.1"), "UID"},
};

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0') {
            out += "\\00";
            continue;
        }
        const bool edge = (c == ' ' && (i == 0 || i + 1 == text.size())) || (c == '#' && i == 0);
        if (edge || std::string_view("\"+,;<>\\").contains(c)) {
            out += '\\';
        }
        out += c;
    }
    return out;
}

std::string attribute_text(const scep::x509::AttributeTypeAndValue& attribute) {
    const auto known = std::ranges::find_if(short_names, [&](const auto& each) { return attribute.type == each.first; });
    const auto text = scep::der::utf8_text(attribute.value);
    if (known == short_names.end() || !text) {
        const std::string type = known == short_names.end() ? attribute.type.to_string() : known->second;
        return type + "=#" + scep::der::to_hex(attribute.value.whole().octets());
    }
    return std::string(known->second) + '=' + escaped(*text);
}

} // namespace

std::string decimal(scep::der::Input content) {
    const bool negative = !content.empty() && content[0] >= 0x80;
    std::vector<std::uint8_t> octets(content.begin(), content.end());
    if (negative) {
        bool carry = true;
        for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
            *octet = static_cast<std::uint8_t>(~*octet + (carry ? 1 : 0));
            carry = carry && *octet == 0;
        }
    }
    // By four octets and nine digits at a time: the work grows with the square of the length.
    constexpr std::size_t most = 65'536;
    constexpr std::uint32_t nine_digits = 1'000'000'000;
    if (octets.size() > most) {
        throw std::length_error("an INTEGER too long for decimal digits");
    }
    octets.insert(octets.begin(), (4 - octets.size() % 4) % 4, 0);
    std::vector<std::uint32_t> limbs{0}; // least significant first
    for (std::size_t at = 0; at < octets.size(); at += 4) {
        std::uint64_t carry = std::uint64_t{octets[at]} << 24U | std::uint64_t{octets[at + 1]} << 16U | std::uint64_t{octets[at + 2]} << 8U | octets[at + 3];
        for (std::uint32_t& limb : limbs) {
            const std::uint64_t value = (std::uint64_t{limb} << 32U) + carry;
            limb = static_cast<std::uint32_t>(value % nine_digits);
            carry = value / nine_digits;
        }
        for (; carry != 0; carry /= nine_digits) {
            limbs.push_back(static_cast<std::uint32_t>(carry % nine_digits));
        }
    }
    std::string out = (negative ? "-" : "") + std::to_string(limbs.back());
    for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb) {
        const std::string digits = std::to_string(*limb);
        out += std::string(9 - digits.size(), '0') + digits;
    }
    return out;
}

std::optional<std::string> rfc4514(const scep::x509::Name& name) {
    std::string out;
    for (const auto& rdn : name.rdns) {
        if (!rdn) {
            return std::nullopt;
        }
        std::string text;
        for (const auto& attribute : rdn->attributes) {
            if (!attribute) {
                return std::nullopt;
            }
            text += (text.empty() ? "" : "+") + attribute_text(*attribute);
        }
        out = out.empty() ? text : text + ',' + out;
    }
    return out;
}

} // namespace sceplab::vectors
