#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// pkiStatus, failInfo and the envelope of a CertRep agree (RFC 8894, 3.2.1.3, 3.2.1.4, 3.3.2).
namespace sceplab::rules {

namespace {

using scep::PkiStatus;

Outcome status_present(const CertRep& reply) {
    const auto& slot = reply.attributes.pki_status_slot;
    return slot.value ? Outcome::pass() : Outcome::violation(attribute_place(reply, slot), "pkiStatus is missing");
}

Outcome fail_info_present(const CertRep& reply) {
    if (reply.facts.pki_status() != PkiStatus::FAILURE) {
        return Outcome::not_applicable();
    }
    const auto& slot = reply.attributes.fail_info_slot;
    return slot.value ? Outcome::pass()
                      : Outcome::violation(attribute_place(reply, slot), "FAILURE without a failInfo",
                                           {attribute_place(reply, reply.attributes.pki_status_slot)});
}

Outcome fail_info_only_with_failure(const CertRep& reply) {
    const auto status = reply.facts.pki_status();
    if (!status || *status == PkiStatus::FAILURE) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (const auto* slot : {&reply.attributes.fail_info_slot, &reply.attributes.fail_info_text}) {
        if (slot->present()) {
            const bool code = slot == &reply.attributes.fail_info_slot;
            out.add(attribute_place(reply, *slot),
                    std::string(code ? "failInfo" : "failInfoText") + " with pkiStatus " + std::string(name(*status)),
                    {attribute_place(reply, reply.attributes.pki_status_slot)});
        }
    }
    return out;
}

// Octets of the eContent; nothing where it is absent.
std::optional<std::uint32_t> content_size(const CertRep& reply) {
    const auto& info = reply.message.signed_data.encap_content_info;
    return info.e_content ? std::optional(info.e_content->size())
           : info.content ? std::optional(info.content->whole().size())
                          : std::nullopt;
}

Outcome envelope_with_success(const CertRep& reply) {
    if (reply.facts.pki_status() != PkiStatus::SUCCESS) {
        return Outcome::not_applicable();
    }
    if (content_size(reply).value_or(0) > 0) {
        return Outcome::pass();
    }
    return Outcome::violation(content_place(reply), "SUCCESS without a pkcsPKIEnvelope",
                              {attribute_place(reply, reply.attributes.pki_status_slot)});
}

bool has_no_envelope(PkiStatus status) { return status == PkiStatus::FAILURE || status == PkiStatus::PENDING; }

// The eContent of FAILURE and PENDING: absent is right; empty and anything else are graded by two rules.
Outcome content_not_empty(const CertRep& reply) {
    const auto status = reply.facts.pki_status();
    if (!status || !has_no_envelope(*status)) {
        return Outcome::not_applicable();
    }
    return content_size(reply) == 0U
               ? Outcome::violation(content_place(reply), std::string(name(*status)) + " with an empty eContent where none is due")
               : Outcome::pass();
}

Outcome envelope_omitted(const CertRep& reply) {
    const auto status = reply.facts.pki_status();
    if (!status || !has_no_envelope(*status)) {
        return Outcome::not_applicable();
    }
    const std::uint32_t size = content_size(reply).value_or(0);
    if (size == 0) {
        return Outcome::pass();
    }
    const auto& content = reply.message.signed_data.encap_content_info.e_content;
    const auto octets = content ? content->contiguous() : std::nullopt;
    const std::string what = enveloped_data(reply.facts) != nullptr ? "an envelope"
                             : size == 1 && octets                  ? "an eContent of the one octet " + hex(*octets)
                                                                    : "an eContent of " + std::to_string(size) + " octets";
    return Outcome::violation(content_place(reply), std::string(name(*status)) + " with " + what,
                              {attribute_place(reply, reply.attributes.pki_status_slot)});
}

}  // namespace

RuleSpan<CertRep> status_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CertRep>> rules{
        {.id = "pki-status.present",
         .severity = error,
         .cite = {rfc8894, "3.2.1.3"},
         .says = "Every CertRep has a pkiStatus",
         .covers = {"SCEP-3.2.1.3-pkiStatus-present", "SCEP-3.2.1-pkiStatus-oid", "SCEP-3.3.2-attrs", "LEG-3.1-response-attrs"},
         .check = status_present},
        {.id = "fail-info.present",
         .severity = error,
         .cite = {rfc8894, "3.3.2.2"},
         .says = "A FAILURE has a failInfo",
         .covers = {"SCEP-3.2.1.3-failure-needs-failInfo", "SCEP-3.2.1-failInfo-oid", "SCEP-3.3.2-attrs", "SCEP-3.3.2.2-failInfo",
                    "LEG-3.2.2.2-failure"},
         .check = fail_info_present},
        {.id = "fail-info.only-with-failure",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "failInfo and failInfoText come with FAILURE alone",
         .covers = {"SCEP-3.2.1-failInfo-only-on-failure", "SCEP-3.2.1.4-failInfoText-only-failure", "SCEP-3.2.1-failInfo-single",
                    "SCEP-3.2.1-failInfoText-single"},
         .check = fail_info_only_with_failure},
        {.id = "envelope.present-with-success",
         .severity = error,
         .cite = {rfc8894, "3.3.2.1"},
         .says = "A SUCCESS has a pkcsPKIEnvelope",
         .covers = {"SCEP-3.3.2.1-success-has-envelope"},
         .check = envelope_with_success},
        {.id = "envelope.omitted-not-empty",
         .severity = warning,
         .cite = {rfc8894, "3.3.2"},
         .says = "FAILURE and PENDING leave the eContent out, rather than have an empty one",
         .covers = {"SCEP-3-no-data-no-envelope", "SCEP-3.3.2.2-envelope-omitted", "SCEP-3.3.2.3-envelope-omitted"},
         .check = content_not_empty},
        {.id = "envelope.omitted",
         .severity = error,
         .cite = {rfc8894, "3.3.2.2"},
         .says = "FAILURE and PENDING have no pkcsPKIEnvelope, and nothing in its place",
         .covers = {"SCEP-3-no-data-no-envelope", "SCEP-3.3.2.2-envelope-omitted", "SCEP-3.3.2.3-envelope-omitted", "LEG-3.2.2.2-failure",
                    "LEG-3.2.2.3-pending", "VEN-ndes-failure-octet"},
         .check = envelope_omitted},
    };
    return rules;
}

}  // namespace sceplab::rules
