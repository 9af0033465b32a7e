#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <map>

// Transactions: one transactionID, and the states of RFC 8894, 2.5.1.
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::PkiStatus;

bool is_enrolment(const ExchangeRecord& record) {
    return record.request_type == MessageType::PKCSReq || record.request_type == MessageType::RenewalReq;
}
bool is_final(PkiStatus status) { return status == PkiStatus::SUCCESS || status == PkiStatus::FAILURE; }
std::string exchange(const ExchangeRecord& record) { return "exchange " + std::to_string(record.exchange); }
std::string shown(const ExchangeRecord& record) { return std::string(name(*record.request_type)); }
Place type_place(const ExchangeRecord& record) { return trace_place(record.exchange, Side::request, record.request_type_value); }
Place status_place(const ExchangeRecord& record) { return trace_place(record.exchange, Side::response, record.response_status); }

Outcome same_id_in_reply(const Pair& pair) {
    const auto& sent = pair.request.attributes.transaction_id;
    const auto& answered = pair.reply.attributes.transaction_id;
    if (!sent.value || !answered.value) {
        return Outcome::not_applicable();
    }
    if (sent.value->value().same_octets(answered.value->value())) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(pair.reply, answered),
                              "transactionID " + quoted(answered.value->value().text()) + " answers a request with " +
                                  quoted(sent.value->value().text()),
                              {attribute_place(pair.request, sent)});
}

Outcome query_not_pending(const Pair& pair) {
    const auto type = pair.request.facts.message_type();
    if (type != MessageType::GetCert && type != MessageType::GetCRL) {
        return Outcome::not_applicable();
    }
    return pair.reply.facts.pki_status() != PkiStatus::PENDING
               ? Outcome::pass()
               : Outcome::violation(attribute_place(pair.reply, pair.reply.attributes.pki_status_slot),
                                    "PENDING in answer to " + std::string(name(*type)),
                                    {attribute_place(pair.request, pair.request.attributes.message_type_slot)});
}

// One transactionID, one operation: a request of its own begins another, the same octets sent again do not.
Outcome one_operation(const Transaction& transaction) {
    const ExchangeRecord* first = nullptr;
    Outcome out = Outcome::pass();
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (!record.request_type || *record.request_type == MessageType::CertPoll || *record.request_type == MessageType::CertRep) {
            continue;
        }
        if (first == nullptr) {
            first = &record;
        } else if (!same(first->request_message, record.request_message)) {
            out.add(trace_place(record.exchange, Side::request, record.request_transaction_id),
                    "a " + shown(record) + " with the transactionID of the " + shown(*first) + " in " + exchange(*first),
                    {trace_place(first->exchange, Side::request, first->request_transaction_id)});
        }
    }
    return first != nullptr ? out : Outcome::not_applicable();
}

// The operation that an exchange belongs to, walked in order: what was answered last, and finally.
struct Progress {
    const ExchangeRecord* enrolment = nullptr;
    const ExchangeRecord* pending = nullptr;
    const ExchangeRecord* final = nullptr;

    void begin_if_new(const ExchangeRecord& record) {
        if (is_enrolment(record) && (enrolment == nullptr || !same(enrolment->request_message, record.request_message))) {
            *this = Progress{.enrolment = &record};
        }
    }
    void take_answer(const ExchangeRecord& record) {
        if (record.pki_status == PkiStatus::PENDING) {
            pending = &record;
        } else if (record.pki_status && final == nullptr) {
            final = &record;
        }
    }
};

Outcome one_final_answer(const Transaction& transaction) {
    Progress progress;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        progress.begin_if_new(record);
        if (!record.pki_status || (!is_enrolment(record) && record.request_type != MessageType::CertPoll)) {
            continue;
        }
        any = true;
        if (progress.final != nullptr && progress.final->pki_status != record.pki_status) {
            out.add(status_place(record),
                    std::string(name(*record.pki_status)) + " after the final " + std::string(name(*progress.final->pki_status)) + " in " +
                        exchange(*progress.final),
                    {status_place(*progress.final)});
        }
        progress.take_answer(record);
    }
    return any ? out : Outcome::not_applicable();
}

Outcome no_poll_after_final(const Transaction& transaction) {
    Progress progress;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        progress.begin_if_new(record);
        if (record.request_type == MessageType::CertPoll) {
            any = true;
            if (progress.final != nullptr) {
                out.add(type_place(record),
                        "a CertPoll after the final " + std::string(name(*progress.final->pki_status)) + " in " + exchange(*progress.final),
                        {status_place(*progress.final)});
            }
        }
        progress.take_answer(record);
    }
    return any ? out : Outcome::not_applicable();
}

// A poll of an enrolment that comes later. Where none was captured, it may have come before the capture began.
Outcome poll_after_request(const Transaction& transaction) {
    const ExchangeRecord* too_early = nullptr;
    const ExchangeRecord* enrolment = nullptr;
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        const bool poll = record.request_type == MessageType::CertPoll;
        any = any || poll;
        if (poll && enrolment == nullptr && too_early == nullptr) {
            too_early = &record;
        }
        if (is_enrolment(record) && enrolment == nullptr) {
            enrolment = &record;
        }
    }
    if (!any) {
        return Outcome::not_applicable();
    }
    if (too_early == nullptr) {
        return Outcome::pass();
    }
    if (enrolment == nullptr) {
        return Outcome::not_performed("no PKCSReq or RenewalReq of this transactionID was captured");
    }
    return Outcome::violation(type_place(*too_early), "a CertPoll before the " + shown(*enrolment) + " in " + exchange(*enrolment),
                              {type_place(*enrolment)});
}

Outcome poll_same_signer(const Transaction& transaction) {
    const ExchangeRecord* enrolment = nullptr;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (is_enrolment(record)) {
            enrolment = &record;
        }
        if (record.request_type != MessageType::CertPoll || enrolment == nullptr) {
            continue;
        }
        if (!record.request_signer.present || !enrolment->request_signer.present) {
            return Outcome::not_performed("the signer's certificate is not known");
        }
        any = true;
        if (!same(record.request_signer, enrolment->request_signer)) {
            out.add({record.exchange, Side::request, record.request_signer.where, "SignedData.certificates"},
                    "the CertPoll is signed with another certificate than the " + shown(*enrolment) + " in " + exchange(*enrolment),
                    {{enrolment->exchange, Side::request, enrolment->request_signer.where, "SignedData.certificates"}});
        }
    }
    return any ? out : Outcome::not_applicable();
}

// What came of a poll has the key that its request asked for.
Outcome polled_key(const Transaction& transaction) {
    const ExchangeRecord* enrolment = nullptr;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (is_enrolment(record)) {
            enrolment = &record;
        }
        if (record.request_type != MessageType::CertPoll || record.pki_status != PkiStatus::SUCCESS) {
            continue;
        }
        if (enrolment == nullptr || !enrolment->requested_key.present || !record.issued_key.present) {
            return Outcome::not_performed(enrolment == nullptr ? "no PKCSReq or RenewalReq of this transactionID was captured"
                                                               : "no key opens both the request and the reply");
        }
        any = true;
        if (!same(enrolment->requested_key, record.issued_key)) {
            out.add({record.exchange, Side::response, record.issued_key.where, "messageData.certificates.subjectPublicKeyInfo"},
                    "the key of the issued certificate is not the one that the " + shown(*enrolment) + " in " + exchange(*enrolment) +
                        " asked for",
                    {{enrolment->exchange, Side::request, enrolment->requested_key.where,
                      "messageData.certificationRequestInfo.subjectPKInfo"}});
        }
    }
    return any ? out : Outcome::not_applicable();
}

// A poll under an id that no request has, by a client whose request is pending under another.
Outcome poll_keeps_id(const Run& run) {
    std::map<std::uint32_t, bool> enrolled;                  // by transaction
    std::map<std::uint64_t, const ExchangeRecord*> pending;  // by signer
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : run.exchanges) {
        if (!record.transaction || !record.request_type) {
            continue;
        }
        const std::uint64_t signer = record.request_signer.hash;
        if (is_enrolment(record)) {
            enrolled[*record.transaction] = true;
        } else if (record.request_type == MessageType::CertPoll) {
            any = true;
            const auto waiting = pending.find(signer);
            if (!enrolled[*record.transaction] && record.request_signer.present && waiting != pending.end()) {
                out.add(trace_place(record.exchange, Side::request, record.request_transaction_id),
                        "a CertPoll under another transactionID than the " + shown(*waiting->second) + " in " + exchange(*waiting->second) +
                            " that is PENDING",
                        {trace_place(waiting->second->exchange, Side::request, waiting->second->request_transaction_id)});
            }
        }
        if (is_enrolment(record) && record.request_signer.present && record.pki_status == PkiStatus::PENDING) {
            pending[signer] = &record;
        } else if (record.pki_status && is_final(*record.pki_status)) {
            pending.erase(signer);
        }
    }
    return any ? out : Outcome::not_applicable();
}

}  // namespace

RuleSpan<Pair> pair_transaction_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "transaction-id.equal-in-reply",
         .severity = error,
         .cite = {rfc8894, "3.2.1.1"},
         .says = "transactionID of a CertRep is that of its request",
         .covers = {"SCEP-3.2.1.1-transactionID-same-in-operation", "LEG-3.2.2-txid-copied"},
         .check = same_id_in_reply},
        {.id = "transaction.query-not-pending",
         .severity = error,
         .cite = {rfc8894, "4.5.1"},
         .says = "GetCert and GetCRL are answered SUCCESS or FAILURE",
         .covers = {"SCEP-4.5.1-no-pending", "SCEP-4.6.1-no-pending", "SCEP-2.6-getcert-one-exchange"},
         .check = query_not_pending},
    };
    return rules;
}

RuleSpan<Transaction> transaction_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Transaction>> rules{
        {.id = "transaction.one-operation",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.1"},
         .says = "A transactionID belongs to one operation; a new request has a new one",
         .covers = {"SCEP-3.2.1.1-transactionID-unique", "SCEP-2.5-single-request-per-poll-tx", "SCEP-2.5-pending-then-poll", "SCEP-5.2-new-transaction-new-id", "LEG-3.1.1.1-txid-query"},
         .check = one_operation},
        {.id = "transaction.one-final-answer",
         .severity = error,
         .cite = {rfc8894, "2.5"},
         .says = "An enrolment is answered PENDING any number of times, then SUCCESS or FAILURE, and never otherwise after that",
         .covers = {"SCEP-2.5-single-final-answer", "SCEP-5.2-resumed-poll-success"},
         .check = one_final_answer},
        {.id = "transaction.no-poll-after-final",
         .severity = warning,
         .cite = {rfc8894, "2.5.1"},
         .says = "A client polls no more after SUCCESS or FAILURE",
         .covers = {"SCEP-2.5.1-state-success", "SCEP-2.5.1-state-failure"},
         .check = no_poll_after_final},
        {.id = "transaction.poll-after-request",
         .severity = error,
         .cite = {rfc8894, "4.4"},
         .says = "A CertPoll follows the PKCSReq or RenewalReq that has its transactionID",
         .covers = {"SCEP-2.5.1-state-pending-on-send", "SCEP-3.2.1.1-transactionID-poll-chain"},
         .check = poll_after_request},
        {.id = "transaction.poll-same-signer",
         .severity = warning,
         .cite = {rfc8894, "4.4"},
         .says = "A CertPoll is signed with the certificate that signed the PKCSReq or RenewalReq",
         .covers = {"SCEP-4.4-poll-signer-same"},
         .check = poll_same_signer},
        {.id = "issued.polled-key-is-requested",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "The certificate that a poll brings is for the key that was asked for",
         .covers = {"SCEP-3.3.2.1-issued-cert-present"},
         .check = polled_key},
    };
    return rules;
}

RuleSpan<Run> run_transaction_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "transaction.poll-keeps-id",
         .severity = error,
         .cite = {rfc8894, "4.4"},
         .says = "A CertPoll has the transactionID of the PKCSReq or RenewalReq that is pending",
         .covers = {"SCEP-4.4-same-transactionid", "SCEP-3.2.1.1-transactionID-poll-chain", "LEG-3.2.3-same-txid"},
         .check = poll_keeps_id},
    };
    return rules;
}

}  // namespace sceplab::rules
