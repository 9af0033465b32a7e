#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <map>

// Polls and what they wait for (RFC 8894, 4.4).
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::PkiStatus;

bool is_enrolment(const ExchangeRecord& record) {
    return record.request_type == MessageType::PKCSReq || record.request_type == MessageType::RenewalReq;
}

std::string exchange(const ExchangeRecord& record) { return "exchange " + std::to_string(record.exchange); }

// Before its enrolment a poll has none to match. Where no enrolment was captured it may have come before the capture.
Outcome unmatched_poll_rejected(const Transaction& transaction) {
    const ExchangeRecord* granted = nullptr;
    bool polled = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (is_enrolment(record)) {
            if (granted == nullptr) {
                return polled ? Outcome::pass() : Outcome::not_applicable();
            }
            return Outcome::violation(trace_place(granted->exchange, Side::response, granted->response_status),
                                      std::string(name(*granted->pki_status)) + " to a CertPoll before the " + std::string(name(*record.request_type)) + " in " +
                                          exchange(record),
                                      {trace_place(granted->exchange, Side::request, granted->request_type_value)});
        }
        if (record.request_type == MessageType::CertPoll && record.pki_status) {
            polled = true;
            granted = granted == nullptr && *record.pki_status != PkiStatus::FAILURE ? &record : granted;
        }
    }
    if (granted != nullptr) {
        return Outcome::not_performed("no PKCSReq or RenewalReq of this transactionID was captured");
    }
    return polled ? Outcome::pass() : Outcome::not_applicable();
}

Outcome one_outstanding(const Run& run) {
    std::map<std::uint64_t, const ExchangeRecord*> pending;  // by signer
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (!record.transaction || !record.request_signer.present) {
            continue;
        }
        const auto waiting = pending.find(record.request_signer.hash);
        if (is_enrolment(record)) {
            if (out.state() == Outcome::State::not_applicable) {
                out = Outcome::pass();
            }
            if (waiting != pending.end() && waiting->second->transaction != record.transaction) {
                out.add(trace_place(record.exchange, Side::request, record.request_transaction_id),
                        "a " + std::string(name(*record.request_type)) + " while the " + std::string(name(*waiting->second->request_type)) + " in " +
                            exchange(*waiting->second) + " of the same signer is PENDING",
                        {trace_place(waiting->second->exchange, Side::response, waiting->second->response_status)});
            }
            if (record.pki_status == PkiStatus::PENDING) {
                pending[record.request_signer.hash] = &record;
            }
        }
        if (waiting != pending.end() && waiting->second->transaction == record.transaction && record.pki_status && *record.pki_status != PkiStatus::PENDING) {
            pending.erase(waiting);
        }
    }
    return out;
}

}  // namespace

RuleSpan<Transaction> polling_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Transaction>> rules{
        {.id = "transaction.unmatched-poll-rejected",
         .severity = error,
         .cite = {rfc8894, "4.4"},
         .says = "A CertPoll that no PKCSReq or RenewalReq has come before is rejected",
         .covers = {"SCEP-4.4-unmatched-poll-rejected"},
         .check = unmatched_poll_rejected},
    };
    return rules;
}

RuleSpan<Run> run_polling_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "transaction.one-outstanding",
         .severity = warning,
         .cite = {rfc8894, "4.4"},
         .says = "A client has one request outstanding at a time",
         .covers = {"SCEP-4.4-one-outstanding"},
         .check = one_outstanding},
    };
    return rules;
}

}  // namespace sceplab::rules
