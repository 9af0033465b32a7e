#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>

// Messages that fail in the field: with some receivers although they conform, or by a habit that receivers punish.
namespace sceplab::rules {

namespace {

namespace oids = scep::x509::oids;
using scep::MessageType;
using scep::PkiStatus;

constexpr auto id_scep = scep::der::oid("1.3.6.1.5.5.7.24");
constexpr auto common_name = scep::der::oid("2.5.4.3");

Outcome reply_has_certificates(const CertRep& reply) {
    const auto& data = reply.message.signed_data;
    return data.certificates && !data.certificates->empty()
               ? Outcome::pass()
               : Outcome::violation(place(reply, data.whole.location(), "SignedData"),
                                    "the reply holds no certificates, its signer's (" + describe(reply.message.signer_info.sid) +
                                        ") neither: the octets conform; clients that look for it there alone cannot verify the signature");
}

// The arc itself, where the attribute is an arc below.
Outcome fail_info_text_oid(const CertRep& reply) {
    const auto& attributes = reply.facts.signed_attrs;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        const auto& attribute = *each;
        if (attribute && attribute->type == id_scep) {
            return Outcome::violation(place(reply, attribute->type.content.location(),
                                            "SignedData.signerInfos[0].signedAttrs[" + std::to_string(each.index()) + "].attrType"),
                                      "an attribute of the type 1.3.6.1.5.5.7.24, which is none; failInfoText is 1.3.6.1.5.5.7.24.1, and "
                                      "clients do not show this one");
        }
    }
    return Outcome::pass();
}

std::string answer_of(const ExchangeFacts& exchange, const MessageFacts* reply) {
    if (reply != nullptr && reply->pki_status() == PkiStatus::FAILURE) {
        const auto why = reply->fail_info();
        return "FAILURE" + (why ? " " + std::string(name(*why)) : std::string());
    }
    return exchange.exchange.response && exchange.exchange.response->status >= 400
               ? "HTTP " + std::to_string(exchange.exchange.response->status)
               : std::string();
}

// "FAILURE badRequest", "HTTP 500"; empty where the request was not refused.
std::string refusal(const Request& request) {
    return request.exchange.exchange.response ? answer_of(request.exchange, request.exchange.side(Side::response)) : std::string();
}

Outcome poll_taken(const Request& request) {
    if (request.facts.message_type() != MessageType::CertPoll || !request.exchange.target) {
        return Outcome::not_applicable();
    }
    const std::string answer = refusal(request);
    return answer.starts_with("HTTP")
               ? Outcome::violation(attribute_place(request, request.attributes.message_type_slot),
                                    answer + " to a CertPoll: the request conforms; servers without PENDING do not know polls")
               : Outcome::pass();
}

Outcome renewal_without_challenge_taken(const Csr& request) {
    if (request.facts.message_type() != MessageType::RenewalReq || request.csr.challenge_password() || !request.exchange.target) {
        return Outcome::not_applicable();
    }
    const std::string answer = refusal(request);
    return answer.starts_with("HTTP 5") ? Outcome::violation(place(request, request.csr.whole.location(), "messageData"),
                                                             answer + " to a RenewalReq without challengePassword: the request conforms; a "
                                                                      "server that counts on the attribute breaks off")
                                        : Outcome::pass();
}

bool is_small_hexadecimal(std::string_view id) {
    return id.size() >= 16 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
           id.find_first_of("abcdef") != std::string_view::npos;
}

Outcome small_letters_taken(const Request& request) {
    const std::string id = request.facts.transaction_id();
    if (!is_small_hexadecimal(id)) {
        return Outcome::not_applicable();
    }
    const MessageFacts* reply = request.exchange.side(Side::response);
    const std::string its = reply != nullptr ? reply->transaction_id() : std::string();
    const bool in_capitals = !its.empty() && its != id && lower_case(its) == id;
    const std::string answer = refusal(request);
    if (!in_capitals && answer != "FAILURE badRequest" && answer != "FAILURE badCertId") {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(request, request.attributes.transaction_id),
                              (in_capitals ? "the reply has the transactionID in capitals" : answer) +
                                  ", to a transactionID in small letters (" + quoted(id) +
                                  "): it conforms; some CAs compare it in capitals");
}

Outcome ec_client_served(const Request& request) {
    if (!request.facts.signature || !request.facts.signature->signer.certificate ||
        request.facts.signature->signer.certificate->subject_public_key_info.algorithm.algorithm != oids::id_ecPublicKey) {
        return Outcome::not_applicable();
    }
    const std::string answer = refusal(request);
    return answer.empty() ? Outcome::pass()
                          : Outcome::violation(signer_place(request),
                                               answer + " to a client with an EC key: the request conforms; servers that can reply by RSA "
                                                        "key transport alone cannot answer it");
}

constexpr std::string_view oaep_path = ".keyEncryptionAlgorithm";

// Key transport by OAEP, recipient by recipient.
template <class Each>
Outcome each_oaep(const Enveloped& message, Each&& judge) {
    Outcome out = Outcome::pass();
    const auto& recipients = message.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        const auto* ktri = recipient ? std::get_if<scep::cms::KeyTransRecipientInfo>(&recipient->choice) : nullptr;
        if (ktri != nullptr && ktri->key_encryption_algorithm.algorithm == oids::id_RSAES_OAEP) {
            judge(out, ktri->key_encryption_algorithm,
                  place(message, ktri->key_encryption_algorithm.whole.location(),
                        "EnvelopedData.recipientInfos[" + std::to_string(each.index()) + "]" + std::string(oaep_path)));
        }
    }
    return out;
}

Outcome no_oaep(const Enveloped& message) {
    return each_oaep(message, [](Outcome& out, const scep::x509::AlgorithmIdentifier&, Place place) {
        out.add(std::move(place), "the key is transported by id-RSAES-OAEP: the octets conform; receivers that know rsaEncryption alone "
                                  "cannot open the envelope");
    });
}

Outcome oaep_parameters(const Enveloped& message) {
    return each_oaep(message, [](Outcome& out, const scep::x509::AlgorithmIdentifier& algorithm, Place place) {
        if (!algorithm.parameters) {
            out.add(std::move(place),
                    "id-RSAES-OAEP without parameters, which RFC 4055, 4.1 has present, an empty SEQUENCE for the defaults");
        }
    });
}

Outcome challenge_is_attribute(const Csr& request) {
    const auto extensions = request.csr.extension_request();
    if (!extensions || !*extensions) {
        return Outcome::not_applicable();
    }
    for (const auto& each : **extensions) {
        if (each && each->extn_id == scep::pkcs10::oids::challengePassword) {
            return Outcome::violation(
                place(request, each->extn_id.content.location(), "messageData.certificationRequestInfo.attributes.extensionRequest"),
                "challengePassword is an extension inside of extensionRequest, where no CA looks for it; it is an attribute beside");
        }
    }
    return Outcome::pass();
}

Outcome one_common_name(const Csr& request) {
    std::size_t count = 0;
    scep::Location second;
    for (const auto& rdn : request.csr.subject.rdns) {
        if (!rdn) {
            continue;
        }
        for (const auto& attribute : rdn->attributes) {
            if (attribute && attribute->type == common_name && ++count == 2) {
                second = attribute->whole.location();
            }
        }
    }
    return count < 2
               ? Outcome::pass()
               : Outcome::violation(place(request, second, "messageData.certificationRequestInfo.subject"),
                                    std::to_string(count) +
                                        " commonNames in the subject: the octets conform; a CA that checks one of them may record another");
}

// The password, readable by all: in an attribute of the SignerInfo, or in the signer's certificate.
Outcome challenge_stays_inside(const Request& request) {
    const auto& signer = request.message.signer_info;
    const std::string path = "SignedData.signerInfos[0].";
    Outcome out = Outcome::pass();
    const auto look = [&](const auto& attributes, const char* field) {
        if (!attributes) {
            return;
        }
        for (auto each = attributes->begin(); each != attributes->end(); ++each) {
            const auto& attribute = *each;
            if (attribute && attribute->type == scep::pkcs10::oids::challengePassword) {
                out.add(place(request, each.whole().location(), path + field + "[" + std::to_string(each.index()) + "]"),
                        std::string("a challengePassword among the ") + field + ", outside of the envelope and readable by all");
            }
        }
    };
    look(request.facts.signed_attrs, "signedAttrs");
    look(signer.unsigned_attrs, "unsignedAttrs");
    const auto& signature = request.facts.signature;
    if (signature && signature->signer.found == evidence::Found::message &&
        signature->signer.certificate->extension(scep::pkcs10::oids::challengePassword)) {
        out.add(signer_place(request), "a challengePassword in the signer's certificate, outside of the envelope and readable by all");
    }
    return out;
}

} // namespace

RuleSpan<CertRep> field_reply_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CertRep>> rules{
        {.id = "field.reply-has-certificates",
         .severity = notice,
         .cite = {rfc8894, "3.2"},
         .says = "A reply holds the certificate of its signer",
         .covers = {},
         .check = reply_has_certificates},
        {.id = "field.fail-info-text-type",
         .severity = notice,
         .cite = {rfc8894, "3.2.1"},
         .says = "The attribute failInfoText has its own OBJECT IDENTIFIER, not that of the arc above",
         .covers = {},
         .check = fail_info_text_oid},
    };
    return rules;
}

RuleSpan<Request> field_request_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "field.poll-taken",
         .severity = notice,
         .cite = {rfc8894, "3.3.3"},
         .says = "The CA knows what a poll is, and answers it",
         .covers = {},
         .check = poll_taken},
        {.id = "field.transaction-id-case-taken",
         .severity = notice,
         .cite = {rfc8894, "3.2.1.1"},
         .says = "The CA takes a transactionID in small letters",
         .covers = {},
         .check = small_letters_taken},
        {.id = "field.ec-client-served",
         .severity = notice,
         .cite = {rfc8894, "3.1"},
         .says = "The CA answers a client with an EC key",
         .covers = {},
         .check = ec_client_served},
        {.id = "field.challenge-stays-inside",
         .severity = warning,
         .cite = {rfc8894, "2.4"},
         .says = "challengePassword stands inside of the envelope alone",
         .covers = {},
         .check = challenge_stays_inside},
    };
    return rules;
}

RuleSpan<Csr> field_csr_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "field.renewal-without-challenge-taken",
         .severity = notice,
         .cite = {rfc8894, "2.4"},
         .says = "The CA takes a RenewalReq without challengePassword",
         .covers = {},
         .check = renewal_without_challenge_taken},
        {.id = "field.challenge-is-attribute",
         .severity = warning,
         .cite = {rfc2985, "5.4.1"},
         .says = "challengePassword is an attribute, and no extension of extensionRequest",
         .covers = {},
         .check = challenge_is_attribute},
        {.id = "field.one-common-name",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "The subject has one commonName",
         .covers = {},
         .check = one_common_name},
    };
    return rules;
}

RuleSpan<Enveloped> field_envelope_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "field.no-oaep",
         .severity = notice,
         .cite = {rfc8894, "3.1"},
         .says = "The key is transported by rsaEncryption, which all receivers know",
         .covers = {},
         .check = no_oaep},
        {.id = "field.oaep-parameters",
         .severity = warning,
         .cite = {practice, "-"},
         .says = "id-RSAES-OAEP has parameters",
         .covers = {},
         .check = oaep_parameters},
    };
    return rules;
}

} // namespace sceplab::rules
