#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/scep/microsoft.h>

// What vendors add to the attributes of RFC 8894, told in words.
namespace sceplab::rules {

namespace {

Outcome hresult(const CertRep& reply) {
    const auto& attributes = reply.facts.signed_attrs;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        const auto& attribute = *each;
        if (!attribute || !(attribute->type == scep::microsoft::oids::enrollScepError)) {
            continue;
        }
        const auto value = attribute->value();
        if (!value) {
            return Outcome::not_applicable();
        }
        const auto code = scep::microsoft::hresult(*value);
        return Outcome::violation(place(reply, value->whole().location(),
                                        "SignedData.signerInfos[0].signedAttrs[" + std::to_string(each.index()) + "].attrValues[0]"),
                                  "Microsoft's server gives the HRESULT " + quoted(value->value().text()) +
                                      (code ? ", " + code->to_string() : std::string(", which is none")));
    }
    return Outcome::not_applicable();
}

} // namespace

RuleSpan<CertRep> vendor_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CertRep>> rules{
        {.id = "vendor.microsoft-hresult",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "A refusal is explained by failInfo and failInfoText alone, not by an HRESULT beside them",
         .covers = {},
         .check = hresult},
    };
    return rules;
}

} // namespace sceplab::rules
