#include <conformance/evidence/record.h>

#include <scepcodec/botan/verify.h>

#include <span>
#include <string>

namespace sceplab::evidence {

namespace {

using scep::Location;

std::uint64_t hash_of(Input octets) {
    std::uint64_t hash = 0;
    const auto digest = botan::sha256(octets.octets());
    for (std::size_t i = 0; i < sizeof hash; ++i) {
        hash = hash << 8 | digest[i];
    }
    return hash;
}

Trace trace(Input hashed, Input place) {
    return {.present = true, .hash = hash_of(hashed), .where = place.location()};
}

Trace trace(std::optional<Input> octets) {
    return octets ? trace(*octets, *octets) : Trace{};
}

Trace trace(const x509::SubjectPublicKeyInfo& info) {
    return trace(info.subject_public_key.octets, info.whole);
}

// Names are compared by what they say: neither string type, case nor repeated spaces tell them apart.
Trace trace(const x509::Name& name) {
    std::string text;
    for (const char c : name.to_string()) {
        if (c != ' ' || (!text.empty() && text.back() != ' ')) {
            text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return trace(Input(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())), name.whole);
}

// The first value of an attribute.
Trace trace(const scep::PkiMessage& message, const scep::AttributeSlot& slot) {
    if (!slot.value) {
        return {};
    }
    Trace out = trace(slot.value->value(), slot.value->whole());
    const auto& all = *message.signer_info.signed_attrs;
    for (auto attribute = all.begin(); attribute != all.end(); ++attribute) {
        const Location value = slot.value->whole().location();
        const Location whole = attribute.whole().location();
        if (value.offset >= whole.offset && value.offset < whole.offset + whole.length) {
            out.attribute = attribute.index();
        }
    }
    return out;
}

void add_request(ExchangeRecord& out, const MessageFacts& facts) {
    const scep::PkiMessage& message = *facts.message;
    out.request_is_pki_message = true;
    out.request_type = facts.message_type();
    out.request_message = trace(facts.octets);
    out.request_nonce = trace(message, message.attributes.sender_nonce);
    out.request_transaction_id = trace(message, message.attributes.transaction_id);
    out.request_type_value = trace(message, message.attributes.message_type_slot);
    if (facts.signature) {
        out.request_signer = trace(facts.signature->signer.certificate_original);
    }
    if (facts.message_data && facts.message_data->certification_request) {
        out.requested_key = trace(facts.message_data->certification_request->subject_pk_info);
        out.requested_subject = trace(facts.message_data->certification_request->subject);
    }
    if (facts.message_data && facts.message_data->issuer_and_subject) {
        out.polled_subject = trace(facts.message_data->issuer_and_subject->subject);
    }
}

void add_response(ExchangeRecord& out, const MessageFacts& facts) {
    const scep::PkiMessage& message = *facts.message;
    out.response_is_pki_message = true;
    out.pki_status = facts.pki_status();
    out.response_message = trace(facts.octets);
    out.response_nonce = trace(message, message.attributes.sender_nonce);
    out.response_transaction_id = trace(message, message.attributes.transaction_id);
    out.response_status = trace(message, message.attributes.pki_status_slot);
    if (!facts.crls.empty()) {
        out.crl_issuer = trace(facts.crls.front().issuer.whole);
        out.crl_this_update = facts.crls.front().this_update.seconds;
    }
    for (const CertificateFacts& certificate : facts.certificates) {
        if (certificate.role == Role::issued && !out.issued_key.present) {
            out.issued_key = trace(certificate.certificate.subject_public_key_info);
        }
    }
}

HttpTrace http_trace(const ExchangeFacts& facts) {
    HttpTrace out;
    out.operation = facts.operation;
    if (const auto& request = facts.exchange.request) {
        out.method = request->method == "GET" ? "GET" : request->method == "POST" ? "POST" : "";
        const auto message = facts.target ? facts.target->message() : std::nullopt;
        out.sent_message = !request->body.empty() || (message && !message->empty());
        out.target = request->target.location();
    }
    if (const auto& response = facts.exchange.response) {
        out.status = response->status;
        out.answer = response->body.location();
    }
    return out;
}

}  // namespace

ExchangeRecord record(const ExchangeFacts& facts) {
    ExchangeRecord out;
    out.exchange = facts.index;
    out.transaction = facts.transaction;
    out.ended = facts.exchange.ended;
    out.http = http_trace(facts);
    if (facts.exchange.request) {
        out.time = facts.exchange.request->time;
    }
    if (facts.request && facts.request->message) {
        add_request(out, *facts.request);
    }
    if (facts.response && facts.response->message) {
        add_response(out, *facts.response);
    }
    return out;
}

}  // namespace sceplab::evidence
