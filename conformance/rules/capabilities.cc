#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <array>

// The list of capabilities (RFC 8894, 3.5.2). A list is the sender's, of any length: each rule tells of the first line, and how many more.
namespace sceplab::rules {

namespace {

using scep::http::Capability;

constexpr std::array<std::string_view, 9> keywords{"AES",   "DES3",    "GetNextCACert", "POSTPKIOperation", "Renewal",
                                                   "SHA-1", "SHA-256", "SHA-512",       "SCEPStandard"};

Place line_place(const CapsText& text, Input octets) { return place(text.exchange, text.facts.side, octets.location(), "body"); }

std::string with_more(std::string message, std::uint32_t count) {
    return count > 1 ? message + ", and " + std::to_string(count - 1) + " more" : message;
}

bool is_keyword(std::string_view word) {
    constexpr std::size_t longest = 16;
    return word.size() <= longest && std::ranges::any_of(keywords, [&](std::string_view each) { return same_but_for_case(each, word); });
}

// "SHA-256" and "SHA256" are one to this.
std::string letters_and_digits(std::string_view text) {
    std::string out;
    std::ranges::copy_if(lower_case(text), std::back_inserter(out), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    return out;
}

// The keyword that an unknown word is close to; empty where there is none.
std::string_view near_keyword(std::string_view word) {
    struct Other {
        std::string_view word;
        std::string_view keyword;
    };
    constexpr std::array others{Other{"aes128", "AES"},     Other{"aes128cbc", "AES"},         Other{"3des", "DES3"},
                                Other{"tripledes", "DES3"}, Other{"post", "POSTPKIOperation"}, Other{"scep", "SCEPStandard"}};
    constexpr std::size_t longest = 24;
    if (word.size() > longest) {
        return {};
    }
    const std::string folded = letters_and_digits(word);
    const auto keyword = std::ranges::find_if(keywords, [&](std::string_view each) { return letters_and_digits(each) == folded; });
    if (keyword != keywords.end()) {
        return *keyword;
    }
    const auto other = std::ranges::find(others, folded, &Other::word);
    return other != others.end() ? other->keyword : std::string_view();
}

// Several words in one line, of which one is a keyword.
bool is_joined(std::string_view line) {
    constexpr std::string_view separators = " \t,;|";
    bool several = false;
    bool keyword = false;
    while (!line.empty()) {
        const auto end = line.find_first_of(separators);
        keyword = keyword || is_keyword(line.substr(0, end));
        several = several || end != std::string_view::npos;
        line = end == std::string_view::npos ? std::string_view() : line.substr(end + 1);
    }
    return several && keyword;
}

Outcome separated_by_lines(const CapsText& text) {
    const Input body = text.facts.octets;
    const std::string_view octets = body.text();
    for (auto at = octets.find('\r'); at != std::string_view::npos; at = octets.find('\r', at + 1)) {
        if (octets.substr(at + 1, 1) != "\n") {
            return Outcome::violation(line_place(text, body.slice(static_cast<std::uint32_t>(at), 1)), "a CR without an LF separates the capabilities");
        }
    }
    const auto& lines = text.capabilities.lines;
    const auto joined = std::ranges::find_if(lines, [](const Capability& each) { return is_joined(each.text.text()); });
    return joined == lines.end() ? Outcome::pass()
                                 : Outcome::violation(line_place(text, joined->text), "one line holds several words: " + quoted(joined->text.text()));
}

Outcome case_exact(const CapsText& text) {
    const auto& lines = text.capabilities.lines;
    const auto first = std::ranges::find_if(lines, &Capability::other_case);
    if (first == lines.end()) {
        return Outcome::pass();
    }
    const auto keyword = std::ranges::find_if(keywords, [&](std::string_view each) { return same_but_for_case(each, first->text.text()); });
    return Outcome::violation(
        line_place(text, first->text),
        with_more(quoted(first->text.text()) + " where " + quoted(*keyword) + " is due",
                  static_cast<std::uint32_t>(std::ranges::count_if(lines, &Capability::other_case))));
}

Outcome spelt_right(const CapsText& text) {
    const Capability* first = nullptr;
    std::uint32_t count = 0;
    for (const Capability& each : text.capabilities.lines) {
        if (!each.known && !each.other_case && !near_keyword(each.text.text()).empty()) {
            first = count++ == 0 ? &each : first;
        }
    }
    if (first == nullptr) {
        return Outcome::pass();
    }
    return Outcome::violation(line_place(text, first->text),
                              with_more(quoted(first->text.text()) + " is no keyword, " + quoted(near_keyword(first->text.text())) + " may be meant", count));
}

Outcome tells_the_standard(const CapsText& text) {
    if (text.capabilities.lines.empty()) {
        return Outcome::not_applicable();
    }
    return text.capabilities.has("SCEPStandard") || text.capabilities.has("AES")
               ? Outcome::pass()
               : Outcome::violation(line_place(text, text.facts.octets), "neither SCEPStandard nor AES is announced: the set of the drafts");
}

}  // namespace

RuleSpan<CapsText> capabilities_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CapsText>> rules{
        {.id = "capabilities.separated",
         .severity = error,
         .cite = {rfc8894, "3.5.2"},
         .says = "Capabilities are separated by CR LF or LF",
         .covers = {"SCEP-3.5.2-separators", "SCEP-3.5.2-plaintext-lines"},
         .check = separated_by_lines},
        {.id = "capabilities.case-exact",
         .severity = error,
         .cite = {rfc8894, "3.5.2"},
         .says = "Keywords have the case that the RFC gives them",
         .covers = {"SCEP-3.5.2-case-exact", "LEG-C-case"},
         .check = case_exact},
        {.id = "capabilities.spelt-right",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "No capability is a keyword of the RFC spelt otherwise",
         .covers = {"SCEP-3.5.2-keyword-set"},
         .check = spelt_right},
        {.id = "capabilities.of-the-standard",
         .severity = notice,
         .cite = {rfc8894, "2.9"},
         .says = "The list announces SCEPStandard, or AES, which the drafts did not know",
         .covers = {"SCEP-3.5.2-caps-vs-mti", "LEG-C-caps-set"},
         .check = tells_the_standard},
    };
    return rules;
}

}  // namespace sceplab::rules
