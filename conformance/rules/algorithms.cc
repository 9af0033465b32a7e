#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>

// Algorithms: never DES and MD5 (RFC 8894, 2.9), AES and SHA-256 where the CA has them (3.5.2).
namespace sceplab::rules {

namespace {

namespace cms_oids = scep::cms::oids;
namespace x509_oids = scep::x509::oids;
using scep::x509::AlgorithmIdentifier;

constexpr auto aes = scep::der::oid("2.16.840.1.101.3.4.1");

bool starts_with(const scep::der::Oid& oid, const scep::der::OidConstant& prefix) {
    return oid.content.slice(0, prefix.size).same_octets(prefix.content());
}

bool is_md5(const AlgorithmIdentifier& algorithm) {
    return algorithm.algorithm == x509_oids::id_md5 || algorithm.algorithm == x509_oids::md5WithRSAEncryption;
}

const AlgorithmIdentifier* content_cipher(const MessageFacts& facts) {
    const auto* envelope = enveloped_data(facts);
    return envelope != nullptr ? &envelope->encrypted_content_info.content_encryption_algorithm : nullptr;
}

Place cipher_place(const Signed& message, const AlgorithmIdentifier& cipher) {
    return place(message, cipher.whole.location(), "EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm");
}

Outcome no_des(const Message& message) {
    const AlgorithmIdentifier* cipher = content_cipher(message.facts);
    if (cipher == nullptr) {
        return Outcome::not_applicable();
    }
    return cipher->algorithm == cms_oids::des_cbc
               ? Outcome::violation(cipher_place(message, *cipher), "the content is encrypted with single DES")
               : Outcome::pass();
}

Outcome no_md5(const Signed& message) {
    const auto& signer = message.message.signer_info;
    Outcome out = Outcome::pass();
    if (is_md5(signer.digest_algorithm)) {
        out.add(place(message, signer.digest_algorithm.whole.location(), "SignedData.signerInfos[0].digestAlgorithm"), "the digest is MD5");
    }
    if (is_md5(signer.signature_algorithm)) {
        out.add(place(message, signer.signature_algorithm.whole.location(), "SignedData.signerInfos[0].signatureAlgorithm"),
                "the signature is over MD5");
    }
    const auto csr = certification_request(message.facts);
    if (csr && is_md5((*csr)->signature_algorithm)) {
        out.add(place(message, (*csr)->signature_algorithm.whole.location(), "messageData.signatureAlgorithm"),
                "the signature of the CertificationRequest is over MD5");
    }
    return out;
}

Outcome aes_when_announced(const Request& request) {
    const AlgorithmIdentifier* cipher = content_cipher(request.facts);
    if (cipher == nullptr) {
        return Outcome::not_applicable();
    }
    const auto& server = request.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    if (!server.announces("AES")) {
        return Outcome::not_applicable();
    }
    return starts_with(cipher->algorithm, aes)
               ? Outcome::pass()
               : Outcome::violation(cipher_place(request, *cipher),
                                    "the content is encrypted with " + cipher->algorithm.to_string() + " though the CA announced AES");
}

Outcome sha256_when_announced(const Request& request) {
    const auto& server = request.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    if (!server.announces("SHA-256")) {
        return Outcome::not_applicable();
    }
    const AlgorithmIdentifier& digest = request.message.signer_info.digest_algorithm;
    const bool old = digest.algorithm == x509_oids::id_sha1 || digest.algorithm == x509_oids::id_md5;
    return old ? Outcome::violation(place(request, digest.whole.location(), "SignedData.signerInfos[0].digestAlgorithm"),
                                    "the digest is " + std::string(is_md5(digest) ? "MD5" : "SHA-1") + " though the CA announced SHA-256")
               : Outcome::pass();
}

Outcome post_when_announced(const Query& query) {
    if (query.exchange.operation != scep::Operation::PKIOperation) {
        return Outcome::not_applicable();
    }
    const auto& server = query.exchange.server;
    if (!server.capabilities) {
        return Outcome::not_performed("no GetCACaps answer before");
    }
    if (!server.announces("POSTPKIOperation")) {
        return Outcome::not_applicable();
    }
    return query.exchange.exchange.request->method == "GET"
               ? Outcome::violation(place(query.exchange, Side::request, query.target.whole.location(), "request-target"),
                                    "PKIOperation by GET though the CA announced POSTPKIOperation or SCEPStandard")
               : Outcome::pass();
}

}  // namespace

RuleSpan<Message> envelope_algorithms_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "algorithm.no-des",
         .severity = error,
         .cite = {rfc8894, "2.9"},
         .says = "Nothing is encrypted with single DES",
         .covers = {"SCEP-2.9-no-des", "LEG-8-mti-des-md5"},
         .check = no_des},
    };
    return rules;
}

RuleSpan<Signed> signed_algorithms_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "algorithm.no-md5",
         .severity = error,
         .cite = {rfc8894, "2.9"},
         .says = "Nothing is digested with MD5",
         .covers = {"SCEP-2.9-no-md5", "LEG-8-mti-des-md5", "VEN-md5-seed-sample",
                    "P10-4.2-sigalg"},
         .check = no_md5},
    };
    return rules;
}

RuleSpan<Request> request_algorithms_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "algorithm.aes-when-announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "A request is encrypted with AES where the CA announced it",
         .covers = {"SCEP-3.5.2-prefer-aes"},
         .check = aes_when_announced},
        {.id = "algorithm.sha256-when-announced",
         .severity = warning,
         .cite = {rfc8894, "3.5.2"},
         .says = "A request is not digested with SHA-1 where the CA announced SHA-256",
         .covers = {"SCEP-3.5.2-prefer-sha256", "LEG-C-prefer-sha"},
         .check = sha256_when_announced},
    };
    return rules;
}

RuleSpan<Query> method_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Query>> rules{
        {.id = "method.post-when-announced",
         .severity = error,
         .cite = {rfc8894, "4.1"},
         .says = "PKIOperation goes by POST where the CA announced it",
         .covers = {"SCEP-4.1-must-post-if-supported", "LEG-5.1-post-should"},
         .check = post_when_announced},
    };
    return rules;
}

}  // namespace sceplab::rules
