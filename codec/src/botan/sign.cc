#include "identifier.h"

#include <scepcodec/botan/sign.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <botan/hash.h>
#include <botan/pk_keys.h>
#include <botan/pubkey.h>

#include <algorithm>

namespace scep::botan {

struct Signer::State {
    std::shared_ptr<const Botan::Private_Key> key;
    Random random; // blinding keeps a reference to its generator
    std::unique_ptr<Botan::PK_Signer> signer;
    const DigestTraits* digest = nullptr;
    Octets digest_algorithm;
    Octets signature_algorithm;
    Octets certificate_signature_algorithm;
    Octets public_key_info;
};

Signer::Signer() : m_state(std::make_unique<State>()) {}
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

namespace {

struct Scheme {
    std::string padding; // Botan's name
    Octets algorithm;
    Octets certificate_algorithm;
};

std::optional<Scheme> scheme_of(SignatureScheme scheme, const DigestTraits& digest, std::size_t digest_octets) {
    const auto rsa = [&] { return cms::encode_algorithm(digest.with_rsa, cms::Parameters::null); };
    const std::string pkcs1 = std::string("PKCS1v15(").append(digest.name).append(")");
    switch (scheme) {
    case SignatureScheme::rsaEncryption:
        return Scheme{pkcs1, cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null), rsa()};
    case SignatureScheme::hashWithRSAEncryption:
        return Scheme{pkcs1, rsa(), rsa()};
    case SignatureScheme::RSASSA_PSS: {
        const std::string padding =
            std::string("PSS(").append(digest.name).append(",MGF1,").append(std::to_string(digest_octets)).append(")");
        const Octets algorithm = cms::encode_algorithm(x509::oids::id_RSASSA_PSS, encode_pss(digest, digest_octets));
        return Scheme{padding, algorithm, algorithm};
    }
    case SignatureScheme::ECDSA:
        if (digest.with_ecdsa) {
            const Octets algorithm = cms::encode_algorithm(*digest.with_ecdsa);
            return Scheme{digest.name, algorithm, algorithm};
        }
        break;
    }
    return std::nullopt;
}

void fill(Octets& where_empty, OctetsView octets) {
    if (where_empty.empty()) {
        where_empty.assign(octets.begin(), octets.end());
    }
}

// Signs what the builder gives to be signed, and writes the whole.
template <class Builder>
Result<Octets> signed_whole(const Builder& builder, Signer& signer, OctetsView to_be_signed) {
    const Result<Octets> signature = signer.sign(to_be_signed);
    if (!signature) {
        return std::unexpected(signature.error());
    }
    return builder.finish(*signature);
}

} // namespace

Result<Signer> Signer::make(const PrivateKey& key, Digest digest, std::optional<SignatureScheme> scheme, Random random) {
    const bool rsa = key.algorithm() == "RSA";
    const SignatureScheme wanted = scheme.value_or(rsa ? SignatureScheme::rsaEncryption : SignatureScheme::ECDSA);
    const bool fits = wanted == SignatureScheme::ECDSA ? key.algorithm() == "ECDSA" : rsa;
    if (!fits) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm));
    }
    return guarded(ErrorCode::unsupported_algorithm, {}, [&]() -> Result<Signer> {
        const DigestTraits& traits_of_digest = traits(digest);
        const auto botan =
            scheme_of(wanted, traits_of_digest, Botan::HashFunction::create_or_throw(traits_of_digest.name)->output_length());
        if (!botan) {
            return std::unexpected(make_error(ErrorCode::unsupported_algorithm));
        }
        Signer out;
        State& state = *out.m_state;
        state.key = key.shared();
        state.random = std::move(random);
        const auto format = rsa ? Botan::Signature_Format::Standard : Botan::Signature_Format::DerSequence;
        state.signer = std::make_unique<Botan::PK_Signer>(*state.key, state.random.generator(), botan->padding, format);
        state.digest = &traits_of_digest;
        state.digest_algorithm =
            cms::encode_algorithm(traits_of_digest.oid, digest == Digest::md5 ? cms::Parameters::null : cms::Parameters::absent);
        state.signature_algorithm = botan->algorithm;
        state.certificate_signature_algorithm = botan->certificate_algorithm;
        state.public_key_info.assign(key.public_key_info().begin(), key.public_key_info().end());
        return out;
    });
}

Result<cms::Octets> Signer::sign(cms::OctetsView octets) {
    try {
        return m_state->signer->sign_message(octets, m_state->random.generator());
    } catch (const Botan::Encoding_Error&) {
        return std::unexpected(make_error(ErrorCode::invalid_key));
    } catch (const std::exception&) {
        return std::unexpected(make_error(ErrorCode::internal_error));
    }
}

cms::OctetsView Signer::digest_algorithm() const { return m_state->digest_algorithm; }

cms::OctetsView Signer::signature_algorithm() const { return m_state->signature_algorithm; }

cms::OctetsView Signer::certificate_signature_algorithm() const { return m_state->certificate_signature_algorithm; }

cms::OctetsView Signer::public_key_info() const { return m_state->public_key_info; }

cms::Octets Signer::digest(cms::OctetsView octets) const {
    return Botan::HashFunction::create_or_throw(m_state->digest->name)->process<Octets>(octets);
}

Result<cms::Octets> sign(cms::SignedDataBuilder builder, Signer& signer, const SignerIdentity& identity) {
    const Result<x509::Certificate> certificate = x509::Certificate::decode(der::Input(identity.certificate));
    if (!certificate) {
        return std::unexpected(certificate.error());
    }
    const Result<Octets> sid = encode_identifier(*certificate, identity.form);
    if (!sid) {
        return std::unexpected(sid.error());
    }
    if (identity.embedded &&
        std::ranges::none_of(builder.certificates, [&](const Octets& other) { return std::ranges::equal(other, identity.certificate); })) {
        builder.certificates.emplace_back(identity.certificate.begin(), identity.certificate.end());
    }
    fill(builder.sid, *sid);
    fill(builder.digest_algorithm, signer.digest_algorithm());
    fill(builder.signature_algorithm, signer.signature_algorithm());
    fill(builder.message_digest, signer.digest(builder.e_content ? OctetsView(*builder.e_content) : OctetsView()));
    return signed_whole(builder, signer, builder.signed_attrs_to_be_signed());
}

Result<cms::Octets> sign(build::CertificationRequestBuilder builder, Signer& signer) {
    fill(builder.subject_pk_info, signer.public_key_info());
    fill(builder.signature_algorithm, signer.certificate_signature_algorithm());
    return signed_whole(builder, signer, builder.to_be_signed());
}

Result<cms::Octets> sign(x509::CertificateBuilder builder, Signer& signer) {
    fill(builder.signature, signer.certificate_signature_algorithm());
    fill(builder.subject_public_key_info, signer.public_key_info());
    fill(builder.issuer, builder.subject);
    return signed_whole(builder, signer, builder.to_be_signed());
}

Result<cms::Octets> self_signed_certificate(Signer& signer, cms::OctetsView subject, std::int64_t not_before, std::int64_t not_after,
                                            std::int64_t serial_number) {
    const auto info = x509::SubjectPublicKeyInfo::decode(der::Input(signer.public_key_info()));
    const bool rsa = info && info->algorithm.algorithm == x509::oids::rsaEncryption;
    const Octets digital_signature_key_encipherment{0xa0};
    const Octets digital_signature{0x80};
    const Octets key_usage = der::encode(
        [&](der::Writer& w) { rsa ? w.bit_string(digital_signature_key_encipherment, 5) : w.bit_string(digital_signature, 7); });
    const Octets serial = der::encode([&](der::Writer& w) { w.integer(serial_number); });
    x509::CertificateBuilder builder;
    builder.serial_number.assign(serial.begin() + 2, serial.end());
    builder.subject.assign(subject.begin(), subject.end());
    builder.not_before = not_before;
    builder.not_after = not_after;
    builder.extensions.push_back(build::encode_extension(x509::oids::id_ce_keyUsage, true, key_usage));
    return sign(std::move(builder), signer);
}

} // namespace scep::botan
