#include <conformance/evidence/facts_document.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sceplab::evidence {

namespace {

struct Hash {
    std::string_view name;
    std::size_t octets;
    FingerprintHash hash;
};
constexpr std::array hashes{
    Hash{"md5", 16, FingerprintHash::md5},
    Hash{"sha1", 20, FingerprintHash::sha1},
    Hash{"sha256", 32, FingerprintHash::sha256},
    Hash{"sha512", 64, FingerprintHash::sha512},
};

// Digits in either case; colons and spaces between octets are for people.
std::vector<std::uint8_t> hexadecimal(const JsonValue& value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::vector<std::uint8_t> out;
    std::size_t count = 0;
    for (const char c : value.text()) {
        const std::size_t digit = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
        if ((c == ':' || c == ' ') && count % 2 == 0) {
            continue;
        }
        if (digit == std::string_view::npos) {
            value.refuse("hexadecimal digits are due");
        }
        if (count++ % 2 == 0) {
            out.push_back(static_cast<std::uint8_t>(digit << 4));
        } else {
            out.back() = static_cast<std::uint8_t>(out.back() | digit);
        }
    }
    if (count % 2 != 0) {
        value.refuse("a digit is missing: two make an octet");
    }
    return out;
}

CaFingerprint fingerprint(const JsonValue& value) {
    value.only({"algorithm", "hex"});
    CaFingerprint out;
    const JsonValue hex = value.member("hex");
    out.octets = hexadecimal(hex);
    const auto algorithm = value.optional("algorithm");
    const auto found = std::ranges::find_if(
        hashes, [&](const Hash& hash) { return algorithm ? hash.name == algorithm->text() : hash.octets == out.octets.size(); });
    if (found == hashes.end()) {
        algorithm ? algorithm->refuse("md5, sha1, sha256 or sha512 is due")
                  : hex.refuse(fmt::format("{} octets are no fingerprint of md5, sha1, sha256 or sha512", out.octets.size()));
    }
    if (found->octets != out.octets.size()) {
        hex.refuse(fmt::format("{} has {} octets, not {}", found->name, found->octets, out.octets.size()));
    }
    out.hash = found->hash;
    return out;
}

} // namespace

LocalFacts read_facts(const JsonValue& document, const CertificatesOf& certificates) {
    document.only({"caHost", "scepPath", "caFingerprints", "preloadedCaCertificates", "secretRequired", "challengeSingleUse",
                   "privateMessageTypes", "privatePkiStatuses", "privateFailInfos", "pollLimit", "pollInterval"});
    LocalFacts out;
    const auto take = [&](std::string_view name, auto& into, auto&& read) {
        if (const auto member = document.optional(name)) {
            into = read(*member);
        }
    };
    const auto text = [](const JsonValue& value) { return value.text(); };
    const auto boolean = [](const JsonValue& value) { return value.boolean(); };
    const auto number = [](const JsonValue& value) { return value.number(); };
    const auto numbers = [](const JsonValue& value) {
        std::vector<std::uint32_t> list;
        value.each([&](const JsonValue& each) { list.push_back(each.number()); });
        return list;
    };
    const auto fingerprints = [](const JsonValue& value) {
        std::vector<CaFingerprint> list;
        value.each([&](const JsonValue& each) { list.push_back(fingerprint(each)); });
        return list;
    };
    take("caHost", out.ca_host, text);
    take("scepPath", out.scep_path, text);
    take("caFingerprints", out.ca_fingerprints, fingerprints);
    take("secretRequired", out.secret_required, boolean);
    take("challengeSingleUse", out.challenge_single_use, boolean);
    take("privateMessageTypes", out.private_message_types, numbers);
    take("privatePkiStatuses", out.private_pki_statuses, numbers);
    take("privateFailInfos", out.private_fail_infos, numbers);
    take("pollLimit", out.poll_limit, number);
    take("pollInterval", out.poll_interval, number);
    if (const auto member = document.optional("preloadedCaCertificates")) {
        member->each([&](const JsonValue& name) {
            for (auto& each : certificates(name)) {
                out.preloaded_ca_certificates.push_back(std::move(each));
            }
        });
    }
    return out;
}

} // namespace sceplab::evidence
