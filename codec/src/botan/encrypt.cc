#include "cbc.h"
#include "identifier.h"
#include "pwri.h"

#include <scepcodec/botan/encrypt.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/x509/oids.h>

#include <botan/pk_keys.h>
#include <botan/pubkey.h>

#include <variant>

namespace scep::botan {

struct Recipient::State {
    struct KeyTransport {
        PublicKey key;
        std::string padding;
        Octets rid;
        Octets algorithm;

        [[nodiscard]] Octets recipient_info(OctetsView content_key, Botan::RandomNumberGenerator& generator) const {
            const Botan::PK_Encryptor_EME encryptor(key.key(), generator, padding);
            return cms::encode_key_trans_recipient_info(rid, algorithm, encryptor.encrypt(content_key, generator));
        }
    };
    struct Password {
        Secret password;
        PasswordOptions options;

        [[nodiscard]] Octets recipient_info(OctetsView content_key, ContentCipher content_cipher,
                                            Botan::RandomNumberGenerator& generator) const {
            const CipherTraits& cipher = traits(options.key_cipher.value_or(content_cipher));
            const DigestTraits& prf = traits(options.prf);
            const Octets salt = generator.random_vec<Octets>(16);
            const Octets iv = generator.random_vec<Octets>(cipher.block_octets);
            const std::string_view text(reinterpret_cast<const char*>(password.data()), password.size());
            const Secret kek = Pbkdf2{.salt = salt, .iterations = options.iterations, .prf = &prf}.derive(text, cipher.key_octets);
            const Octets encrypted_key = PwriKek{.cipher = &cipher, .iv = iv}.wrap(kek, content_key, generator);
            // hmacWithSHA1 is the default, which DER leaves out.
            const Octets prf_algorithm = options.prf == Digest::sha1 ? Octets{} : cms::encode_algorithm(*prf.hmac, cms::Parameters::null);
            return cms::encode_password_recipient_info(
                cms::encode_pbkdf2_algorithm(salt, options.iterations, prf_algorithm),
                cms::encode_algorithm(cms::oids::id_alg_PWRI_KEK, cms::encode_cbc_algorithm(cipher.oid, iv)), encrypted_key);
        }
    };
    std::variant<KeyTransport, Password> form;
};

Result<Recipient> Recipient::key_transport(const x509::Certificate& certificate, const KeyTransportOptions& options) {
    Result<PublicKey> key = PublicKey::load(certificate.subject_public_key_info);
    if (!key) {
        return std::unexpected(key.error());
    }
    if (key->algorithm() != "RSA") {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, certificate.subject_public_key_info.whole.location()));
    }
    Result<Octets> rid = encode_identifier(certificate, options.rid);
    if (!rid) {
        return std::unexpected(rid.error());
    }
    State::KeyTransport form{.key = std::move(*key), .padding = "PKCS1v15", .rid = std::move(*rid), .algorithm = {}};
    if (options.algorithm == KeyTransport::id_RSAES_OAEP) {
        const DigestTraits& digest = traits(options.oaep_digest);
        form.padding = std::string("OAEP(").append(digest.name).append(",MGF1(").append(digest.name).append("))");
        form.algorithm = cms::encode_algorithm(x509::oids::id_RSAES_OAEP, encode_oaep(digest));
    } else {
        form.algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    }
    return Recipient(std::make_shared<const State>(State{std::move(form)}));
}

Result<Recipient> Recipient::password(std::string_view password, const PasswordOptions& options) {
    if (!traits(options.prf).hmac) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm));
    }
    if (options.iterations < 1 || options.iterations > most_iterations) {
        return std::unexpected(make_error(ErrorCode::invalid_parameters));
    }
    return Recipient(std::make_shared<const State>(State{State::Password{Secret(password.begin(), password.end()), options}}));
}

Result<cms::EnvelopedDataParts> encrypt_parts(cms::OctetsView content, std::span<const Recipient> recipients, ContentCipher cipher,
                                              Random& random) {
    return guarded(ErrorCode::internal_error, {}, [&]() -> Result<cms::EnvelopedDataParts> {
        const CipherTraits& algorithm = traits(cipher);
        auto& generator = random.generator();
        const Secret key = make_key(algorithm, generator);
        const Octets iv = generator.random_vec<Octets>(algorithm.block_octets);
        cms::EnvelopedDataParts out;
        for (const Recipient& recipient : recipients) {
            const auto& form = recipient.m_state->form;
            if (const auto* transport = std::get_if<Recipient::State::KeyTransport>(&form)) {
                try {
                    out.recipient_infos.push_back(transport->recipient_info(key, generator));
                } catch (const Botan::Invalid_Argument&) {
                    return std::unexpected(make_error(ErrorCode::invalid_key));
                }
            } else {
                out.recipient_infos.push_back(std::get<Recipient::State::Password>(form).recipient_info(key, cipher, generator));
            }
        }
        out.content_encryption_algorithm = cms::encode_cbc_algorithm(algorithm.oid, iv);
        // Padded and encrypted where it stays.
        out.encrypted_content.reserve(content.size() + algorithm.block_octets);
        out.encrypted_content.assign(content.begin(), content.end());
        pad(out.encrypted_content, algorithm.block_octets);
        encrypt_cbc(algorithm, key, iv, out.encrypted_content);
        return out;
    });
}

Result<cms::Octets> encrypt(cms::OctetsView content, std::span<const Recipient> recipients, ContentCipher cipher, Random& random) {
    const Result<cms::EnvelopedDataParts> parts = encrypt_parts(content, recipients, cipher, random);
    if (!parts) {
        return std::unexpected(parts.error());
    }
    return cms::encode_enveloped_data(*parts);
}

Result<cms::Octets> encrypt(cms::OctetsView content, const Recipient& recipient, ContentCipher cipher, Random& random) {
    return encrypt(content, std::span(&recipient, 1), cipher, random);
}

} // namespace scep::botan
