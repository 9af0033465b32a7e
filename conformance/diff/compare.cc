#include <conformance/diff/compare.h>

#include "http.h"

#include <conformance/diff/message_tree.h>
#include <conformance/tree/legible.h>

#include <algorithm>
#include <map>
#include <set>

namespace sceplab::diff {

namespace {

using evidence::ExchangeFacts;
using evidence::MessageFacts;
using evidence::Side;
using tree::Difference;
using tree::DifferenceKind;

// "PKIOperation PKCSReq"
std::string what(const evidence::ExchangeSummary& exchange) {
    std::string out = exchange.operation.value_or("message");
    const auto type = exchange.request && exchange.request->message_type     ? exchange.request->message_type
                      : exchange.response && exchange.response->message_type ? exchange.response->message_type
                                                                             : std::nullopt;
    return tree::legible(type ? out + ' ' + *type : out, 80);
}

std::string lower_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

void note(std::vector<Difference>& out, DifferenceKind kind, std::string path, std::string a, std::string b) {
    Difference& difference = out.emplace_back();
    difference.kind = kind;
    difference.path = std::move(path);
    difference.a_says = std::move(a);
    difference.b_says = std::move(b);
}

std::string describe(const MessageFacts& message) {
    return std::string(name(message.kind)) + ", " + std::to_string(message.octets.size()) + " octets";
}

void compare_capabilities(const MessageFacts& a, const MessageFacts& b, std::vector<Difference>& out) {
    const auto words = [](const MessageFacts& message) {
        std::set<std::string_view> out_words;
        for (const scep::http::Capability& line : message.capabilities->lines) {
            out_words.insert(line.text.text());
        }
        return out_words;
    };
    const auto words_a = words(a);
    const auto words_b = words(b);
    for (const std::string_view word : words_a) {
        if (!words_b.contains(word)) {
            note(out, DifferenceKind::only_a, "capabilities", tree::legible(word, 80), "");
        }
    }
    for (const std::string_view word : words_b) {
        if (!words_a.contains(word)) {
            note(out, DifferenceKind::only_b, "capabilities", "", tree::legible(word, 80));
        }
    }
    const auto ends = [](const MessageFacts& message) {
        const std::string_view text = message.octets.text();
        return text.find("\r\n") != std::string_view::npos ? "CR LF" : text.find('\n') != std::string_view::npos ? "LF" : "no end of line";
    };
    if (std::string_view(ends(a)) != ends(b)) {
        note(out, DifferenceKind::encoding, "capabilities", ends(a), ends(b));
    }
}

void compare_bodies(ExchangeFacts& a, ExchangeFacts& b, Side side, std::vector<Difference>& out) {
    const MessageFacts* of_a = a.side(side);
    const MessageFacts* of_b = b.side(side);
    if (of_a == nullptr || of_b == nullptr) {
        if (of_a != nullptr || of_b != nullptr) {
            note(out, of_a != nullptr ? DifferenceKind::only_a : DifferenceKind::only_b, std::string(name(side)), of_a != nullptr ? describe(*of_a) : "",
                 of_b != nullptr ? describe(*of_b) : "");
        }
        return;
    }
    if (of_a->kind != of_b->kind) {
        note(out, DifferenceKind::value, "body", describe(*of_a), describe(*of_b));
    }
    if (has_tree(*of_a) && has_tree(*of_b)) {
        const auto tree_a = tree_of(*of_a, a.exchange.sources);
        const auto tree_b = tree_of(*of_b, b.exchange.sources);
        auto differences = tree::compare({tree_a, a.exchange.sources}, {tree_b, b.exchange.sources});
        std::ranges::move(differences, std::back_inserter(out));
    } else if (of_a->capabilities && of_b->capabilities) {
        compare_capabilities(*of_a, *of_b, out);
    } else if (of_a->kind == of_b->kind && !of_a->octets.same_octets(of_b->octets)) {
        note(out, DifferenceKind::value, "body", describe(*of_a), describe(*of_b));
    }
}

ExchangeDifference compare_pair(ExchangeFacts& a, ExchangeFacts& b, std::string what) {
    ExchangeDifference out{.a = a.index, .b = b.index, .what = std::move(what), .request = {}, .response = {}};
    compare_requests(a, b, out.request);
    compare_bodies(a, b, Side::request, out.request);
    compare_responses(a, b, out.response);
    compare_bodies(a, b, Side::response, out.response);
    return out;
}

std::vector<ExchangeDifference> compare_exchanges(const Recording& a, const Recording& b) {
    std::vector<ExchangeDifference> out;
    const auto& of_a = a.exchanges;
    const auto& of_b = b.exchanges;
    if (of_a.size() == 1 && of_b.size() == 1) {
        const std::string name_a = what(a.result.exchanges[0]);
        const std::string name_b = what(b.result.exchanges[0]);
        out.push_back(compare_pair(*of_a[0], *of_b[0], name_a == name_b ? name_a : name_a + " | " + name_b));
        return out;
    }
    std::map<std::string, std::vector<std::uint32_t>> waiting;  // of B, the last first
    for (std::uint32_t i = static_cast<std::uint32_t>(of_b.size()); i-- > 0;) {
        waiting[lower_case(what(b.result.exchanges[i]))].push_back(i);
    }
    for (std::uint32_t i = 0; i < of_a.size(); ++i) {
        const std::string name = what(a.result.exchanges[i]);
        if (auto& numbers = waiting[lower_case(name)]; !numbers.empty()) {
            out.push_back(compare_pair(*of_a[i], *of_b[numbers.back()], name));
            numbers.pop_back();
        } else {
            out.push_back({.a = i, .b = {}, .what = name, .request = {}, .response = {}});
        }
    }
    std::set<std::uint32_t> left;
    for (const auto& [name, numbers] : waiting) {
        left.insert(numbers.begin(), numbers.end());
    }
    for (const std::uint32_t i : left) {
        out.push_back({.a = {}, .b = i, .what = what(b.result.exchanges[i]), .request = {}, .response = {}});
    }
    return out;
}

void only_in(const rules::Result& here, const rules::Result& there, bool in_a, std::vector<RuleDifference>& out) {
    std::set<std::string_view> violated;
    for (const rules::Finding& finding : there.findings) {
        violated.insert(finding.rule.id);
    }
    std::map<std::string_view, std::size_t> known;
    const std::size_t first = out.size();
    for (const rules::Finding& finding : here.findings) {
        if (violated.contains(finding.rule.id)) {
            continue;
        }
        const auto [at, is_new] = known.emplace(finding.rule.id, out.size());
        if (is_new) {
            out.push_back({finding.rule, in_a, 0, finding.violation});
        }
        ++out[at->second].count;
    }
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                     [](const RuleDifference& x, const RuleDifference& y) { return x.rule.severity > y.rule.severity; });
}

std::size_t matter(const std::vector<Difference>& differences) {
    return static_cast<std::size_t>(std::ranges::count(differences, true, &Difference::matters));
}

}  // namespace

std::size_t Comparison::count() const {
    std::size_t out = rules.size();
    for (const ExchangeDifference& exchange : exchanges) {
        out += exchange.paired() ? matter(exchange.request) + matter(exchange.response) : 1;
    }
    return out;
}

Comparison compare(const Recording& a, const Recording& b) {
    Comparison out;
    only_in(a.result, b.result, true, out.rules);
    only_in(b.result, a.result, false, out.rules);
    out.exchanges = compare_exchanges(a, b);
    return out;
}

}  // namespace sceplab::diff
