#include <conformance/tree/shape.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/pki_message.h>

#include <array>
#include <utility>

namespace sceplab::tree::shapes {

namespace {

namespace cms = scep::cms::oids;
namespace tag = scep::der::tag;
using scep::der::Element;
using scep::der::Oid;
using scep::der::oid;
using tag::context;

const Shape* content_shape(Oid type);
const Shape* attribute_shape(Oid type);
const Shape* other_recipient_shape(Oid type);
const Shape* encapsulated_shape(Oid type);

template <class T>
std::string known_name(const scep::Coded<T>& code) {
    return code.known ? code.to_string() : "not a known code";
}
std::string message_type_text(const Element& element) { return known_name(scep::code_message_type(element)); }
std::string pki_status_text(const Element& element) { return known_name(scep::code_pki_status(element)); }
std::string fail_info_text(const Element& element) { return known_name(scep::code_fail_info(element)); }

constexpr Shape octets{.as = tag::OCTET_STRING};

// Attribute
constexpr Shape message_type{.meaning = message_type_text};
constexpr Shape pki_status{.meaning = pki_status_text};
constexpr Shape fail_info{.meaning = fail_info_text};
constexpr Shape password{.secret = true};
constexpr std::array algorithm_protection_fields{
    Field{"digestAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"signatureAlgorithm", context(1), {}, &algorithm_identifier, true},
    Field{"macAlgorithm", context(2), {}, &algorithm_identifier, true},
};
constexpr Shape algorithm_protection{.kind = Kind::fields, .name = "CMSAlgorithmProtection", .fields = algorithm_protection_fields};
constexpr Shape smime_capabilities{.kind = Kind::list, .name = "SMIMECapabilities", .of = &algorithm_identifier};

const Shape* attribute_shape(Oid type) {
    static constexpr std::array table{
        std::pair{scep::oids::messageType, &message_type},
        std::pair{scep::oids::pkiStatus, &pki_status},
        std::pair{scep::oids::failInfo, &fail_info},
        std::pair{scep::oids::extensionReq, &extensions},
        std::pair{scep::pkcs10::oids::challengePassword, &password},
        std::pair{scep::pkcs10::oids::extensionRequest, &extensions},
        std::pair{scep::pkcs10::oids::microsoftCertExtensions, &extensions},
        std::pair{oid("1.2.840.113549.1.9.52"), &algorithm_protection},
        std::pair{oid("1.2.840.113549.1.9.15"), &smime_capabilities},
    };
    for (const auto& [id, shape] : table) {
        if (type == id) {
            return shape;
        }
    }
    return nullptr;
}

constexpr Shape open_attribute{.kind = Kind::open, .by_type = attribute_shape};
constexpr Shape attribute_values{.kind = Kind::set, .of = &open_attribute};
constexpr std::array attribute_fields{Field{"attrType", tag::OBJECT_IDENTIFIER}, Field{"attrValues", tag::SET, {}, &attribute_values}};
constexpr Shape attribute{.kind = Kind::fields, .name = "Attribute", .fields = attribute_fields, .titled = true};
constexpr Shape attributes{.kind = Kind::set, .of = &attribute};

} // namespace

// CertificationRequest, and SCEP's own messageData
namespace {

constexpr std::array certification_request_info_fields{
    Field{"version", tag::INTEGER},
    Field{"subject", tag::SEQUENCE, {}, &name},
    Field{"subjectPKInfo", tag::SEQUENCE, {}, &subject_public_key_info},
    Field{"attributes", context(0), {}, &attributes, true},
};
constexpr Shape certification_request_info{
    .kind = Kind::fields, .name = "CertificationRequestInfo", .fields = certification_request_info_fields};
constexpr std::array certification_request_fields{
    Field{"certificationRequestInfo", tag::SEQUENCE, {}, &certification_request_info},
    Field{"signatureAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"signature", tag::BIT_STRING, {}, &signature_bits},
};
constexpr std::array issuer_and_subject_fields{Field{"issuer", tag::SEQUENCE, {}, &name}, Field{"subject", tag::SEQUENCE, {}, &name}};
constexpr std::array issuer_and_serial_number_fields{Field{"issuer", tag::SEQUENCE, {}, &name},
                                                     Field{"serialNumber", tag::INTEGER, {}, &serial_number}};

} // namespace

constexpr Shape certification_request{.kind = Kind::fields, .name = "CertificationRequest", .fields = certification_request_fields};
constexpr Shape issuer_and_subject{.kind = Kind::fields, .name = "IssuerAndSubject", .fields = issuer_and_subject_fields};
constexpr Shape issuer_and_serial_number{.kind = Kind::fields, .name = "IssuerAndSerialNumber", .fields = issuer_and_serial_number_fields};

namespace {

// What SignedData and EnvelopedData share
constexpr std::array certificate_identifier_choices{Field{"issuerAndSerialNumber", tag::SEQUENCE, {}, &issuer_and_serial_number},
                                                    Field{"subjectKeyIdentifier", context(0), {}, &octets}};
constexpr Shape certificate_identifier{.kind = Kind::choice, .fields = certificate_identifier_choices};
constexpr std::array certificate_choices{Field{"Certificate", tag::SEQUENCE, {}, &certificate}};
constexpr Shape certificate_choice{.kind = Kind::choice, .name = "CertificateChoices", .fields = certificate_choices};
constexpr Shape certificate_set{.kind = Kind::set, .name = "CertificateSet", .of = &certificate_choice};
constexpr std::array revocation_info_choices{Field{"CertificateList", tag::SEQUENCE, {}, &certificate_list}};
constexpr Shape revocation_info_choice{.kind = Kind::choice, .name = "RevocationInfoChoice", .fields = revocation_info_choices};
constexpr Shape revocation_infos{.kind = Kind::set, .name = "RevocationInfoChoices", .of = &revocation_info_choice};

// SignedData
constexpr Shape digest_algorithms{.kind = Kind::set, .of = &algorithm_identifier};
constexpr Shape open_encapsulated{.kind = Kind::open, .by_type = encapsulated_shape};
constexpr Shape e_content{.kind = Kind::holder, .name = "eContent", .of = &open_encapsulated};
constexpr Shape explicit_e_content{.kind = Kind::wrapper, .of = &e_content};
constexpr std::array encap_content_info_fields{Field{"eContentType", tag::OBJECT_IDENTIFIER},
                                               Field{"eContent", context(0), {}, &explicit_e_content, true}};
constexpr Shape encap_content_info{.kind = Kind::fields, .name = "EncapsulatedContentInfo", .fields = encap_content_info_fields};
constexpr std::array signer_info_fields{
    Field{"version", tag::INTEGER},
    Field{.name = "sid", .shape = &certificate_identifier},
    Field{"digestAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"signedAttrs", context(0), {}, &attributes, true},
    Field{"signatureAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"signature", tag::OCTET_STRING, {}, &signature_bits},
    Field{"unsignedAttrs", context(1), {}, &attributes, true},
};
constexpr Shape signer_info{.kind = Kind::fields, .name = "SignerInfo", .fields = signer_info_fields};
constexpr Shape signer_infos{.kind = Kind::set, .name = "SignerInfos", .of = &signer_info};
constexpr std::array signed_data_fields{
    Field{"version", tag::INTEGER},
    Field{"digestAlgorithms", tag::SET, {}, &digest_algorithms},
    Field{"encapContentInfo", tag::SEQUENCE, {}, &encap_content_info},
    Field{"certificates", context(0), {}, &certificate_set, true},
    Field{"crls", context(1), {}, &revocation_infos, true},
    Field{"signerInfos", tag::SET, {}, &signer_infos},
};
constexpr Shape signed_data{.kind = Kind::fields, .name = "SignedData", .fields = signed_data_fields};

// RecipientInfo
constexpr std::array ktri_fields{
    Field{"version", tag::INTEGER},
    Field{.name = "rid", .shape = &certificate_identifier},
    Field{"keyEncryptionAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"encryptedKey", tag::OCTET_STRING},
};
constexpr Shape ktri{.kind = Kind::fields, .fields = ktri_fields};
constexpr std::array originator_public_key_fields{Field{"algorithm", tag::SEQUENCE, {}, &algorithm_identifier},
                                                  Field{"publicKey", tag::BIT_STRING}};
constexpr Shape originator_public_key{.kind = Kind::fields, .fields = originator_public_key_fields};
constexpr std::array originator_choices{
    Field{"issuerAndSerialNumber", tag::SEQUENCE, {}, &issuer_and_serial_number},
    Field{"subjectKeyIdentifier", context(0), {}, &octets},
    Field{"originatorKey", context(1), {}, &originator_public_key},
};
constexpr Shape originator{.kind = Kind::choice, .name = "OriginatorIdentifierOrKey", .fields = originator_choices};
constexpr Shape explicit_originator{.kind = Kind::wrapper, .of = &originator};
constexpr Shape explicit_ukm{.kind = Kind::wrapper};
constexpr std::array recipient_key_identifier_fields{
    Field{"subjectKeyIdentifier", tag::OCTET_STRING},
    Field{"date", tag::GeneralizedTime, {}, &time, true},
    Field{"other", tag::SEQUENCE, {}, nullptr, true},
};
constexpr Shape recipient_key_identifier{.kind = Kind::fields, .fields = recipient_key_identifier_fields};
constexpr std::array agreement_recipient_choices{Field{"issuerAndSerialNumber", tag::SEQUENCE, {}, &issuer_and_serial_number},
                                                 Field{"rKeyId", context(0), {}, &recipient_key_identifier}};
constexpr Shape agreement_recipient{.kind = Kind::choice, .fields = agreement_recipient_choices};
constexpr std::array recipient_encrypted_key_fields{Field{.name = "rid", .shape = &agreement_recipient},
                                                    Field{"encryptedKey", tag::OCTET_STRING}};
constexpr Shape recipient_encrypted_key{.kind = Kind::fields, .name = "RecipientEncryptedKey", .fields = recipient_encrypted_key_fields};
constexpr Shape recipient_encrypted_keys{.kind = Kind::list, .of = &recipient_encrypted_key};
constexpr std::array kari_fields{
    Field{"version", tag::INTEGER},
    Field{"originator", context(0), {}, &explicit_originator},
    Field{"ukm", context(1), {}, &explicit_ukm, true},
    Field{"keyEncryptionAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"recipientEncryptedKeys", tag::SEQUENCE, {}, &recipient_encrypted_keys},
};
constexpr Shape kari{.kind = Kind::fields, .fields = kari_fields};
constexpr std::array kekid_fields{
    Field{"keyIdentifier", tag::OCTET_STRING},
    Field{"date", tag::GeneralizedTime, {}, &time, true},
    Field{"other", tag::SEQUENCE, {}, nullptr, true},
};
constexpr Shape kekid{.kind = Kind::fields, .name = "KEKIdentifier", .fields = kekid_fields};
constexpr std::array kekri_fields{
    Field{"version", tag::INTEGER},
    Field{"kekid", tag::SEQUENCE, {}, &kekid},
    Field{"keyEncryptionAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"encryptedKey", tag::OCTET_STRING},
};
constexpr Shape kekri{.kind = Kind::fields, .fields = kekri_fields};
constexpr std::array pwri_fields{
    Field{"version", tag::INTEGER},
    Field{"keyDerivationAlgorithm", context(0), {}, &algorithm_identifier, true},
    Field{"keyEncryptionAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"encryptedKey", tag::OCTET_STRING},
};
constexpr Shape pwri{.kind = Kind::fields, .fields = pwri_fields};
constexpr std::array kemri_fields{
    Field{"version", tag::INTEGER},
    Field{.name = "rid", .shape = &certificate_identifier},
    Field{"kem", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"kemct", tag::OCTET_STRING},
    Field{"kdf", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"kekLength", tag::INTEGER},
    Field{"ukm", context(0), {}, &explicit_ukm, true},
    Field{"wrap", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"encryptedKey", tag::OCTET_STRING},
};
constexpr Shape kemri{.kind = Kind::fields, .name = "KEMRecipientInfo", .fields = kemri_fields};
const Shape* other_recipient_shape(Oid type) { return type == cms::id_ori_kem ? &kemri : nullptr; }
constexpr Shape open_other_recipient{.kind = Kind::open, .by_type = other_recipient_shape};
constexpr std::array ori_fields{Field{"oriType", tag::OBJECT_IDENTIFIER}, Field{.name = "oriValue", .shape = &open_other_recipient}};
constexpr Shape ori{.kind = Kind::fields, .fields = ori_fields};
constexpr std::array recipient_info_choices{
    Field{"KeyTransRecipientInfo", tag::SEQUENCE, {}, &ktri}, Field{"KeyAgreeRecipientInfo", context(1), {}, &kari},
    Field{"KEKRecipientInfo", context(2), {}, &kekri},        Field{"PasswordRecipientInfo", context(3), {}, &pwri},
    Field{"OtherRecipientInfo", context(4), {}, &ori},
};
constexpr Shape recipient_info{.kind = Kind::choice, .name = "RecipientInfo", .fields = recipient_info_choices};
constexpr Shape recipient_infos{.kind = Kind::set, .name = "RecipientInfos", .of = &recipient_info};

// EnvelopedData, EncryptedData
constexpr Shape encrypted_content{.kind = Kind::encrypted, .as = tag::OCTET_STRING};
constexpr std::array encrypted_content_info_fields{
    Field{"contentType", tag::OBJECT_IDENTIFIER},
    Field{"contentEncryptionAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"encryptedContent", context(0), {}, &encrypted_content, true},
};
constexpr Shape encrypted_content_info{.kind = Kind::fields, .name = "EncryptedContentInfo", .fields = encrypted_content_info_fields};
constexpr std::array originator_info_fields{Field{"certs", context(0), {}, &certificate_set, true},
                                            Field{"crls", context(1), {}, &revocation_infos, true}};
constexpr Shape originator_info{.kind = Kind::fields, .name = "OriginatorInfo", .fields = originator_info_fields};
constexpr std::array enveloped_data_fields{
    Field{"version", tag::INTEGER},
    Field{"originatorInfo", context(0), {}, &originator_info, true},
    Field{"recipientInfos", tag::SET, {}, &recipient_infos},
    Field{"encryptedContentInfo", tag::SEQUENCE, {}, &encrypted_content_info},
    Field{"unprotectedAttrs", context(1), {}, &attributes, true},
};
constexpr Shape enveloped_data{.kind = Kind::fields, .name = "EnvelopedData", .fields = enveloped_data_fields};
constexpr std::array encrypted_data_fields{
    Field{"version", tag::INTEGER},
    Field{"encryptedContentInfo", tag::SEQUENCE, {}, &encrypted_content_info},
    Field{"unprotectedAttrs", context(1), {}, &attributes, true},
};
constexpr Shape encrypted_data{.kind = Kind::fields, .name = "EncryptedData", .fields = encrypted_data_fields};

const Shape* content_shape(Oid type) {
    static constexpr std::array table{
        std::pair{cms::id_data, &octets},
        std::pair{cms::id_signedData, &signed_data},
        std::pair{cms::id_envelopedData, &enveloped_data},
        std::pair{oid("1.2.840.113549.1.7.6"), &encrypted_data},
    };
    for (const auto& [id, shape] : table) {
        if (type == id) {
            return shape;
        }
    }
    return nullptr;
}
constexpr Shape open_content{.kind = Kind::open, .by_type = content_shape};
constexpr Shape explicit_content{.kind = Kind::wrapper, .of = &open_content};
constexpr std::array content_info_fields{Field{"contentType", tag::OBJECT_IDENTIFIER},
                                         Field{"content", context(0), {}, &explicit_content, true}};

} // namespace

constexpr Shape content_info{.kind = Kind::fields, .name = "ContentInfo", .fields = content_info_fields, .titled = true};

namespace {

// SCEP puts a ContentInfo, or messageData in the clear, under id-data.
constexpr Shape by_look{.kind = Kind::look};
const Shape* encapsulated_shape(Oid type) { return type == cms::id_data ? &by_look : content_shape(type); }

} // namespace

} // namespace sceplab::tree::shapes
