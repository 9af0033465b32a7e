// make_seeds FOLDER: writes one pkiMessage of each kind, in DER and with indefinite lengths, for fuzzing to start from. Keys and signatures are no real ones.
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/scep/build.h>
#include <scepcodec/x509/build.h>
#include <scepcodec/x509/oids.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

namespace {

using namespace scep;
using cms::Octets;
using cms::OctetsView;

constexpr std::int64_t some_day = 1'700'000'000;

Octets octets(std::size_t count) {
    return Octets(count, 0x5a);
}

Octets certificate() {
    const auto rsa = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    const auto key = octets(64);
    const auto key_id = der::encode([](der::Writer& w) { w.octet_string(octets(8)); });
    const build::NamePart parts[] = {{der::oid("2.5.4.10"), "Example"}, {der::oid("2.5.4.3"), "device"}};
    const auto name = build::encode_name(parts);
    const x509::CertificateBuilder builder{
        .serial_number = {0x01},
        .signature = cms::encode_algorithm(x509::oids::sha256WithRSAEncryption, cms::Parameters::null),
        .issuer = name,
        .not_before = some_day,
        .not_after = some_day + 86400,
        .subject = name,
        .subject_public_key_info = der::encode([&](der::Writer& w) {
            w.sequence([&] {
                w.raw(rsa);
                w.bit_string(key);
            });
        }),
        .extensions = {build::encode_extension(x509::oids::id_ce_subjectKeyIdentifier, false, key_id)},
        .version = {},
    };
    return builder.finish(octets(64));
}

Octets envelope() {
    const auto rsa = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    const auto cipher = cms::encode_cbc_algorithm(cms::oids::aes128_CBC, octets(16));
    return cms::encode_enveloped_data({
        .recipient_infos = {cms::encode_key_trans_recipient_info(cms::encode_subject_key_identifier(octets(8)), rsa, octets(64)),
                            cms::encode_password_recipient_info(cms::encode_pbkdf2_algorithm(octets(8), 1000),
                                                                cms::encode_algorithm(cms::oids::id_alg_PWRI_KEK, cipher), octets(32))},
        .content_encryption_algorithm = cipher,
        .encrypted_content = octets(48),
        .version = {},
    });
}

Octets signed_by_nobody(cms::SignedDataBuilder builder) {
    builder.certificates = {certificate()};
    builder.sid = cms::encode_subject_key_identifier(octets(8));
    builder.digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256);
    builder.signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    builder.message_digest = octets(32);
    return builder.finish(octets(64));
}

std::map<std::string, Octets> messages() {
    const build::Transaction request{.transaction_id = "31", .sender_nonce = octets(16), .recipient_nonce = {}, .signing_time = some_day, .other_attributes = {}};
    build::Transaction reply = request;
    reply.recipient_nonce = octets(16);
    return {
        {"PKCSReq", signed_by_nobody(build::pkcs_req(request, envelope()))},
        {"CertPoll", signed_by_nobody(build::cert_poll(request, envelope()))},
        {"CertRep-SUCCESS", signed_by_nobody(build::cert_rep_success(reply, envelope()))},
        {"CertRep-FAILURE", signed_by_nobody(build::cert_rep_failure(reply, FailInfo::badRequest, "no"))},
        {"CertRep-PENDING", signed_by_nobody(build::cert_rep_pending(reply))},
        {"certificates-only", cms::encode_certificates_only(std::vector{certificate(), certificate()})},
    };
}

// The same TLVs, every constructed one of indefinite length.
void append_indefinite(der::Input input, Octets& out) {
    while (!input.empty()) {
        const auto header = der::read_header(input).value();
        const der::Input value = input.slice(header.size, header.length);
        if (header.tag.constructed()) {
            out.push_back(input[0]);
            out.push_back(0x80);
            append_indefinite(value, out);
            out.insert(out.end(), {0, 0});
        } else {
            out.insert(out.end(), input.begin(), value.end());
        }
        input = input.from(header.size + header.length);
    }
}

void write(const std::filesystem::path& path, OctetsView content) {
    std::ofstream file(path, std::ios::binary);
    file.exceptions(std::ios::failbit | std::ios::badbit);
    file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    file.close();
}

} // namespace

int main(int argc, char* argv[]) {
    if (argc != 2) {
        std::cerr << "usage: make_seeds FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::filesystem::create_directories(folder);
    for (const auto& [name, message] : messages()) {
        write(folder / (name + ".der"), message);
        Octets indefinite;
        append_indefinite(der::Input(message), indefinite);
        write(folder / (name + ".ber"), indefinite);
    }
}
