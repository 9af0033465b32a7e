#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <algorithm>

// Polls, lost answers and repeated requests within one transactionID (RFC 8894, 2.5, 5.2; the drafts' 2.1.2 and appendix B).
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::PkiStatus;

constexpr std::int64_t second = 1'000'000;

bool is_enrolment(const ExchangeRecord& record) {
    return record.request_type == MessageType::PKCSReq || record.request_type == MessageType::RenewalReq;
}
bool is_poll(const ExchangeRecord& record) { return record.request_type == MessageType::CertPoll; }
bool is_query(const ExchangeRecord& record) { return record.request_type == MessageType::GetCert || record.request_type == MessageType::GetCRL; }
std::string exchange(const ExchangeRecord& record) { return "exchange " + std::to_string(record.exchange); }
Place type_place(const ExchangeRecord& record) { return trace_place(record.exchange, Side::request, record.request_type_value); }
Place issued_place(const ExchangeRecord& record) {
    return {record.exchange, Side::response, record.issued_certificate.where, "messageData.SignedData.certificates"};
}

Outcome query_not_polled(const Transaction& transaction) {
    const ExchangeRecord* query = nullptr;
    Outcome out = Outcome::pass();
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (is_enrolment(record)) {
            return Outcome::not_applicable();
        }
        if (is_query(record)) {
            query = &record;
        } else if (is_poll(record) && query != nullptr) {
            out.add(type_place(record), "a CertPoll after the " + std::string(name(*query->request_type)) + " in " + exchange(*query), {type_place(*query)});
        }
    }
    return query != nullptr ? out : Outcome::not_applicable();
}

Outcome new_after_loss(const Transaction& transaction) {
    const ExchangeRecord* lost = nullptr;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (is_poll(record) && lost != nullptr) {
            out.add(type_place(record), "a CertPoll goes on after " + exchange(*lost) + " was not answered", {type_place(*lost)});
        }
        any = any || is_poll(record);
        lost = (is_poll(record) || is_enrolment(record)) && record.ended != input::Ending::answered ? &record : nullptr;
    }
    return any ? out : Outcome::not_applicable();
}

Outcome poll_limit(const Transaction& transaction) {
    const auto polls = std::ranges::count_if(transaction.exchanges, is_poll);
    if (polls == 0) {
        return Outcome::not_applicable();
    }
    const auto& limit = transaction.exchanges.front().local->poll_limit;
    if (!limit) {
        return Outcome::not_performed("--facts tells no limit of polls");
    }
    if (polls <= static_cast<std::ptrdiff_t>(*limit)) {
        return Outcome::pass();
    }
    std::uint32_t seen = 0;
    const auto first_too_many = std::ranges::find_if(transaction.exchanges, [&](const auto& each) { return is_poll(each) && ++seen > *limit; });
    return Outcome::violation(type_place(*first_too_many),
                              std::to_string(polls) + " CertPolls of one transaction, " + std::to_string(*limit) + " are the limit");
}

Outcome poll_interval(const Transaction& transaction) {
    const std::int64_t least = transaction.exchanges.front().local->poll_interval.value_or(1) * second;
    const ExchangeRecord* before = nullptr;
    const ExchangeRecord* fastest = nullptr;
    std::int64_t shortest = least;
    std::uint32_t polls = 0;
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (!is_poll(record)) {
            continue;
        }
        ++polls;
        if (before != nullptr && before->time && record.time && *record.time - *before->time < shortest) {
            shortest = *record.time - *before->time;
            fastest = &record;
        }
        before = &record;
    }
    if (polls < 2) {
        return Outcome::not_applicable();
    }
    return fastest == nullptr ? Outcome::pass()
                              : Outcome::violation(type_place(*fastest), "a CertPoll " + std::to_string(shortest / 1000) +
                                                                             " ms after the one before, the shortest interval of " +
                                                                             std::to_string(polls) + " polls");
}

// Two answers to one request, or to polls of it.
Outcome one_certificate(const Transaction& transaction) {
    const ExchangeRecord* enrolment = nullptr;
    const ExchangeRecord* granted = nullptr;
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (is_enrolment(record) && (enrolment == nullptr || !same(enrolment->request_message, record.request_message))) {
            enrolment = &record;
            granted = nullptr;
        }
        if (record.pki_status != PkiStatus::SUCCESS || !record.issued_certificate.present) {
            continue;
        }
        if (granted == nullptr) {
            granted = &record;
        } else if (same(granted->issued_certificate, record.issued_certificate)) {
            out = out.state() == Outcome::State::violated ? out : Outcome::pass();
        } else {
            out.add(issued_place(record), "another certificate than the one that " + exchange(*granted) + " brought for the same request", {issued_place(*granted)});
        }
    }
    return out;
}

// A request that is repeated with its key and transactionID resynchronises, unless its certificate is half over.
Outcome repeat_keeps_certificate(const Transaction& transaction) {
    const ExchangeRecord* granted = nullptr;
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (!is_enrolment(record) || record.pki_status != PkiStatus::SUCCESS || !record.issued_certificate.present) {
            continue;
        }
        const bool repeats = granted != nullptr && same(granted->requested_key, record.requested_key);
        if (!repeats) {
            granted = &record;
            continue;
        }
        const std::int64_t half = granted->issued_not_before + (granted->issued_not_after - granted->issued_not_before) / 2;
        const bool half_over = record.time && *record.time / second > half;
        if (same(granted->issued_certificate, record.issued_certificate) || half_over) {
            out = out.state() == Outcome::State::violated ? out : Outcome::pass();
        } else {
            out.add(issued_place(record), "a new certificate for the repeated request, where the one of " + exchange(*granted) + " is due", {issued_place(*granted)});
        }
    }
    return out;
}

}  // namespace

RuleSpan<Transaction> polling_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Transaction>> rules{
        {.id = "transaction.query-not-polled",
         .severity = error,
         .cite = {rfc8894, "2.6"},
         .says = "A GetCert or GetCRL is one request and one answer, without polls",
         .covers = {"SCEP-2.6-getcert-one-exchange"},
         .check = query_not_polled},
        {.id = "transaction.new-after-loss",
         .severity = warning,
         .cite = {rfc8894, "5.2"},
         .says = "After an answer was lost a client begins a new transaction rather than poll on",
         .covers = {"SCEP-5.2-new-transaction-preferred"},
         .check = new_after_loss},
        {.id = "poll.limit",
         .severity = warning,
         .cite = {rfc8894, "2.5.1"},
         .says = "A client polls no more often than it is configured to",
         .covers = {"SCEP-2.5.1-state-poll-limit"},
         .check = poll_limit},
        {.id = "poll.interval",
         .severity = notice,
         .cite = {rfc8894, "2.5"},
         .says = "Between two polls there is the interval that is configured, or a second",
         .covers = {"SCEP-2.5-poll-frequency"},
         .check = poll_interval},
        {.id = "transaction.one-certificate",
         .severity = warning,
         .cite = {rfc8894, "5.2"},
         .says = "A granted request that is polled again is answered with the same certificate",
         .covers = {"SCEP-5.2-resumed-poll-success"},
         .check = one_certificate},
        {.id = "transaction.repeat-keeps-certificate",
         .severity = warning,
         .cite = {nourse22, "2.1.2"},
         .says = "A request that is repeated with its key and transactionID is answered with the certificate that was granted",
         .covers = {"LEG-2.1.2-resync-same-id", "LEG-2.1.2-no-new-tx-for-repeat", "LEG-B-resync-same-txid"},
         .check = repeat_keeps_certificate},
    };
    return rules;
}

}  // namespace sceplab::rules
