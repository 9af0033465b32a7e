#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// Who an envelope is for, and who signed the reply: the CA that GetCACert gave, and the signer of the request (RFC 8894, 2.2, 2.3, 3.2.2).
namespace sceplab::rules {

namespace {

std::string path_of(std::int32_t index, const char* field = "") {
    return "EnvelopedData.recipientInfos[" + std::to_string(index) + "]" + field;
}

Outcome one_recipient(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& recipients = message.facts.envelope->recipients;
    const std::uint32_t count = recipients.size();
    return count == 1 ? Outcome::pass()
                      : Outcome::violation(place(message, recipients.whole().location(), "EnvelopedData.recipientInfos"),
                                           std::to_string(count) + " RecipientInfos where one is due");
}

Outcome foreseen_form(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    const auto& recipients = message.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        const std::size_t form = recipient ? recipient->choice.index() : std::variant_npos;
        constexpr std::array names{"", "KeyAgreeRecipientInfo", "KEKRecipientInfo", "", "OtherRecipientInfo"};
        if (form < names.size() && *names[form] != '\0') {
            out.add(place(message, each.whole().location(), path_of(each.index())),
                    std::string("a ") + names[form] + " where a key transport or a password is due");
        }
    }
    return out;
}

Outcome request_to_ca(const Request& request) {
    const auto* envelope = enveloped_data(request.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& server = request.exchange.server;
    Outcome out = Outcome::pass();
    bool any = false;
    const auto& recipients = request.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        const auto* rid = recipient ? certificate_identifier(*recipient) : nullptr;
        any = any || rid != nullptr;
        const evidence::NamedBy known = named_by(request.exchange, *request.facts.envelope, each);
        if (rid != nullptr && known.current == nullptr && known.next == nullptr) {
            out.add(place(request, rid->whole.location(), path_of(each.index(), ".rid")),
                    "the recipient (" + describe(*rid) + ") is none of the certificates that GetCACert gave");
        }
    }
    if (!any) {
        return Outcome::not_applicable();
    }
    return server.ca_certificates.empty() ? Outcome::not_performed("no GetCACert answer before") : out;
}

Outcome reply_to_signer(const Pair& pair) {
    const auto* envelope = enveloped_data(pair.reply.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& signature = pair.request.facts.signature;
    Outcome out = Outcome::pass();
    bool any = false;
    const auto& recipients = pair.reply.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        const auto* rid = recipient ? certificate_identifier(*recipient) : nullptr;
        if (rid == nullptr) {
            continue;
        }
        any = true;
        if (!signature || !signature->signer.certificate) {
            return Outcome::not_performed("the certificate of the request's signer is not known");
        }
        if (!rid->matches(*signature->signer.certificate)) {
            out.add(place(pair.reply, rid->whole.location(), path_of(each.index(), ".rid")),
                    "the recipient (" + describe(*rid) + ") is not the signer of the request (" +
                        describe(pair.request.message.signer_info.sid) + ")",
                    {signer_place(pair.request)});
        }
    }
    return any ? out : Outcome::not_applicable();
}

Outcome reply_signer_from_get_ca_cert(const CertRep& reply) {
    if (!reply.facts.signature || !reply.facts.signature->signer.ca_certificates_known) {
        return Outcome::not_performed("no GetCACert answer before");
    }
    const evidence::Signer& signer = reply.facts.signature->signer;
    if (!signer.certificate) {
        return Outcome::not_performed("the signer's certificate is not known");
    }
    const auto is_signer = [&](const auto& known) {
        return signer.certificate_original && signer.certificate_original->same_octets(known->octets);
    };
    return signer.in_get_ca_cert || std::ranges::any_of(reply.exchange.server.next_ca_certificates, is_signer)
               ? Outcome::pass()
               : Outcome::violation(signer_place(reply), "the signer (" + describe(reply.message.signer_info.sid) +
                                                             ") is none of the certificates that GetCACert gave");
}

}  // namespace

RuleSpan<Message> recipients_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "recipient.one",
         .severity = warning,
         .cite = {rfc8894, "3.1"},
         .says = "An envelope has one recipient",
         .covers = {"SCEP-3.2-one-recipient", "LEG-3.1.2-recipient"},
         .check = one_recipient},
        {.id = "recipient.form",
         .severity = warning,
         .cite = {rfc8894, "3.1"},
         .says = "An envelope is for a key that takes key transport, or for a password",
         .covers = {"CMS-6.2.2-kari-not-foreseen", "KEM-scep-not-foreseen", "SCEP-3.1-pwri-if-not-capable"},
         .check = foreseen_form},
    };
    return rules;
}

RuleSpan<Request> request_recipient_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "recipient.request-to-ca",
         .severity = warning,
         .cite = {rfc8894, "2.2"},
         .says = "A request is enveloped for a certificate that GetCACert or GetNextCACert gave",
         .covers = {"SCEP-2.2-cacert-before-pkiop", "SCEP-3.2.2-recipient-is-ca-for-requests", "LEG-3.1.2-recipient", "CMS-6.2.1-rid-matches-cert",
                    "SCEP-5.1-rollover-envelope"},
         .check = request_to_ca},
    };
    return rules;
}

RuleSpan<Pair> reply_recipient_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "recipient.reply-to-signer",
         .severity = error,
         .cite = {rfc8894, "2.3"},
         .says = "The reply is enveloped for the certificate that signed the request",
         .covers = {"SCEP-2.3-reply-encrypted-to-signer", "LEG-2.2-recipientinfo-reflects-key", "LEG-3.1.2-recipient"},
         .check = reply_to_signer},
    };
    return rules;
}

RuleSpan<CertRep> reply_signer_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CertRep>> rules{
        {.id = "signer.reply-from-get-ca-cert",
         .severity = warning,
         .cite = {rfc8894, "2.1.2"},
         .says = "A reply is signed with a certificate that GetCACert gave",
         .covers = {"SCEP-3.2-certrep-signer-is-ca"},
         .check = reply_signer_from_get_ca_cert},
    };
    return rules;
}

}  // namespace sceplab::rules
