#include <conformance/evidence/producer.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

namespace oids = x509::oids;
using scep::ber::DeviationKind;

constexpr auto cms_algorithm_protect = scep::der::oid("1.2.840.113549.1.9.52");
constexpr auto pkcs9_random_nonce = scep::der::oid("1.2.840.113549.1.9.25.3");
constexpr auto unstructured_name = scep::der::oid("1.2.840.113549.1.9.2");
constexpr auto common_name = scep::der::oid("2.5.4.3");
constexpr auto microsoft_certificate_services = scep::der::oid("1.3.6.1.4.1.311.21");

bool has(const std::vector<scep::ber::Deviation>& deviations, DeviationKind kind) {
    return std::ranges::find(deviations, kind, &scep::ber::Deviation::kind) != deviations.end();
}

void add_http(Traits& out, const ExchangeFacts& exchange, Side side) {
    if (side == Side::request && exchange.exchange.request) {
        const std::string_view agent = find(exchange.exchange.request->fields, "User-Agent").value_or("");
        out.add(Trait::agent_cisco, agent.contains("Cisco PKI"));
        out.add(Trait::agent_windows, agent.contains("NDES client"));
        out.add(Trait::agent_java, agent.starts_with("Java/"));
        out.add(Trait::agent_apple, agent.contains("CFNetwork/"));
    } else if (side == Side::response && exchange.exchange.response) {
        out.add(Trait::server_iis, find(exchange.exchange.response->fields, "Server").value_or("").starts_with("Microsoft-IIS"));
    }
}

// A constructed OCTET STRING whose first part has 1000 octets.
bool comes_in_thousands(const MessageFacts& facts) {
    static constexpr std::array<std::uint8_t, 4> part{0x04, 0x82, 0x03, 0xe8};
    return std::ranges::any_of(facts.deviations, [&](const scep::ber::Deviation& deviation) {
        if (deviation.kind != DeviationKind::constructed_string || deviation.where.source != facts.octets.source() ||
            deviation.where.offset < facts.octets.offset()) {
            return false;
        }
        const Input string = facts.octets.slice(deviation.where.offset - facts.octets.offset(), deviation.where.length);
        const auto header = scep::der::read_header(string);
        return header && string.slice(header->size, part.size()).same_octets(part);
    });
}

void add_envelope(Traits& out, const MessageFacts& facts) {
    if (!facts.envelope || !facts.envelope->enveloped_data) {
        return;
    }
    const auto& enveloped = *facts.envelope->enveloped_data;
    const bool indefinite = has(facts.envelope->deviations, DeviationKind::indefinite_length);
    out.add(Trait::indefinite_envelope, indefinite && !out.has(Trait::indefinite_lengths));
    const auto& content = enveloped.encrypted_content_info.encrypted_content;
    out.add(Trait::encrypted_in_one_part, content && content->in_parts() && content->parts() == 1 && !indefinite);
    if (const auto& recipients = facts.envelope->recipients; !recipients.empty()) {
        const auto& recipient = recipients.first().front();
        if (const auto* ktri = recipient ? std::get_if<cms::KeyTransRecipientInfo>(&recipient->choice) : nullptr) {
            const auto& algorithm = ktri->key_encryption_algorithm;
            out.add(Trait::key_transport_bare, algorithm.algorithm == oids::rsaEncryption && !algorithm.parameters);
            out.add(Trait::oaep, algorithm.algorithm == oids::id_RSAES_OAEP);
        }
    }
}

void add_attributes(Traits& out, const MessageFacts& facts) {
    if (!facts.signed_attrs) {
        return;
    }
    for (const auto& attribute : *facts.signed_attrs) {
        if (!attribute) {
            continue;
        }
        const Input type = attribute->type.content;
        out.add(Trait::algorithm_protection, attribute->type == cms_algorithm_protect);
        out.add(Trait::random_nonce, attribute->type == pkcs9_random_nonce);
        out.add(Trait::microsoft_attribute,
                type.slice(0, microsoft_certificate_services.size).same_octets(microsoft_certificate_services.content()));
    }
}

bool consists_of(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == std::string_view::npos;
}

void add_transaction_id(Traits& out, std::string_view id) {
    constexpr std::string_view digits = "0123456789";
    constexpr std::string_view upper = "0123456789ABCDEF";
    constexpr std::string_view lower = "0123456789abcdef";
    const bool decimal = consists_of(id, digits);
    out.add(Trait::id_decimal, decimal && id.size() >= 60);
    if (decimal) {
        return;
    }
    out.add(Trait::id_32_upper, id.size() == 32 && consists_of(id, upper));
    out.add(Trait::id_40_upper, id.size() == 40 && consists_of(id, upper));
    out.add(Trait::id_40_lower, id.size() == 40 && consists_of(id, lower));
    out.add(Trait::id_base64, id.size() == 28 && id.back() == '=');
    out.add(Trait::id_dashed, id.size() == 17 && id[5] == '-' && id[11] == '-');
}

std::string_view without_leading_zeros(std::string_view hexadecimal) {
    const auto first = hexadecimal.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view() : hexadecimal.substr(first);
}

// In decimal digits, as some write a hash.
std::string decimal(std::span<const std::uint8_t> magnitude) {
    constexpr std::uint64_t thousand_millions = 1'000'000'000;
    std::vector<std::uint32_t> number(magnitude.size() / 4 + 1);
    for (std::size_t i = 0; i < magnitude.size(); ++i) {
        number[number.size() - 1 - i / 4] |= std::uint32_t{magnitude[magnitude.size() - 1 - i]} << (i % 4 * 8);
    }
    std::string backwards;
    while (std::ranges::any_of(number, [](std::uint32_t word) { return word != 0; })) {
        std::uint64_t rest = 0;
        for (std::uint32_t& word : number) {
            rest = rest << 32 | word;
            word = static_cast<std::uint32_t>(rest / thousand_millions);
            rest %= thousand_millions;
        }
        for (int digit = 0; digit < 9; ++digit, rest /= 10) {
            backwards += static_cast<char>('0' + rest % 10);
        }
    }
    backwards.resize(backwards.find_last_not_of('0') + 1);
    return {backwards.rbegin(), backwards.rend()};
}

// Nothing longer than a hash is looked at.
bool is_id(const scep::der::Integer& serial, std::string_view id) {
    if (serial.magnitude().size() > 32) {
        return false;
    }
    const std::string octets = scep::der::to_hex(serial.magnitude());
    const std::string_view a = without_leading_zeros(octets);
    const std::string_view b = without_leading_zeros(id);
    const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; };
    return a.size() >= 24 &&
           (std::ranges::equal(a, b, {}, {}, lower) || (consists_of(id, "0123456789") && decimal(serial.magnitude()) == id));
}

void add_signer(Traits& out, const MessageFacts& facts) {
    out.add(Trait::no_certificates, !facts.message->signed_data.certificates);
    if (!facts.signature || facts.signature->signer.found != Found::message) {
        return;
    }
    const x509::Certificate& certificate = *facts.signature->signer.certificate;
    for (const auto& rdn : certificate.subject.rdns) {
        if (!rdn) {
            continue;
        }
        for (const auto& attribute : rdn->attributes) {
            const bool is_common_name = attribute && attribute->type == common_name;
            out.add(Trait::signer_scep_signer, is_common_name && attribute->value.value().text() == "SCEP SIGNER");
            out.add(Trait::signer_mdm_signer, is_common_name && attribute->value.value().text() == "MDM SCEP SIGNER");
            out.add(Trait::signer_unstructured_name, attribute && attribute->type == unstructured_name);
        }
    }
    if (certificate.self_issued()) {
        out.add(Trait::signer_serial_is_id, is_id(certificate.serial_number, facts.transaction_id()));
        const auto identifier = certificate.extension(oids::id_ce_authorityKeyIdentifier);
        out.add(Trait::signer_critical_key_identifier, identifier && identifier->critical);
    }
}

bool is_rsa(const x509::AlgorithmIdentifier& algorithm) {
    return algorithm.algorithm == oids::rsaEncryption || algorithm.algorithm == oids::sha1WithRSAEncryption ||
           algorithm.algorithm == oids::sha256WithRSAEncryption;
}

bool same_value(const scep::AttributeSlot& a, const scep::AttributeSlot& b) {
    return a.value && b.value && a.value->value().same_octets(b.value->value());
}

} // namespace

std::string_view name(Trait trait) {
    // clang-format off
    switch (trait) {
    case Trait::agent_cisco: return "User-Agent \"Cisco PKI\"";
    case Trait::agent_windows: return "User-Agent \"NDES client\"";
    case Trait::agent_java: return "User-Agent \"Java\"";
    case Trait::agent_apple: return "User-Agent \"CFNetwork\"";
    case Trait::server_iis: return "Server \"Microsoft-IIS\"";
    case Trait::indefinite_lengths: return "indefinite lengths";
    case Trait::indefinite_envelope: return "indefinite lengths in the EnvelopedData alone";
    case Trait::content_in_thousands: return "an eContent in parts of 1000 octets";
    case Trait::encrypted_in_one_part: return "encryptedContent constructed of one part, in definite lengths";
    case Trait::digest_bare: return "SHA-1 without parameters";
    case Trait::signature_bare: return "the RSA signature's algorithm without parameters";
    case Trait::key_transport_bare: return "rsaEncryption of the key without parameters";
    case Trait::oaep: return "id-RSAES-OAEP";
    case Trait::algorithm_protection: return "the attribute cmsAlgorithmProtect";
    case Trait::random_nonce: return "the attribute randomNonce";
    case Trait::microsoft_attribute: return "an attribute of Microsoft's certificate services";
    case Trait::nonce_of_request: return "the request's senderNonce as its own";
    case Trait::id_32_upper: return "a transactionID of 32 hexadecimal capitals";
    case Trait::id_40_upper: return "a transactionID of 40 hexadecimal capitals";
    case Trait::id_40_lower: return "a transactionID of 40 small hexadecimal digits";
    case Trait::id_base64: return "a transactionID in base64";
    case Trait::id_decimal: return "a transactionID of many decimal digits";
    case Trait::id_dashed: return "a transactionID in groups with dashes";
    case Trait::signer_scep_signer: return "a signer of the name \"SCEP SIGNER\"";
    case Trait::signer_mdm_signer: return "a signer of the name \"MDM SCEP SIGNER\"";
    case Trait::signer_unstructured_name: return "unstructuredName in the signer's name";
    case Trait::signer_serial_is_id: return "the transactionID as the serial number of the self-signed certificate";
    case Trait::signer_critical_key_identifier: return "a critical authorityKeyIdentifier in the self-signed certificate";
    case Trait::no_certificates: return "no certificates";
    case Trait::one_octet: return "an eContent of one zero octet";
    }
    // clang-format on
    return "";
}

Traits traits(const ExchangeFacts& exchange, Side side) {
    Traits out;
    const MessageFacts* facts = exchange.side(side);
    if (facts == nullptr || !facts->message || !facts->message->attributes.message_type_slot.present()) {
        return out;
    }
    add_http(out, exchange, side);
    out.add(Trait::indefinite_lengths, has(facts->deviations, DeviationKind::indefinite_length));
    out.add(Trait::content_in_thousands, comes_in_thousands(*facts));
    const cms::SignerInfo& signer = facts->message->signer_info;
    out.add(Trait::digest_bare, signer.digest_algorithm.algorithm == oids::id_sha1 && !signer.digest_algorithm.parameters);
    out.add(Trait::signature_bare, is_rsa(signer.signature_algorithm) && !signer.signature_algorithm.parameters);
    add_envelope(out, *facts);
    add_attributes(out, *facts);
    add_signer(out, *facts);
    if (side == Side::request) {
        add_transaction_id(out, facts->transaction_id());
    } else if (const MessageFacts* request = exchange.side(Side::request); request != nullptr && request->message) {
        out.add(Trait::nonce_of_request, same_value(facts->message->attributes.sender_nonce, request->message->attributes.sender_nonce));
    }
    const auto& content = facts->message->signed_data.encap_content_info.e_content;
    const auto octets = content ? content->contiguous() : std::nullopt;
    out.add(Trait::one_octet, octets && octets->size() == 1 && (*octets)[0] == 0);
    return out;
}

} // namespace sceplab::evidence
