#include "algorithms.h"

#include <scepcodec/botan/verify.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <botan/hash.h>
#include <botan/pk_keys.h>
#include <botan/pubkey.h>

#include <algorithm>
#include <array>

namespace scep::botan {

namespace {

// What is hashed: octets, more octets after them, the parts of an eContent; one after another, where they stand.
class Pieces {
public:
    explicit Pieces(OctetsView octets, OctetsView rest = {}) : m_octets(octets), m_rest(rest) {}
    explicit Pieces(const cms::EncapsulatedContentInfo& content) : m_content(&content) {}

    template <class Sink>
    void into(Sink& sink) const {
        if (m_content == nullptr) {
            sink.update(m_octets);
            sink.update(m_rest);
        } else if (m_content->e_content) {
            for (const der::Input part : *m_content->e_content) {
                sink.update(part.octets());
            }
        } else if (m_content->content) {
            sink.update(m_content->content->value().octets());
        }
    }

private:
    OctetsView m_octets;
    OctetsView m_rest;
    const cms::EncapsulatedContentInfo* m_content = nullptr;
};

Octets digest_of(Botan::HashFunction& hash, const Pieces& pieces) {
    pieces.into(hash);
    return hash.final_stdvec();
}

Result<Octets> digest_of(const der::Oid& algorithm, const Pieces& pieces) {
    const DigestTraits* const digest = find_digest(algorithm);
    const auto hash = digest == nullptr ? nullptr : Botan::HashFunction::create(digest->name);
    if (!hash) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, algorithm.content.location()));
    }
    return digest_of(*hash, pieces);
}

// The digest that the OID of a signature names.
template <class Member>
const DigestTraits* named_digest(const der::Oid& algorithm, Member oid) {
    const auto found = std::ranges::find_if(
        digests(), [&](const DigestTraits& d) { return std::optional(d.*oid) && algorithm == *std::optional(d.*oid); });
    return found == digests().end() ? nullptr : &*found;
}

// Padding and digest of a signature.
struct Scheme {
    enum class Padding : std::uint8_t { unsupported, pkcs1, pss, none, pure } padding = Padding::unsupported;
    const DigestTraits* digest = nullptr;
    std::int64_t salt_octets = 0;

    // Unsupported without a digest.
    [[nodiscard]] static Scheme with(Padding padding, const DigestTraits* digest, std::int64_t salt_octets = 0) {
        return digest == nullptr ? Scheme{} : Scheme{padding, digest, salt_octets};
    }
    [[nodiscard]] std::string botan_name() const {
        switch (padding) {
        case Padding::pkcs1:
            return std::string("PKCS1v15(").append(digest->name).append(")");
        case Padding::pss:
            return std::string("PSS(").append(digest->name).append(",MGF1,").append(std::to_string(salt_octets)).append(")");
        case Padding::none:
            return digest->name;
        case Padding::pure:
        case Padding::unsupported:
            break;
        }
        return "Pure";
    }
    friend bool operator==(const Scheme&, const Scheme&) = default;
};

// DigestInfo with its parameters left out. RFC 8017, 9.2 and B.1 ask for NULL, lenient verifiers take both.
Octets digest_info_without_parameters(const DigestTraits& digest, const Pieces& pieces) {
    const Octets value = digest_of(*Botan::HashFunction::create_or_throw(digest.name), pieces);
    return der::encode([&](der::Writer& w) {
        w.sequence([&] {
            w.sequence([&] { w.oid(digest.oid); });
            w.octet_string(value);
        });
    });
}

// The signedAttrs as they are signed: tag SET instead of [0] (RFC 5652, 5.4).
Pieces as_sent(const cms::Attributes& attributes) {
    static constexpr std::uint8_t set_of = 0x31;
    return Pieces(OctetsView(&set_of, 1), attributes.whole().from(1).octets());
}

Octets sorted(const cms::Attributes& attributes) {
    return der::encode([&](der::Writer& w) { w.set_of([&] { w.raw(attributes.value()); }); });
}

// Checks with one key, and keeps what it made for it.
class Checks {
public:
    explicit Checks(const PublicKey& key) : m_key(key), m_key_type(key.algorithm()) {}

    [[nodiscard]] SignatureCheck signer_info(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content);
    [[nodiscard]] Check signature(const x509::AlgorithmIdentifier& algorithm, OctetsView signature, const Pieces& pieces,
                                  const DigestTraits* digest);

private:
    [[nodiscard]] Scheme scheme_of(const x509::AlgorithmIdentifier& algorithm, const DigestTraits* digest) const;
    [[nodiscard]] std::unique_ptr<Botan::PK_Verifier> make_verifier(std::string_view botan_name) const;
    [[nodiscard]] bool fits(const Scheme& scheme, const Pieces& pieces, OctetsView signature);
    [[nodiscard]] Check message_digest(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content);

    PublicKey m_key;
    std::string m_key_type;
    Scheme m_scheme; // of the verifier
    std::unique_ptr<Botan::PK_Verifier> m_verifier;
    const DigestTraits* m_digest = nullptr; // of the hash
    std::unique_ptr<Botan::HashFunction> m_hash;
};

Scheme Checks::scheme_of(const x509::AlgorithmIdentifier& algorithm, const DigestTraits* digest) const {
    using namespace x509::oids;
    const der::Oid& oid = algorithm.algorithm;
    if (m_key_type == "RSA") {
        if (oid == id_RSASSA_PSS) {
            const auto pss = pss_parameters(algorithm);
            return pss ? Scheme::with(Scheme::Padding::pss, pss->digest, pss->salt_octets) : Scheme{};
        }
        return Scheme::with(Scheme::Padding::pkcs1, oid == rsaEncryption ? digest : named_digest(oid, &DigestTraits::with_rsa));
    }
    if (m_key_type == "ECDSA") {
        return Scheme::with(Scheme::Padding::none, oid == id_ecPublicKey ? digest : named_digest(oid, &DigestTraits::with_ecdsa));
    }
    return m_key_type == "Ed25519" && oid == id_Ed25519 ? Scheme{.padding = Scheme::Padding::pure} : Scheme{};
}

std::unique_ptr<Botan::PK_Verifier> Checks::make_verifier(std::string_view botan_name) const {
    const auto format = m_key_type == "ECDSA" ? Botan::Signature_Format::DerSequence : Botan::Signature_Format::Standard;
    return std::make_unique<Botan::PK_Verifier>(m_key.key(), botan_name, format);
}

bool Checks::fits(const Scheme& scheme, const Pieces& pieces, OctetsView signature) {
    // What Botan refuses or throws over may leave octets behind in its hash: such a verifier is not used again.
    auto verifier = m_verifier && m_scheme == scheme ? std::move(m_verifier) : make_verifier(scheme.botan_name());
    pieces.into(*verifier);
    if (!verifier->check_signature(signature)) {
        return false;
    }
    m_scheme = scheme;
    m_verifier = std::move(verifier);
    return true;
}

Check Checks::signature(const x509::AlgorithmIdentifier& algorithm, OctetsView signature, const Pieces& pieces,
                        const DigestTraits* digest) {
    const Scheme scheme = scheme_of(algorithm, digest);
    if (scheme.padding == Scheme::Padding::unsupported) {
        return Check::not_performed("algorithm " + algorithm.algorithm.to_string() + " with a key of type " + m_key_type +
                                    " is not supported");
    }
    try {
        if (fits(scheme, pieces, signature)) {
            return Check::valid();
        }
        if (scheme.padding == Scheme::Padding::pkcs1) {
            const auto raw = make_verifier("PKCS1v15(Raw)");
            raw->update(digest_info_without_parameters(*scheme.digest, pieces));
            if (raw->check_signature(signature)) {
                return Check::invalid("the DigestInfo of the signature lacks the NULL parameters");
            }
        }
        return Check::invalid("the signature does not fit");
    } catch (const Botan::Lookup_Error& error) {
        return Check::not_performed(std::string("algorithm: ") + error.what());
    } catch (const std::exception&) {
        return Check::invalid("the signature is malformed");
    }
}

Check Checks::message_digest(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content) {
    const auto attribute = find(*signer.signed_attrs, cms::oids::id_messageDigest);
    const auto value = attribute ? attribute->value() : std::nullopt;
    if (!value) {
        return Check::invalid("the messageDigest attribute is missing");
    }
    const der::Oid& algorithm = signer.digest_algorithm.algorithm;
    if (const DigestTraits* const digest = find_digest(algorithm); digest == nullptr) {
        m_hash = nullptr;
    } else if (!m_hash || m_digest != digest) {
        m_hash = Botan::HashFunction::create(digest->name);
        m_digest = digest;
    }
    if (!m_hash) {
        return Check::not_performed("algorithm: digest " + algorithm.to_string() + " is not supported");
    }
    Pieces(content).into(*m_hash);
    std::array<std::uint8_t, 64> octets;
    m_hash->final(octets.data());
    return value->value().same_octets(OctetsView(octets).first(m_hash->output_length()))
               ? Check::valid()
               : Check::invalid("messageDigest is not the digest of the content");
}

SignatureCheck Checks::signer_info(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content) {
    SignatureCheck out;
    const DigestTraits* const digest = find_digest(signer.digest_algorithm.algorithm);
    const auto check = [&](const Pieces& pieces) {
        return signature(signer.signature_algorithm, signer.signature.octets(), pieces, digest);
    };
    if (!signer.signed_attrs) {
        out.message_digest = Check::valid();
        out.signature = check(Pieces(content));
        return out;
    }
    out.message_digest = message_digest(signer, content);
    out.signature = check(as_sent(*signer.signed_attrs));
    if (out.signature.verdict == Verdict::valid) {
        out.order = SignedAttrsOrder::as_sent;
    } else if (out.signature.verdict == Verdict::invalid && der::first_out_of_order(signer.signed_attrs->value())) {
        if (Check second = check(Pieces(sorted(*signer.signed_attrs))); second.verdict == Verdict::valid) {
            out.signature = std::move(second);
            out.order = SignedAttrsOrder::sorted;
        }
    }
    return out;
}

} // namespace

Result<Octets> digest(const der::Oid& algorithm, std::span<const std::uint8_t> octets) { return digest_of(algorithm, Pieces(octets)); }

Result<Octets> digest(const der::Oid& algorithm, const cms::EncapsulatedContentInfo& content) {
    return digest_of(algorithm, Pieces(content));
}

Octets sha256(std::span<const std::uint8_t> octets) {
    return digest(der::Oid{der::Input(x509::oids::id_sha256.content())}, octets).value_or(Octets{});
}

Check SignatureCheck::overall() const {
    if (message_digest.verdict == Verdict::invalid) {
        return message_digest;
    }
    return signature.verdict == Verdict::valid ? message_digest : signature;
}

struct Verifier::State {
    Checks checks;
};

Verifier::Verifier(const PublicKey& key) : m_state(std::make_unique<State>(State{Checks(key)})) {}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

SignatureCheck Verifier::verify(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content) {
    return m_state->checks.signer_info(signer, content);
}

Check Verifier::verify(const x509::AlgorithmIdentifier& algorithm, std::span<const std::uint8_t> signature,
                       std::span<const std::uint8_t> to_be_signed) {
    return m_state->checks.signature(algorithm, signature, Pieces(to_be_signed), nullptr);
}

SignatureCheck verify(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content, const PublicKey& key) {
    return Checks(key).signer_info(signer, content);
}

Check verify(const x509::AlgorithmIdentifier& algorithm, std::span<const std::uint8_t> signature,
             std::span<const std::uint8_t> to_be_signed, const PublicKey& key) {
    return Checks(key).signature(algorithm, signature, Pieces(to_be_signed), nullptr);
}

namespace {

Check verify_with(const x509::AlgorithmIdentifier& algorithm, const der::BitString& signature, der::Input to_be_signed,
                  const x509::SubjectPublicKeyInfo& info) {
    const Result<PublicKey> key = PublicKey::load(info);
    if (!key) {
        return Check::not_performed("the public key cannot be used: " + std::string(name(key.error().code)));
    }
    return verify(algorithm, signature.octets.octets(), to_be_signed.octets(), *key);
}

} // namespace

Check verify(const x509::Certificate& certificate, const x509::Certificate& issuer) {
    return verify_with(certificate.signature_algorithm, certificate.signature_value, certificate.tbs_certificate,
                       issuer.subject_public_key_info);
}

Check verify(const x509::CertificateList& list, const x509::Certificate& issuer) {
    return verify_with(list.signature_algorithm, list.signature_value, list.tbs_cert_list, issuer.subject_public_key_info);
}

Check verify(const pkcs10::CertificationRequest& request, der::Input info) {
    return verify_with(request.signature_algorithm, request.signature, info, request.subject_pk_info);
}

} // namespace scep::botan
