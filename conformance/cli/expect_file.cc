#include <conformance/cli/expect_file.h>

#include <conformance/cli/json_value.h>
#include <conformance/cli/near_names.h>
#include <conformance/rules/glob.h>
#include <conformance/rules/registry.h>

#include <fmt/format.h>

#include <algorithm>

namespace sceplab::cli {

namespace {

constexpr std::size_t most_expectations = 10'000;

rules::Side side(const JsonValue& value) {
    for (const rules::Side each : {rules::Side::request, rules::Side::response}) {
        if (name(each) == value.text()) {
            return each;
        }
    }
    value.refuse("\"request\" or \"response\" is due");
}

rules::Expectation expectation(const JsonValue& value, const std::vector<std::string_view>& ids) {
    value.only({"rule", "exchange", "side", "input", "transactionID", "messageType", "reason"});
    rules::Expectation out;
    out.rule = value.member("rule").text();
    out.reason = value.member("reason").text();
    if (std::ranges::none_of(ids, [&](std::string_view id) { return rules::glob_matches(out.rule, id); })) {
        value.member("rule").refuse(fmt::format("no rule is called \"{}\"{}", out.rule, did_you_mean(out.rule, ids)));
    }
    if (const auto member = value.optional("exchange")) {
        out.exchange = member->number();
    }
    if (const auto member = value.optional("side")) {
        out.side = side(*member);
    }
    const auto text = [&](std::string_view member, std::optional<std::string>& into) {
        if (const auto found = value.optional(member)) {
            into = found->text();
        }
    };
    text("input", out.input);
    text("transactionID", out.transaction_id);
    text("messageType", out.message_type);
    return out;
}

}  // namespace

Loaded<std::vector<rules::Expectation>> read_expectations(const std::string& path) {
    return read_json(path, [](const JsonValue& document) {
        std::vector<std::string_view> ids;
        for (const rules::RuleInfo& rule : rules::all_rules()) {
            ids.push_back(rule.id);
        }
        std::vector<rules::Expectation> out;
        document.each([&](const JsonValue& value) {
            if (out.size() == most_expectations) {
                value.refuse(fmt::format("more than {} expectations", most_expectations));
            }
            out.push_back(expectation(value, ids));
        });
        return out;
    });
}

}  // namespace sceplab::cli
