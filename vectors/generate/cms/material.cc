#include <vectors/generate/cms/material.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <botan/cipher_mode.h>
#include <botan/hash.h>
#include <botan/pubkey.h>

#include <array>
#include <stdexcept>

namespace sceplab::vectors {

namespace {

using scep::der::Input;
using scep::der::Writer;
namespace tag = scep::der::tag;

constexpr std::array digest_names{"MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"};

scep::botan::Signer make_signer(const Party& party, Digest digest, std::optional<SignatureScheme> scheme) {
    return *scep::botan::Signer::make(party.key(), digest, scheme, case_randomness());
}

} // namespace

const Signers& signers() {
    static const Signers all;
    return all;
}

Octets key_identifier(const Party& party) { return digest_of(Digest::sha1, party.public_key_info()); }

Octets certificate_of(const Party& party, std::int64_t serial) {
    const Octets identifier =
        scep::build::encode_extension(scep::x509::oids::id_ce_subjectKeyIdentifier, false, octet_string(key_identifier(party)));
    return make({.issuer = &party,
                 .subject = party.name(),
                 .public_key_info = party.public_key_info(),
                 .serial = serial,
                 .more_extensions = {identifier}});
}

Octets digest_of(Digest digest, OctetsView octets) {
    return Botan::HashFunction::create_or_throw(digest_names[static_cast<std::size_t>(digest)])->process<Octets>(octets);
}

Octets digest_algorithm(Digest digest) {
    const OctetsView octets = signers().rsa2048.signer(digest).digest_algorithm();
    return {octets.begin(), octets.end()};
}

Octets make_signed(const SignedPlan& plan) {
    scep::cms::SignedDataBuilder builder;
    builder.e_content_type = plan.type;
    builder.e_content = plan.content;
    if (plan.before) {
        plan.before(builder);
    }
    auto signer = make_signer(*plan.signer, plan.digest, plan.scheme);
    const Octets certificate = plan.certificate ? *plan.certificate : certificate_of(*plan.signer);
    return *scep::botan::sign(std::move(builder), signer, {certificate, plan.sid, plan.included});
}

std::string of_signer(std::string_view member) { return std::string(first_signer) + '.' + std::string(member); }

Octets content_of(Field& message) {
    const std::string path = "SignedData.encapContentInfo.eContent.value";
    Octets out;
    each_field(message, [&](Field& field) {
        if (field.path == path) {
            out = field.value;
        }
    });
    return out;
}

void sign_again(Field& message, const Party& signer, Digest digest, std::optional<SignatureScheme> scheme) {
    Octets to_be_signed;
    bool attributes = false;
    each_field(message, [&](Field& field) {
        if (field.path == of_signer("signedAttrs")) {
            Field set = field;
            set.identifier = 0x31;
            to_be_signed = write_field(set);
            attributes = true;
        }
    });
    if (!attributes) {
        to_be_signed = content_of(message);
    }
    at(message, of_signer("signature")).value = *make_signer(signer, digest, scheme).sign(to_be_signed);
}

std::string attribute_path(Field& message, const scep::der::OidConstant& type) {
    std::string out;
    each_field(message, [&](Field& field) {
        if (out.empty() && field.path.ends_with(".attrType") && std::ranges::equal(field.value, type.content())) {
            out = field.path.substr(0, field.path.size() - std::string_view(".attrType").size());
        }
    });
    if (out.empty()) {
        throw std::runtime_error("no attribute of that type");
    }
    return out;
}

void digest_and_sign_again(Field& message, const Party& signer) {
    const std::string path = attribute_path(message, scep::cms::oids::id_messageDigest);
    at(message, path + ".attrValues[0]").value = digest_of(Digest::sha256, content_of(message));
    sign_again(message, signer);
}

const Octets& plaintext() {
    static const Octets octets = sequence({tlv(tag::UTF8String, text("what only the recipient reads")), integer(8894)});
    return octets;
}

scep::cms::EnvelopedDataParts make_parts(const EnvelopePlan& plan) {
    const Party& recipient = plan.recipient != nullptr ? *plan.recipient : parties().client;
    std::vector<scep::botan::Recipient> recipients;
    const Octets certificate = certificate_of(recipient);
    if (plan.password) {
        recipients.push_back(*scep::botan::Recipient::password(*plan.password, plan.password_options));
    } else {
        recipients.push_back(*scep::botan::Recipient::key_transport(*scep::x509::Certificate::decode(Input(certificate)), plan.transport));
    }
    auto parts = *scep::botan::encrypt_parts(plan.content ? *plan.content : plaintext(), recipients, plan.cipher, case_randomness());
    if (plan.before) {
        plan.before(parts);
    }
    return parts;
}

Octets make_envelope(const EnvelopePlan& plan) { return scep::cms::encode_enveloped_data(make_parts(plan)); }

Octets encipher(const std::string& mode, OctetsView key, OctetsView iv, OctetsView plaintext) {
    const auto cipher = Botan::Cipher_Mode::create_or_throw(mode, Botan::Cipher_Dir::Encryption);
    cipher->set_key(key);
    cipher->start(iv);
    Botan::secure_vector<std::uint8_t> octets(plaintext.begin(), plaintext.end());
    cipher->finish(octets);
    return {octets.begin(), octets.end()};
}

Octets encrypt_key(const Party& recipient, OctetsView key, const std::string& padding) {
    auto& generator = case_randomness().generator();
    const auto public_key = recipient.key().key().public_key();
    return Botan::PK_Encryptor_EME(*public_key, generator, padding).encrypt(key, generator);
}

Octets sign_raw(const Party& signer, OctetsView padded) {
    auto& generator = case_randomness().generator();
    Botan::PK_Signer raw(signer.key().key(), generator, "Raw");
    return raw.sign_message(padded, generator);
}

std::string hex(OctetsView octets) { return scep::der::to_hex(octets); }

std::string dotted(OctetsView algorithm_identifier) {
    return scep::x509::AlgorithmIdentifier::decode(Input(algorithm_identifier))->algorithm.to_string();
}

} // namespace sceplab::vectors
