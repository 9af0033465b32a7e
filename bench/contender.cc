#include "contender.h"

#include <scepcodec/botan/verify.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace bench {

namespace {
std::string under_way;
} // namespace

void doing(std::string what) { under_way = std::move(what) + ": "; }

void give_up(const std::string& why) {
    std::fprintf(stderr, "bench: %s%s\n", under_way.c_str(), why.c_str());
    std::exit(1);
}

Reading::Reading(std::initializer_list<std::pair<const char*, View>> fields) {
    for (const auto& [field, value] : fields) {
        put(field, value);
    }
}

void Reading::put(std::string_view field, View value) {
    constexpr std::size_t longest = 64;
    m_fields[std::string(field)] =
        value.size() > longest ? "SHA-256 " + scep::der::to_hex(scep::botan::sha256(value)) : scep::der::to_hex(value);
}

void Reading::put(std::string_view field, std::string_view value) {
    put(field, View(reinterpret_cast<const std::uint8_t*>(value.data()), value.size()));
}

std::string Reading::differences(const Reading& reference) const {
    std::string out = m_fields.empty() ? " nothing was read" : "";
    for (const auto& [field, value] : m_fields) {
        const auto wanted = reference.m_fields.find(field);
        if (wanted == reference.m_fields.end()) {
            out += " " + field + " is " + value + ", which the message has not;";
        } else if (wanted->second != value) {
            out += " " + field + " is " + value + ", not " + wanted->second + ";";
        }
    }
    return out;
}

std::vector<std::string> Reading::missing(const Reading& reference) const {
    std::vector<std::string> out;
    for (const auto& [field, value] : reference.m_fields) {
        if (!m_fields.contains(field)) {
            out.push_back(field);
        }
    }
    return out;
}

void Suite::contend(std::string_view case_name, const char* contender, Work work, Timer timer) {
    const auto found = std::ranges::find(m_cases, case_name, &Case::name);
    if (found == m_cases.end()) {
        give_up("there is no case " + std::string(case_name));
    }
    found->contenders.push_back({contender, std::move(work), std::move(timer)});
}

} // namespace bench
