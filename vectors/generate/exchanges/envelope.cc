#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

using scep::cms::EnvelopedDataParts;
using scep::der::Input;
namespace oids = scep::x509::oids;
namespace cms_oids = scep::cms::oids;
namespace tag = scep::der::tag;

Octets copy(Input octets) { return {octets.begin(), octets.end()}; }

void request_envelope(Laboratory& lab, std::function<void(EnvelopedDataParts&)> change) {
    auto plan = lab.enrolment();
    plan.request->envelope = std::move(change);
    lab.play(plan);
}

template <class T>
T only(const EnvelopedDataParts& parts) {
    return std::get<T>(scep::der::decode<scep::cms::RecipientInfo>(Input(parts.recipient_infos.at(0)))->choice);
}

struct KeyTrans {
    Octets rid;
    Octets algorithm;
    Octets key;
};
void change_ktri(EnvelopedDataParts& parts, const std::function<void(KeyTrans&)>& change) {
    const auto info = only<scep::cms::KeyTransRecipientInfo>(parts);
    KeyTrans pieces{copy(info.rid.whole), copy(info.key_encryption_algorithm.whole), copy(info.encrypted_key)};
    change(pieces);
    parts.recipient_infos = {sequence({integer(0), pieces.rid, pieces.algorithm, octet_string(pieces.key)})};
    parts.version = 0;
}

// The fields of the request's EnvelopedData, each encoded.
void with_fields(Laboratory& lab, std::function<void(std::vector<Octets>&)> change) {
    auto plan = lab.enrolment();
    plan.request->signed_data = [change = std::move(change)](auto& builder) {
        const auto data = scep::cms::EnvelopedData::decode_content_info(Input(*builder.e_content));
        std::vector<Octets> fields{integer(0), copy(data->recipient_infos.whole()), copy(data->encrypted_content_info.whole)};
        change(fields);
        builder.e_content = sequence({encoded(cms_oids::id_envelopedData), context(0, sequence(fields))});
    };
    lab.play(plan);
}

Octets attribute() { return scep::cms::encode_attribute(scep::der::oid("1.2.3"), octet_string({})); }

// The client with an EC key gets its reply by the challengePassword.
struct Password {
    Octets derivation;  // AlgorithmIdentifier without its tag and length: the content of [0]
    Octets wrap;
    Octets key;
};
void reply_password(Laboratory& lab, std::function<void(Password&)> change) {
    auto plan = lab.enrolment_with_password();
    plan.reply->envelope = [change = std::move(change)](EnvelopedDataParts& parts) {
        const auto info = only<scep::cms::PasswordRecipientInfo>(parts);
        const Octets derivation = sequence({encoded(cms_oids::id_PBKDF2), copy(info.key_derivation_algorithm->parameters->whole())});
        Password pieces{derivation, copy(info.key_encryption_algorithm.whole), copy(info.encrypted_key)};
        change(pieces);
        parts.recipient_infos = {scep::cms::encode_password_recipient_info(pieces.derivation, pieces.wrap, pieces.key)};
        parts.version = 3;
    };
    lab.play(plan);
}

Octets pbkdf2(const Octets& salt, const std::vector<Octets>& more) {
    return sequence({encoded(cms_oids::id_PBKDF2), sequence({octet_string(salt), joined(more)})});
}

Octets bmp_secret() {
    Octets out;
    for (const char c : long_secret) {
        out.insert(out.end(), {0, static_cast<std::uint8_t>(c)});
    }
    return out;
}

// A certificate for an ML-KEM-768 key, which GetCACert gives beside the CA's.
constexpr auto ml_kem_768 = scep::der::oid("2.16.840.1.101.3.4.4.2");
constexpr auto aes256_wrap = scep::der::oid("2.16.840.1.101.3.4.1.45");

Octets kem_key() { return sequence({sequence({encoded(ml_kem_768)}), tlv(tag::BIT_STRING, joined({Octets{0}, Octets(1184, 3)}))}); }

Octets kem_certificate(std::uint8_t usage = 0x20, std::uint8_t unused = 5) {
    return make_certificate([&](CertificateParts& parts) {
        parts.serial_number = integer(77);
        parts.subject = common_name("KEM");
        parts.subject_pk_info = kem_key();
        parts.extensions = {scep::build::encode_extension(oids::id_ce_keyUsage, true, Octets{3, 2, unused, usage})};
    });
}

struct Kem {
    std::int64_t serial = 77;
    std::size_t ciphertext = 1088;
    std::int64_t kek_length = 32;
    Octets ukm = {};
    Octets certificate = kem_certificate();
};

void kem_request(Laboratory& lab, const Kem& kem, bool introduced = false) {
    if (!introduced) {
        introduce_with(lab, lab.certificates({lab.ca_certificate(), kem.certificate}));
    }
    auto plan = lab.enrolment();
    plan.request->envelope = [kem](EnvelopedDataParts& parts) {
        const Octets rid = scep::cms::encode_issuer_and_serial_number(parties().ca.name(), integer_content(kem.serial));
        parts.recipient_infos = {context(4, joined({encoded(cms_oids::id_ori_kem),
                                                    sequence({integer(0), rid, sequence({encoded(ml_kem_768)}), octet_string(Octets(kem.ciphertext, 9)),
                                                              scep::cms::encode_algorithm(scep::der::oid("1.2.840.113549.1.9.16.3.28")), integer(kem.kek_length),
                                                              kem.ukm, scep::cms::encode_algorithm(aes256_wrap), octet_string(Octets(40, 4))})}))};
        parts.version = 3;
    };
    lab.play(plan);
}

// Two messages whose random octets are the same.
void same_iv_twice(Laboratory& lab) {
    const auto certificate = scep::x509::Certificate::decode(Input(lab.ca_certificate()));
    const auto recipient = *scep::botan::Recipient::key_transport(*certificate);
    for (const char* unit : {"a", "b"}) {
        scep::botan::Random random = scep::botan::Random::deterministic(Octets{1});
        auto plan = lab.enrolment();
        plan.request->encrypted = false;
        plan.request->content = *scep::botan::encrypt(*plan.request->content, recipient, ContentCipher::aes128_CBC, random);
        plan.request->transaction.other_attributes = {scep::cms::encode_attribute(scep::der::oid("1.2.3"), string_value(tag::UTF8String, unit))};
        lab.play(plan);
    }
}

}  // namespace

const Rows& envelope_rows() {
    static const Rows rows{
        {"unprotectedAttrs before encryptedContentInfo",
         [](Laboratory& lab) {
             with_fields(lab, [](auto& fields) {
                 fields[0] = integer(2);
                 fields.insert(fields.begin() + 2, context(1, attribute()));
             });
         },
         {"content.is-envelope"}},
        {"no recipient", [](Laboratory& lab) { request_envelope(lab, [](auto& parts) { parts.recipient_infos.clear(); }); }, {"recipient.one", "recipient.present"}},
        {"a rid with the number first",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) {
                 change_ktri(parts, [](auto& ktri) { ktri.rid = sequence({integer(1), parties().ca.name()}); });
             });
         },
         {"recipient.decodes"}},
        {"a key encrypted by a signature algorithm",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) {
                 change_ktri(parts, [](auto& ktri) {
                     ktri.algorithm = scep::cms::encode_algorithm(oids::sha256WithRSAEncryption, scep::cms::Parameters::null);
                 });
             });
         },
         {"recipient.key-encryption-algorithm"}},
        {"a key encrypted by rsaEncryption without parameters",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) {
                 change_ktri(parts, [](auto& ktri) { ktri.algorithm = scep::cms::encode_algorithm(oids::rsaEncryption); });
             });
         },
         {"algorithm.rsa-parameters"}},
        {"the issuer of the rid as PrintableString",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) {
                 change_ktri(parts, [](auto& ktri) {
                     const scep::build::NamePart part{.type = scep::der::oid("2.5.4.3"), .value = "Test CA", .string_type = tag::PrintableString};
                     ktri.rid = scep::cms::encode_issuer_and_serial_number(scep::build::encode_name({&part, 1}), integer_content(1));
                 });
             });
         },
         {"recipient.name-as-written"}},
        {"an encryptedKey with a zero in front",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) { change_ktri(parts, [](auto& ktri) { ktri.key.insert(ktri.key.begin(), 0); }); });
         },
         {"recipient.encrypted-key-length"}},
        {"an OtherRecipientInfo of unknown type",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) {
                 parts.recipient_infos = {context(4, joined({encoded(scep::der::oid("1.2.3")), Octets{5, 0}}))};
                 parts.version = 3;
             });
         },
         {"recipient.form", "recipient.other-type-known"}},
        {"an originatorInfo",
         [](Laboratory& lab) {
             with_fields(lab, [](auto& fields) {
                 fields[0] = integer(2);
                 fields.insert(fields.begin() + 1, context(0, context(0, parties().client.self_signed())));
             });
         },
         {"envelope.no-originator-info"}},
        {"unprotectedAttrs",
         [](Laboratory& lab) {
             with_fields(lab, [](auto& fields) {
                 fields[0] = integer(2);
                 fields.push_back(context(1, attribute()));
             });
         },
         {"envelope.no-unprotected-attributes"}},
        {"unprotectedAttrs with a message-digest, in version 0",
         [](Laboratory& lab) {
             with_fields(lab, [](auto& fields) {
                 fields.push_back(context(1, scep::cms::encode_attribute(cms_oids::id_messageDigest, octet_string(Octets(32, 1)))));
             });
         },
         {"envelope.no-unprotected-attributes", "unsigned-attributes.no-cms-attributes", "version.enveloped-data"}},
        {"one octet of the content dropped",
         [](Laboratory& lab) { request_envelope(lab, [](auto& parts) { parts.encrypted_content.pop_back(); }); },
         {"content.decodes", "envelope.whole-blocks"}},
        {"no padding",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             // A CertificationRequest of whole blocks: the block after it is padding alone.
             for (std::string unit = "a"; plan.request->content->size() % 16 != 0; unit += 'a') {
                 plan.request->content = lab.csr(parties().client, [&](auto& builder) {
                     builder.other_attributes = {scep::cms::encode_attribute(scep::der::oid("1.2.3"), string_value(tag::UTF8String, unit))};
                 });
             }
             plan.request->envelope = [](auto& parts) { parts.encrypted_content.resize(parts.encrypted_content.size() - 16); };
             lab.play(plan);
         },
         {"content.decodes"}},
        {"an octet after the messageData",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->content->push_back(0);
             lab.play(plan);
         },
         {"content.decodes"}},
        {"AES-128 with a key of 32 octets",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->cipher = ContentCipher::aes256_CBC;
             plan.request->envelope = [](auto& parts) {
                 const auto algorithm = scep::x509::AlgorithmIdentifier::decode(Input(parts.content_encryption_algorithm));
                 parts.content_encryption_algorithm = sequence({encoded(cms_oids::aes128_CBC), copy(algorithm->parameters->whole())});
             };
             lab.play(plan);
         },
         {"content.decodes"}},
        {"an IV of zeros",
         [](Laboratory& lab) {
             request_envelope(lab, [](auto& parts) {
                 parts.content_encryption_algorithm = scep::cms::encode_cbc_algorithm(cms_oids::aes128_CBC, Octets(16, 0));
             });
         },
         {"content.decodes", "envelope.iv-not-zero"}},
        {"one IV in two messages", same_iv_twice, {"envelope.iv-fresh"}},
    };
    return rows;
}

const Rows& password_rows() {
    static const Rows rows{
        {"no keyDerivationAlgorithm", [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.derivation.clear(); }); }, {"pwri.key-derivation"}},
        {"keyEncryptionAlgorithm before keyDerivationAlgorithm",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply->envelope = [](auto& parts) {
                 const auto info = only<scep::cms::PasswordRecipientInfo>(parts);
                 parts.recipient_infos = {context(3, joined({integer(0), copy(info.key_encryption_algorithm.whole), copy(info.key_derivation_algorithm->whole),
                                                             octet_string(copy(info.encrypted_key))}))};
                 parts.version = 0;
             };
             lab.play(plan);
         },
         {"recipient.decodes"}},
        {"AES key wrap in a password recipient",
         [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.wrap = scep::cms::encode_algorithm(aes256_wrap); }); },
         {"pwri.key-encryption-algorithm"}},
        {"id-alg-PWRI-KEK without a cipher",
         [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.wrap = scep::cms::encode_algorithm(cms_oids::id_alg_PWRI_KEK); }); },
         {"pwri.key-encryption-algorithm"}},
        {"an inner IV of 8 octets",
         [](Laboratory& lab) {
             reply_password(lab, [](auto& pwri) {
                 pwri.wrap = scep::cms::encode_algorithm(cms_oids::id_alg_PWRI_KEK, scep::cms::encode_cbc_algorithm(cms_oids::aes128_CBC, Octets(8, 1)));
             });
         },
         {"content.decodes", "pwri.inner-iv"}},
        {"an encryptedKey of one block", [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.key.resize(16); }); }, {"content.decodes", "pwri.encrypted-key-length"}},
        {"a key wrapped otherwise", [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.key.back() ^= 1; }); }, {"content.decodes"}},
        {"a salt of 4 octets",
         [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.derivation = pbkdf2(Octets(4, 1), {integer(1000)}); }); },
         {"content.decodes", "pwri.pbkdf2-parameters"}},
        {"no iteration",
         [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.derivation = pbkdf2(Octets(16, 1), {integer(0)}); }); },
         {"pwri.pbkdf2-parameters"}},
        {"a keyLength that is not the cipher's",
         [](Laboratory& lab) {
             reply_password(lab, [](auto& pwri) { pwri.derivation = pbkdf2(Octets(16, 1), {integer(1000), integer(32)}); });
         },
         {"content.decodes", "pwri.pbkdf2-parameters"}},
        {"PBKDF2 without parameters",
         [](Laboratory& lab) { reply_password(lab, [](auto& pwri) { pwri.derivation = sequence({encoded(cms_oids::id_PBKDF2)}); }); },
         {"pwri.pbkdf2-parameters"}},
        {"the password of a reply in UTF-16",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.request->content = make_csr(parties().ec_client, [](CsrParts& parts) {
                 parts.attributes = {{scep::cms::encode_attribute(scep::pkcs10::oids::challengePassword, tlv(tag::BMPString, bmp_secret()))}};
             });
             const Octets secret = bmp_secret();
             plan.reply->password = std::string(secret.begin(), secret.end());
             lab.play(plan);
         },
         {"csr.challenge-password-printable", "pwri.password-utf8"}},
        {"another password than the challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply->password = "another";
             lab.play(plan);
         },
         {"content.decodes"}},
        {"a password for a renewal without challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->signer = &parties().ec_client;
             plan.request->certificate = lab.issued(parties().ec_client);
             plan.request->content = lab.csr(parties().ec_client, [](auto& builder) { builder.challenge_password.reset(); });
             plan.reply->recipients.clear();
             plan.reply->password = "secret";
             lab.play(plan);
         },
         {"pwri.secret-exists", "renewal.new-key"}},
    };
    return rows;
}

const Rows& kem_rows() {
    static const Rows rows{
        {"a KEM recipient, as the profile for it has it", [](Laboratory& lab) { kem_request(lab, {}); }, {},
         "cms-extended", "An OtherRecipientInfo by ML-KEM-768, for whom the profile allows it; who knows KTRI alone passes over it and says that it cannot open the envelope."},
        {"a KEM recipient where SCEP foresees none", [](Laboratory& lab) { kem_request(lab, {}); }, {"recipient.form"}},
        {"kekLength 16 for AES-256 key wrap", [](Laboratory& lab) { kem_request(lab, {.kek_length = 16}); }, {"kem.kek-length"}, "cms-extended"},
        {"kekLength beyond 65535", [](Laboratory& lab) { kem_request(lab, {.kek_length = 65536}); }, {"kem.kek-length"}, "cms-extended"},
        {"a kemct one octet short", [](Laboratory& lab) { kem_request(lab, {.ciphertext = 1087}); }, {"kem.ciphertext-length"}, "cms-extended"},
        {"a KEM for an RSA certificate", [](Laboratory& lab) { kem_request(lab, {.serial = 1}); }, {"kem.recipient-key"}, "cms-extended"},
        {"a KEM for a certificate without keyEncipherment",
         [](Laboratory& lab) { kem_request(lab, {.certificate = kem_certificate(0x80, 7)}); },
         {"kem.recipient-key-usage"},
         "cms-extended"},
        {"ukm under an IMPLICIT tag",
         [](Laboratory& lab) { kem_request(lab, {.ukm = tlv(tag::context(0), Octets(8, 1))}); },
         {"recipient.decodes", "version.enveloped-data"},
         "cms-extended"},
        {"one kemct in two messages",
         [](Laboratory& lab) {
             kem_request(lab, {});
             kem_request(lab, {}, true);
         },
         {"kem.ciphertext-fresh"},
         "cms-extended"},
        {"a request signed by a KEM key",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.request->certificate = make_certificate([](CertificateParts& parts) { parts.subject_pk_info = kem_key(); });
             lab.play(plan);
         },
         {"renewal.has-renewal-type", "signature-algorithm.fits-key"},
         "cms-extended"},
    };
    return rows;
}

}  // namespace sceplab::vectors
