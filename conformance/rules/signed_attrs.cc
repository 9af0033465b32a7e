#include <conformance/evidence/strict_der.h>
#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/set_order.h>

// What CMS asks of the signedAttrs (RFC 5652, 5.3, 5.4 and 11).
namespace sceplab::rules {

namespace {

constexpr const char* signed_attrs_path = "SignedData.signerInfos[0].signedAttrs";

Outcome present(const Signed& message) {
    const auto& signer = message.message.signer_info;
    if (signer.signed_attrs && !signer.signed_attrs->empty()) {
        return Outcome::pass();
    }
    return signer.signed_attrs
               ? Outcome::violation(place(message, signer.signed_attrs->whole().location(), signed_attrs_path), "signedAttrs is empty")
               : Outcome::violation(place(message, signer.whole.location(), "SignedData.signerInfos[0]"), "there are no signedAttrs");
}

// Which order the signature was made over, for people.
std::string order_signed(const Signed& message) {
    if (!message.facts.signature || message.facts.signature->value.verdict != scep::botan::Verdict::valid) {
        return {};
    }
    return message.facts.signature->only_when_sorted ? "; the signature fits the sorted attributes" : "; the signature fits the order sent";
}

Outcome sorted(const Signed& message) {
    const auto& attributes = message.message.signer_info.signed_attrs;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    if (const auto first = scep::der::first_out_of_order(attributes->value())) {
        for (auto attribute = attributes->begin(); attribute != attributes->end(); ++attribute) {
            if (attribute.whole().location() == first->location()) {
                const std::string path = std::string(signed_attrs_path) + "[" + std::to_string(attribute.index()) + "]";
                return Outcome::violation(place(message, first->location(), path),
                                          "the attribute belongs before the one that precedes it" + order_signed(message));
            }
        }
    }
    const auto& decoded_once = *message.facts.signed_attrs;
    for (auto attribute = decoded_once.begin(); attribute != decoded_once.end(); ++attribute) {
        const auto& decoded = *attribute;
        if (const auto value = decoded ? scep::der::first_out_of_order(decoded->values.value()) : std::nullopt) {
            const std::string path = std::string(signed_attrs_path) + "[" + std::to_string(attribute.index()) + "].attrValues";
            return Outcome::violation(place(message, value->location(), path),
                                      "the value belongs before the one that precedes it" + order_signed(message));
        }
    }
    return Outcome::pass();
}

Outcome strict_der(const Signed& message) {
    const auto& attributes = message.message.signer_info.signed_attrs;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (const evidence::DerFault& fault : evidence::der_faults(scep::ber::original(attributes->whole(), message.exchange.sources()))) {
        // The order of the values and the characters of SCEP's attributes have rules of their own.
        if (fault.kind != evidence::DerFaultKind::unsorted_set_of && fault.kind != evidence::DerFaultKind::characters) {
            out.add(place(message, fault.where, signed_attrs_path), "the signedAttrs are not DER: " + fault.what);
        }
    }
    return out;
}

Outcome content_type_present(const Signed& message) {
    if (!message.message.signer_info.signed_attrs) {
        return Outcome::not_applicable();
    }
    const auto& slot = message.attributes.content_type;
    return slot.present() ? Outcome::pass() : Outcome::violation(attribute_place(message, slot), "the content-type attribute is missing");
}

Outcome content_type_equal(const Signed& message) {
    const auto& slot = message.attributes.content_type;
    if (!slot.value) {
        return Outcome::not_applicable();
    }
    const auto& expected = message.message.signed_data.encap_content_info.e_content_type;
    const auto type = scep::der::decode_oid(*slot.value);
    if (type && *type == expected) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(message, slot),
                              "content-type is " + (type ? type->to_string() : std::string("no OBJECT IDENTIFIER")) + ", eContentType " +
                                  expected.to_string(),
                              {place(message, expected.content.location(), "SignedData.encapContentInfo.eContentType")});
}

Outcome message_digest_present(const Signed& message) {
    if (!message.message.signer_info.signed_attrs) {
        return Outcome::not_applicable();
    }
    const auto& slot = message.attributes.message_digest;
    return slot.present() ? Outcome::pass() : Outcome::violation(attribute_place(message, slot), "the message-digest attribute is missing");
}

Outcome one_value_each(const Signed& message) {
    const scep::TransactionAttributes& all = message.attributes;
    struct Row {
        const scep::AttributeSlot& slot;
        const char* name;
    };
    Outcome out = Outcome::pass();
    for (const auto& [slot, name] :
         {Row{all.content_type, "content-type"}, Row{all.message_digest, "message-digest"}, Row{all.signing_time, "signing-time"}}) {
        if (slot.present() && (slot.occurrences != 1 || slot.values != 1)) {
            out.add(attribute_place(message, slot), std::string(name) + " occurs " + std::to_string(slot.occurrences) + " times with " +
                                                        std::to_string(slot.values) + " values");
        }
    }
    return out;
}

}  // namespace

RuleSpan<Signed> signed_attrs_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "signed-attributes.present",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "The SignerInfo has signed attributes",
         .covers = {"SCEP-3.2-signedattrs-present", "CMS-5.3-signedattrs-nonempty"},
         .check = present},
        {.id = "signed-attributes.sorted",
         .severity = error,
         .cite = {rfc5652, "5.3"},
         .says = "The signed attributes and their values stand in the order of DER",
         .covers = {"CMS-5.3-signedattrs-setof-order", "DER-11.6-setof-sorted", "VEN-unsorted-attrs"},
         .check = sorted},
        {.id = "signed-attributes.der",
         .severity = error,
         .cite = {rfc5652, "5.3"},
         .says = "The signed attributes are DER, whatever the rest of the message is",
         .covers = {"CMS-5.3-signedattrs-der", "DER-8.1.3-definite", "DER-8.1.3-minimal-length", "DER-8.3-minimal-integer", "DER-8.19-oid-minimal",
                    "DER-11.1-boolean", "DER-8.8-null", "DER-11.2-bitstring", "DER-10.2-primitive-strings", "DER-11.7-generalizedtime",
                    "DER-11.8-utctime"},
         .check = strict_der},
        {.id = "content-type.present",
         .severity = error,
         .cite = {rfc5652, "5.3"},
         .says = "The signed attributes hold the content-type",
         .covers = {"SCEP-3.2.1-cms-required-attrs", "CMS-5.3-contenttype-attr", "VEN-missing-contenttype", "LEG-3.1-required-attrs"},
         .check = content_type_present},
        {.id = "content-type.equals-econtent-type",
         .severity = error,
         .cite = {rfc5652, "11.1"},
         .says = "The content-type attribute equals eContentType",
         .covers = {"CMS-5.3-contenttype-attr", "CMS-5.6-contenttype-equal"},
         .check = content_type_equal},
        {.id = "message-digest.present",
         .severity = error,
         .cite = {rfc5652, "5.3"},
         .says = "The signed attributes hold the message-digest",
         .covers = {"SCEP-3.2.1-cms-required-attrs", "CMS-5.3-messagedigest-attr", "LEG-3.1-required-attrs"},
         .check = message_digest_present},
        {.id = "signed-attributes.one-value",
         .severity = error,
         .cite = {rfc5652, "11"},
         .says = "content-type, message-digest and signing-time occur once and have one value",
         .covers = {"CMS-11.1-contenttype-single", "CMS-11.2-messagedigest-single", "CMS-11.3-signingtime-single"},
         .check = one_value_each},
    };
    return rules;
}

}  // namespace sceplab::rules
