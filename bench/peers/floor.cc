// The bare Botan primitives that a message needs, with everything held and no message read or written: what no code above Botan can beat.
#include "peers.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/botan/random.h>
#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/x509/certificate.h>

#include <botan/cipher_mode.h>
#include <botan/hash.h>
#include <botan/pk_keys.h>
#include <botan/pubkey.h>
#include <botan/rng.h>
#include <botan/x509_key.h>

#include <memory>
#include <variant>

namespace bench {

namespace {

using namespace scep;

constexpr const char* signature_padding = "PKCS1v15(SHA-256)";

struct Primitives {
    botan::Random random;
    std::unique_ptr<Botan::HashFunction> sha256 = Botan::HashFunction::create_or_throw("SHA-256");
    Octets signer_key_info;
    std::unique_ptr<Botan::PK_Verifier> verifier;
    std::unique_ptr<Botan::PK_Signer> signer;
    std::unique_ptr<Botan::PK_Decryptor> decryptor;
    std::unique_ptr<Botan::PK_Encryptor> encryptor;
    std::unique_ptr<Botan::Cipher_Mode> decryption;
    std::unique_ptr<Botan::Cipher_Mode> encryption;
    std::size_t key_octets = 0;
    std::size_t block_octets = 0;
    Octets encrypted_key;
    Octets iv;
    Octets encrypted_content;
    Botan::secure_vector<std::uint8_t> buffer;

    explicit Primitives(const Message& message) {
        const auto signer_certificate = needed(x509::Certificate::decode(der::Input(message.signer->certificate)), "certificate");
        const View info = signer_certificate.subject_public_key_info.whole.octets();
        signer_key_info.assign(info.begin(), info.end());
        verifier = std::make_unique<Botan::PK_Verifier>(*Botan::X509::load_key(signer_key_info), signature_padding);
        signer = std::make_unique<Botan::PK_Signer>(message.signer->key.key(), random.generator(), signature_padding);
        decryptor = std::make_unique<Botan::PK_Decryptor_EME>(message.recipient->key.key(), random.generator(), "PKCS1v15");
        encryptor = std::make_unique<Botan::PK_Encryptor_EME>(message.recipient->key.key(), random.generator(), "PKCS1v15");
        const bool triple_des = message.cipher == botan::ContentCipher::des_ede3_cbc;
        const char* cipher = triple_des ? "3DES/CBC/NoPadding" : "AES-128/CBC/NoPadding";
        decryption = Botan::Cipher_Mode::create_or_throw(cipher, Botan::Cipher_Dir::Decryption);
        encryption = Botan::Cipher_Mode::create_or_throw(cipher, Botan::Cipher_Dir::Encryption);
        key_octets = triple_des ? 24 : 16;
        block_octets = triple_des ? 8 : 16;
        if (message.data) {
            take_apart(message.envelope);
        }
    }

    void take_apart(View envelope) {
        Sources sources;
        const auto input = needed(sources.add_view(envelope), "envelope");
        const auto der = needed(ber::normalise(input, sources), "envelope").der;
        const auto enveloped = needed(cms::EnvelopedData::decode_content_info(der), "envelope");
        const auto recipient = needed(*enveloped.recipient_infos.begin(), "recipient");
        const auto key = std::get<cms::KeyTransRecipientInfo>(recipient.choice).encrypted_key;
        encrypted_key.assign(key.begin(), key.end());
        const auto& content = enveloped.encrypted_content_info;
        const auto parameter = content.content_encryption_algorithm.parameters->value();
        iv.assign(parameter.begin(), parameter.end());
        for (const auto part : *content.encrypted_content) {
            encrypted_content.insert(encrypted_content.end(), part.begin(), part.end());
        }
    }

    [[nodiscard]] bool verify(const Message& message, Botan::PK_Verifier& with) {
        sha256->update(message.envelope);
        benchmark::DoNotOptimize(sha256->final());
        return with.verify_message(message.signed_attrs, message.signature);
    }

    // One copy, into new secure memory since a plaintext outlives its decryption, and decryption in place.
    [[nodiscard]] Botan::secure_vector<std::uint8_t> decrypt() {
        const auto key = decryptor->decrypt_or_random(encrypted_key.data(), encrypted_key.size(), key_octets, random.generator());
        Botan::secure_vector<std::uint8_t> plaintext(encrypted_content.begin(), encrypted_content.end());
        decryption->set_key(key);
        decryption->start(iv);
        decryption->process(plaintext);
        plaintext.resize(plaintext.size() - plaintext.back());
        return plaintext;
    }

    void build(const Message& message) {
        if (message.data) {
            const auto key = random.generator().random_vec(key_octets);
            const auto new_iv = random.generator().random_vec(block_octets);
            benchmark::DoNotOptimize(encryptor->encrypt(key, random.generator()));
            const std::size_t padding = block_octets - message.data->size() % block_octets;
            buffer.assign(message.data->begin(), message.data->end());
            buffer.resize(buffer.size() + padding, static_cast<std::uint8_t>(padding));
            encryption->set_key(key);
            encryption->start(new_iv);
            encryption->process(buffer);
        }
        sha256->update(message.envelope);
        benchmark::DoNotOptimize(sha256->final());
        benchmark::DoNotOptimize(signer->sign_message(message.signed_attrs, random.generator()));
    }
};

using Shared = std::shared_ptr<Primitives>;

void enter_opening(Suite& suite, const Message& message, const Shared& held) {
    suite.contend("verify " + message.name, column::floor, [&message, held](Reading* reading) {
        const auto key = Botan::X509::load_key(held->signer_key_info);
        Botan::PK_Verifier verifier(*key, signature_padding);
        tell_valid(reading, held->verify(message, verifier));
    });
    suite.contend("verify " + message.name + ", held key", column::floor,
                  [&message, held](Reading* reading) { tell_valid(reading, held->verify(message, *held->verifier)); });
    suite.contend("open " + message.name, column::floor, [&message, held](Reading* reading) {
        tell_valid(reading, held->verify(message, *held->verifier));
        tell(reading, "messageData", View(held->decrypt()));
    });
}

} // namespace

void enter_floor(Suite& suite, const Messages& messages) {
    const Message& request = messages.each_type.front();
    suite.contend("read every TLV of a PKCSReq", column::floor,
                  [&](Reading* reading) { tell(reading, "TLVs", count_tlvs(request.octets)); });
    suite.contend("certificates-only, 100, every TLV", column::floor,
                  [&](Reading* reading) { tell(reading, "TLVs", count_tlvs(messages.certs_only.back())); });
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            const auto held = std::make_shared<Primitives>(message);
            if (message.opened_too()) {
                enter_opening(suite, message, held);
            }
            if (list == &messages.each_type) {
                suite.contend("build " + message.name, column::floor, [&message, held](Reading* reading) {
                    held->build(message);
                    if (reading != nullptr) {
                        reading->put("signature", std::string_view("valid")); // of its own making: there is no message to compare
                    }
                });
            }
        }
    }
    for (const Message& message : messages.bulk) {
        const auto held = std::make_shared<Primitives>(message);
        const auto open = [&message, held](Reading* reading) {
            tell_valid(reading, held->verify(message, *held->verifier));
            const auto data = held->decrypt();
            tell(reading, "messageData", View(data));
            tell(reading, "TLVs", count_tlvs(data));
        };
        suite.contend("open CertRep, CRL of " + message.name, column::floor, open);
    }
}

} // namespace bench
