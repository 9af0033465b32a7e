#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <algorithm>
#include <map>

// What draft-nourse-scep-22 demands and RFC 8894 does not: asked in the profile of the drafts alone.
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::cms::KeyTransRecipientInfo;

std::string shown(const scep::der::Integer& version) {
    const auto value = version.to_int64();
    return value ? std::to_string(*value) : "0x" + version.to_hex();
}

// PKCS #7 1.5 names people by issuer and serial number, and knows key transport alone.
Outcome pkcs7_constructs(const Message& message) {
    Outcome out = Outcome::pass();
    const auto& sid = message.message.signer_info.sid;
    if (sid.subject_key_identifier) {
        out.add(place(message, sid.whole.location(), "SignedData.signerInfos[0].sid"), "the signer is named by subjectKeyIdentifier, which PKCS #7 1.5 does not know");
    }
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return out;
    }
    if (envelope->originator_info) {
        out.add(place(message, envelope->originator_info->whole().location(), "EnvelopedData.originatorInfo"), "an originatorInfo, which PKCS #7 1.5 does not know");
    }
    const auto& recipients = message.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        const auto* ktri = recipient ? std::get_if<KeyTransRecipientInfo>(&recipient->choice) : nullptr;
        if (recipient && (ktri == nullptr || ktri->rid.subject_key_identifier)) {
            out.add(place(message, each.whole().location(), "EnvelopedData.recipientInfos[" + std::to_string(each.index()) + "]"),
                    ktri == nullptr ? "a recipient without key transport, which PKCS #7 1.5 does not know"
                                    : "a recipient named by subjectKeyIdentifier, which PKCS #7 1.5 does not know");
        }
    }
    return out;
}

Outcome signed_data_version(const Message& message) {
    const auto& version = message.message.signed_data.version;
    return version.equals(1) ? Outcome::pass()
                             : Outcome::violation(place(message, version.content.location(), "SignedData.version"),
                                                  "version is " + shown(version) + " where the drafts want 1");
}

Outcome enveloped_data_version(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    return envelope->version.equals(0) ? Outcome::pass()
                                       : Outcome::violation(place(message, envelope->version.content.location(), "EnvelopedData.version"),
                                                            "version is " + shown(envelope->version) + " where the drafts want 0");
}

Outcome message_data_der(const Message& message) {
    if (!message.facts.message_data) {
        return enveloped_data(message.facts) != nullptr ? Outcome::not_performed(message.facts.envelope->reason) : Outcome::not_applicable();
    }
    for (const scep::ber::Deviation& deviation : message.facts.message_data->deviations) {
        const bool framing = deviation.kind != scep::ber::DeviationKind::unsorted_set_of && deviation.kind != scep::ber::DeviationKind::trailing_octets;
        if (framing) {
            return Outcome::violation(place(message, deviation.where, "messageData"), "the messageData is not DER: " + std::string(name(deviation.kind)));
        }
    }
    return Outcome::pass();
}

Outcome type_of_the_drafts(const Request& request) {
    return request.facts.message_type() != MessageType::RenewalReq
               ? Outcome::pass()
               : Outcome::violation(attribute_place(request, request.attributes.message_type_slot), "RenewalReq, which the drafts do not know");
}

Outcome id_is_key_hash(const Csr& request) {
    const auto& id = request.attributes.transaction_id;
    if (request.facts.message_type() != MessageType::PKCSReq || !id.value) {
        return Outcome::not_applicable();
    }
    return request.data.transaction_id_hash.empty()
               ? Outcome::violation(attribute_place(request, id), "transactionID " + quoted(id.value->value().text()) + " is no hash of the public key",
                                    {place(request, request.csr.subject_pk_info.whole.location(), "messageData.certificationRequestInfo.subjectPKInfo")})
               : Outcome::pass();
}

Outcome query_id_is_number(const Request& request) {
    const auto type = request.facts.message_type();
    const auto& id = request.attributes.transaction_id;
    if ((type != MessageType::GetCert && type != MessageType::GetCRL) || !id.value) {
        return Outcome::not_applicable();
    }
    const std::string_view text = id.value->value().text();
    const bool number = !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    return number ? Outcome::pass() : Outcome::violation(attribute_place(request, id), "transactionID " + quoted(text) + " of a query is no number");
}

Outcome same_key_same_id(const Run& run) {
    std::map<std::uint64_t, const ExchangeRecord*> first;  // by key
    Outcome out = Outcome::pass();
    for (const ExchangeRecord& record : run.exchanges) {
        if (!record.requested_key.present || !record.request_transaction_id.present) {
            continue;
        }
        const auto [entry, is_new] = first.try_emplace(record.requested_key.hash, &record);
        const ExchangeRecord& earlier = *entry->second;
        if (!is_new && !same(earlier.request_transaction_id, record.request_transaction_id)) {
            out.add(trace_place(record.exchange, Side::request, record.request_transaction_id),
                    "another transactionID for the key that exchange " + std::to_string(earlier.exchange) + " asked for",
                    {trace_place(earlier.exchange, Side::request, earlier.request_transaction_id)});
        }
    }
    return first.empty() ? Outcome::not_applicable() : out;
}

Outcome no_crl_beside(const Pair& pair) {
    const auto type = pair.request.facts.message_type();
    const bool query = type == MessageType::GetCRL || !type;
    if (query || pair.reply.facts.pki_status() != scep::PkiStatus::SUCCESS) {
        return Outcome::not_applicable();
    }
    const auto data = opened(pair.reply.facts, &evidence::MessageData::signed_data);
    if (!data) {
        return data.error();
    }
    return !(*data)->crls || (*data)->crls->empty()
               ? Outcome::pass()
               : Outcome::violation(place(pair.reply, (*data)->crls->whole().location(), "messageData.SignedData.crls"),
                                    std::to_string((*data)->crls->size()) + " CRLs beside the certificate");
}

}  // namespace

RuleSpan<Message> drafts_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "pkcs7.constructs",
         .severity = error,
         .cite = {nourse22, "3"},
         .says = "A message has nothing that PKCS #7 1.5 does not know",
         .covers = {"LEG-3-valid-pkcs7"},
         .check = pkcs7_constructs},
        {.id = "pkcs7.signed-data-version",
         .severity = error,
         .cite = {nourse22, "3.1"},
         .says = "The version of a SignedData is 1",
         .covers = {"LEG-3.1-version-1"},
         .check = signed_data_version},
        {.id = "pkcs7.enveloped-data-version",
         .severity = error,
         .cite = {nourse22, "3.1.2"},
         .says = "The version of an EnvelopedData is 0",
         .covers = {"LEG-3.1.2-version-0"},
         .check = enveloped_data_version},
        {.id = "content.der",
         .severity = warning,
         .cite = {nourse22, "3.2.1"},
         .says = "The messageData is DER",
         .covers = {"LEG-3.2-messagedata-der"},
         .check = message_data_der},
    };
    return rules;
}

RuleSpan<Request> drafts_request_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "message-type.of-the-drafts",
         .severity = warning,
         .cite = {nourse22, "3.1.1.2"},
         .says = "messageType is one that the drafts define: 3, 19, 20, 21 or 22",
         .covers = {"LEG-3.1.1.2-types"},
         .check = type_of_the_drafts},
        {.id = "transaction-id.of-query-is-number",
         .severity = warning,
         .cite = {nourse22, "3.1.1.1"},
         .says = "transactionID of GetCert and GetCRL is a number",
         .covers = {"LEG-3.1.1.1-txid-query"},
         .check = query_id_is_number},
    };
    return rules;
}

RuleSpan<Csr> drafts_csr_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "transaction-id.is-key-hash",
         .severity = warning,
         .cite = {nourse22, "3.1.1.1"},
         .says = "transactionID of a PKCSReq is the MD5, SHA-1, SHA-256 or SHA-512 of the public key",
         .covers = {"LEG-3.1.1.1-txid-hash"},
         .check = id_is_key_hash},
    };
    return rules;
}

RuleSpan<Pair> drafts_pair_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "issued.no-crl",
         .severity = error,
         .cite = {nourse22, "3.2.2.1"},
         .says = "A reply with a certificate has no CRL",
         .covers = {"LEG-3.2.2.1-no-crl"},
         .check = no_crl_beside},
    };
    return rules;
}

RuleSpan<Run> drafts_run_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "transaction.same-key-same-id",
         .severity = warning,
         .cite = {nourse22, "3.1.1.1"},
         .says = "Requests for one key have one transactionID",
         .covers = {"LEG-3.1.1.1-txid-stable"},
         .check = same_key_same_id},
    };
    return rules;
}

}  // namespace sceplab::rules
