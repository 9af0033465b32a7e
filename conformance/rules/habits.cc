#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/scep/oids.h>

#include <algorithm>

// What implementations are known to do otherwise.
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::x509::Name;

Outcome renewal_accepted(const Pair& pair) {
    if (pair.request.facts.message_type() != MessageType::RenewalReq || !pair.request.exchange.server.announces("Renewal")) {
        return Outcome::not_applicable();
    }
    return pair.reply.facts.fail_info() == scep::FailInfo::badRequest
               ? Outcome::violation(attribute_place(pair.reply, pair.reply.attributes.fail_info_slot),
                                    "a RenewalReq is refused with badRequest though the CA announced Renewal",
                                    {attribute_place(pair.request, pair.request.attributes.message_type_slot)})
               : Outcome::pass();
}

Outcome no_old_extension_request(const Csr& request) {
    const auto& attributes = request.csr.attributes;
    if (!attributes) {
        return Outcome::pass();
    }
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        if (*each && (*each)->type == scep::oids::extensionReq) {
            return Outcome::violation(place(request, each.whole().location(),
                                            "messageData.certificationRequestInfo.attributes[" + std::to_string(each.index()) + "]"),
                                      "extensions are requested by the drafts' extensionReq, which CAs of today do not read");
        }
    }
    return Outcome::pass();
}

Outcome signed_for_itself(const Csr& request) {
    const auto& signature = request.facts.signature;
    if (request.facts.message_type() != MessageType::PKCSReq || !signature || !signature->signer.certificate) {
        return Outcome::not_applicable();
    }
    const auto& signer = *signature->signer.certificate;
    return signer.self_issued() || same_name(signer.subject, request.csr.subject)
               ? Outcome::pass()
               : Outcome::violation(signer_place(request),
                                    "the request of " + request.csr.subject.to_string() + " is signed by " + signer.subject.to_string() + ", whom " +
                                        signer.issuer.to_string() + " knows: an RA, or a certificate of the maker",
                                    {place(request, request.csr.subject.whole.location(), "messageData.certificationRequestInfo.subject")});
}

// The RDNs of one are those of the other from the end.
bool is_reversed(const Name& a, const Name& b) {
    std::vector<Input> of_a;
    std::vector<Input> of_b;
    for (auto each = a.rdns.begin(); each != a.rdns.end(); ++each) {
        of_a.push_back(each.whole());
    }
    for (auto each = b.rdns.begin(); each != b.rdns.end(); ++each) {
        of_b.push_back(each.whole());
    }
    return of_a.size() > 1 && std::ranges::equal(of_a.rbegin(), of_a.rend(), of_b.begin(), of_b.end(), [](Input x, Input y) { return x.same_octets(y); });
}

Outcome name_as_written(const Enveloped& message) {
    std::vector<const scep::x509::Certificate*> candidates;
    if (message.facts.side == Side::request) {
        for (const auto& each : message.exchange.server.ca_certificates) {
            candidates.push_back(&each->view);
        }
    } else if (message.exchange.request && message.exchange.request->signature && message.exchange.request->signature->signer.certificate) {
        candidates.push_back(&*message.exchange.request->signature->signer.certificate);
    }
    Outcome out = Outcome::not_applicable();
    const auto& recipients = message.facts.envelope->recipients;
    constexpr std::int32_t looked_at = 16;
    for (auto each = recipients.begin(); each != recipients.end() && each.index() < looked_at; ++each) {
        const auto& recipient = *each;
        const auto* ktri = recipient ? std::get_if<scep::cms::KeyTransRecipientInfo>(&recipient->choice) : nullptr;
        if (ktri == nullptr || !ktri->rid.issuer_and_serial_number) {
            continue;
        }
        const auto& rid = *ktri->rid.issuer_and_serial_number;
        const auto meant = std::ranges::find_if(candidates, [&](const auto* candidate) {
            return rid.serial_number == candidate->serial_number && (same_name(rid.issuer, candidate->issuer) || is_reversed(rid.issuer, candidate->issuer));
        });
        if (meant == candidates.end()) {
            continue;
        }
        if (!rid.issuer.whole.same_octets((*meant)->issuer.whole)) {
            out.add(place(message, rid.issuer.whole.location(), "EnvelopedData.recipientInfos[" + std::to_string(each.index()) + "].rid.issuer"),
                    std::string("the recipient's issuer is written ") + (same_name(rid.issuer, (*meant)->issuer) ? "otherwise" : "in reverse") +
                        " than in its certificate, " + rid.issuer.to_string());
        } else if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
    }
    return out;
}

}  // namespace

RuleSpan<Pair> habits_of_cas_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "renewal.accepted-when-announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "A CA that announces Renewal knows a RenewalReq",
         .covers = {"SCEP-3.5.2-renewal-keyword", "VEN-renewal-advertised-not-17"},
         .check = renewal_accepted},
    };
    return rules;
}

RuleSpan<Csr> habits_of_requests_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "csr.no-old-extension-request",
         .severity = notice,
         .cite = {nourse22, "A"},
         .says = "Extensions are asked for by extensionRequest of PKCS #9, not by the extensionReq of the drafts",
         .covers = {"LEG-A-extensionreq-8", "P9-5.4.2-extreq-oid"},
         .check = no_old_extension_request},
        {.id = "enrolment.signed-for-itself",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "A PKCSReq is signed by who asks for the certificate, not by another on its behalf",
         .covers = {"VEN-proxy-cert"},
         .check = signed_for_itself},
    };
    return rules;
}

RuleSpan<Enveloped> habits_of_envelopes_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "recipient.name-as-written",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "A recipient's issuer is written as in the recipient's certificate",
         .covers = {"VEN-rid-rdn-order", "CMS-6.2.1-rid-matches-cert"},
         .check = name_as_written},
    };
    return rules;
}

}  // namespace sceplab::rules
