#include <conformance/rules/common.h>
#include <conformance/rules/keys.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/reader.h>

// The signature of a SignerInfo and its algorithms: they go with the signer's key and with each other (RFC 5652, 5.3 to 5.5; RFC 8933).
namespace sceplab::rules {

namespace {

using scep::x509::AlgorithmIdentifier;

constexpr auto id_aa_CMSAlgorithmProtection = scep::der::oid("1.2.840.113549.1.9.52");
constexpr const char* signature_path = "SignedData.signerInfos[0].signature";
constexpr const char* algorithm_path = "SignedData.signerInfos[0].signatureAlgorithm";
constexpr const char* digest_path = "SignedData.signerInfos[0].digestAlgorithm";

std::expected<const scep::x509::Certificate*, Outcome> signer(const Signed& message) {
    if (!message.facts.signature || !message.facts.signature->signer.certificate) {
        return std::unexpected(Outcome::not_performed("the signer's certificate is not known"));
    }
    return &*message.facts.signature->signer.certificate;
}

// Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }   RFC 3279, 2.2.3
bool is_ecdsa_value(Input signature) {
    scep::der::Reader reader(signature);
    reader.nested(scep::der::tag::SEQUENCE, nullptr, [](scep::der::Reader& r) {
        r.integer("r");
        r.integer("s");
    });
    return reader.finish(true, nullptr).has_value();
}

Outcome encoding(const Signed& message) {
    const auto certificate = signer(message);
    if (!certificate) {
        return certificate.error();
    }
    const scep::x509::SubjectPublicKeyInfo& info = (*certificate)->subject_public_key_info;
    const Input signature = message.message.signer_info.signature;
    const Place where = place(message, signature.location(), signature_path);
    if (const auto rsa = rsa_public_key(info)) {
        return signature.size() == rsa->modulus_octets()
                   ? Outcome::pass()
                   : Outcome::violation(where,
                                        "the signature has " + std::to_string(signature.size()) + " octets, the modulus of the signer " +
                                            std::to_string(rsa->modulus_octets()),
                                        {signer_place(message)});
    }
    if (kind_of(info) == KeyKind::ec) {
        return is_ecdsa_value(signature)
                   ? Outcome::pass()
                   : Outcome::violation(where, "the signature of an EC key is no DER SEQUENCE of two INTEGERs: " + hex(signature), {signer_place(message)});
    }
    return Outcome::not_applicable();
}

Outcome fits_key(const Signed& message) {
    const auto certificate = signer(message);
    if (!certificate) {
        return certificate.error();
    }
    const AlgorithmIdentifier& algorithm = message.message.signer_info.signature_algorithm;
    const KeyKind key = kind_of((*certificate)->subject_public_key_info);
    const Place where = place(message, algorithm.whole.location(), algorithm_path);
    if (key == KeyKind::kem) {
        return Outcome::violation(where, "the signer's key is ML-KEM, which signs nothing", {signer_place(message)});
    }
    const SignatureKind* kind = signature_kind(algorithm.algorithm);
    if (kind == nullptr || key == KeyKind::other) {
        return Outcome::not_applicable();
    }
    return kind->key == key ? Outcome::pass()
                            : Outcome::violation(where,
                                                 "signatureAlgorithm " + algorithm.algorithm.to_string() + " is for a key of kind " +
                                                     std::string(name(kind->key)) + ", the signer's is " + std::string(name(key)),
                                                 {signer_place(message)});
}

Outcome fits_digest(const Signed& message) {
    const auto& info = message.message.signer_info;
    const SignatureKind* kind = signature_kind(info.signature_algorithm.algorithm);
    if (kind == nullptr || !kind->digest) {
        return Outcome::not_applicable();
    }
    return info.digest_algorithm.algorithm == *kind->digest
               ? Outcome::pass()
               : Outcome::violation(place(message, info.signature_algorithm.whole.location(), algorithm_path),
                                    "signatureAlgorithm " + info.signature_algorithm.algorithm.to_string() + " is over another digest than digestAlgorithm " +
                                        info.digest_algorithm.algorithm.to_string(),
                                    {place(message, info.digest_algorithm.whole.location(), digest_path)});
}

// CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm, signatureAlgorithm [1] IMPLICIT OPTIONAL, macAlgorithm [2] IMPLICIT OPTIONAL }   RFC 6211, 2
struct AlgorithmProtection {
    AlgorithmIdentifier digest;
    std::optional<AlgorithmIdentifier> signature;

    static std::optional<AlgorithmProtection> decode(Input value) {
        AlgorithmProtection out;
        scep::der::Reader reader(value);
        reader.nested(scep::der::tag::SEQUENCE, nullptr, [&](scep::der::Reader& r) {
            out.digest = AlgorithmIdentifier::read(r, nullptr);
            if (const auto signature = r.optional_element(scep::der::tag::context_constructed(1), nullptr)) {
                out.signature = AlgorithmIdentifier::read_inside(r, *signature, nullptr);
            }
            r.optional_element(scep::der::tag::context_constructed(2), nullptr);
        });
        const auto whole = reader.finish(true, nullptr);
        return whole ? std::optional(out) : std::nullopt;
    }
};

Outcome protection(const Signed& message) {
    const auto& info = message.message.signer_info;
    if (!info.signed_attrs) {
        return Outcome::not_applicable();
    }
    const auto attribute = signed_attribute(message.facts, id_aa_CMSAlgorithmProtection);
    const auto value = attribute ? attribute->value() : std::nullopt;
    if (!value) {
        return Outcome::not_applicable();
    }
    const Place where = place(message, value->whole().location(), "SignedData.signerInfos[0].signedAttrs.CMSAlgorithmProtection");
    const auto listed = AlgorithmProtection::decode(value->whole());
    if (!listed || !listed->signature) {
        return Outcome::violation(where, "CMSAlgorithmProtection is no SEQUENCE of a digestAlgorithm and a signatureAlgorithm");
    }
    const auto differs = [&](const AlgorithmIdentifier& protected_one, const AlgorithmIdentifier& used, const char* what, const char* path) {
        return Outcome::violation(where,
                                  std::string("CMSAlgorithmProtection names the ") + what + " " + protected_one.algorithm.to_string() + ", the SignerInfo uses " +
                                      used.algorithm.to_string(),
                                  {place(message, used.whole.location(), path)});
    };
    if (listed->digest.algorithm != info.digest_algorithm.algorithm) {
        return differs(listed->digest, info.digest_algorithm, "digest", digest_path);
    }
    return listed->signature->algorithm == info.signature_algorithm.algorithm
               ? Outcome::pass()
               : differs(*listed->signature, info.signature_algorithm, "signature algorithm", algorithm_path);
}

}  // namespace

RuleSpan<Signed> signature_algorithm_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "signature.encoding",
         .severity = error,
         .cite = {rfc5652, "5.5"},
         .says = "An RSA signature is as long as the modulus, an ECDSA one is the DER of its two numbers",
         .covers = {"CMS-5.3-signature-octetstring"},
         .check = encoding},
        {.id = "signature-algorithm.fits-key",
         .severity = error,
         .cite = {rfc5652, "5.3"},
         .says = "The signature algorithm is one for the kind of key that the signer has",
         .covers = {"CMS-5.3-sigalg-matches-key", "KEM-reply-to-kem-signer"},
         .check = fits_key},
        {.id = "signature-algorithm.fits-digest",
         .severity = warning,
         .cite = {rfc8933, "3"},
         .says = "A signature algorithm that names a digest names the one of digestAlgorithm",
         .covers = {"CMS8933-same-digest", "CMS-5.3-sigalg-matches-key"},
         .check = fits_digest},
        {.id = "signed-attributes.algorithm-protection",
         .severity = warning,
         .cite = {rfc8933, "4"},
         .says = "The CMSAlgorithmProtection attribute, where there is one, names the algorithms that the SignerInfo uses",
         .covers = {"CMS8933-algprotect"},
         .check = protection},
    };
    return rules;
}

}  // namespace sceplab::rules
