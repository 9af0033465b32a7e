#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/scep/oids.h>

#include <array>

// Attributes of CMS that have a place of their own: signing-time (RFC 5652, 11.3), countersignature (11.4), and what must not go unsigned.
namespace sceplab::rules {

namespace {

using scep::x509::Attributes;
namespace cms_oids = scep::cms::oids;
namespace tag = scep::der::tag;

constexpr auto id_countersignature = scep::der::oid("1.2.840.113549.1.9.6");
constexpr auto scep_attributes = scep::der::oid("2.16.840.1.113733.1.9");
constexpr const char* signer_path = "SignedData.signerInfos[0]";
constexpr std::int64_t near = 3600;
constexpr std::int64_t year_2050 = 2'524'608'000;
constexpr std::int64_t year_1950 = -631'152'000;

Outcome signing_time_form(const Signed& message) {
    const auto& slot = message.attributes.signing_time;
    if (!slot.value) {
        return Outcome::not_applicable();
    }
    const auto time = scep::der::decode_time(*slot.value);
    if (!time) {
        return Outcome::violation(attribute_place(message, slot), "signing-time is " + scep::to_string(slot.value->tag()) + " " +
                                                                      quoted(slot.value->value().text()) +
                                                                      ", neither YYMMDDHHMMSSZ as UTCTime nor YYYYMMDDHHMMSSZ as GeneralizedTime");
    }
    const bool utc = time->element.tag() == tag::UTCTime;
    return utc == (time->seconds >= year_1950 && time->seconds < year_2050)
               ? Outcome::pass()
               : Outcome::violation(attribute_place(message, slot), "signing-time " + time->to_string() + " is GeneralizedTime where UTCTime is due");
}

std::string shown(std::int64_t seconds) {
    return seconds >= 86400 ? std::to_string(seconds / 86400) + " days" : std::to_string(seconds / 60) + " minutes";
}

Outcome signing_time_near(const Signed& message) {
    const auto& slot = message.attributes.signing_time;
    const auto time = slot.value ? scep::der::decode_time(*slot.value) : std::unexpected(scep::Error{});
    if (!time) {
        return Outcome::not_applicable();
    }
    const auto& exchange = message.exchange.exchange;
    const auto captured = message.facts.side == Side::request ? (exchange.request ? exchange.request->time : std::nullopt)
                                                              : (exchange.response ? exchange.response->time : std::nullopt);
    if (!captured) {
        return Outcome::not_performed("the time of the message is not known");
    }
    const std::int64_t sent = *captured / 1'000'000;
    const std::int64_t apart = time->seconds > sent ? time->seconds - sent : sent - time->seconds;
    return apart <= near ? Outcome::pass()
                         : Outcome::violation(attribute_place(message, slot), "signing-time is " + time->to_string() + ", the message was captured at " +
                                                                                  scep::der::format_time(sent) + ", " + shown(apart) + " apart");
}

Outcome no_countersignature(const Signed& message) {
    if (!message.message.signer_info.signed_attrs) {
        return Outcome::not_applicable();
    }
    const auto found = signed_attribute(message.facts, id_countersignature);
    return found ? Outcome::violation(place(message, found->whole.location(), std::string(signer_path) + ".signedAttrs"),
                                      "a countersignature among the signed attributes")
                 : Outcome::pass();
}

// Attributes that no signature covers, one list after the other.
template <class F>
void each_unsigned(const Signed& message, F&& look) {
    const auto walk = [&](const std::optional<Attributes>& attributes, const std::string& path) {
        if (attributes) {
            for (auto each = attributes->begin(); each != attributes->end(); ++each) {
                if (const auto attribute = *each) {
                    look(*attribute, path + "[" + std::to_string(each.index()) + "]");
                }
            }
        }
    };
    walk(message.message.signer_info.unsigned_attrs, std::string(signer_path) + ".unsignedAttrs");
    if (const auto* envelope = enveloped_data(message.facts)) {
        walk(envelope->unprotected_attrs, "EnvelopedData.unprotectedAttrs");
    }
}

bool has_unsigned(const Signed& message) {
    const auto* envelope = enveloped_data(message.facts);
    return message.message.signer_info.unsigned_attrs || (envelope != nullptr && envelope->unprotected_attrs);
}

// The first attribute that `is_wrong` gives a name to.
template <class F>
Outcome none_unsigned(const Signed& message, F&& is_wrong) {
    if (!has_unsigned(message)) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    each_unsigned(message, [&](const scep::x509::Attribute& attribute, std::string path) {
        const std::string name = out.state() == Outcome::State::pass ? is_wrong(attribute) : std::string();
        if (!name.empty()) {
            out.add(place(message, attribute.whole.location(), std::move(path)), name + " is an attribute that no signature covers");
        }
    });
    return out;
}

Outcome cms_attributes_signed(const Signed& message) {
    return none_unsigned(message, [](const scep::x509::Attribute& attribute) -> std::string {
        return attribute.type == cms_oids::id_contentType     ? "content-type"
               : attribute.type == cms_oids::id_messageDigest ? "message-digest"
               : attribute.type == cms_oids::id_signingTime   ? "signing-time"
                                                              : "";
    });
}

Outcome scep_attributes_signed(const Signed& message) {
    return none_unsigned(message, [](const scep::x509::Attribute& attribute) -> std::string {
        return attribute.type.content.slice(0, scep_attributes.size).same_octets(scep_attributes.content()) ? "the SCEP attribute " + attribute.type.to_string()
                                                                                                           : "";
    });
}

}  // namespace

RuleSpan<Signed> cms_attributes_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "signing-time.form",
         .severity = error,
         .cite = {rfc5652, "11.3"},
         .says = "signing-time is UTCTime from 1950 to 2049 and GeneralizedTime else, in seconds and in GMT",
         .covers = {"CMS-11.3-signingtime-form"},
         .check = signing_time_form},
        {.id = "signing-time.near",
         .severity = notice,
         .cite = {rfc5652, "11.3"},
         .says = "signing-time is not more than an hour from the time at which the message was captured",
         .covers = {"CMS-11.3-signingtime-near"},
         .check = signing_time_near},
        {.id = "signed-attributes.no-countersignature",
         .severity = error,
         .cite = {rfc5652, "11.4"},
         .says = "A countersignature is not among the signed attributes",
         .covers = {"CMS-11.4-countersignature"},
         .check = no_countersignature},
        {.id = "unsigned-attributes.no-cms-attributes",
         .severity = error,
         .cite = {rfc5652, "11.1"},
         .says = "content-type, message-digest and signing-time are signed attributes, never unsigned or unprotected ones",
         .covers = {"CMS-11.1-contenttype-signed"},
         .check = cms_attributes_signed},
        {.id = "unsigned-attributes.no-scep-attributes",
         .severity = warning,
         .cite = {rfc5652, "5.3"},
         .says = "SCEP's attributes are signed: what stands in unsigned attributes is not protected",
         .covers = {"CMS-5.3-unsignedattrs"},
         .check = scep_attributes_signed},
    };
    return rules;
}

}  // namespace sceplab::rules
