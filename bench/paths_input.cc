#include "paths_input.h"

#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/build.h>
#include <scepcodec/x509/oids.h>

namespace bench {

using namespace scep;

namespace {

constexpr std::size_t modulus = 256;

// Numbers that no pattern helps with, the same in every run; the first bit is set as in a modulus.
Octets octets(std::size_t count) {
    Octets out(count);
    std::uint32_t state = 1;
    for (std::uint8_t& octet : out) {
        state = state * 1664525u + 1013904223u;
        octet = static_cast<std::uint8_t>(state >> 24);
    }
    if (!out.empty()) {
        out.front() |= 0x80;
    }
    return out;
}

// Counted one by one, with the parser of all forms.
std::size_t elements(der::Input input) {
    std::size_t count = 0;
    while (!input.empty()) {
        const der::Header header = der::read_header(input).value();
        count += 1 + (header.tag.constructed() ? elements(input.slice(header.size, header.length)) : 0);
        input = input.from(header.size + header.length);
    }
    return count;
}

Octets name(std::string_view common_name) {
    const build::NamePart parts[] = {{der::oid("2.5.4.6"), "DE", der::tag::PrintableString},
                                     {der::oid("2.5.4.10"), "Example"},
                                     {der::oid("2.5.4.3"), std::string(common_name)}};
    return build::encode_name(parts);
}

Octets rsa_key() {
    const Octets key = der::encode([](der::Writer& w) {
        w.sequence([&] {
            w.unsigned_integer(octets(modulus));
            w.integer(65537);
        });
    });
    return der::encode([&](der::Writer& w) {
        w.sequence([&] {
            w.raw(cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null));
            w.bit_string(key);
        });
    });
}

Octets certificate(std::int64_t serial) {
    x509::CertificateBuilder builder;
    builder.serial_number = {static_cast<std::uint8_t>(0x40 + serial % 64), static_cast<std::uint8_t>(serial)};
    builder.signature = cms::encode_algorithm(x509::oids::sha256WithRSAEncryption, cms::Parameters::null);
    builder.issuer = name("Example CA");
    builder.subject = name("device " + std::to_string(serial));
    builder.not_before = 1'750'000'000;
    builder.not_after = 1'850'000'000;
    builder.subject_public_key_info = rsa_key();
    const Octets identifier = der::encode([](der::Writer& w) { w.octet_string(octets(20)); });
    const Octets key_usage = der::encode([](der::Writer& w) { w.bit_string(Octets{0xa0}, 5); });
    const Octets constraints = der::encode([](der::Writer& w) { w.sequence([] {}); });
    builder.extensions = {build::encode_extension(x509::oids::id_ce_basicConstraints, true, constraints),
                          build::encode_extension(x509::oids::id_ce_keyUsage, true, key_usage),
                          build::encode_extension(x509::oids::id_ce_subjectKeyIdentifier, false, identifier)};
    return builder.finish(octets(modulus));
}

PathInput signed_message(cms::SignedDataBuilder builder, std::size_t sum) {
    const PathParts parts = pkcs_req_parts(0);
    builder.certificates = {parts.certificate};
    builder.sid = parts.sid;
    builder.digest_algorithm = parts.digest_algorithm;
    builder.signature_algorithm = parts.signature_algorithm;
    builder.message_digest = parts.message_digest;
    return {.octets = builder.finish(parts.signature), .sum = sum + parts.certificate.size()};
}

build::Transaction transaction(bool answer) {
    build::Transaction out;
    out.transaction_id = "8E63A1F0B4C2D5967788AABBCCDDEEFF00112233";
    out.sender_nonce = octets(16);
    if (answer) {
        out.recipient_nonce = octets(16);
    }
    return out;
}

}  // namespace

PathInput pkcs_req(std::size_t envelope) { return signed_message(build::pkcs_req(transaction(false), octets(envelope)), 1 + 40 + 16 + envelope); }

PathInput cert_rep(std::size_t envelope) {
    return signed_message(build::cert_rep_success(transaction(true), octets(envelope)), 1 + 40 + 16 + 16 + envelope);
}

PathInput certificates_only(std::size_t count) {
    std::vector<Octets> certificates;
    PathInput out;
    for (std::size_t i = 0; i < count; ++i) {
        certificates.push_back(certificate(static_cast<std::int64_t>(i)));
        out.sum += certificates.back().size();
    }
    out.octets = cms::encode_certificates_only(certificates);
    out.elements = elements(der::Input(out.octets));
    return out;
}

PathParts pkcs_req_parts(std::size_t envelope) {
    return {.transaction = transaction(false),
            .envelope = octets(envelope),
            .certificate = certificate(1),
            .sid = cms::encode_issuer_and_serial_number(name("Example CA"), Octets{0x41, 0x01}),
            .digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256),
            .signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null),
            .message_digest = octets(32),
            .signature = octets(modulus)};
}

}  // namespace bench
