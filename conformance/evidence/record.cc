#include <conformance/evidence/record.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <string>

namespace sceplab::evidence {

namespace {

using scep::Location;

__extension__ using Product = unsigned __int128;

std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) {
    const Product product = static_cast<Product>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Not cryptography: traces are compared within one run and never leave it. Drawn anew for each run, so that no capture can be made for values that fall together.
struct Secret {
    std::uint64_t a = draw();
    std::uint64_t b = draw();

    static std::uint64_t draw() {
        std::random_device device;
        return std::uint64_t{device()} << 32 | device();
    }
};

std::uint64_t hash_of(Input input) {
    static const Secret secret;
    std::span<const std::uint8_t> octets = input.octets();
    std::uint64_t hash = secret.a ^ octets.size();
    std::array<std::uint64_t, 2> block{};
    const auto add_block = [&] { hash = folded_product(hash ^ block[0] ^ secret.a, block[1] ^ secret.b); };
    for (; octets.size() >= sizeof block; octets = octets.subspan(sizeof block)) {
        std::memcpy(block.data(), octets.data(), sizeof block);
        add_block();
    }
    if (!octets.empty()) {
        block = {};
        std::memcpy(block.data(), octets.data(), octets.size());
        add_block();
    }
    return folded_product(hash ^ secret.b, secret.a);
}

Trace trace(Input hashed, Input place) {
    return {.hash = hash_of(hashed), .where = place.location(), .present = true};
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

// What names a certificate.
Trace trace(const x509::Name& issuer, const scep::der::Integer& serial, Input place) {
    std::vector<std::uint8_t> both(issuer.whole.begin(), issuer.whole.end());
    both.insert(both.end(), serial.content.begin(), serial.content.end());
    return trace(Input(both), place);
}

bool has_crl_location(const x509::Certificate& certificate) { return certificate.extension(x509::oids::id_ce_cRLDistributionPoints).has_value(); }

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
            constexpr int most = std::numeric_limits<std::int16_t>::max();
            out.attribute = static_cast<std::int16_t>(attribute.index() > most ? -1 : attribute.index());
        }
    }
    return out;
}

void add_request_data(ExchangeRecord& out, const pkcs10::CertificationRequest& csr) {
    out.requested_key = trace(csr.subject_pk_info);
    out.requested_subject = trace(csr.subject);
    if (const auto challenge = csr.challenge_password(); challenge && !challenge->value().empty()) {
        out.challenge = trace(challenge->value(), challenge->whole());
    }
}

void add_issued(ExchangeRecord& out, const CertificateFacts& facts) {
    const x509::Certificate& certificate = facts.certificate;
    out.issued_key = trace(certificate.subject_public_key_info);
    out.issued_certificate = trace(facts.original, certificate.whole);
    out.issued_name = trace(certificate.issuer, certificate.serial_number, certificate.whole);
    out.issued_subject = trace(certificate.subject);
    out.issued_not_before = certificate.validity.not_before.seconds;
    out.issued_not_after = certificate.validity.not_after.seconds;
    out.issued_has_crl_location = has_crl_location(certificate);
}

Trace trace_iv(const MessageFacts& facts) {
    const auto* enveloped = facts.envelope && facts.envelope->enveloped_data ? &*facts.envelope->enveloped_data : nullptr;
    const auto& parameters = enveloped != nullptr ? enveloped->encrypted_content_info.content_encryption_algorithm.parameters : std::nullopt;
    return parameters && parameters->tag() == scep::der::tag::OCTET_STRING ? trace(parameters->value(), parameters->whole()) : Trace{};
}

Trace trace_kemct(const MessageFacts& facts) {
    if (!facts.envelope || facts.envelope->recipients.empty()) {
        return {};
    }
    const auto& first = facts.envelope->recipients.first().front();
    const auto* other = first ? std::get_if<cms::OtherRecipientInfo>(&first->choice) : nullptr;
    return other != nullptr && other->kem ? trace(other->kem->kemct, other->kem->kemct) : Trace{};
}

void add_request(ExchangeRecord& out, const MessageFacts& facts) {
    const scep::PkiMessage& message = *facts.message;
    out.request_is_pki_message = true;
    out.request_type = facts.message_type();
    out.request_message = trace(facts.octets);
    out.request_iv = trace_iv(facts);
    out.request_kemct = trace_kemct(facts);
    out.request_nonce = trace(message, message.attributes.sender_nonce);
    out.request_transaction_id = trace(message, message.attributes.transaction_id);
    out.request_type_value = trace(message, message.attributes.message_type_slot);
    if (facts.signature) {
        out.request_signer = trace(facts.signature->signer.certificate_original);
    }
    if (facts.signature && facts.signature->signer.certificate) {
        const x509::Certificate& signer = *facts.signature->signer.certificate;
        out.signed_by_itself = signer.self_issued();
        out.signer_name = trace(signer.issuer, signer.serial_number, signer.whole);
        out.signer_has_crl_location = has_crl_location(signer);
    }
    if (facts.message_data && facts.message_data->certification_request) {
        add_request_data(out, *facts.message_data->certification_request);
    }
    if (facts.message_data && facts.message_data->issuer_and_subject) {
        out.polled_subject = trace(facts.message_data->issuer_and_subject->subject);
    }
    if (facts.message_data && facts.message_data->issuer_and_serial_number) {
        const cms::IssuerAndSerialNumber& asked = *facts.message_data->issuer_and_serial_number;
        out.asked_certificate = trace(asked.issuer, asked.serial_number, asked.whole);
    }
}

void add_response(ExchangeRecord& out, const MessageFacts& facts) {
    const scep::PkiMessage& message = *facts.message;
    out.response_is_pki_message = true;
    out.pki_status = facts.pki_status();
    out.response_message = trace(facts.octets);
    out.response_iv = trace_iv(facts);
    out.response_kemct = trace_kemct(facts);
    out.response_nonce = trace(message, message.attributes.sender_nonce);
    out.response_transaction_id = trace(message, message.attributes.transaction_id);
    out.response_status = trace(message, message.attributes.pki_status_slot);
    if (!facts.crls.empty()) {
        out.crl_issuer = trace(facts.crls.front().issuer.whole);
        out.crl_this_update = facts.crls.front().this_update.seconds;
    }
    for (const CertificateFacts& certificate : facts.certificates) {
        if (certificate.role == Role::issued && !out.issued_key.present) {
            add_issued(out, certificate);
        }
    }
}

HttpTrace http_trace(const ExchangeFacts& facts) {
    HttpTrace out;
    if (const auto& request = facts.exchange.request) {
        out.method = request->method == "GET" ? "GET" : request->method == "POST" ? "POST" : "";
        const auto message = facts.target ? facts.target->message() : std::nullopt;
        out.sent_message = !request->body.empty() || (message && !message->empty());
    }
    if (const auto& response = facts.exchange.response) {
        out.status = response->status;
        out.answer = response->body.location();
    }
    return out;
}

void add_server(ExchangeRecord& out, const ExchangeFacts& facts) {
    const LocalFacts& local = *facts.local;
    out.local = facts.local;
    out.server = facts.server.number;
    out.operation = facts.operation;
    out.renewal_announced = facts.server.announces("Renewal");
    if (facts.target) {
        out.target = facts.target->whole.location();
        if (local.ca_host) {
            out.host_is_configured = input::find(facts.exchange.request->fields, "Host") == std::optional<std::string_view>(*local.ca_host);
        }
    }
    if (!local.ca_fingerprints.empty() && !facts.server.ca_certificates.empty()) {
        // What the client was given beforehand needs no fingerprint.
        const auto is_pinned = [&](const auto& known) {
            return known->fingerprint || std::ranges::find(local.preloaded_ca_certificates, known) != local.preloaded_ca_certificates.end();
        };
        out.ca_is_pinned = std::ranges::any_of(facts.server.ca_certificates, is_pinned);
    }
    out.ca_certificates_given = facts.operation == scep::Operation::GetCACert && facts.response && !facts.response->certificates.empty();
}

}  // namespace

ExchangeRecord record(const ExchangeFacts& facts) {
    ExchangeRecord out;
    out.exchange = facts.index;
    out.transaction = facts.transaction;
    out.ended = facts.exchange.ended;
    out.http = http_trace(facts);
    add_server(out, facts);
    if (facts.request) {
        out.request_dialects = dialects(*facts.request);
        out.request_traits = traits(facts, Side::request);
    }
    if (facts.response) {
        out.response_is_capabilities = facts.response->capabilities.has_value();
        out.response_dialects = dialects(*facts.response);
        out.response_traits = traits(facts, Side::response);
    }
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
