#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace scep::botan {

// The outcome of a check. What was not checked never reads as passed.
enum class Verdict : std::uint8_t { not_performed, valid, invalid };

[[nodiscard]] constexpr std::string_view name(Verdict verdict) {
    return verdict == Verdict::valid ? "valid" : verdict == Verdict::invalid ? "invalid" : "not_performed";
}

// A verdict with the reason why it is not "valid": for people, one clause without a full stop ("algorithm 1.2.840.113549.3.2 is not
// supported").
struct Check {
    Verdict verdict = Verdict::not_performed;
    std::string reason;

    [[nodiscard]] static Check valid() { return {Verdict::valid, {}}; }
    [[nodiscard]] static Check invalid(std::string why) { return {Verdict::invalid, std::move(why)}; }
    [[nodiscard]] static Check not_performed(std::string why) { return {Verdict::not_performed, std::move(why)}; }
};

} // namespace scep::botan
