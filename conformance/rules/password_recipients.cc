#include <conformance/rules/common.h>
#include <conformance/rules/recipient_certificate.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/reader.h>

#include <array>

// PasswordRecipientInfo: PBKDF2 makes a key of the challengePassword, and id-alg-PWRI-KEK wraps with it (RFC 5652, 6.2.4; RFC 3211; RFC 8018).
namespace sceplab::rules {

namespace {

namespace cms_oids = scep::cms::oids;
namespace tag = scep::der::tag;
using scep::cms::PasswordRecipientInfo;
using scep::x509::AlgorithmIdentifier;

// Asks of each PasswordRecipientInfo.
template <class F>
Outcome each_password(const Enveloped& message, F&& look) {
    if (!has_recipient(message, tag::context_constructed(3))) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    bool any = false;
    each_recipient(message, [&](const scep::cms::RecipientInfo& info, std::int32_t index) {
        if (const auto* pwri = std::get_if<PasswordRecipientInfo>(&info.choice)) {
            any = true;
            look(*pwri, info, recipient_path(index), out);
        }
    });
    return any ? out : Outcome::not_applicable();
}

struct Cipher {
    scep::der::OidConstant algorithm;
    std::uint32_t block;
    std::uint32_t key;
};
constexpr std::array ciphers{
    Cipher{cms_oids::aes128_CBC, 16, 16},
    Cipher{cms_oids::aes192_CBC, 16, 24},
    Cipher{cms_oids::aes256_CBC, 16, 32},
    Cipher{cms_oids::des_ede3_cbc, 8, 24},
};

// The cipher inside of id-alg-PWRI-KEK; nothing where it is another wrap or does not decode.
std::optional<AlgorithmIdentifier> inner(const PasswordRecipientInfo& pwri) {
    const AlgorithmIdentifier& wrap = pwri.key_encryption_algorithm;
    const auto decoded = wrap.algorithm == cms_oids::id_alg_PWRI_KEK && wrap.parameters ? AlgorithmIdentifier::decode(wrap.parameters->whole())
                                                                                       : std::unexpected(scep::Error{});
    return decoded ? std::optional(*decoded) : std::nullopt;
}

const Cipher* cipher_of(const std::optional<AlgorithmIdentifier>& algorithm) {
    for (const Cipher& each : ciphers) {
        if (algorithm && algorithm->algorithm == each.algorithm) {
            return &each;
        }
    }
    return nullptr;
}

Outcome derivation(const Enveloped& message) {
    return each_password(message, [&](const PasswordRecipientInfo& pwri, const scep::cms::RecipientInfo& info, const std::string& path, Outcome& out) {
        const auto& algorithm = pwri.key_derivation_algorithm;
        if (!algorithm) {
            out.add(place(message, info.whole.location(), path), "there is no keyDerivationAlgorithm, though the key comes from a password");
        } else if (algorithm->algorithm != cms_oids::id_PBKDF2) {
            out.add(place(message, algorithm->whole.location(), path + ".keyDerivationAlgorithm"),
                    "keyDerivationAlgorithm is " + algorithm->algorithm.to_string() + ", not PBKDF2");
        }
    });
}

Outcome wrap(const Enveloped& message) {
    return each_password(message, [&](const PasswordRecipientInfo& pwri, const auto&, const std::string& path, Outcome& out) {
        const AlgorithmIdentifier& algorithm = pwri.key_encryption_algorithm;
        const Place where = place(message, algorithm.whole.location(), path + ".keyEncryptionAlgorithm");
        if (algorithm.algorithm != cms_oids::id_alg_PWRI_KEK) {
            out.add(where, "keyEncryptionAlgorithm is " + algorithm.algorithm.to_string() + ", not id-alg-PWRI-KEK");
        } else if (!inner(pwri)) {
            out.add(where, "the parameters of id-alg-PWRI-KEK are no AlgorithmIdentifier of a cipher");
        }
    });
}

Outcome inner_iv(const Enveloped& message) {
    return each_password(message, [&](const PasswordRecipientInfo& pwri, const auto&, const std::string& path, Outcome& out) {
        const auto algorithm = inner(pwri);
        const Cipher* cipher = cipher_of(algorithm);
        if (cipher == nullptr) {
            return;
        }
        const auto& iv = algorithm->parameters;
        if (!iv || iv->tag() != tag::OCTET_STRING || iv->value().size() != cipher->block) {
            out.add(place(message, algorithm->whole.location(), path + ".keyEncryptionAlgorithm.parameters"),
                    "the cipher inside of id-alg-PWRI-KEK has " + (iv ? std::to_string(iv->value().size()) + " octets of " + scep::to_string(iv->tag()) : "nothing") +
                        " where an IV of " + std::to_string(cipher->block) + " octets is due");
        }
    });
}

Outcome wrapped_length(const Enveloped& message) {
    return each_password(message, [&](const PasswordRecipientInfo& pwri, const auto&, const std::string& path, Outcome& out) {
        const Cipher* cipher = cipher_of(inner(pwri));
        const std::uint32_t size = pwri.encrypted_key.size();
        if (cipher != nullptr && (size % cipher->block != 0 || size < 2 * cipher->block)) {
            out.add(place(message, pwri.encrypted_key.location(), path + ".encryptedKey"),
                    "encryptedKey has " + std::to_string(size) + " octets, not two or more whole blocks of " + std::to_string(cipher->block));
        }
    });
}

// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource }, iterationCount, keyLength OPTIONAL, prf DEFAULT }   RFC 8018, A.2
struct Pbkdf2Params {
    Input salt;
    scep::der::Integer iterations;
    std::optional<scep::der::Integer> key_length;

    static scep::Result<Pbkdf2Params> decode(Input input) {
        Pbkdf2Params out;
        scep::der::Reader reader(input);
        reader.nested(tag::SEQUENCE, nullptr, [&](scep::der::Reader& r) {
            out.salt = r.octet_string("salt");
            out.iterations = r.integer("iterationCount");
            if (r.peek() == tag::INTEGER) {
                out.key_length = r.integer("keyLength");
            }
            if (!r.at_end()) {
                AlgorithmIdentifier::read(r, "prf");
            }
        });
        return reader.finish(out, "PBKDF2-params");
    }
};

Outcome pbkdf2(const Enveloped& message) {
    return each_password(message, [&](const PasswordRecipientInfo& pwri, const auto&, const std::string& path, Outcome& out) {
        const auto& algorithm = pwri.key_derivation_algorithm;
        if (!algorithm || algorithm->algorithm != cms_oids::id_PBKDF2) {
            return;
        }
        const auto add = [&](std::string what) {
            out.add(place(message, algorithm->whole.location(), path + ".keyDerivationAlgorithm"), std::move(what));
        };
        const auto params = algorithm->parameters ? Pbkdf2Params::decode(algorithm->parameters->whole()) : std::unexpected(scep::Error{});
        if (!params) {
            add(algorithm->parameters ? "the parameters of PBKDF2 do not decode: " + params.error().to_string() : "PBKDF2 has no parameters");
            return;
        }
        const Cipher* cipher = cipher_of(inner(pwri));
        const auto iterations = params->iterations.to_int64();
        if (params->salt.size() < 8) {
            add("the salt of PBKDF2 has " + std::to_string(params->salt.size()) + " octets, fewer than 8");
        } else if (params->iterations.negative() || iterations == 0) {
            add("iterationCount of PBKDF2 is 0x" + params->iterations.to_hex());
        } else if (params->key_length && cipher != nullptr && !params->key_length->equals(cipher->key)) {
            add("keyLength of PBKDF2 is 0x" + params->key_length->to_hex() + ", the cipher inside of id-alg-PWRI-KEK takes " + std::to_string(cipher->key) + " octets");
        }
    });
}

Outcome utf8(const Enveloped& message) {
    return each_password(message, [&](const PasswordRecipientInfo& pwri, const auto&, const std::string& path, Outcome& out) {
        if (message.facts.envelope->opened_by == evidence::PasswordForm::attribute_octets) {
            out.add(place(message, pwri.encrypted_key.location(), path), "the octets of the challengePassword attribute open it, not its characters in UTF-8");
        }
    });
}

// A password for the reply comes from the request; a RenewalReq and the queries have none.
Outcome secret_exists(const Pair& pair) {
    const auto* envelope = enveloped_data(pair.reply.facts);
    const auto type = pair.request.facts.message_type();
    using enum scep::MessageType;
    if (envelope == nullptr || (type != RenewalReq && type != GetCert && type != GetCRL)) {
        return Outcome::not_applicable();
    }
    const auto& data = pair.request.facts.message_data;
    if (type == RenewalReq && !data) {
        return Outcome::not_performed(pair.request.facts.envelope ? pair.request.facts.envelope->reason : "the request has no envelope");
    }
    const auto& all = pair.reply.facts.envelope->recipients;
    for (auto each = all.begin(); each != all.end(); ++each) {
        const auto& recipient = *each;
        if (recipient && std::holds_alternative<PasswordRecipientInfo>(recipient->choice) &&
            !(data && data->certification_request && data->certification_request->challenge_password())) {
            return Outcome::violation(place(pair.reply, each.whole().location(), recipient_path(each.index())),
                                      "the reply is enveloped for a password, and the " + std::string(name(*type)) + " brought no challengePassword");
        }
    }
    return Outcome::pass();
}

}  // namespace

RuleSpan<Enveloped> password_recipients_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "pwri.key-derivation",
         .severity = warning,
         .cite = {rfc5652, "6.2.4"},
         .says = "A password recipient says by which PBKDF2 its key comes from the password",
         .covers = {"CMS-6.2.4-pwri-kdf-present"},
         .check = derivation},
        {.id = "pwri.key-encryption-algorithm",
         .severity = warning,
         .cite = {rfc3211, "2.3"},
         .says = "keyEncryptionAlgorithm of a password recipient is id-alg-PWRI-KEK over a cipher",
         .covers = {"PWRI-kek-alg"},
         .check = wrap},
        {.id = "pwri.inner-iv",
         .severity = warning,
         .cite = {rfc3211, "2.3.1"},
         .says = "The cipher inside of id-alg-PWRI-KEK has an IV of one block",
         .covers = {"PWRI-kek-iv"},
         .check = inner_iv},
        {.id = "pwri.encrypted-key-length",
         .severity = warning,
         .cite = {rfc3211, "2.3.1"},
         .says = "encryptedKey of a password recipient is two whole blocks or more",
         .covers = {"PWRI-enckey-length"},
         .check = wrapped_length},
        {.id = "pwri.pbkdf2-parameters",
         .severity = warning,
         .cite = {rfc8018, "A.2"},
         .says = "PBKDF2 has a salt of 8 octets or more, a positive iterationCount, and a keyLength that fits the cipher",
         .covers = {"PWRI-pbkdf2-params"},
         .check = pbkdf2},
        {.id = "pwri.password-utf8",
         .severity = warning,
         .cite = {rfc8018, "3"},
         .says = "The password of an envelope is the challengePassword in UTF-8",
         .covers = {"PWRI-password-octets"},
         .check = utf8},
    };
    return rules;
}

RuleSpan<Pair> reply_password_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "pwri.secret-exists",
         .severity = notice,
         .cite = {rfc8894, "3.1"},
         .says = "A reply is enveloped for a password where the request brought a challengePassword",
         .covers = {"PWRI-needs-secret"},
         .check = secret_exists},
    };
    return rules;
}

}  // namespace sceplab::rules
