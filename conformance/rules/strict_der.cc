#include <conformance/evidence/strict_der.h>
#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// What must be DER even where the CMS around it is BER: certificates, CRLs, the CertificationRequest (X.690, 8, 10 and 11). The signedAttrs are in signed_attrs.cc.
namespace sceplab::rules {

namespace {

// `whole`: as it was received.
Outcome judge(const ExchangeFacts& exchange, Side side, Input whole, const std::string& path, const char* what) {
    Outcome out = Outcome::pass();
    for (const evidence::DerFault& fault : evidence::der_faults(whole)) {
        out.add(place(exchange, side, fault.where, path), std::string(what) + " is not DER: " + fault.what);
    }
    return out;
}

Outcome certificate(const MetCertificate& met) {
    return judge(met.exchange, met.facts.side, scep::ber::original(met.certificate.whole, met.exchange.sources()), met.path.empty() ? "Certificate" : met.path,
                 "the certificate");
}

Outcome crl(const MetCrl& met) {
    return judge(met.exchange, met.facts.side, scep::ber::original(met.list.whole, met.exchange.sources()), met.path, "the CRL");
}

Outcome request(const Csr& request) {
    return judge(request.exchange, request.facts.side, request.data.octets, "messageData", "the CertificationRequest");
}

// Of every structure that must be DER.
std::vector<std::string_view> der_rows(std::initializer_list<std::string_view> more = {}) {
    std::vector<std::string_view> rows{"DER-8.1.3-definite", "DER-8.1.3-minimal-length",   "DER-8.3-minimal-integer",  "DER-8.19-oid-minimal",
                                       "DER-11.1-boolean",   "DER-8.8-null",               "DER-11.2-bitstring",       "DER-10.2-primitive-strings",
                                       "DER-11.5-default-omitted", "DER-11.6-setof-sorted", "DER-11.7-generalizedtime", "DER-11.8-utctime",
                                       "DER-trailing",       "DER-strings-charset"};
    rows.insert(rows.end(), more);
    return rows;
}

}  // namespace

RuleSpan<MetCertificate> certificate_der_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<MetCertificate>> rules{
        {.id = "certificate.der",
         .severity = warning,
         .cite = {x690, "10"},
         .says = "A certificate is DER, whatever the message around it is",
         .covers = der_rows({"X509-cert-der"}),
         .check = certificate},
    };
    return rules;
}

RuleSpan<MetCrl> crl_der_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<MetCrl>> rules{
        {.id = "crl.der",
         .severity = warning,
         .cite = {x690, "10"},
         .says = "A CRL is DER, whatever the message around it is",
         .covers = der_rows(),
         .check = crl},
    };
    return rules;
}

RuleSpan<Csr> csr_der_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "csr.der",
         .severity = warning,
         .cite = {x690, "10"},
         .says = "A CertificationRequest is DER",
         .covers = der_rows(),
         .check = request},
    };
    return rules;
}

}  // namespace sceplab::rules
