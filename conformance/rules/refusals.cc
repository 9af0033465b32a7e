#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// Requests that can only be refused, and how (RFC 8894, 3.2.1.2, 3.2.1.4).
namespace sceplab::rules {

namespace {

using scep::FailInfo;
using scep::PkiStatus;

// A messageType that is a number and means nothing.
bool has_unknown_type(const Request& request) {
    const auto& type = request.attributes.message_type;
    const auto number = type && is_character_string(type->element.tag()) ? decimal(type->raw().text()) : std::nullopt;
    return number && !type->known && std::ranges::find(request.exchange.local->private_message_types, *number) == request.exchange.local->private_message_types.end();
}

Place type_place(const Request& request) { return attribute_place(request, request.attributes.message_type_slot); }

Outcome unknown_type_refused(const Pair& pair) {
    const auto status = pair.reply.facts.pki_status();
    if (!has_unknown_type(pair.request) || !status) {
        return Outcome::not_applicable();
    }
    return *status == PkiStatus::FAILURE
               ? Outcome::pass()
               : Outcome::violation(attribute_place(pair.reply, pair.reply.attributes.pki_status_slot),
                                    std::string(name(*status)) + " in answer to messageType " + pair.request.attributes.message_type->to_string() +
                                        ", which is not defined",
                                    {type_place(pair.request)});
}

Outcome bad_request_named(const Pair& pair) {
    const auto code = pair.reply.facts.fail_info();
    if (!has_unknown_type(pair.request) || !code) {
        return Outcome::not_applicable();
    }
    return *code == FailInfo::badRequest
               ? Outcome::pass()
               : Outcome::violation(attribute_place(pair.reply, pair.reply.attributes.fail_info_slot),
                                    std::string(name(*code)) + " in answer to messageType " + pair.request.attributes.message_type->to_string() +
                                        ", where badRequest is meant",
                                    {type_place(pair.request)});
}

// A CertRep copies transactionID and senderNonce: where none can be read, it has to invent them.
Outcome unreadable_not_answered(const Answer& answer) {
    const auto* request = answer.exchange.side(Side::request);
    const bool unreadable = answer.exchange.operation == scep::Operation::PKIOperation && request != nullptr && !request->message;
    if (!unreadable) {
        return Outcome::not_applicable();
    }
    if (!answer.facts.message || answer.facts.message_type() != scep::MessageType::CertRep) {
        return Outcome::pass();
    }
    const auto& id = answer.facts.message->attributes.transaction_id;
    return Outcome::violation(place(answer.exchange, Side::response, answer.facts.octets.location(), ""),
                              "a CertRep with transactionID " + quoted(id.value ? id.value->value().text() : std::string_view()) +
                                  " answers a request from which none can be read",
                              {place(answer.exchange, Side::request, request->octets.location(), "")});
}

}  // namespace

RuleSpan<Pair> refusals_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "message-type.unknown-refused",
         .severity = error,
         .cite = {rfc8894, "3.2.1.2"},
         .says = "A request of a messageType that is not defined is refused",
         .covers = {"SCEP-3.2.1.2-unknown-type-is-error"},
         .check = unknown_type_refused},
        {.id = "fail-info.bad-request-named",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.4"},
         .says = "A request of a messageType that is not defined is refused as badRequest",
         .covers = {"SCEP-3.2.1.4-badRequest"},
         .check = bad_request_named},
    };
    return rules;
}

RuleSpan<Answer> unreadable_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Answer>> rules{
        {.id = "reply.to-readable-request",
         .severity = notice,
         .cite = {rfc8894, "3.2.1.1"},
         .says = "A CertRep answers a request that it can take the transactionID from",
         .covers = {"SCEP-3.2.1.4-unparsable-request"},
         .check = unreadable_not_answered},
    };
    return rules;
}

}  // namespace sceplab::rules
