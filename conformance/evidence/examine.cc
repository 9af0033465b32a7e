#include <conformance/evidence/authorities.h>
#include <conformance/evidence/issuers.h>
#include <conformance/evidence/layers.h>
#include <conformance/evidence/opening.h>
#include <conformance/evidence/signature.h>
#include <conformance/evidence/transaction_id.h>

#include <scepcodec/botan/verify.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

using scep::Operation;

// What a bare message tells of its operation.
std::optional<Operation> operation_of(const MessageFacts& facts) {
    switch (facts.kind) {
        case BodyKind::pki_message: return facts.attributes()->message_type_slot.present() ? std::optional(Operation::PKIOperation) : std::nullopt;
        case BodyKind::capabilities: return Operation::GetCACaps;
        case BodyKind::certificates: return Operation::GetCACert;
        default: return std::nullopt;
    }
}

// Octets that came as text where octets are due: a body that is base64.
Input without_base64(MessageFacts& facts, Input body, scep::Sources& sources) {
    if (!http::looks_like_base64(body)) {
        return body;
    }
    const auto decoded = http::decode_base64(body, sources);
    if (!decoded) {
        return body;
    }
    facts.text_deviations = decoded->deviations;
    return decoded->octets;
}

MessageFacts look_at_request(const ExchangeFacts& facts, scep::Sources& sources) {
    MessageFacts out;
    out.side = Side::request;
    const input::Request& request = *facts.exchange.request;
    const bool bare = request.target.empty();
    if (!bare && facts.operation != Operation::PKIOperation && request.body.empty()) {
        return out;
    }
    const auto message = facts.target && request.body.empty() ? facts.target->message() : std::nullopt;
    if (message) {
        const auto decoded = http::decode_get_message(*message, sources);
        if (!decoded) {
            out.kind = BodyKind::other;
            out.error = decoded.error();
            return out;
        }
        out.text_deviations = decoded->deviations;
        decode_body(out, decoded->octets, Expected::cms, sources);
    } else {
        decode_body(out, without_base64(out, request.body, sources), bare ? Expected::anything : Expected::cms, sources);
    }
    return out;
}

MessageFacts look_at_response(const ExchangeFacts& facts, scep::Sources& sources) {
    MessageFacts out;
    out.side = Side::response;
    const input::Response& response = *facts.exchange.response;
    const bool answered_well = response.status == 200;
    const Expected expected = facts.operation == Operation::GetCACaps && answered_well ? Expected::capabilities
                              : facts.operation && answered_well                       ? Expected::cms
                                                                                       : Expected::anything;
    const Input body = expected == Expected::capabilities ? response.body : without_base64(out, response.body, sources);
    decode_body(out, body, expected, sources);
    return out;
}

std::optional<Input> requested_key(const ExchangeFacts& facts) {
    const auto* data = facts.request && facts.request->message_data ? &*facts.request->message_data : nullptr;
    return data != nullptr && data->certification_request ? std::optional(data->certification_request->subject_pk_info.whole) : std::nullopt;
}

void add(std::vector<x509::Certificate>& into, const KnownCertificates& known) {
    std::ranges::transform(known, std::back_inserter(into), [](const auto& each) { return each->view; });
}

// Whether what was issued leads to a certificate that GetCACert gave, through those that came along; at a time at which it is valid itself.
void check_issued(std::vector<CertificateFacts>& certificates, const ServerKnowledge& server, const Settings& settings, std::optional<input::Timestamp> time) {
    std::vector<Input> anchors;
    for (const auto* all : {&server.ca_certificates, &server.next_ca_certificates}) {
        std::ranges::transform(*all, std::back_inserter(anchors), [](const auto& known) { return Input(known->octets); });
    }
    std::vector<Input> others;
    std::ranges::transform(certificates, std::back_inserter(others), &CertificateFacts::original);
    for (CertificateFacts& certificate : certificates) {
        if (certificate.role == Role::issued) {
            const auto& [not_before, not_after] = certificate.certificate.validity;
            const std::int64_t captured = time.value_or(0) / 1'000'000;
            const std::int64_t when = std::max(not_before.seconds, std::min(captured, not_after.seconds));
            certificate.chain = !settings.cryptography ? switched_off()
                                : anchors.empty() ? botan::Check::not_performed("no GetCACert answer before")
                                : !time         ? botan::Check::not_performed("no time of capture")
                                                : botan::verify_chain(certificate.original, others, anchors, when);
            return;  // one is issued; a crowd of them is not worth the work
        }
    }
}

Sha256 hash_of(std::string_view text) {
    const auto digest = botan::sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    Sha256 out{};
    std::ranges::copy_n(digest.begin(), static_cast<std::ptrdiff_t>(out.size()), out.begin());
    return out;
}

// Whose key may open a message of either side, and with which password.
OpeningHelp help_for(const ExchangeFacts& facts, const Settings& settings) {
    OpeningHelp help;
    add(help.certificates, facts.server.ca_certificates);
    add(help.certificates, facts.server.next_ca_certificates);
    add(help.certificates, settings.certificates);
    if (facts.request && facts.request->signature && facts.request->signature->signer.certificate) {
        help.certificates.push_back(*facts.request->signature->signer.certificate);
    }
    if (facts.request && facts.request->message_data && facts.request->message_data->certification_request) {
        if (const auto password = facts.request->message_data->certification_request->challenge_password()) {
            const std::string octets(password->value().text());
            help.challenge = Challenge{scep::der::utf8_text(*password).value_or(octets), octets};
        }
    }
    return help;
}

std::optional<Sha256> transaction_key(const ExchangeFacts& facts) {
    const auto id_of = [](const std::optional<MessageFacts>& side) { return side ? side->transaction_id() : std::string(); };
    std::string id = id_of(facts.request);
    if (id.empty()) {
        id = id_of(facts.response);
    }
    return id.empty() ? std::nullopt : std::optional(hash_of(id));
}

}  // namespace

botan::Check switched_off() { return botan::Check::not_performed("cryptography is switched off"); }

void examine(ExchangeFacts& facts, const Settings& settings) {
    scep::Sources& sources = facts.exchange.sources;
    const auto look_inside = [&](MessageFacts& side) {
        if (side.message) {
            side.signature = check_signature(side, facts.server, settings, facts.time, sources);
            decode_content(side, sources);
        }
        if (side.envelope && side.envelope->enveloped_data) {
            for (const auto& recipient : side.envelope->recipients.first()) {
                side.envelope->named_by.push_back(recipient ? named_by(*recipient, facts.server) : NamedBy{});
            }
        }
        if (side.envelope) {
            open_envelope(side, settings, help_for(facts, settings), sources);
        }
        if (side.message_data && side.message_data->certification_request) {
            MessageData& data = *side.message_data;
            data.proof_of_possession = settings.cryptography ? botan::verify(*data.certification_request, *data.certification_request_info) : switched_off();
        }
    };
    if (facts.exchange.request) {
        facts.request = look_at_request(facts, sources);
        look_inside(*facts.request);
        compare_transaction_id(*facts.request);
    }
    if (facts.exchange.response) {
        facts.response = look_at_response(facts, sources);
        look_inside(*facts.response);
        MessageFacts& response = *facts.response;
        if (response.message_data && response.message_data->signed_data) {
            list_certificates(response, *response.message_data->signed_data, requested_key(facts), sources);
        } else if (response.certs_only && response.certs_only->signed_data) {
            list_certificates(response, *response.certs_only->signed_data, requested_key(facts), sources);
        } else if (response.certs_only) {
            list_certificate(response, *response.certs_only->certificate, sources);
        }
        compare_fingerprints(response.certificates, *facts.local);
        if (settings.cryptography) {
            find_issuing_ca(response.certificates, facts.server, sources);
        }
        check_issued(response.certificates, facts.server, settings, facts.time);
        check_issuers(response, facts.server, settings, sources);
    }
    if (!facts.target) {
        const auto& only = facts.request ? facts.request : facts.response;
        facts.operation = operation_of(*only);
    }
    facts.transaction_key = transaction_key(facts);
}

}  // namespace sceplab::evidence
