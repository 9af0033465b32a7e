#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <map>

// That the CRL of an answer to GetCRL is the most recent one (RFC 8894, 4.6.1), as far as its times tell.
namespace sceplab::rules {

namespace {

constexpr std::int64_t clocks_may_differ = 300;  // seconds

Outcome current(const MetCrl& met) {
    const auto& request = met.exchange.request;
    if (!request || request->message_type() != scep::MessageType::GetCRL) {
        return Outcome::not_applicable();
    }
    const auto& captured = met.exchange.exchange.request->time;
    if (!captured) {
        return Outcome::not_performed("the time of the request is not known");
    }
    const std::int64_t time = *captured / 1'000'000;
    const auto crl_place = [&](const scep::der::Time& at, const char* field) {
        return place(met.exchange, met.facts.side, at.element.whole().location(), met.path + field);
    };
    if (met.list.this_update.seconds > time + clocks_may_differ) {
        return Outcome::violation(crl_place(met.list.this_update, ".thisUpdate"),
                                  "thisUpdate is " + met.list.this_update.to_string() + ", the request is of " + scep::der::format_time(time));
    }
    if (met.list.next_update && met.list.next_update->seconds < time) {
        return Outcome::violation(crl_place(*met.list.next_update, ".nextUpdate"),
                                  "nextUpdate is " + met.list.next_update->to_string() + ", the request is of " + scep::der::format_time(time));
    }
    return Outcome::pass();
}

Outcome not_older(const Run& run) {
    std::map<std::uint64_t, const ExchangeRecord*> newest;  // by issuer
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (record.request_type != scep::MessageType::GetCRL || !record.crl_issuer.present) {
            continue;
        }
        if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
        auto& before = newest.try_emplace(record.crl_issuer.hash, &record).first->second;
        if (record.crl_this_update < before->crl_this_update) {
            out.add({record.exchange, Side::response, record.crl_issuer.where, "messageData.SignedData.crls[0].issuer"},
                    "the CRL is of " + scep::der::format_time(record.crl_this_update) + ", exchange " + std::to_string(before->exchange) +
                        " brought one of " + scep::der::format_time(before->crl_this_update),
                    {{before->exchange, Side::response, before->crl_issuer.where, "messageData.SignedData.crls[0].issuer"}});
        } else {
            before = &record;
        }
    }
    return out;
}

}  // namespace

RuleSpan<MetCrl> recent_crl_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<MetCrl>> rules{
        {.id = "get-crl.current",
         .severity = warning,
         .cite = {rfc8894, "4.6.1"},
         .says = "The CRL of an answer to GetCRL has begun and not ended",
         .covers = {"SCEP-4.6.1-most-recent"},
         .check = current},
    };
    return rules;
}

RuleSpan<Run> run_recent_crl_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "get-crl.not-older",
         .severity = warning,
         .cite = {rfc8894, "4.6.1"},
         .says = "The CRL of an answer to GetCRL is not older than the one before",
         .covers = {"SCEP-4.6.1-most-recent"},
         .check = not_older},
    };
    return rules;
}

}  // namespace sceplab::rules
