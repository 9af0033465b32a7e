#include <conformance/rules/common.h>
#include <conformance/rules/leaves.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// What GetCert and GetCRL are answered with (RFC 8894, 3.3.2.1, 4.5, 4.6).
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;
using scep::MessageType;
using scep::PkiStatus;
using scep::cms::IssuerAndSerialNumber;

// The opened reply to a query of that type that was granted.
std::expected<const scep::cms::SignedData*, Outcome> answer(const Pair& pair, MessageType type) {
    if (pair.request.facts.message_type() != type || pair.reply.facts.pki_status() != PkiStatus::SUCCESS) {
        return std::unexpected(Outcome::not_applicable());
    }
    return opened(pair.reply.facts, &evidence::MessageData::signed_data);
}

std::expected<const IssuerAndSerialNumber*, Outcome> question(const Pair& pair) {
    return opened(pair.request.facts, &evidence::MessageData::issuer_and_serial_number);
}

Place question_place(const Pair& pair, const IssuerAndSerialNumber& asked) {
    return place(pair.request, asked.whole.location(), "messageData");
}

std::string shown(const IssuerAndSerialNumber& asked) {
    return "issuer " + asked.issuer.to_string() + ", serial " + asked.serial_number.to_hex();
}

const CertificateFacts* find(const IssuerAndSerialNumber& asked, const std::vector<CertificateFacts>& all) {
    const auto found = std::ranges::find_if(all, [&](const CertificateFacts& each) {
        return same_name(each.certificate.issuer, asked.issuer) && each.certificate.serial_number == asked.serial_number;
    });
    return found != all.end() ? &*found : nullptr;
}

Outcome certificate_is_requested(const Pair& pair) {
    const auto data = answer(pair, MessageType::GetCert);
    if (!data) {
        return data.error();
    }
    const auto asked = question(pair);
    if (!asked) {
        return asked.error();
    }
    return find(**asked, pair.reply.facts.certificates) != nullptr
               ? Outcome::pass()
               : Outcome::violation(place(pair.reply, (*data)->whole.location(), "messageData.SignedData"),
                                    "no certificate of the reply is the one asked for: " + shown(**asked), {question_place(pair, **asked)});
}

Outcome certificate_is_leaf(const Pair& pair) {
    const auto data = answer(pair, MessageType::GetCert);
    if (!data) {
        return data.error();
    }
    const auto asked = question(pair);
    if (!asked) {
        return asked.error();
    }
    const CertificateFacts* found = find(**asked, pair.reply.facts.certificates);
    if (found == nullptr) {
        return Outcome::not_applicable();
    }
    const CertificateFacts* child = issued_by(*found, pair.reply.facts.certificates);
    return child == nullptr
               ? Outcome::pass()
               : Outcome::violation(certificate_place(pair.reply, *found),
                                    "the certificate asked for is no leaf: it is the issuer of " + child->certificate.subject.to_string(),
                                    {certificate_place(pair.reply, *child)});
}

Outcome crl_present(const Pair& pair) {
    const auto data = answer(pair, MessageType::GetCRL);
    if (!data) {
        return data.error();
    }
    return pair.reply.facts.crls.empty() ? Outcome::violation(place(pair.reply, (*data)->whole.location(), "messageData.SignedData"),
                                                              "SUCCESS to GetCRL without a CRL")
                                         : Outcome::pass();
}

Place crl_place(const Pair& pair, const scep::cms::SignedData& data) {
    return data.crls ? place(pair.reply, data.crls->whole().location(), "messageData.SignedData.crls")
                     : place(pair.reply, data.whole.location(), "messageData.SignedData");
}

Outcome crl_issuer_is_requested(const Pair& pair) {
    const auto data = answer(pair, MessageType::GetCRL);
    if (!data) {
        return data.error();
    }
    const auto& crls = pair.reply.facts.crls;
    if (crls.empty()) {
        return Outcome::not_applicable();
    }
    const auto asked = question(pair);
    if (!asked) {
        return asked.error();
    }
    const bool found = std::ranges::any_of(crls, [&](const auto& crl) { return same_name(crl.issuer, (*asked)->issuer); });
    return found ? Outcome::pass()
                 : Outcome::violation(place(pair.reply, crls.front().issuer.whole.location(), "messageData.SignedData.crls[0].issuer"),
                                      "the CRL is of " + crls.front().issuer.to_string() + ", asked for was one of " +
                                          (*asked)->issuer.to_string(),
                                      {question_place(pair, **asked)});
}

Outcome one_crl(const Pair& pair) {
    const auto data = answer(pair, MessageType::GetCRL);
    if (!data) {
        return data.error();
    }
    const std::size_t count = pair.reply.facts.crls.size();
    return count <= 1 ? Outcome::pass() : Outcome::violation(crl_place(pair, **data), std::to_string(count) + " CRLs where one is due");
}

Outcome only_crl(const Pair& pair) {
    const auto data = answer(pair, MessageType::GetCRL);
    if (!data) {
        return data.error();
    }
    const auto& certificates = (*data)->certificates;
    return !certificates || certificates->empty()
               ? Outcome::pass()
               : Outcome::violation(place(pair.reply, certificates->whole().location(), "messageData.SignedData.certificates"),
                                    std::to_string(certificates->size()) + " certificates beside the CRL");
}

// The issuer of the certificate in question is this CA, and the number is the CA's own, which another CA gave it.
Outcome serial_of_subject(const Request& request) {
    const auto type = request.facts.message_type();
    if (type != MessageType::GetCert && type != MessageType::GetCRL) {
        return Outcome::not_applicable();
    }
    const auto asked = opened(request.facts, &evidence::MessageData::issuer_and_serial_number);
    if (!asked) {
        return asked.error();
    }
    for (const auto& known : request.exchange.server.ca_certificates) {
        const auto& ca = known->view;
        if (!ca.self_issued() && same_name(ca.subject, (*asked)->issuer) && ca.serial_number == (*asked)->serial_number) {
            return Outcome::violation(place(request, (*asked)->serial_number.content.location(), "messageData.serialNumber"),
                                      "serial number " + (*asked)->serial_number.to_hex() + " is the one of " + ca.subject.to_string() +
                                          " itself, which " + ca.issuer.to_string() + " issued");
        }
    }
    return Outcome::pass();
}

}  // namespace

RuleSpan<Request> query_subject_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "query.serial-of-subject",
         .severity = warning,
         .cite = {rfc8894, "2.7"},
         .says = "GetCert and GetCRL name the serial number of the certificate in question, not the CA's own",
         .covers = {"SCEP-2.7-getcrl-serial-of-subject"},
         .check = serial_of_subject},
    };
    return rules;
}

RuleSpan<Pair> queries_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "get-cert.certificate-is-requested",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "A SUCCESS to GetCert brings the certificate of the issuer and serial number asked for",
         .covers = {"SCEP-3.3.2.1-getcert-present"},
         .check = certificate_is_requested},
        {.id = "get-cert.certificate-is-leaf",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "The certificate asked for by GetCert is the leaf",
         .covers = {"SCEP-3.3.2.1-getcert-leaf"},
         .check = certificate_is_leaf},
        {.id = "get-crl.crl-present",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "A SUCCESS to GetCRL brings a CRL",
         .covers = {"SCEP-3.3.2.1-getcrl-present", "SCEP-3.4-crls-field"},
         .check = crl_present},
        {.id = "get-crl.issuer-is-requested",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "The CRL is of the issuer that GetCRL names",
         .covers = {"SCEP-3.3.2.1-getcrl-present"},
         .check = crl_issuer_is_requested},
        {.id = "get-crl.one-crl",
         .severity = warning,
         .cite = {rfc8894, "4.6.1"},
         .says = "The answer to GetCRL is the most recent CRL alone",
         .covers = {"SCEP-4.6.1-only-crl"},
         .check = one_crl},
        {.id = "get-crl.no-certificates",
         .severity = error,
         .cite = {rfc8894, "2.7"},
         .says = "The answer to GetCRL has no certificates",
         .covers = {"SCEP-2.7-getcrl-only-crl", "SCEP-4.6.1-only-crl", "LEG-3.2.2.1-getcrl-no-cert"},
         .check = only_crl},
    };
    return rules;
}

}  // namespace sceplab::rules
