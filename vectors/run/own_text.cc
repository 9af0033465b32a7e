#include <vectors/run/own_text.h>

#include <scepcodec/der/values.h>

#include <algorithm>
#include <array>
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
    std::vector<std::uint8_t> digits{0}; // least significant first
    for (const std::uint8_t octet : octets) {
        unsigned carry = octet;
        for (std::uint8_t& digit : digits) {
            const unsigned value = digit * 256u + carry;
            digit = static_cast<std::uint8_t>(value % 10);
            carry = value / 10;
        }
        for (; carry != 0; carry /= 10) {
            digits.push_back(static_cast<std::uint8_t>(carry % 10));
        }
    }
    std::string out = negative ? "-" : "";
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        out += static_cast<char>('0' + *digit);
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
