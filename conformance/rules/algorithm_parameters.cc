#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

// What stands behind the OID of an AlgorithmIdentifier (RFC 5754, RFC 3370, RFC 3565): one table, by OID.
namespace sceplab::rules {

namespace {

namespace cms_oids = scep::cms::oids;
namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;
using scep::der::OidConstant;
using scep::x509::AlgorithmIdentifier;

enum class Family : std::uint8_t { digest, rsa, ecdsa, aes, des_ede3 };

struct Row {
    OidConstant algorithm;
    Family family;
};
constexpr std::array table{
    Row{oids::id_md5, Family::digest},
    Row{oids::id_sha1, Family::digest},
    Row{oids::id_sha224, Family::digest},
    Row{oids::id_sha256, Family::digest},
    Row{oids::id_sha384, Family::digest},
    Row{oids::id_sha512, Family::digest},
    Row{oids::rsaEncryption, Family::rsa},
    Row{oids::md5WithRSAEncryption, Family::rsa},
    Row{oids::sha1WithRSAEncryption, Family::rsa},
    Row{oids::sha224WithRSAEncryption, Family::rsa},
    Row{oids::sha256WithRSAEncryption, Family::rsa},
    Row{oids::sha384WithRSAEncryption, Family::rsa},
    Row{oids::sha512WithRSAEncryption, Family::rsa},
    Row{oids::ecdsa_with_SHA1, Family::ecdsa},
    Row{oids::ecdsa_with_SHA224, Family::ecdsa},
    Row{oids::ecdsa_with_SHA256, Family::ecdsa},
    Row{oids::ecdsa_with_SHA384, Family::ecdsa},
    Row{oids::ecdsa_with_SHA512, Family::ecdsa},
    Row{cms_oids::aes128_CBC, Family::aes},
    Row{cms_oids::aes192_CBC, Family::aes},
    Row{cms_oids::aes256_CBC, Family::aes},
    Row{cms_oids::des_ede3_cbc, Family::des_ede3},
};

bool is_iv(const AlgorithmIdentifier& algorithm, std::uint32_t size) {
    return algorithm.parameters && algorithm.parameters->tag() == tag::OCTET_STRING && algorithm.parameters->value().size() == size;
}

bool fits(const AlgorithmIdentifier& algorithm, Family family) {
    switch (family) {
        case Family::digest: return algorithm.parameters_absent_or_null();
        case Family::rsa: return algorithm.parameters && algorithm.parameters_absent_or_null();
        case Family::ecdsa: return !algorithm.parameters;
        case Family::aes: return is_iv(algorithm, 16);
        case Family::des_ede3: return is_iv(algorithm, 8);
    }
    return true;
}

const char* due(Family family) {
    switch (family) {
        case Family::digest: return "no parameters or NULL are";
        case Family::rsa: return "NULL is";
        case Family::ecdsa: return "no parameters are";
        case Family::aes: return "an IV of 16 octets is";
        case Family::des_ede3: return "an IV of 8 octets is";
    }
    return "";
}

std::string shown(const AlgorithmIdentifier& algorithm) {
    if (!algorithm.parameters) {
        return "no parameters";
    }
    const auto& parameters = *algorithm.parameters;
    return "parameters of type " + scep::to_string(parameters.tag()) + " with " + std::to_string(parameters.value().size()) + " octets";
}

constexpr std::int32_t most = 16;  // of a list

// Written out only where something is wrong.
struct Path {
    std::string_view before;
    std::int32_t index = -1;
    std::string_view after = {};

    [[nodiscard]] std::string to_string() const {
        std::string out(before);
        return index < 0 ? out : out.append(std::to_string(index)).append(after);
    }
};

// The algorithms of the message, of its envelope and of the CertificationRequest in it.
template <class F>
void each_algorithm(const Signed& message, F&& look) {
    const auto& data = message.message.signed_data;
    for (auto each = data.digest_algorithms.begin(); each != data.digest_algorithms.end() && each.index() < most; ++each) {
        if (const auto algorithm = *each) {
            look(*algorithm, Path{"SignedData.digestAlgorithms[", each.index(), "]"});
        }
    }
    const auto& signer = message.message.signer_info;
    look(signer.digest_algorithm, Path{"SignedData.signerInfos[0].digestAlgorithm"});
    look(signer.signature_algorithm, Path{"SignedData.signerInfos[0].signatureAlgorithm"});
    if (const auto* envelope = enveloped_data(message.facts)) {
        const auto& recipients = message.facts.envelope->recipients;
        for (auto each = recipients.begin(); each != recipients.end() && each.index() < most; ++each) {
            const auto& recipient = *each;
            if (const auto* ktri = recipient ? std::get_if<scep::cms::KeyTransRecipientInfo>(&recipient->choice) : nullptr) {
                look(ktri->key_encryption_algorithm, Path{"EnvelopedData.recipientInfos[", each.index(), "].keyEncryptionAlgorithm"});
            }
        }
        look(envelope->encrypted_content_info.content_encryption_algorithm, Path{"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm"});
    }
    if (const auto csr = certification_request(message.facts)) {
        look((*csr)->subject_pk_info.algorithm, Path{"messageData.certificationRequestInfo.subjectPKInfo.algorithm"});
        look((*csr)->signature_algorithm, Path{"messageData.signatureAlgorithm"});
    }
}

template <Family family>
Outcome parameters(const Signed& message) {
    Outcome out = Outcome::not_applicable();
    each_algorithm(message, [&](const AlgorithmIdentifier& algorithm, const Path& path) {
        const auto row = std::ranges::find_if(table, [&](const Row& each) { return each.family == family && algorithm.algorithm == each.algorithm; });
        if (row == table.end()) {
            return;
        }
        if (!fits(algorithm, family)) {
            out.add(place(message, algorithm.whole.location(), path.to_string()),
                    algorithm.algorithm.to_string() + " has " + shown(algorithm) + " where " + due(family) + " due");
        } else if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
    });
    return out;
}

}  // namespace

RuleSpan<Signed> algorithm_parameters_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "algorithm.digest-parameters",
         .severity = warning,
         .cite = {rfc5754, "2"},
         .says = "The parameters of a digest algorithm are absent or NULL",
         .covers = {"ALG-sha2-params"},
         .check = parameters<Family::digest>},
        {.id = "algorithm.rsa-parameters",
         .severity = warning,
         .cite = {rfc5754, "3.2"},
         .says = "The parameters of rsaEncryption and of RSA signature algorithms are NULL",
         .covers = {"ALG-rsa-params", "CMS-6.2.1-keyenc-alg"},
         .check = parameters<Family::rsa>},
        {.id = "algorithm.ecdsa-parameters",
         .severity = warning,
         .cite = {rfc5754, "3.3"},
         .says = "ECDSA signature algorithms have no parameters",
         .covers = {"ALG-ecdsa-params"},
         .check = parameters<Family::ecdsa>},
        {.id = "algorithm.aes-parameters",
         .severity = warning,
         .cite = {rfc3565, "4.1"},
         .says = "The parameters of AES in CBC mode are an IV of 16 octets",
         .covers = {"ALG-aes-cbc-iv"},
         .check = parameters<Family::aes>},
        {.id = "algorithm.des-ede3-parameters",
         .severity = warning,
         .cite = {rfc3370, "5.1"},
         .says = "The parameters of triple DES in CBC mode are an IV of 8 octets",
         .covers = {"ALG-3des-cbc-iv"},
         .check = parameters<Family::des_ede3>},
    };
    return rules;
}

}  // namespace sceplab::rules
