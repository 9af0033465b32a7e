#include <vectors/generate/group_rows.h>

#include <scepcodec/der/values.h>

#include <charconv>
#include <stdexcept>

namespace sceplab::vectors {

Octets hex(std::string_view digits) {
    Octets out;
    for (std::size_t at = 0; at < digits.size();) {
        if (digits[at] == ' ') {
            ++at;
            continue;
        }
        std::uint8_t octet = 0;
        const char* const end = digits.data() + std::min(at + 2, digits.size());
        if (at + 2 > digits.size() || std::from_chars(digits.data() + at, end, octet, 16).ptr != end) {
            throw std::invalid_argument("not hexadecimal: " + std::string(digits));
        }
        out.push_back(octet);
        at += 2;
    }
    return out;
}

Octets repeated(std::size_t times, const Octets& piece) {
    Octets out;
    for (; times > 0; --times) {
        out.insert(out.end(), piece.begin(), piece.end());
    }
    return out;
}

Case& GroupRows::add(std::string name, const TestInput& input, Result result, std::string comment, Flags flags) {
    Case& made = m_group.cases.emplace_back(std::move(name), std::move(comment), result, std::move(flags));
    made.members["input"] = scep::der::to_hex(input.octets);
    return made;
}

void GroupRows::valid(std::string name, const TestInput& input, Json fields, std::string comment, Flags flags) {
    add(std::move(name), input, Result::valid, std::move(comment), std::move(flags)).members["fields"] = std::move(fields);
}

void GroupRows::invalid(std::string name, const TestInput& input, Flags flags, std::string comment, std::string_view where) {
    Case& made = add(std::move(name), input, Result::invalid, std::move(comment), std::move(flags));
    if (!where.empty()) {
        made.members["where"] = where;
    }
}

void GroupRows::acceptable(std::string name, const TestInput& input, Json fields, Flags flags, std::string comment) {
    Case& made = add(std::move(name), input, Result::acceptable, std::move(comment), std::move(flags));
    if (!fields.empty()) {
        made.members["fields"] = std::move(fields);
    }
}

} // namespace sceplab::vectors
