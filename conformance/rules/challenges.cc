#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <map>
#include <optional>

// A challengePassword over a run: used once, and the same in a renewal (RFC 8894, 2.4, 7.3). The secret itself is never told.
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::PkiStatus;

std::string exchange(const ExchangeRecord& record) { return "exchange " + std::to_string(record.exchange); }

Place challenge_place(const ExchangeRecord& record) {
    return {record.exchange, Side::request, record.challenge.where, "messageData.certificationRequestInfo.attributes.challengePassword"};
}

std::optional<bool> single_use(const Run& run) {
    return run.exchanges.empty() ? std::nullopt : run.exchanges.front().local->challenge_single_use;
}

bool is_grant(const ExchangeRecord& record) { return record.challenge.present && record.pki_status == PkiStatus::SUCCESS; }

// Secrets that were good for a certificate more than once. The same request sent again, and a resynchronisation of one key, are no second use.
template <class Tell>
Outcome second_uses(const Run& run, Tell tell) {
    std::map<std::pair<std::uint32_t, std::uint64_t>, const ExchangeRecord*> first;  // by server and secret
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : run.exchanges) {
        if (!is_grant(record)) {
            continue;
        }
        any = true;
        const auto [known, is_first] = first.try_emplace({record.server, record.challenge.hash}, &record);
        const ExchangeRecord& before = *known->second;
        const bool again = same(before.request_message, record.request_message) || record.transaction == before.transaction;
        if (!is_first && !again) {
            out.add(challenge_place(record), tell(record, before), {challenge_place(before)});
        }
    }
    return any ? out : Outcome::not_applicable();
}

Outcome one_time(const Run& run) {
    if (single_use(run).value_or(false)) {
        return Outcome::not_applicable();  // the stricter rule judges
    }
    return second_uses(run, [](const auto&, const auto& before) { return "the challengePassword was good for a certificate before, in " + exchange(before); });
}

Outcome reuse_refused(const Run& run) {
    if (!single_use(run).value_or(false)) {
        return Outcome::not_applicable();
    }
    return second_uses(run, [](const auto&, const auto& before) {
        return "SUCCESS though the CA takes a challengePassword once and took this one in " + exchange(before);
    });
}

// A renewal belongs to the enrolment that brought the certificate which signs it.
Outcome renewal_has_the_original(const Run& run) {
    std::map<std::uint64_t, std::uint64_t> original;  // certificate to secret
    std::map<std::uint64_t, const ExchangeRecord*> enrolment;
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (record.request_type == MessageType::RenewalReq && record.challenge.present && record.request_signer.present) {
            const auto found = original.find(record.request_signer.hash);
            if (found != original.end() && found->second != record.challenge.hash) {
                if (out.state() != Outcome::State::violated) {
                    out = Outcome::pass();
                }
                const ExchangeRecord& before = *enrolment[found->first];
                out.add(challenge_place(record), "the challengePassword of the renewal is not the one of the enrolment in " + exchange(before),
                        {challenge_place(before)});
            } else if (found != original.end() && out.state() == Outcome::State::not_applicable) {
                out = Outcome::pass();
            }
        }
        if (is_grant(record) && record.issued_certificate.present) {
            original.try_emplace(record.issued_certificate.hash, record.challenge.hash);
            enrolment.try_emplace(record.issued_certificate.hash, &record);
        }
    }
    return out;
}

}  // namespace

RuleSpan<Run> challenge_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "challenge.one-time",
         .severity = warning,
         .cite = {rfc8894, "2.4"},
         .says = "A challengePassword is good for one certificate",
         .covers = {"SCEP-2.4-challenge-onetime"},
         .check = one_time},
        {.id = "challenge.reuse-refused",
         .severity = error,
         .cite = {rfc8894, "7.3"},
         .says = "A CA that takes each challengePassword once grants no second request with it",
         .covers = {"SCEP-7.3-challenge-reuse-breach"},
         .check = reuse_refused},
        {.id = "renewal.original-challenge-password",
         .severity = notice,
         .cite = {rfc8894, "2.4"},
         .says = "A challengePassword in a renewal is the one of the first enrolment",
         .covers = {"SCEP-2.4-challenge-resend-renewal"},
         .check = renewal_has_the_original},
    };
    return rules;
}

}  // namespace sceplab::rules
