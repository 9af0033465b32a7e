#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <algorithm>
#include <map>

// senderNonce and recipientNonce (RFC 8894, 3.2.1.5).
namespace sceplab::rules {

namespace {

using scep::AttributeSlot;

constexpr std::uint32_t nonce_octets = 16;

Outcome present(const Message& message, const AttributeSlot& slot, const char* name) {
    return slot.value ? Outcome::pass() : Outcome::violation(attribute_place(message, slot), std::string(name) + " is missing");
}
Outcome sender_present(const Request& request) { return present(request, request.attributes.sender_nonce, "senderNonce"); }
Outcome sender_present_in_reply(const CertRep& reply) { return present(reply, reply.attributes.sender_nonce, "senderNonce"); }
Outcome recipient_present(const CertRep& reply) { return present(reply, reply.attributes.recipient_nonce, "recipientNonce"); }

// A CA copies what the client sent, whatever its length.
bool is_copied(const Message& message, const AttributeSlot& echo) {
    const auto* request = message.facts.side == Side::response ? message.exchange.side(Side::request) : nullptr;
    const auto* sent = request != nullptr && request->message ? &request->message->attributes.sender_nonce : nullptr;
    return sent != nullptr && sent->value && sent->value->value().same_octets(echo.value->value());
}

Outcome sixteen_octets(const Message& message) {
    struct Row {
        const AttributeSlot& slot;
        const char* name;
    };
    Outcome out = Outcome::pass();
    bool any = false;
    for (const auto& [slot, name] :
         {Row{message.attributes.sender_nonce, "senderNonce"}, Row{message.attributes.recipient_nonce, "recipientNonce"}}) {
        any = any || slot.value;
        const bool is_echo = &slot == &message.attributes.recipient_nonce;
        if (slot.value && slot.value->value().size() != nonce_octets && !(is_echo && is_copied(message, slot))) {
            out.add(attribute_place(message, slot), std::string(name) + " " + hex(slot.value->value()) + " has " +
                                                        std::to_string(slot.value->value().size()) + " octets where 16 are due");
        }
    }
    return any ? out : Outcome::not_applicable();
}

// Of 16 random octets, half are next to never the same as another: five in a hundred million.
Outcome looks_random(const Message& message) {
    const AttributeSlot& slot = message.attributes.sender_nonce;
    if (!slot.value || slot.value->value().size() != nonce_octets) {
        return Outcome::not_applicable();
    }
    const Input nonce = slot.value->value();
    const auto is_first = [&](const std::uint8_t& octet) { return std::find(nonce.begin(), &octet, octet) == &octet; };
    const auto distinct = std::ranges::count_if(nonce, is_first);
    return distinct > nonce_octets / 2
               ? Outcome::pass()
               : Outcome::violation(attribute_place(message, slot), "senderNonce " + hex(nonce) + " has " + std::to_string(distinct) +
                                                                        " different octets, which random ones hardly have");
}

Outcome echoes(const Pair& pair) {
    const AttributeSlot& echo = pair.reply.attributes.recipient_nonce;
    const AttributeSlot& sent = pair.request.attributes.sender_nonce;
    if (!echo.value || !sent.value) {
        return Outcome::not_applicable();
    }
    if (echo.value->value().same_octets(sent.value->value())) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(pair.reply, echo),
                              "recipientNonce " + hex(echo.value->value()) + " is not the request's senderNonce " +
                                  hex(sent.value->value()),
                              {attribute_place(pair.request, sent)});
}

Outcome reply_has_its_own(const Pair& pair) {
    const AttributeSlot& own = pair.reply.attributes.sender_nonce;
    const AttributeSlot& sent = pair.request.attributes.sender_nonce;
    if (!own.value || !sent.value) {
        return Outcome::not_applicable();
    }
    if (!own.value->value().same_octets(sent.value->value())) {
        return Outcome::pass();
    }
    return Outcome::violation(attribute_place(pair.reply, own),
                              "the reply's senderNonce " + hex(own.value->value()) + " is that of the request",
                              {attribute_place(pair.request, sent)});
}

// The first message with each nonce. The same octets sent again are a retransmission, and what a reply has from its own request is another
// rule's.
class FirstUses {
public:
    void look_at(const ExchangeRecord& record, Side side, Outcome& out) {
        const evidence::Trace& nonce = side == Side::request ? record.request_nonce : record.response_nonce;
        const evidence::Trace& message = side == Side::request ? record.request_message : record.response_message;
        if (!nonce.present) {
            return;
        }
        const auto [first, is_new] = m_uses.try_emplace(nonce.hash, Use{record.exchange, side, nonce, message.hash});
        const Use& use = first->second;
        if (!is_new && use.message != message.hash && use.exchange != record.exchange) {
            out.add(trace_place(record.exchange, side, nonce),
                    "the senderNonce was used before, in the " + std::string(name(use.side)) + " of exchange " +
                        std::to_string(use.exchange),
                    {trace_place(use.exchange, use.side, use.nonce)});
        }
    }
    [[nodiscard]] bool empty() const { return m_uses.empty(); }

private:
    struct Use {
        std::uint32_t exchange;
        Side side;
        evidence::Trace nonce;
        std::uint64_t message;
    };
    std::map<std::uint64_t, Use> m_uses;
};

Outcome fresh(const Run& run) {
    FirstUses uses;
    Outcome out = Outcome::pass();
    for (const ExchangeRecord& record : run.exchanges) {
        uses.look_at(record, Side::request, out);
        uses.look_at(record, Side::response, out);
    }
    return uses.empty() ? Outcome::not_applicable() : out;
}

}  // namespace

RuleSpan<Request> request_nonces_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "nonce.sender-present",
         .severity = error,
         .cite = {rfc8894, "3.2.1"},
         .says = "Every request has a senderNonce",
         .covers = {"SCEP-3.2.1-senderNonce-present-request", "SCEP-3.2.1-senderNonce-oid", "SCEP-3.3.1-attrs", "SCEP-3.3.3-certpoll-attrs",
                    "SCEP-3.3.4-attrs", "LEG-3.1-required-attrs"},
         .check = sender_present},
    };
    return rules;
}

RuleSpan<CertRep> reply_nonces_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<CertRep>> rules{
        {.id = "nonce.sender-present-in-reply",
         .severity = warning,
         .cite = {rfc8894, "3.2.1"},
         .says = "A CertRep has a senderNonce, like every message",
         .covers = {"SCEP-3.2.1-senderNonce-present-certrep", "SCEP-3.2.1-senderNonce-oid", "VEN-missing-sendernonce",
                    "LEG-3.1-required-attrs"},
         .check = sender_present_in_reply},
        {.id = "nonce.recipient-present",
         .severity = error,
         .cite = {rfc8894, "3.2.1"},
         .says = "A CertRep has a recipientNonce",
         .covers = {"SCEP-3.2.1-recipientNonce-present", "SCEP-3.2.1-recipientNonce-oid", "SCEP-3.3.2-attrs", "LEG-3.1-response-attrs"},
         .check = recipient_present},
    };
    return rules;
}

RuleSpan<Message> nonces_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "nonce.sixteen-octets",
         .severity = error,
         .cite = {rfc8894, "3.2.1.5"},
         .says = "senderNonce and recipientNonce have 16 octets",
         .covers = {"SCEP-3.2.1.5-nonce-length"},
         .check = sixteen_octets},
        {.id = "nonce.looks-random",
         .severity = notice,
         .cite = {rfc8894, "3.2.1.5"},
         .says = "A senderNonce looks like a random number",
         .covers = {"SCEP-3.2.1.5-nonce-random"},
         .check = looks_random},
    };
    return rules;
}

RuleSpan<Pair> pair_nonces_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "nonce.recipient-echoes-sender",
         .severity = error,
         .cite = {rfc8894, "3.2.1.5"},
         .says = "recipientNonce of a CertRep is the senderNonce of its request",
         .covers = {"SCEP-3.2.1.5-recipientNonce-copies", "LEG-3.2.2-nonce-copied", "LEG-3.1.1.5-recipientnonce-should"},
         .check = echoes},
        {.id = "nonce.reply-own-sender",
         .severity = warning,
         .cite = {rfc8894, "3.2.1.5"},
         .says = "The senderNonce of a CertRep is the CA's own, not the one of the request",
         .covers = {"SCEP-3.2.1.5-nonce-fresh"},
         .check = reply_has_its_own},
    };
    return rules;
}

RuleSpan<Run> run_nonces_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "nonce.sender-fresh",
         .severity = error,
         .cite = {rfc8894, "3.2.1.5"},
         .says = "No two messages have the same senderNonce, except the same message sent again",
         .covers = {"SCEP-3.2.1.5-nonce-fresh"},
         .check = fresh},
    };
    return rules;
}

}  // namespace sceplab::rules
