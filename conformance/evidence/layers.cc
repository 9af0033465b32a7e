#include <conformance/evidence/layers.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

bool starts_like_cms(Input octets) {
    const auto header = scep::der::read_header(octets);
    return header && header->tag == scep::der::tag::SEQUENCE;
}

void decode_text(MessageFacts& facts, Input octets, Expected expected) {
    facts.kind = BodyKind::other;
    const http::Capabilities capabilities = http::parse_capabilities(octets);
    const bool known = std::ranges::any_of(capabilities.lines, [](const http::Capability& line) { return line.known || line.other_case; });
    const bool markup = !octets.empty() && octets[0] == '<';
    if ((expected == Expected::capabilities && !markup) || (expected == Expected::anything && known)) {
        facts.kind = BodyKind::capabilities;
        facts.capabilities = capabilities;
    }
}

std::vector<IncludedCertificate> included_certificates(const cms::SignedData& signed_data) {
    std::vector<IncludedCertificate> out;
    if (signed_data.certificates) {
        for (auto each = signed_data.certificates->begin(); each != signed_data.certificates->end(); ++each) {
            const auto choice = *each;
            if (const auto certificate = choice ? choice->certificate() : std::unexpected(choice.error())) {
                out.push_back({each.index(), each.whole(), *certificate});
            }
        }
    }
    return out;
}

MessageData decode_normalised(Input octets, const scep::ber::Normalised& normalised, const scep::Sources& sources) {
    MessageData data;
    data.octets = octets;
    data.deviations = normalised.deviations;
    data.kind = scep::message_data_kind(normalised.der);
    const auto keep = [&](auto decoded, auto& into) {
        if (decoded) {
            into = *decoded;
        } else {
            data.error = decoded.error();
        }
    };
    switch (data.kind) {
        case scep::MessageDataKind::CertificationRequest:
            keep(pkcs10::CertificationRequest::decode(normalised.der), data.certification_request);
            break;
        case scep::MessageDataKind::IssuerAndSubject:
            keep(scep::IssuerAndSubject::decode(normalised.der), data.issuer_and_subject);
            break;
        case scep::MessageDataKind::IssuerAndSerialNumber:
            keep(cms::IssuerAndSerialNumber::decode(normalised.der), data.issuer_and_serial_number);
            break;
        case scep::MessageDataKind::SignedData:
            keep(cms::SignedData::decode_content_info(normalised.der), data.signed_data);
            break;
        case scep::MessageDataKind::unknown:
            break;
    }
    if (data.certification_request) {
        data.certification_request_info = scep::ber::original(data.certification_request->certification_request_info, sources);
    }
    return data;
}

// The next best readings of octets that are no pkiMessage; `error` says why they are not.
void decode_other_cms(MessageFacts& facts, Input der, const scep::Error& error, scep::Sources& sources) {
    if (const auto certs = scep::CertsOnly::decode(der); certs && (!certs->signed_data || certs->signed_data->certificates_only())) {
        facts.kind = BodyKind::certificates;
        facts.certs_only = *certs;
        return;
    }
    if (const auto enveloped = cms::EnvelopedData::decode_content_info(der)) {
        facts.kind = BodyKind::enveloped;
        facts.envelope.emplace();
        facts.envelope->enveloped_data = *enveloped;
        facts.envelope->recipients = Recipients(enveloped->recipient_infos);
        return;
    }
    if (pkcs10::CertificationRequest::decode(der)) {
        facts.kind = BodyKind::messageData;
        facts.message_data = decode_message_data(der, sources);
        facts.message_data->in_clear = true;
        return;
    }
    facts.kind = BodyKind::other;
    facts.error = error;
}

}  // namespace

bool any_framing(std::span<const scep::ber::Deviation> deviations) {
    return std::ranges::any_of(deviations, [](const scep::ber::Deviation& deviation) { return scep::ber::is_ber_framing(deviation.kind); });
}

void decode_body(MessageFacts& facts, Input octets, Expected expected, scep::Sources& sources) {
    facts.octets = octets;
    if (octets.empty()) {
        facts.kind = BodyKind::none;
        return;
    }
    if (expected == Expected::capabilities || !starts_like_cms(octets)) {
        decode_text(facts, octets, expected);
        if (expected == Expected::cms) {
            const auto message = scep::PkiMessage::decode(octets);
            facts.error = message ? std::nullopt : std::optional(message.error());
        }
        return;
    }
    const auto normalised = scep::ber::normalise(octets, sources);
    // What does not normalise may decode all the same: the codec looks at less of it.
    const auto message = normalised ? scep::PkiMessage::decode(normalised->der) : scep::PkiMessage::decode(octets, sources);
    facts.deviations = normalised ? normalised->deviations : message ? message->deviations : facts.deviations;
    facts.ber = any_framing(facts.deviations);
    if (message) {
        facts.kind = BodyKind::pki_message;
        facts.message = *message;
        facts.included = included_certificates(message->signed_data);
        if (message->signer_info.signed_attrs) {
            facts.signed_attrs.emplace(*message->signer_info.signed_attrs);
        }
    } else {
        decode_other_cms(facts, normalised ? normalised->der : octets, message.error(), sources);
    }
}

MessageData decode_message_data(Input octets, scep::Sources& sources) {
    const auto normalised = scep::ber::normalise(octets, sources);
    if (normalised) {
        return decode_normalised(octets, *normalised, sources);
    }
    MessageData data;
    data.octets = octets;
    data.error = normalised.error();
    return data;
}

void decode_content(MessageFacts& facts, scep::Sources& sources) {
    const cms::EncapsulatedContentInfo& info = facts.message->signed_data.encap_content_info;
    const std::optional<Input> content = info.e_content ? info.e_content->contiguous() : info.content ? std::optional(info.content->whole()) : std::nullopt;
    if (!content || content->empty()) {
        return;
    }
    Envelope envelope;
    const auto normalised = scep::ber::normalise(*content, sources);
    if (!normalised) {
        envelope.error = normalised.error();
        facts.envelope = std::move(envelope);
        return;
    }
    envelope.deviations = normalised->deviations;
    facts.ber = facts.ber || any_framing(envelope.deviations);
    const auto enveloped = cms::EnvelopedData::decode_content_info(normalised->der);
    if (enveloped) {
        envelope.enveloped_data = *enveloped;
        envelope.recipients = Recipients(enveloped->recipient_infos);
        const auto& encrypted = enveloped->encrypted_content_info.encrypted_content;
        facts.ber = facts.ber || (encrypted && encrypted->in_parts());
        facts.envelope = std::move(envelope);
        return;
    }
    if (const auto certs = scep::CertsOnly::decode(normalised->der); certs && certs->signed_data && certs->signed_data->certificates_only()) {
        facts.certs_only = *certs;
        facts.certs_only->deviations = normalised->deviations;
        return;
    }
    MessageData data = decode_normalised(*content, *normalised, sources);
    if (data.kind != scep::MessageDataKind::unknown && !data.error) {
        data.in_clear = true;
        facts.message_data = std::move(data);
        return;
    }
    envelope.error = enveloped.error();
    facts.envelope = std::move(envelope);
}

}  // namespace sceplab::evidence
