#include <conformance/rules/common.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace sceplab::rules {

std::string hex(Input octets) {
    constexpr std::uint32_t most = 20;
    std::string out = scep::der::to_hex(octets.slice(0, most).octets());
    return octets.size() > most ? out + "..." : out;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t most = 80;
    std::string out = "\"";
    for (const char c : text.substr(0, most)) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        out += control ? '?' : c;
    }
    return out + (text.size() > most ? "...\"" : "\"");
}

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

std::optional<std::uint32_t> decimal(std::string_view text) {
    const bool zero_first = text.size() > 1 && text.front() == '0';
    if (text.empty() || zero_first || text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() ? value : std::numeric_limits<std::uint32_t>::max();
}

std::string describe(const scep::cms::CertificateIdentifier& identifier) {
    if (identifier.issuer_and_serial_number) {
        return "issuer " + identifier.issuer_and_serial_number->issuer.to_string() + ", serial " +
               identifier.issuer_and_serial_number->serial_number.to_hex();
    }
    return identifier.subject_key_identifier ? "subjectKeyIdentifier " + hex(*identifier.subject_key_identifier) : std::string("nobody");
}

Place place(const Signed& message, scep::Location where, std::string path) {
    return place(message.exchange, message.facts.side, where, std::move(path));
}

Place place(const Body& body, scep::Location where, std::string path) {
    return place(body.exchange, body.facts.side, where, std::move(path));
}

Place signer_place(const Signed& message) {
    const auto& signature = message.facts.signature;
    if (signature && signature->signer.found == evidence::Found::message && signature->signer.certificate) {
        for (const evidence::IncludedCertificate& each : message.facts.included) {
            if (each.certificate.whole.same_octets(signature->signer.certificate->whole)) {
                return place(message, each.whole.location(), "SignedData.certificates[" + std::to_string(each.index) + "]");
            }
        }
    }
    return place(message, message.message.signer_info.sid.whole.location(), "SignedData.signerInfos[0].sid");
}

Place content_place(const Signed& message) {
    const scep::cms::EncapsulatedContentInfo& info = message.message.signed_data.encap_content_info;
    return info.content ? place(message, info.content->whole().location(), "SignedData.encapContentInfo.eContent")
                        : place(message, info.whole.location(), "SignedData.encapContentInfo");
}

bool same_name(const scep::x509::Name& a, const scep::x509::Name& b) { return match(a, b) != scep::x509::NameMatch::different; }

bool same_key(const scep::x509::SubjectPublicKeyInfo& a, const scep::x509::SubjectPublicKeyInfo& b) {
    return a.algorithm.algorithm == b.algorithm.algorithm && a.subject_public_key.octets.same_octets(b.subject_public_key.octets);
}

evidence::NamedBy named_by(const ExchangeFacts& exchange, const evidence::Envelope& envelope, const evidence::Recipients::iterator& recipient) {
    const auto index = static_cast<std::size_t>(recipient.index());
    return index < envelope.named_by.size() ? envelope.named_by[index] : *recipient ? named_by(**recipient, exchange.server) : evidence::NamedBy{};
}

std::optional<scep::x509::Attribute> signed_attribute(const MessageFacts& facts, const scep::der::OidConstant& type) {
    if (facts.signed_attrs) {
        for (const auto& attribute : *facts.signed_attrs) {
            if (attribute && attribute->type == type) {
                return *attribute;
            }
        }
    }
    return std::nullopt;
}

const scep::cms::EnvelopedData* enveloped_data(const MessageFacts& facts) {
    return facts.envelope && facts.envelope->enveloped_data ? &*facts.envelope->enveloped_data : nullptr;
}

std::expected<const scep::pkcs10::CertificationRequest*, Outcome> certification_request(const MessageFacts& facts) {
    return opened(facts, &evidence::MessageData::certification_request);
}

}  // namespace sceplab::rules
