#include <vectors/run/own_cms.h>

#include <scepcodec/ber/normalise.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/scep/pki_message.h>

#include <algorithm>
#include <array>

namespace sceplab::vectors {

namespace {

using scep::MessageType;
using scep::PkiStatus;
using scep::der::Input;
namespace tag = scep::der::tag;

bool is_string(const scep::der::Element& value) {
    constexpr std::array types{tag::PrintableString, tag::UTF8String,    tag::IA5String,
                               tag::TeletexString,   tag::VisibleString, tag::NumericString};
    return std::ranges::find(types, value.tag()) != types.end();
}

// The attributes that RFC 8894, 3.2.1 asks of that messageType, each once, with one value of its type. Says what is wrong.
class Attributes {
public:
    explicit Attributes(const scep::TransactionAttributes& attributes) : m_attributes(attributes) {}

    [[nodiscard]] std::string wrong() {
        need("transactionID", m_attributes.transaction_id, true);
        need("messageType", m_attributes.message_type_slot, true);
        if (m_wrong.empty() && !m_attributes.message_type->known) {
            m_wrong = "messageType is none that is known";
        }
        const bool reply = m_wrong.empty() && *m_attributes.message_type == MessageType::CertRep;
        // RFC 8894, 3.3.2 tells that many replies have none.
        need("senderNonce", m_attributes.sender_nonce, !reply);
        if (m_wrong.empty() && m_attributes.transaction_id.value->value().empty()) {
            m_wrong = "transactionID is empty";
        }
        if (m_wrong.empty() && std::ranges::any_of(m_attributes.transaction_id.value->value(), [](std::uint8_t c) { return c < 0x20; })) {
            m_wrong = "transactionID has control characters";
        }
        need("recipientNonce", m_attributes.recipient_nonce, reply);
        need("pkiStatus", m_attributes.pki_status_slot, reply);
        need("failInfo", m_attributes.fail_info_slot, false);
        need("failInfoText", m_attributes.fail_info_text, false);
        if (reply) {
            check_status();
        }
        return m_wrong;
    }

private:
    void need(const std::string& name, const scep::AttributeSlot& slot, bool required) {
        if (!m_wrong.empty() || (!required && !slot.present())) {
            return;
        }
        const bool nonce = name.ends_with("Nonce");
        if (!slot.present()) {
            m_wrong = name + " is missing";
        } else if (slot.occurrences != 1 || slot.values != 1) {
            m_wrong = name + " has not one value";
        } else if (nonce ? slot.value->tag() != tag::OCTET_STRING || slot.value->value().empty() : !is_string(*slot.value)) {
            m_wrong = name + " is not of its type";
        }
    }
    void check_status() {
        if (!m_wrong.empty()) {
            return;
        }
        const auto& fail_info = m_attributes.fail_info;
        const bool failure = *m_attributes.pki_status == PkiStatus::FAILURE;
        if (!m_attributes.pki_status->known) {
            m_wrong = "pkiStatus is none that is known";
        } else if (failure != fail_info.has_value()) {
            m_wrong = "failInfo is there if, and only if, pkiStatus is FAILURE";
        } else if (fail_info && !fail_info->known) {
            m_wrong = "failInfo is none that is known";
        }
    }

    const scep::TransactionAttributes& m_attributes;
    std::string m_wrong;
};

scep::MessageDataKind due_kind(MessageType type) {
    switch (type) {
    case MessageType::PKCSReq:
    case MessageType::RenewalReq:
        return scep::MessageDataKind::CertificationRequest;
    case MessageType::CertPoll:
        return scep::MessageDataKind::IssuerAndSubject;
    case MessageType::GetCert:
    case MessageType::GetCRL:
        return scep::MessageDataKind::IssuerAndSerialNumber;
    case MessageType::CertRep:
        break;
    }
    return scep::MessageDataKind::SignedData;
}

// What any ContentInfo looks like is SignedData only where it says so.
scep::MessageDataKind kind_of(const std::string& plaintext) {
    scep::Sources sources;
    const auto octets = sources.add_captured(octets_of(Json{{"input", plaintext}}));
    const auto normalised = scep::ber::normalise(*octets, sources);
    const Input der = normalised ? normalised->der : *octets;
    const scep::MessageDataKind kind = scep::message_data_kind(der);
    const bool other_type = kind == scep::MessageDataKind::SignedData && !scep::cms::SignedData::decode_content_info(der);
    return other_type ? scep::MessageDataKind::unknown : kind;
}

Json fields_of(const scep::PkiMessage& message) {
    const scep::TransactionAttributes& attributes = message.attributes;
    Json out;
    const auto set = [&](const char* name, const scep::AttributeSlot& slot, auto&& text) {
        if (slot.value) {
            out[name] = text(slot.value->value());
        }
    };
    const auto text = [](Input value) { return std::string(value.text()); };
    const auto hexadecimal = [](Input value) { return scep::der::to_hex(value.octets()); };
    set("messageType", attributes.message_type_slot, text);
    set("transactionID", attributes.transaction_id, text);
    set("senderNonce", attributes.sender_nonce, hexadecimal);
    set("recipientNonce", attributes.recipient_nonce, hexadecimal);
    set("pkiStatus", attributes.pki_status_slot, text);
    set("failInfo", attributes.fail_info_slot, text);
    set("failInfoText", attributes.fail_info_text, text);
    out["digestAlgorithm"] = message.signer_info.digest_algorithm.algorithm.to_string();
    out["signatureAlgorithm"] = message.signer_info.signature_algorithm.algorithm.to_string();
    return out;
}

// RFC 8894, 3.1, 3.2.2: of every request and of a reply that grants it, and of no other.
Answer with_envelope(const scep::PkiMessage& message, const Json& request, scep::Sources& sources) {
    const scep::TransactionAttributes& attributes = message.attributes;
    const MessageType type = *attributes.message_type->known;
    const bool due = type != MessageType::CertRep || *attributes.pki_status == PkiStatus::SUCCESS;
    const auto content = octets_of(message.signed_data.encap_content_info);
    Answer out = accepted();
    out.fields = fields_of(message);
    if (!due) {
        return content && !content->empty() ? rejected("an envelope that is not due") : out;
    }
    if (!content || content->empty()) {
        return rejected("the envelope is missing");
    }
    const auto input = sources.add_captured(*content);
    const auto enveloped = decode_enveloped_data(*input, sources);
    if (!enveloped) {
        return enveloped.error();
    }
    if (!(enveloped->encrypted_content_info.content_type == scep::cms::oids::id_data)) {
        return rejected("the encrypted content is not data", "EnvelopedData.encryptedContentInfo.contentType");
    }
    const Answer opened = open_envelope(*enveloped, request, sources);
    if (opened.state != Answer::State::accept) {
        return opened;
    }
    if (kind_of(*opened.plaintext) != due_kind(type)) {
        return rejected("the messageData is not what the messageType says");
    }
    out.fields["contentEncryptionAlgorithm"] = opened.fields["contentEncryptionAlgorithm"];
    out.plaintext = opened.plaintext;
    return out;
}

Answer pki_message(const Json& request) {
    scep::Sources sources;
    const auto data = decode_signed_data(request, sources);
    if (!data) {
        return data.error();
    }
    const auto message = scep::PkiMessage::decode(*sources.add_captured(octets_of(request)), sources);
    if (!message) {
        return rejected(message.error());
    }
    if (data->signer_infos.size() != 1) {
        return rejected("more than one signer", "SignedData.signerInfos");
    }
    if (!message->signer_info.signed_attrs) {
        return rejected("no signedAttrs", "SignedData.signerInfos[0].signedAttrs");
    }
    if (!(data->encap_content_info.e_content_type == scep::cms::oids::id_data)) {
        return rejected("the content is not data", "SignedData.encapContentInfo.eContentType");
    }
    if (auto wrong = verify_signer(*data, message->signer_info)) {
        return *wrong;
    }
    if (const std::string wrong = Attributes(message->attributes).wrong(); !wrong.empty()) {
        return rejected(wrong);
    }
    return with_envelope(*message, request, sources);
}

} // namespace

Answer own_pki_message(const Json& request) { return pki_message(request); }

} // namespace sceplab::vectors
