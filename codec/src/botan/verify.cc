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

namespace scep::botan {

namespace {

// What is signed: pieces that are hashed one after another.
using Pieces = std::span<const std::span<const std::uint8_t>>;

std::vector<std::span<const std::uint8_t>> content_pieces(const cms::EncapsulatedContentInfo& content) {
    std::vector<std::span<const std::uint8_t>> pieces;
    if (content.e_content) {
        for (const der::Input part : *content.e_content) {
            pieces.push_back(part.octets());
        }
    } else if (content.content) {
        pieces.push_back(content.content->value().octets());
    }
    return pieces;
}

Result<Octets> digest_of(const der::Oid& algorithm, Pieces pieces) {
    const std::string name = digest_name(algorithm);
    const auto hash = name.empty() ? nullptr : Botan::HashFunction::create(name);
    if (!hash) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, algorithm.content.location()));
    }
    for (const auto piece : pieces) {
        hash->update(piece);
    }
    return hash->final_stdvec();
}

// The digest that the OID of a signature names.
template <class Member>
std::string named_digest(const der::Oid& algorithm, Member oid) {
    const auto found = std::ranges::find_if(
        digests(), [&](const DigestTraits& d) { return std::optional(d.*oid) && algorithm == *std::optional(d.*oid); });
    return found == digests().end() ? "" : found->name;
}

// Padding and digest of a signature; an empty digest where it is not supported.
struct Scheme {
    enum class Padding : std::uint8_t { pkcs1, pss, none } padding = Padding::none;
    std::string digest;
    std::int64_t salt_octets = 0;

    [[nodiscard]] std::string botan_name() const {
        switch (padding) {
        case Padding::pkcs1:
            return "PKCS1v15(" + digest + ")";
        case Padding::pss:
            return "PSS(" + digest + ",MGF1," + std::to_string(salt_octets) + ")";
        case Padding::none:
            break;
        }
        return digest;
    }
};

Scheme scheme_of(const x509::AlgorithmIdentifier& algorithm, const PublicKey& key, const std::string& digest) {
    using namespace x509::oids;
    const der::Oid& oid = algorithm.algorithm;
    const std::string key_type = key.algorithm();
    if (key_type == "RSA") {
        if (oid == id_RSASSA_PSS) {
            const auto pss = pss_parameters(algorithm);
            return pss ? Scheme{Scheme::Padding::pss, pss->digest, pss->salt_octets} : Scheme{};
        }
        return {Scheme::Padding::pkcs1, oid == rsaEncryption ? digest : named_digest(oid, &DigestTraits::with_rsa)};
    }
    if (key_type == "ECDSA") {
        return {Scheme::Padding::none, oid == id_ecPublicKey ? digest : named_digest(oid, &DigestTraits::with_ecdsa)};
    }
    return {Scheme::Padding::none, key_type == "Ed25519" && oid == id_Ed25519 ? "Pure" : ""};
}

bool fits(const PublicKey& key, const std::string& botan_name, Pieces pieces, std::span<const std::uint8_t> signature) {
    const auto format = key.algorithm() == "ECDSA" ? Botan::Signature_Format::DerSequence : Botan::Signature_Format::Standard;
    Botan::PK_Verifier verifier(key.key(), botan_name, format);
    for (const auto piece : pieces) {
        verifier.update(piece);
    }
    return verifier.check_signature(signature);
}

// DigestInfo with its parameters left out. RFC 8017, 9.2 and B.1 ask for NULL, lenient verifiers take both.
Octets digest_info_without_parameters(const std::string& digest, Pieces pieces) {
    const auto& traits_of_digest = *std::ranges::find(digests(), digest, &DigestTraits::name);
    const auto hash = Botan::HashFunction::create_or_throw(digest);
    for (const auto piece : pieces) {
        hash->update(piece);
    }
    const Octets value = hash->final_stdvec();
    return der::encode([&](der::Writer& w) {
        w.sequence([&] {
            w.sequence([&] { w.oid(traits_of_digest.oid); });
            w.octet_string(value);
        });
    });
}

Check check_signature(const x509::AlgorithmIdentifier& algorithm, std::span<const std::uint8_t> signature, Pieces pieces,
                      const PublicKey& key, const std::string& digest) {
    const Scheme scheme = scheme_of(algorithm, key, digest);
    if (scheme.digest.empty()) {
        return Check::not_performed("algorithm " + algorithm.algorithm.to_string() + " with a key of type " + key.algorithm() +
                                    " is not supported");
    }
    try {
        if (fits(key, scheme.botan_name(), pieces, signature)) {
            return Check::valid();
        }
        if (scheme.padding == Scheme::Padding::pkcs1) {
            const Octets digest_info = digest_info_without_parameters(scheme.digest, pieces);
            const std::span<const std::uint8_t> piece = digest_info;
            if (fits(key, "PKCS1v15(Raw)", std::span(&piece, 1), signature)) {
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

// The signedAttrs as they are signed: tag SET instead of [0] (RFC 5652, 5.4).
Octets as_sent(const cms::Attributes& attributes) {
    Octets octets(attributes.whole().begin(), attributes.whole().end());
    octets[0] = 0x31;
    return octets;
}

Octets sorted(const cms::Attributes& attributes) {
    return der::encode([&](der::Writer& w) { w.set_of([&] { w.raw(attributes.value()); }); });
}

Check check_message_digest(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content) {
    const auto attribute = find(*signer.signed_attrs, cms::oids::id_messageDigest);
    const auto value = attribute ? attribute->value() : std::nullopt;
    if (!value) {
        return Check::invalid("the messageDigest attribute is missing");
    }
    const Result<Octets> computed = digest(signer.digest_algorithm.algorithm, content);
    if (!computed) {
        return Check::not_performed("algorithm: digest " + signer.digest_algorithm.algorithm.to_string() + " is not supported");
    }
    return value->value().same_octets(*computed) ? Check::valid() : Check::invalid("messageDigest is not the digest of the content");
}

} // namespace

Result<Octets> digest(const der::Oid& algorithm, std::span<const std::uint8_t> octets) {
    return digest_of(algorithm, std::span(&octets, 1));
}

Result<Octets> digest(const der::Oid& algorithm, const cms::EncapsulatedContentInfo& content) {
    return digest_of(algorithm, content_pieces(content));
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

SignatureCheck verify(const cms::SignerInfo& signer, const cms::EncapsulatedContentInfo& content, const PublicKey& key) {
    SignatureCheck out;
    const std::string digest = digest_name(signer.digest_algorithm.algorithm);
    const auto check = [&](Pieces pieces) {
        return check_signature(signer.signature_algorithm, signer.signature.octets(), pieces, key, digest);
    };
    if (!signer.signed_attrs) {
        out.message_digest = Check::valid();
        out.signature = check(content_pieces(content));
        return out;
    }
    out.message_digest = check_message_digest(signer, content);
    const Octets sent = as_sent(*signer.signed_attrs);
    std::span<const std::uint8_t> piece = sent;
    out.signature = check(std::span(&piece, 1));
    if (out.signature.verdict == Verdict::valid) {
        out.order = SignedAttrsOrder::as_sent;
    } else if (out.signature.verdict == Verdict::invalid && der::first_out_of_order(signer.signed_attrs->value())) {
        const Octets in_order = sorted(*signer.signed_attrs);
        piece = in_order;
        if (const Check second = check(std::span(&piece, 1)); second.verdict == Verdict::valid) {
            out.signature = second;
            out.order = SignedAttrsOrder::sorted;
        }
    }
    return out;
}

Check verify(const x509::AlgorithmIdentifier& algorithm, std::span<const std::uint8_t> signature,
             std::span<const std::uint8_t> to_be_signed, const PublicKey& key) {
    return check_signature(algorithm, signature, std::span(&to_be_signed, 1), key, {});
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
