#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <set>
#include <span>

// The certificates that a CA hands over (RFC 5280, 4).
namespace sceplab::rules {

namespace {

using scep::der::Time;
using scep::x509::Certificate;
namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;

constexpr std::int64_t year_1950 = -631'152'000;
constexpr std::int64_t year_2050 = 2'524'608'000;
// Issuers are looked for among so many certificates, not in a crowd.
constexpr std::size_t most_issuers = 32;

bool is_handed_over(const MetCertificate& met) { return met.as == MetCertificate::As::handed_over; }

Place at(const MetCertificate& met, scep::Location where, const char* field = "") {
    return place(met.exchange, met.facts.side, where, met.path.empty() ? std::string("Certificate") + field : met.path + field);
}

Outcome version(const MetCertificate& met) {
    const Certificate& certificate = met.certificate;
    if (!is_handed_over(met) || !certificate.extensions) {
        return Outcome::not_applicable();
    }
    return certificate.version && certificate.version->equals(2)
               ? Outcome::pass()
               : Outcome::violation(at(met, certificate.tbs_certificate.location(), ".tbsCertificate"),
                                    "a certificate with extensions of version " + (certificate.version ? "0x" + certificate.version->to_hex() : "v1") +
                                        ", where v3 (2) is due");
}

Outcome serial(const MetCertificate& met) {
    if (!is_handed_over(met)) {
        return Outcome::not_applicable();
    }
    const auto& number = met.certificate.serial_number;
    const Place where = at(met, number.content.location(), ".serialNumber");
    if (number.negative() || number.equals(0)) {
        return Outcome::violation(where, "serialNumber is 0x" + number.to_hex() + ", no positive number");
    }
    return number.magnitude().size() <= 20
               ? Outcome::pass()
               : Outcome::violation(where, "serialNumber has " + std::to_string(number.magnitude().size()) + " octets, more than 20");
}

Outcome algorithms_equal(const MetCertificate& met) {
    if (!is_handed_over(met)) {
        return Outcome::not_applicable();
    }
    const auto& inner = met.certificate.signature;
    const auto& outer = met.certificate.signature_algorithm;
    return inner.whole.same_octets(outer.whole)
               ? Outcome::pass()
               : Outcome::violation(at(met, outer.whole.location(), ".signatureAlgorithm"),
                                    "signatureAlgorithm " + hex(outer.whole) + " is not the signature " + hex(inner.whole) + " of the tbsCertificate",
                                    {at(met, inner.whole.location(), ".tbsCertificate.signature")});
}

// Nothing where the form is the one for that year.
bool has_due_form(const Time& time) { return (time.element.tag() == tag::UTCTime) == (time.seconds >= year_1950 && time.seconds < year_2050); }

Outcome validity_form(const MetCertificate& met) {
    if (!is_handed_over(met)) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (const Time* time : {&met.certificate.validity.not_before, &met.certificate.validity.not_after}) {
        if (!has_due_form(*time)) {
            out.add(at(met, time->element.whole().location(), ".validity"), time->to_string() + " is " + scep::to_string(time->element.tag()));
        }
    }
    return out;
}

Outcome validity_order(const MetCertificate& met) {
    if (!is_handed_over(met)) {
        return Outcome::not_applicable();
    }
    const auto& validity = met.certificate.validity;
    return validity.not_before.seconds <= validity.not_after.seconds
               ? Outcome::pass()
               : Outcome::violation(at(met, validity.not_before.element.whole().location(), ".validity"),
                                    "notBefore " + validity.not_before.to_string() + " is after notAfter " + validity.not_after.to_string());
}

Outcome issuer_present(const MetCertificate& met) {
    if (!is_handed_over(met)) {
        return Outcome::not_applicable();
    }
    return met.certificate.issuer.empty() ? Outcome::violation(at(met, met.certificate.issuer.whole.location(), ".issuer"), "the issuer is an empty name")
                                          : Outcome::pass();
}

Outcome extensions_unique(const MetCertificate& met) {
    if (!is_handed_over(met) || !met.certificate.extensions) {
        return Outcome::not_applicable();
    }
    std::set<std::string_view> seen;
    Outcome out = Outcome::pass();
    for (auto each = met.certificate.extensions->begin(); each != met.certificate.extensions->end(); ++each) {
        const auto extension = *each;
        if (extension && !seen.insert(extension->extn_id.content.text()).second) {
            out.add(at(met, each.whole().location(), ".extensions"), "the extension " + extension->extn_id.to_string() + " occurs again");
        }
    }
    return out;
}

// AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] IMPLICIT OCTET STRING OPTIONAL, ... }
std::optional<Input> authority_key(const Certificate& certificate) {
    const auto extension = certificate.extension(oids::id_ce_authorityKeyIdentifier);
    if (!extension) {
        return std::nullopt;
    }
    scep::der::Reader reader(extension->extn_value);
    std::optional<Input> key;
    reader.nested(tag::SEQUENCE, nullptr, [&](scep::der::Reader& r) {
        if (const auto identifier = r.optional_element(tag::context(0), nullptr)) {
            key = identifier->value();
        }
        while (!r.at_end()) {
            r.any(nullptr);
        }
    });
    return reader.finish(true, nullptr) ? key : std::nullopt;
}

// The subjectKeyIdentifiers of certificates with the issuer's name, of the message and of GetCACert.
std::vector<Input> issuer_keys(const MetCertificate& met) {
    std::vector<Input> keys;
    const auto add = [&](const Certificate& other) {
        if (same_name(other.subject, met.certificate.issuer)) {
            if (const auto key = other.subject_key_identifier()) {
                keys.push_back(*key);
            }
        }
    };
    for (const auto& each : std::span(met.facts.certificates).first(std::min(most_issuers, met.facts.certificates.size()))) {
        add(each.certificate);
    }
    const auto& server = met.exchange.server;
    for (const auto* known : {&server.ca_certificates, &server.next_ca_certificates}) {
        for (const auto& each : std::span(*known).first(std::min(most_issuers, known->size()))) {
            add(each->view);
        }
    }
    return keys;
}

Outcome authority_key_is_issuers(const MetCertificate& met) {
    const auto key = is_handed_over(met) ? authority_key(met.certificate) : std::nullopt;
    const auto keys = key ? issuer_keys(met) : std::vector<Input>();
    if (keys.empty()) {
        return Outcome::not_applicable();
    }
    return std::ranges::any_of(keys, [&](Input each) { return each.same_octets(*key); })
               ? Outcome::pass()
               : Outcome::violation(at(met, key->location(), ".extensions.authorityKeyIdentifier"), "the keyIdentifier is " + hex(*key) + ", the issuer " +
                                                                                                         met.certificate.issuer.to_string() + " has " +
                                                                                                         hex(keys.front()));
}

Outcome ca_constraints(const MetCertificate& met) {
    const bool v3 = met.certificate.version && met.certificate.version->equals(2);
    const auto operation = met.exchange.operation;
    const bool of_ca = operation == scep::Operation::GetCACert || operation == scep::Operation::GetNextCACert;
    // A certificate that stands alone in a file need not be a CA's.
    if (!is_handed_over(met) || met.role != evidence::Role::ca || !v3 || !of_ca || !met.exchange.target) {
        return Outcome::not_applicable();
    }
    return met.certificate.basic_constraints_ca().value_or(false)
               ? Outcome::pass()
               : Outcome::violation(at(met, met.certificate.whole.location()),
                                    "the certificate of the CA " + met.certificate.subject.to_string() + " has no basicConstraints with cA TRUE");
}

}  // namespace

RuleSpan<MetCertificate> certificates_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<MetCertificate>> rules{
        {.id = "certificate.version",
         .severity = warning,
         .cite = {rfc5280, "4.1.2.1"},
         .says = "A certificate with extensions is of version 3",
         .covers = {"X509-4.1-version"},
         .check = version},
        {.id = "certificate.serial-number",
         .severity = warning,
         .cite = {rfc5280, "4.1.2.2"},
         .says = "The serial number of a certificate is positive and has 20 octets at most",
         .covers = {"X509-4.1-serial"},
         .check = serial},
        {.id = "certificate.algorithms-equal",
         .severity = warning,
         .cite = {rfc5280, "4.1.1.2"},
         .says = "The signature algorithm of a certificate is the same inside and outside of the signature",
         .covers = {"X509-4.1-sigalg-match"},
         .check = algorithms_equal},
        {.id = "certificate.validity-form",
         .severity = warning,
         .cite = {rfc5280, "4.1.2.5"},
         .says = "The validity of a certificate is in UTCTime up to 2049 and in GeneralizedTime from 2050",
         .covers = {"X509-4.1-validity-form"},
         .check = validity_form},
        {.id = "certificate.validity-order",
         .severity = warning,
         .cite = {rfc5280, "4.1.2.5"},
         .says = "notBefore of a certificate is not after notAfter",
         .covers = {"X509-4.1-validity-order"},
         .check = validity_order},
        {.id = "certificate.issuer-present",
         .severity = warning,
         .cite = {rfc5280, "4.1.2.4"},
         .says = "A certificate names its issuer",
         .covers = {"X509-4.1-issuer-nonempty"},
         .check = issuer_present},
        {.id = "certificate.extensions-unique",
         .severity = warning,
         .cite = {rfc5280, "4.2"},
         .says = "No extension occurs twice in a certificate",
         .covers = {"X509-4.2-ext-unique"},
         .check = extensions_unique},
        {.id = "certificate.authority-key",
         .severity = warning,
         .cite = {rfc5280, "4.2.1.1"},
         .says = "The authorityKeyIdentifier of a certificate is the subjectKeyIdentifier of its issuer",
         .covers = {"X509-4.2-aki-ski"},
         .check = authority_key_is_issuers},
        {.id = "certificate.ca-basic-constraints",
         .severity = warning,
         .cite = {rfc5280, "4.2.1.9"},
         .says = "The certificate of a CA has basicConstraints with cA TRUE",
         .covers = {"X509-4.2-bc-ca"},
         .check = ca_constraints},
    };
    return rules;
}

}  // namespace sceplab::rules
