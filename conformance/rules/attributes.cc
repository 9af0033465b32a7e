#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <array>
#include <utility>

// The transaction attributes (RFC 8894, 3.2.1): present, of the right type, once, with a known value, on the right side. Families of one
// shape are rows of one table.
namespace sceplab::rules {

namespace {

using scep::AttributeSlot;
using scep::TransactionAttributes;
using scep::der::Tag;
namespace tag = scep::der::tag;

struct Row {
    const char* name;
    AttributeSlot TransactionAttributes::*slot;
    Tag type;
    std::string_view section;
    std::string_view type_id;
    std::string_view type_says;
    std::array<std::string_view, 2> type_covers;
    std::string_view single_id;
    std::string_view single_says;
    std::string_view single_covers;
};

// clang-format off
constexpr std::array rows{
    Row{"transactionID", &TransactionAttributes::transaction_id, tag::PrintableString, "3.2.1.1",
        "transaction-id.type", "transactionID is a PrintableString", {"SCEP-3.2.1-transactionID-encoding", "SCEP-3.2.1.1-transactionID-charset"},
        "transaction-id.single", "transactionID occurs once and has one value", "SCEP-3.2.1-transactionID-single"},
    Row{"messageType", &TransactionAttributes::message_type_slot, tag::PrintableString, "3.2.1",
        "message-type.type", "messageType is a PrintableString", {"SCEP-3.2.1-messageType-encoding"},
        "message-type.single", "messageType occurs once and has one value", "SCEP-3.2.1-messageType-single"},
    Row{"pkiStatus", &TransactionAttributes::pki_status_slot, tag::PrintableString, "3.2.1",
        "pki-status.type", "pkiStatus is a PrintableString", {"SCEP-3.2.1-pkiStatus-encoding"},
        "pki-status.single", "pkiStatus occurs once and has one value", "SCEP-3.2.1-pkiStatus-single"},
    Row{"failInfo", &TransactionAttributes::fail_info_slot, tag::PrintableString, "3.2.1",
        "fail-info.type", "failInfo is a PrintableString", {"SCEP-3.2.1-failInfo-encoding"},
        "fail-info.single", "failInfo occurs once and has one value", "SCEP-3.2.1-failInfo-single"},
    Row{"failInfoText", &TransactionAttributes::fail_info_text, tag::UTF8String, "3.2.1",
        "fail-info-text.type", "failInfoText is a UTF8String", {"SCEP-3.2.1-failInfoText-encoding", "SCEP-3.2.1.4-failInfoText-utf8"},
        "fail-info-text.single", "failInfoText occurs once and has one value", "SCEP-3.2.1-failInfoText-single"},
    Row{"senderNonce", &TransactionAttributes::sender_nonce, tag::OCTET_STRING, "3.2.1",
        "nonce.sender-type", "senderNonce is an OCTET STRING", {"SCEP-3.2.1-senderNonce-encoding"},
        "nonce.sender-single", "senderNonce occurs once and has one value", "SCEP-3.2.1-senderNonce-single"},
    Row{"recipientNonce", &TransactionAttributes::recipient_nonce, tag::OCTET_STRING, "3.2.1",
        "nonce.recipient-type", "recipientNonce is an OCTET STRING", {"SCEP-3.2.1-recipientNonce-encoding"},
        "nonce.recipient-single", "recipientNonce occurs once and has one value", "SCEP-3.2.1-recipientNonce-single"},
};
// clang-format on

// The type demanded, and characters of its repertoire.
template <std::size_t row>
Outcome right_type(const Message& message) {
    const AttributeSlot& slot = message.attributes.*rows[row].slot;
    if (!slot.value) {
        return Outcome::not_applicable();
    }
    const std::string name = rows[row].name;
    if (slot.value->tag() != rows[row].type) {
        return Outcome::violation(attribute_place(message, slot), name + " is " + scep::to_string(slot.value->tag()) + " where " +
                                                                      scep::to_string(rows[row].type) + " is due");
    }
    if (is_character_string(rows[row].type) && !check_character_string(*slot.value)) {
        return Outcome::violation(attribute_place(message, slot), name + " " + quoted(slot.value->value().text()) +
                                                                      " has characters that no " + scep::to_string(rows[row].type) +
                                                                      " has");
    }
    return Outcome::pass();
}

template <std::size_t row>
Outcome once(const Message& message) {
    const AttributeSlot& slot = message.attributes.*rows[row].slot;
    if (!slot.present()) {
        return Outcome::not_applicable();
    }
    if (slot.occurrences == 1 && slot.values == 1) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(message, slot), std::string(rows[row].name) + " occurs " + std::to_string(slot.occurrences) +
                                                                  " times with " + std::to_string(slot.values) + " values");
}

std::vector<std::string_view> given(const std::array<std::string_view, 2>& ids) {
    return ids[1].empty() ? std::vector{ids[0]} : std::vector{ids[0], ids[1]};
}

template <std::size_t... row>
void add_families(std::vector<Rule<Message>>& rules, std::index_sequence<row...>) {
    using enum Document;
    (rules.push_back({.id = rows[row].type_id,
                      .severity = Severity::error,
                      .cite = {rfc8894, rows[row].section},
                      .says = rows[row].type_says,
                      .covers = given(rows[row].type_covers),
                      .check = right_type<row>}),
     ...);
    (rules.push_back({.id = rows[row].single_id,
                      .severity = Severity::warning,
                      .cite = {rfc8894, "3.2.1"},
                      .says = rows[row].single_says,
                      .covers = {rows[row].single_covers},
                      .check = once<row>}),
     ...);
}

Outcome there(const Message& message, const AttributeSlot& slot, const char* name) {
    return slot.value ? Outcome::pass() : Outcome::violation(attribute_place(message, slot), std::string(name) + " is missing");
}
Outcome transaction_id_there(const Message& message) { return there(message, message.attributes.transaction_id, "transactionID"); }
Outcome message_type_there(const Message& message) { return there(message, message.attributes.message_type_slot, "messageType"); }

// A code that neither the RFC defines nor both sides have agreed upon. One that is no number at all is another rule's.
template <class T>
Outcome known_code(const Message& message, const std::optional<scep::Coded<T>>& code, const AttributeSlot& slot, const char* name,
                   const std::vector<std::uint32_t>& agreed) {
    const auto number = code && is_character_string(code->element.tag()) ? decimal(code->raw().text()) : std::nullopt;
    if (!number) {
        return Outcome::not_applicable();
    }
    return code->known || std::ranges::find(agreed, *number) != agreed.end()
               ? Outcome::pass()
               : Outcome::violation(attribute_place(message, slot), std::string(name) + " " + quoted(code->raw().text()) + " is not defined");
}

Outcome known_message_type(const Message& message) {
    return known_code(message, message.attributes.message_type, message.attributes.message_type_slot, "messageType",
                      message.exchange.local->private_message_types);
}
Outcome known_pki_status(const Message& message) {
    return known_code(message, message.attributes.pki_status, message.attributes.pki_status_slot, "pkiStatus",
                      message.exchange.local->private_pki_statuses);
}
Outcome known_fail_info(const Message& message) {
    return known_code(message, message.attributes.fail_info, message.attributes.fail_info_slot, "failInfo",
                      message.exchange.local->private_fail_infos);
}

Outcome decimal_text(const Message& message) {
    Outcome out = Outcome::pass();
    bool any = false;
    for (const Row& row : rows) {
        const bool code = row.slot == &TransactionAttributes::message_type_slot || row.slot == &TransactionAttributes::pki_status_slot ||
                          row.slot == &TransactionAttributes::fail_info_slot;
        const AttributeSlot& slot = message.attributes.*row.slot;
        if (!code || !slot.value || !is_character_string(slot.value->tag())) {
            continue;
        }
        any = true;
        if (!decimal(slot.value->value().text())) {
            out.add(attribute_place(message, slot),
                    std::string(row.name) + " " + quoted(slot.value->value().text()) + " is no decimal number without sign, spaces or leading zeros");
        }
    }
    return any ? out : Outcome::not_applicable();
}

constexpr auto scep_attributes = scep::der::oid("2.16.840.1.113733.1.9");
constexpr auto id_scep = scep::der::oid("1.3.6.1.5.5.7.24");

bool is_under(const scep::der::Oid& type, const scep::der::OidConstant& arc) {
    return type.content.slice(0, arc.size).same_octets(arc.content()) && type.content.size() > arc.size;
}

// Under SCEP's own arcs there is nothing that SCEP, or a draft of it, does not define.
Outcome defined_oids(const Message& message) {
    namespace oids = scep::oids;
    const auto& attributes = message.facts.signed_attrs;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        const auto& attribute = *each;
        if (!attribute || (!is_under(attribute->type, scep_attributes) && !is_under(attribute->type, id_scep))) {
            continue;
        }
        const auto is = [&](const scep::der::OidConstant& known) { return attribute->type == known; };
        constexpr std::array known{oids::messageType,    oids::pkiStatus,     oids::failInfo,     oids::senderNonce,
                                   oids::recipientNonce, oids::transactionID, oids::extensionReq, oids::failInfoText};
        if (!std::ranges::any_of(known, is)) {
            out.add(place(message, attribute->type.content.location(),
                          "SignedData.signerInfos[0].signedAttrs[" + std::to_string(each.index()) + "].attrType"),
                    "no attribute of SCEP is " + attribute->type.to_string());
        }
    }
    return out;
}

Outcome direction(const Message& message) {
    const auto type = message.facts.message_type();
    if (!type || !message.exchange.target) {
        return Outcome::not_applicable();
    }
    const bool is_reply = message.facts.side == Side::response;
    if (is_reply == (*type == scep::MessageType::CertRep)) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(message, message.attributes.message_type_slot),
                              "messageType " + std::string(name(*type)) + " in a " + std::string(name(message.facts.side)));
}

// Attributes that only a CertRep has. A poll may carry the recipientNonce that the drafts asked for.
Outcome no_reply_attributes(const Request& request) {
    Outcome out = Outcome::pass();
    for (const Row& row : rows) {
        const bool reply_only =
            row.slot == &TransactionAttributes::pki_status_slot || row.slot == &TransactionAttributes::fail_info_slot ||
            row.slot == &TransactionAttributes::fail_info_text ||
            (row.slot == &TransactionAttributes::recipient_nonce && request.facts.message_type() != scep::MessageType::CertPoll);
        const AttributeSlot& slot = request.attributes.*row.slot;
        if (reply_only && slot.present()) {
            out.add(attribute_place(request, slot), std::string(row.name) + " in a request");
        }
    }
    return out;
}

std::vector<Rule<Message>> make_rules() {
    using enum Document;
    using enum Severity;
    std::vector<Rule<Message>> rules{
        {.id = "transaction-id.present",
         .severity = error,
         .cite = {rfc8894, "3.2.1"},
         .says = "Every pkiMessage has a transactionID",
         .covers = {"SCEP-3.2.1.1-transactionID-present", "SCEP-3.2.1-transactionID-oid", "SCEP-3.3.1-attrs", "SCEP-3.3.2-attrs",
                    "SCEP-3.3.3-certpoll-attrs", "SCEP-3.3.4-attrs", "LEG-3.1-required-attrs"},
         .check = transaction_id_there},
        {.id = "message-type.present",
         .severity = error,
         .cite = {rfc8894, "3.2.1.2"},
         .says = "Every pkiMessage has a messageType",
         .covers = {"SCEP-3.2.1.2-messageType-present", "SCEP-3.3-type-attribute-set", "SCEP-3.2.1-messageType-oid", "SCEP-3.3.1-attrs",
                    "SCEP-3.3.2-attrs", "SCEP-3.3.3-certpoll-attrs", "SCEP-3.3.4-attrs", "LEG-3.1-required-attrs"},
         .check = message_type_there},
        {.id = "message-type.known",
         .severity = error,
         .cite = {rfc8894, "3.2.1.2"},
         .says = "messageType is one that is defined: 3, 17, 19, 20, 21 or 22",
         .covers = {"SCEP-3.2.1.2-messageType-values", "SCEP-3.2.1.2-messageType-zero-reserved", "SCEP-2.8-no-revocation-message",
                    "VEN-update-18"},
         .check = known_message_type},
        {.id = "message-type.fits-direction",
         .severity = error,
         .cite = {rfc8894, "3.2.1.2"},
         .says = "A response is a CertRep and a request is none",
         .covers = {"SCEP-3.2.1.2-direction", "SCEP-4.3.1-response-is-certrep", "LEG-4.2-reply-certrep"},
         .check = direction},
        {.id = "pki-status.known",
         .severity = error,
         .cite = {rfc8894, "3.2.1.3"},
         .says = "pkiStatus is one that is defined: 0, 2 or 3",
         .covers = {"SCEP-3.2.1.3-pkiStatus-values"},
         .check = known_pki_status},
        {.id = "fail-info.known",
         .severity = error,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "failInfo is one that is defined: 0 to 4",
         .covers = {"SCEP-3.2.1.4-failInfo-values"},
         .check = known_fail_info},
        {.id = "attributes.decimal-text",
         .severity = error,
         .cite = {rfc8894, "3.2.1"},
         .says = "messageType, pkiStatus and failInfo are decimal numbers, written without sign, spaces or leading zeros",
         .covers = {"SCEP-3.2.1-numeric-text"},
         .check = decimal_text},
        {.id = "attributes.defined-oids",
         .severity = warning,
         .cite = {rfc8894, "3.2.1"},
         .says = "Under the arcs of SCEP's attributes there are only those that SCEP defines",
         .covers = {"SCEP-3.2.1-transactionID-oid", "SCEP-3.2.1-messageType-oid", "SCEP-3.2.1-pkiStatus-oid", "SCEP-3.2.1-failInfo-oid",
                    "SCEP-3.2.1-failInfoText-oid", "SCEP-3.2.1-senderNonce-oid", "SCEP-3.2.1-recipientNonce-oid"},
         .check = defined_oids},
    };
    add_families(rules, std::make_index_sequence<rows.size()>());
    return rules;
}

}  // namespace

RuleSpan<Message> attributes_rules() {
    static const std::vector<Rule<Message>> rules = make_rules();
    return rules;
}

RuleSpan<Request> request_attributes_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "request.no-reply-attributes",
         .severity = warning,
         .cite = {rfc8894, "3.2.1"},
         .says = "A request has no pkiStatus, failInfo, failInfoText or recipientNonce",
         .covers = {"SCEP-3.2.1-response-attrs-only-in-response", "SCEP-3.2.1-pkiStatus-single", "SCEP-3.2.1-failInfo-single",
                    "SCEP-3.2.1-recipientNonce-single"},
         .check = no_reply_attributes},
    };
    return rules;
}

}  // namespace sceplab::rules
