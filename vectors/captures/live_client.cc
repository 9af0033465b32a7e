// A SCEP client made of the codec and its bridge, without the network: it makes a request, and opens the reply. The live round carries the octets.
//
//     live_client request TYPE --ca DER --key PEM --name TEXT --out DER [--challenge TEXT] [--signer DER] [--cipher NAME] [--csr-out DER]
//     live_client open REPLY --ca DER --key PEM --request DER [--certificate-out DER]
//
// TYPE is a messageType; --signer the certificate that a RenewalReq is signed with, else a self-signed one is made. `open` prints one fact a line.
#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/encrypt.h>
#include <scepcodec/botan/sign.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <span>
#include <stdexcept>
#include <string>

namespace {

using namespace scep;
using cms::Octets;

using Options = std::map<std::string, std::string>;

const std::string& option(const Options& options, const std::string& name) {
    const auto found = options.find(name);
    if (found == options.end()) {
        throw std::runtime_error("--" + name + " is missing");
    }
    return found->second;
}

Octets read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw std::runtime_error("cannot read " + path);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, std::span<const std::uint8_t> octets) {
    std::ofstream file(path, std::ios::binary);
    std::ranges::copy(octets, std::ostreambuf_iterator<char>(file));
    if (!file.flush()) {
        throw std::runtime_error("cannot write " + path);
    }
}

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().to_string());
    }
    return std::move(*result);
}

Octets copy(der::Input input) {
    return {input.begin(), input.end()};
}

// What the request is about, before it is enveloped.
Octets message_data(MessageType type, const x509::Certificate& ca, std::span<const std::uint8_t> subject, const Options& options, botan::Signer& signer) {
    switch (type) {
    case MessageType::CertPoll:
        return build::encode_issuer_and_subject(ca.subject.whole.octets(), subject);
    case MessageType::GetCert:
    case MessageType::GetCRL:
        return cms::encode_issuer_and_serial_number(ca.issuer.whole.octets(), ca.serial_number.content.octets());
    default:
        break;
    }
    build::CertificationRequestBuilder request;
    request.subject.assign(subject.begin(), subject.end());
    if (options.contains("challenge")) {
        request.challenge_password = options.at("challenge");
    }
    Octets octets = must(botan::sign(std::move(request), signer));
    if (options.contains("csr-out")) {
        write_file(options.at("csr-out"), octets);
    }
    return octets;
}

build::SignedDataBuilder builder(MessageType type, const build::Transaction& transaction, Octets envelope) {
    switch (type) {
    case MessageType::RenewalReq:
        return build::renewal_req(transaction, std::move(envelope));
    case MessageType::CertPoll:
        return build::cert_poll(transaction, std::move(envelope));
    case MessageType::GetCert:
        return build::get_cert(transaction, std::move(envelope));
    case MessageType::GetCRL:
        return build::get_crl(transaction, std::move(envelope));
    default:
        return build::pkcs_req(transaction, std::move(envelope));
    }
}

void request(const std::string& type_name, const Options& options) {
    const std::map<std::string, MessageType> types{{"PKCSReq", MessageType::PKCSReq},
                                                   {"RenewalReq", MessageType::RenewalReq},
                                                   {"CertPoll", MessageType::CertPoll},
                                                   {"GetCert", MessageType::GetCert},
                                                   {"GetCRL", MessageType::GetCRL}};
    const std::map<std::string, botan::ContentCipher> ciphers{{"des3", botan::ContentCipher::des_ede3_cbc},
                                                              {"aes128", botan::ContentCipher::aes128_CBC},
                                                              {"aes256", botan::ContentCipher::aes256_CBC}};
    const MessageType type = types.at(type_name);
    const auto cipher = ciphers.at(options.contains("cipher") ? options.at("cipher") : "aes128");
    const Octets ca_octets = read_file(option(options, "ca"));
    const auto ca = must(x509::Certificate::decode(der::Input(ca_octets)));
    const auto key = must(botan::PrivateKey::load(read_file(option(options, "key"))));

    botan::Random random;
    auto signer = must(botan::Signer::make(key));
    const build::NamePart common_name{.type = der::oid("2.5.4.3"), .value = option(options, "name")};
    const Octets subject = build::encode_name({&common_name, 1});
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const Octets certificate = options.contains("signer") ? read_file(options.at("signer"))
                                                          : must(botan::self_signed_certificate(signer, subject, now - 3600, now + 86400));

    const Octets data = message_data(type, ca, subject, options, signer);
    const auto recipient = must(botan::Recipient::key_transport(ca));
    const build::Transaction transaction{
        .transaction_id = "live-round-" + type_name,
        .sender_nonce = must(random.octets(16)),
        .recipient_nonce = {},
        .signing_time = now,
        .other_attributes = {},
    };
    auto message = builder(type, transaction, must(botan::encrypt(data, recipient, cipher, random)));
    write_file(option(options, "out"), must(botan::sign(std::move(message), signer, {.certificate = certificate})));
}

bool same_value(const AttributeSlot& a, const AttributeSlot& b) {
    return a.value && b.value && a.value->value().same_octets(b.value->value());
}

// The certificate for our key out of what came enveloped.
Octets issued_certificate(const CertsOnly& answer, const botan::PrivateKey& key) {
    if (!answer.signed_data || !answer.signed_data->certificates_only() || !answer.signed_data->certificates) {
        throw std::runtime_error("the envelope holds no certificates-only SignedData");
    }
    for (const auto& choice : *answer.signed_data->certificates) {
        const auto certificate = must(must(choice).certificate());
        if (certificate.subject_public_key_info.whole.same_octets(key.public_key_info())) {
            return copy(certificate.whole);
        }
    }
    throw std::runtime_error("no certificate is for the key");
}

void open(const std::string& reply_path, const Options& options) {
    const Octets ca_octets = read_file(option(options, "ca"));
    const auto ca = must(x509::Certificate::decode(der::Input(ca_octets)));
    const auto key = must(botan::PrivateKey::load(read_file(option(options, "key"))));
    Sources sources;
    const auto asked = must(PkiMessage::decode(must(sources.add_captured(read_file(option(options, "request")))), sources));
    const auto reply = must(PkiMessage::decode(must(sources.add_captured(read_file(reply_path))), sources));

    const auto& attributes = reply.attributes;
    const auto check = botan::verify(reply.signer_info, reply.signed_data.encap_content_info, must(botan::PublicKey::load(ca.subject_public_key_info)));
    std::cout << "messageType " << (attributes.message_type ? attributes.message_type->to_string() : "none") << '\n'
              << "pkiStatus " << (attributes.pki_status ? attributes.pki_status->to_string() : "none") << '\n'
              << "failInfo " << (attributes.fail_info ? attributes.fail_info->to_string() : "none") << '\n'
              << "signer " << (reply.signer_info.sid.matches(ca) ? "CA" : "other") << '\n'
              << "signature " << botan::name(check.overall().verdict) << '\n'
              << "transactionID " << (same_value(attributes.transaction_id, asked.attributes.transaction_id) ? "same" : "other") << '\n'
              << "recipientNonce " << (same_value(attributes.recipient_nonce, asked.attributes.sender_nonce) ? "same" : "other") << '\n';

    const auto envelope = reply.pkcs_pki_envelope();
    std::cout << "envelope " << (envelope ? "present" : "none") << '\n';
    if (envelope) {
        const auto enveloped = must(cms::EnvelopedData::decode_content_info(*envelope));
        const auto plain = must(botan::decrypt(enveloped, key, sources, &botan::is_one_sequence));
        const auto answer = must(CertsOnly::decode(plain, sources));
        write_file(option(options, "certificate-out"), issued_certificate(answer, key));
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    try {
        if (arguments.size() < 3 || arguments.size() % 2 == 0) {
            throw std::runtime_error("usage: live_client request TYPE | open REPLY, then --option VALUE ...");
        }
        Options options;
        for (std::size_t i = 3; i < arguments.size(); i += 2) {
            options[std::string(arguments[i]).substr(2)] = arguments[i + 1];
        }
        const std::string what = arguments[1];
        what == "request" ? request(arguments[2], options) : open(arguments[2], options);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "live_client: " << error.what() << '\n';
        return 1;
    }
}
