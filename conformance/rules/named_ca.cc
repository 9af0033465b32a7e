#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <algorithm>

// Whom a poll or a query names (RFC 8894, 3.3.3, 3.3.4).
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::x509::Name;

// The name of a CA that GetCACert or GetNextCACert told: the subject of a certificate, or the issuer of one where the CA above was left out.
Outcome names_ca(const Request& request, const Name& issuer) {
    const auto& server = request.exchange.server;
    if (server.ca_certificates.empty()) {
        return Outcome::not_performed("no GetCACert answer before");
    }
    const auto is_ca = [&](const auto& known) { return same_name(known->view.subject, issuer) || same_name(known->view.issuer, issuer); };
    return std::ranges::any_of(server.ca_certificates, is_ca) || std::ranges::any_of(server.next_ca_certificates, is_ca)
               ? Outcome::pass()
               : Outcome::violation(place(request, issuer.whole.location(), "messageData.issuer"),
                                    "the issuer " + issuer.to_string() + " is no CA that GetCACert told of");
}

// An RA answers for its CA: it is the CA that issues.
bool names_ra(const Request& request, const Name& issuer) {
    const auto& all = request.exchange.server.ca_certificates;
    const auto is_authority = [](const auto& known) { return known->view.basic_constraints_ca().value_or(false); };
    const auto has_name = [&](const auto& known) { return same_name(known->view.subject, issuer); };
    return std::ranges::any_of(all, is_authority) && std::ranges::any_of(all, has_name) &&
           std::ranges::none_of(all, [&](const auto& known) { return has_name(known) && is_authority(known); });
}

Outcome poll_names_ca(const Request& request) {
    if (request.facts.message_type() != MessageType::CertPoll) {
        return Outcome::not_applicable();
    }
    const auto data = opened(request.facts, &evidence::MessageData::issuer_and_subject);
    if (!data) {
        return data.error();
    }
    const Name& issuer = (*data)->issuer;
    return names_ra(request, issuer) ? Outcome::violation(place(request, issuer.whole.location(), "messageData.issuer"),
                                                          "the issuer " + issuer.to_string() + " is the RA, not the CA")
                                     : names_ca(request, issuer);
}

Outcome query_names_ca(const Request& request) {
    const auto type = request.facts.message_type();
    if (type != MessageType::GetCert && type != MessageType::GetCRL) {
        return Outcome::not_applicable();
    }
    const auto data = opened(request.facts, &evidence::MessageData::issuer_and_serial_number);
    return data ? names_ca(request, (*data)->issuer) : data.error();
}

Outcome poll_names_subject(const Transaction& transaction) {
    const ExchangeRecord* enrolment = nullptr;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : transaction.exchanges) {
        if (record.requested_subject.present && record.request_type) {
            enrolment = &record;
        }
        if (!record.polled_subject.present || enrolment == nullptr) {
            continue;
        }
        any = true;
        if (!same(record.polled_subject, enrolment->requested_subject)) {
            out.add({record.exchange, Side::request, record.polled_subject.where, "messageData.subject"},
                    "the CertPoll names another subject than the " + std::string(name(*enrolment->request_type)) + " in exchange " +
                        std::to_string(enrolment->exchange),
                    {{enrolment->exchange, Side::request, enrolment->requested_subject.where, "messageData.certificationRequestInfo.subject"}});
        }
    }
    return any ? out : Outcome::not_applicable();
}

}  // namespace

RuleSpan<Request> named_ca_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "poll.issuer-is-ca",
         .severity = warning,
         .cite = {rfc8894, "3.3.3"},
         .says = "A CertPoll names the CA that is to issue, not its RA",
         .covers = {"SCEP-3.3.3-certpoll-issuer"},
         .check = poll_names_ca},
        {.id = "query.issuer-is-ca",
         .severity = warning,
         .cite = {rfc8894, "3.3.4"},
         .says = "GetCert and GetCRL name the CA that is asked as issuer",
         .covers = {"SCEP-3.3.4-issuer-is-ca"},
         .check = query_names_ca},
    };
    return rules;
}

RuleSpan<Transaction> named_subject_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Transaction>> rules{
        {.id = "poll.subject-is-requested",
         .severity = warning,
         .cite = {rfc8894, "3.3.3"},
         .says = "A CertPoll names the subject that the certificate was asked for",
         .covers = {"SCEP-3.3.3-certpoll-subject"},
         .check = poll_names_subject},
    };
    return rules;
}

}  // namespace sceplab::rules
