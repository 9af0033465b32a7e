#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// The CRLs that a CA hands over (RFC 5280, 5.1).
namespace sceplab::rules {

namespace {

Place at(const MetCrl& met, scep::Location where, const char* field) { return place(met.exchange, met.facts.side, where, met.path + field); }

Outcome version(const MetCrl& met) {
    if (!met.list.crl_extensions) {
        return Outcome::not_applicable();
    }
    return met.list.version && met.list.version->equals(1)
               ? Outcome::pass()
               : Outcome::violation(at(met, met.list.tbs_cert_list.location(), ".tbsCertList"), "a CRL with extensions of version " +
                                                                                                   (met.list.version ? "0x" + met.list.version->to_hex() : "v1") +
                                                                                                   ", where v2 (1) is due");
}

Outcome algorithms_equal(const MetCrl& met) {
    const auto& inner = met.list.signature;
    const auto& outer = met.list.signature_algorithm;
    return inner.whole.same_octets(outer.whole)
               ? Outcome::pass()
               : Outcome::violation(at(met, outer.whole.location(), ".signatureAlgorithm"),
                                    "signatureAlgorithm " + hex(outer.whole) + " is not the signature " + hex(inner.whole) + " of the tbsCertList",
                                    {at(met, inner.whole.location(), ".tbsCertList.signature")});
}

Outcome next_update(const MetCrl& met) {
    return met.list.next_update ? Outcome::pass()
                                : Outcome::violation(at(met, met.list.tbs_cert_list.location(), ".tbsCertList"), "the CRL does not say when the next one is due");
}

}  // namespace

RuleSpan<MetCrl> crls_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<MetCrl>> rules{
        {.id = "crl.version",
         .severity = warning,
         .cite = {rfc5280, "5.1.2.1"},
         .says = "A CRL with extensions is of version 2",
         .covers = {"X509-5.1-crl"},
         .check = version},
        {.id = "crl.algorithms-equal",
         .severity = warning,
         .cite = {rfc5280, "5.1.1.2"},
         .says = "The signature algorithm of a CRL is the same inside and outside of the signature",
         .covers = {"X509-5.1-crl"},
         .check = algorithms_equal},
        {.id = "crl.next-update-present",
         .severity = warning,
         .cite = {rfc5280, "5.1.2.5"},
         .says = "A CRL has a nextUpdate",
         .covers = {"X509-5.1-crl"},
         .check = next_update},
    };
    return rules;
}

}  // namespace sceplab::rules
