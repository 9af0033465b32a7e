#include <conformance/evidence/facts.h>

#include <algorithm>

namespace sceplab::evidence {

std::string_view name(Side side) {
    return side == Side::request ? "request" : "response";
}

std::string_view name(Found found) {
    switch (found) {
        case Found::nowhere: return "nowhere";
        case Found::message: return "message";
        case Found::GetCACert: return "GetCACert";
        case Found::cert: return "cert";
    }
    return "nowhere";
}

std::string_view name(Decryption decryption) {
    switch (decryption) {
        case Decryption::not_performed: return "not_performed";
        case Decryption::ok: return "ok";
        case Decryption::failed: return "failed";
    }
    return "not_performed";
}

std::string_view name(BodyKind kind) {
    switch (kind) {
        case BodyKind::none: return "none";
        case BodyKind::pki_message: return "pkiMessage";
        case BodyKind::certificates: return "certificates";
        case BodyKind::capabilities: return "capabilities";
        case BodyKind::enveloped: return "EnvelopedData";
        case BodyKind::messageData: return "messageData";
        case BodyKind::other: return "other";
    }
    return "other";
}

std::string_view name(Role role) {
    switch (role) {
        case Role::issued: return "issued";
        case Role::ca: return "ca";
        case Role::ra: return "ra";
        case Role::other: return "other";
    }
    return "other";
}

const scep::TransactionAttributes* MessageFacts::attributes() const {
    return message ? &message->attributes : nullptr;
}

std::optional<scep::MessageType> MessageFacts::message_type() const {
    return message && message->attributes.message_type ? message->attributes.message_type->known : std::nullopt;
}

std::optional<scep::PkiStatus> MessageFacts::pki_status() const {
    return message && message->attributes.pki_status ? message->attributes.pki_status->known : std::nullopt;
}

std::optional<scep::FailInfo> MessageFacts::fail_info() const {
    return message && message->attributes.fail_info ? message->attributes.fail_info->known : std::nullopt;
}

std::string MessageFacts::transaction_id() const {
    const auto* all = attributes();
    return all != nullptr && all->transaction_id.value ? std::string(all->transaction_id.value->value().text()) : std::string();
}

bool ServerKnowledge::announces(std::string_view keyword) const {
    const auto listed = [&](std::string_view wanted) {
        return capabilities && std::ranges::any_of(*capabilities, [&](const std::string& word) { return http::same_but_for_case(word, wanted); });
    };
    const bool implied = keyword == "AES" || keyword == "POSTPKIOperation" || keyword == "SHA-256";
    return listed(keyword) || (implied && listed("SCEPStandard"));
}

const cms::CertificateIdentifier* certificate_identifier(const cms::RecipientInfo& recipient) {
    if (const auto* ktri = std::get_if<cms::KeyTransRecipientInfo>(&recipient.choice)) {
        return &ktri->rid;
    }
    const auto* other = std::get_if<cms::OtherRecipientInfo>(&recipient.choice);
    return other != nullptr && other->kem ? &other->kem->rid : nullptr;
}

NamedBy named_by(const cms::RecipientInfo& recipient, const ServerKnowledge& server) {
    const cms::CertificateIdentifier* rid = certificate_identifier(recipient);
    const auto first_of = [&](const KnownCertificates& all) -> const KnownCertificate* {
        const auto found = rid != nullptr ? std::ranges::find_if(all, [&](const auto& each) { return rid->matches(each->view); }) : all.end();
        return found != all.end() ? &**found : nullptr;
    };
    return {first_of(server.ca_certificates), first_of(server.next_ca_certificates)};
}

const MessageFacts* ExchangeFacts::side(Side wanted) const {
    const auto& facts = wanted == Side::request ? request : response;
    return facts ? &*facts : nullptr;
}

}  // namespace sceplab::evidence
