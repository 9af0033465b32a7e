#include "walk.h"

#include <scepcodec/pkcs10/certification_request.h>

namespace sceptest {

namespace {

using namespace scep;
using der::Element;
using der::Input;

class Walker {
public:
    Walker(Visitor& visitor, Sources* sources) : m_visitor(visitor), m_sources(sources) {}

    void message(Input input) {
        if (m_sources != nullptr) {
            const auto normalised = ber::normalise(input, *m_sources);
            if (!normalised) {
                m_visitor.error(normalised.error());
                return;
            }
            input = normalised->der;
        }
        switch (message_data_kind(input)) {
        case MessageDataKind::SignedData:
            decoded<cms::ContentInfo>(input);
            return;
        case MessageDataKind::IssuerAndSubject:
            decoded<IssuerAndSubject>(input);
            return;
        case MessageDataKind::IssuerAndSerialNumber:
            decoded<cms::IssuerAndSerialNumber>(input);
            return;
        case MessageDataKind::CertificationRequest:
            request_or_certificate(input);
            return;
        case MessageDataKind::unknown:
            break;
        }
        if (x509::Certificate::decode(input)) {
            decoded<x509::Certificate>(input);
        } else {
            decoded<cms::ContentInfo>(input);
        }
    }

    void walk(const cms::ContentInfo& info) {
        m_visitor.structure(info.whole);
        m_visitor.value("contentType", info.content_type.content);
        if (info.content && info.content_type == cms::oids::id_signedData) {
            decoded<cms::SignedData>(info.content->whole());
        } else if (info.content && info.content_type == cms::oids::id_envelopedData) {
            decoded<cms::EnvelopedData>(info.content->whole());
        } else if (info.content) {
            element("content", *info.content);
        }
    }

    void walk(const TransactionAttributes& attributes) {
        for (const AttributeSlot* slot :
             {&attributes.message_type_slot, &attributes.pki_status_slot, &attributes.fail_info_slot, &attributes.sender_nonce,
              &attributes.recipient_nonce, &attributes.transaction_id, &attributes.extension_req, &attributes.fail_info_text,
              &attributes.content_type, &attributes.message_digest, &attributes.signing_time}) {
            if (slot->whole) {
                m_visitor.structure(*slot->whole);
            }
            if (slot->value) {
                element("slot", *slot->value);
            }
        }
    }

    void walk(const cms::SignedData& data) {
        m_visitor.structure(data.whole);
        m_visitor.value("version", data.version.content);
        each(data.digest_algorithms);
        m_visitor.structure(data.encap_content_info.whole);
        m_visitor.value("eContentType", data.encap_content_info.e_content_type.content);
        content(data.encap_content_info);
        if (data.certificates) {
            each(*data.certificates);
        }
        if (data.crls) {
            each(*data.crls);
        }
        each(data.signer_infos);
    }

private:
    template <class T>
    void decoded(Input input) {
        const Result<T> value = T::decode(input);
        if (value) {
            walk(*value);
        } else {
            m_visitor.error(value.error());
        }
    }

    template <class T>
    void each(const der::ListOf<T>& list) {
        for (const Result<T>& item : list) {
            if (item) {
                walk(*item);
            } else {
                m_visitor.error(item.error());
            }
        }
    }

    void request_or_certificate(Input input) {
        if (pkcs10::CertificationRequest::decode(input)) {
            decoded<pkcs10::CertificationRequest>(input);
        } else if (x509::CertificateList::decode(input)) {
            decoded<x509::CertificateList>(input);
        } else {
            decoded<x509::Certificate>(input);
        }
    }

    // TLVs without a type of their own, down to the primitive ones.
    void element(const char* field, const Element& any, int depth = 0) {
        if (!any.tag().constructed() || depth == 32) {
            m_visitor.value(field, any.value());
            return;
        }
        m_visitor.structure(any.whole());
        der::Reader reader(any.value());
        while (!reader.at_end()) {
            const Element inner = reader.any(field);
            if (!reader.failed()) {
                element(field, inner, depth + 1);
            }
        }
        if (reader.failed()) {
            m_visitor.error(*reader.error());
        }
    }

    void parts(const char* field, const cms::OctetString& octets) {
        for (const Input part : octets) {
            m_visitor.value(field, part);
        }
    }

    void content(const cms::EncapsulatedContentInfo& info) {
        if (!info.e_content) {
            if (info.content) {
                element("eContent", *info.content);
            }
            return;
        }
        parts("eContent", *info.e_content);
        const auto octets = info.e_content->contiguous();
        if (octets && message_data_kind(*octets) == MessageDataKind::SignedData) {
            message(*octets);
        }
    }

    void walk(const x509::AlgorithmIdentifier& algorithm) {
        m_visitor.structure(algorithm.whole);
        m_visitor.value("algorithm", algorithm.algorithm.content);
        if (algorithm.parameters) {
            element("parameters", *algorithm.parameters);
        }
    }

    void walk(const x509::AttributeTypeAndValue& attribute) {
        m_visitor.structure(attribute.whole);
        m_visitor.value("type", attribute.type.content);
        element("value", attribute.value);
    }

    void walk(const x509::RelativeDistinguishedName& rdn) {
        m_visitor.structure(rdn.whole);
        each(rdn.attributes);
    }

    void walk(const x509::Name& name) {
        m_visitor.structure(name.whole);
        each(name.rdns);
    }

    void walk(const x509::AttributeValue& value) { element("attrValue", value.element); }

    void walk(const x509::Attribute& attribute) {
        m_visitor.structure(attribute.whole);
        m_visitor.value("attrType", attribute.type.content);
        each(attribute.values);
    }

    void walk(const x509::Extension& extension) {
        m_visitor.structure(extension.whole);
        m_visitor.value("extnID", extension.extn_id.content);
        m_visitor.value("extnValue", extension.extn_value);
        der::Reader reader(extension.extn_value);
        const Element inner = reader.any(nullptr);
        if (!reader.failed()) {
            element("extnValue", inner);
        }
    }

    void walk(const x509::SubjectPublicKeyInfo& key) {
        m_visitor.structure(key.whole);
        walk(key.algorithm);
        m_visitor.value("subjectPublicKey", key.subject_public_key.octets);
    }

    void walk(const x509::Certificate& certificate) {
        m_visitor.structure(certificate.whole);
        m_visitor.structure(certificate.tbs_certificate);
        m_visitor.value("version", certificate.version ? certificate.version->content : Input{});
        m_visitor.value("serialNumber", certificate.serial_number.content);
        walk(certificate.signature);
        walk(certificate.issuer);
        m_visitor.value("notBefore", certificate.validity.not_before.element.value());
        m_visitor.value("notAfter", certificate.validity.not_after.element.value());
        walk(certificate.subject);
        walk(certificate.subject_public_key_info);
        if (certificate.extensions) {
            each(*certificate.extensions);
        }
        walk(certificate.signature_algorithm);
        m_visitor.value("signatureValue", certificate.signature_value.octets);
    }

    void walk(const x509::RevokedCertificate& revoked) {
        m_visitor.structure(revoked.whole);
        m_visitor.value("userCertificate", revoked.user_certificate.content);
        m_visitor.value("revocationDate", revoked.revocation_date.element.value());
        if (revoked.crl_entry_extensions) {
            each(*revoked.crl_entry_extensions);
        }
    }

    void walk(const x509::CertificateList& crl) {
        m_visitor.structure(crl.whole);
        m_visitor.structure(crl.tbs_cert_list);
        m_visitor.value("version", crl.version ? crl.version->content : Input{});
        walk(crl.signature);
        walk(crl.issuer);
        m_visitor.value("thisUpdate", crl.this_update.element.value());
        m_visitor.value("nextUpdate", crl.next_update ? crl.next_update->element.value() : Input{});
        if (crl.revoked_certificates) {
            if (const auto list = crl.revoked_certificates->list()) {
                each(*list);
            } else {
                m_visitor.error(list.error());
            }
        }
        if (crl.crl_extensions) {
            each(*crl.crl_extensions);
        }
        walk(crl.signature_algorithm);
        m_visitor.value("signatureValue", crl.signature_value.octets);
    }

    // Only plain forms are decoded; others are walked as they are.
    void walk(const cms::CertificateChoice& choice) {
        if (choice.element.tag() != der::tag::SEQUENCE) {
            element("certificate", choice.element);
        } else if (const auto certificate = choice.certificate()) {
            walk(*certificate);
        } else {
            m_visitor.error(certificate.error());
        }
    }

    void walk(const cms::RevocationInfoChoice& choice) {
        if (choice.element.tag() != der::tag::SEQUENCE) {
            element("crl", choice.element);
        } else if (const auto crl = choice.certificate_list()) {
            walk(*crl);
        } else {
            m_visitor.error(crl.error());
        }
    }

    void walk(const cms::IssuerAndSerialNumber& identifier) {
        m_visitor.structure(identifier.whole);
        walk(identifier.issuer);
        m_visitor.value("serialNumber", identifier.serial_number.content);
    }

    void walk(const cms::CertificateIdentifier& identifier) {
        m_visitor.structure(identifier.whole);
        if (identifier.issuer_and_serial_number) {
            walk(*identifier.issuer_and_serial_number);
        }
        if (identifier.subject_key_identifier) {
            m_visitor.value("subjectKeyIdentifier", *identifier.subject_key_identifier);
        }
    }

    void walk(const cms::SignerInfo& signer) {
        m_visitor.structure(signer.whole);
        m_visitor.value("version", signer.version.content);
        walk(signer.sid);
        walk(signer.digest_algorithm);
        if (signer.signed_attrs) {
            each(*signer.signed_attrs);
        }
        walk(signer.signature_algorithm);
        m_visitor.value("signature", signer.signature);
        if (signer.unsigned_attrs) {
            each(*signer.unsigned_attrs);
        }
    }

    void walk(const cms::KeyTransRecipientInfo& ktri) {
        m_visitor.value("version", ktri.version.content);
        walk(ktri.rid);
        walk(ktri.key_encryption_algorithm);
        m_visitor.value("encryptedKey", ktri.encrypted_key);
    }

    void walk(const cms::RecipientEncryptedKey& key) {
        m_visitor.structure(key.whole);
        element("rid", key.rid);
        m_visitor.value("encryptedKey", key.encrypted_key);
    }

    void walk(const cms::KeyAgreeRecipientInfo& kari) {
        m_visitor.value("version", kari.version.content);
        element("originator", kari.originator);
        m_visitor.value("ukm", kari.ukm.value_or(Input{}));
        walk(kari.key_encryption_algorithm);
        each(kari.recipient_encrypted_keys);
    }

    void walk(const cms::KEKRecipientInfo& kekri) {
        m_visitor.value("version", kekri.version.content);
        element("kekid", kekri.kekid);
        m_visitor.value("keyIdentifier", kekri.key_identifier);
        walk(kekri.key_encryption_algorithm);
        m_visitor.value("encryptedKey", kekri.encrypted_key);
    }

    void walk(const cms::PasswordRecipientInfo& pwri) {
        m_visitor.value("version", pwri.version.content);
        if (pwri.key_derivation_algorithm) {
            walk(*pwri.key_derivation_algorithm);
        }
        walk(pwri.key_encryption_algorithm);
        m_visitor.value("encryptedKey", pwri.encrypted_key);
    }

    void walk(const cms::OtherRecipientInfo& other) {
        m_visitor.value("oriType", other.ori_type.content);
        element("oriValue", other.ori_value);
        if (other.kem) {
            m_visitor.value("version", other.kem->version.content);
            walk(other.kem->rid);
            walk(other.kem->kem);
            m_visitor.value("kemct", other.kem->kemct);
            walk(other.kem->kdf);
            m_visitor.value("kekLength", other.kem->kek_length.content);
            m_visitor.value("ukm", other.kem->ukm.value_or(Input{}));
            walk(other.kem->wrap);
            m_visitor.value("encryptedKey", other.kem->encrypted_key);
        }
    }

    void walk(const cms::RecipientInfo& recipient) {
        m_visitor.structure(recipient.whole);
        std::visit([&](const auto& form) { walk(form); }, recipient.choice);
    }

    void walk(const cms::EnvelopedData& data) {
        m_visitor.structure(data.whole);
        m_visitor.value("version", data.version.content);
        if (data.originator_info) {
            element("originatorInfo", *data.originator_info);
        }
        each(data.recipient_infos);
        m_visitor.structure(data.encrypted_content_info.whole);
        m_visitor.value("contentType", data.encrypted_content_info.content_type.content);
        walk(data.encrypted_content_info.content_encryption_algorithm);
        if (data.encrypted_content_info.encrypted_content) {
            parts("encryptedContent", *data.encrypted_content_info.encrypted_content);
        }
        if (data.unprotected_attrs) {
            each(*data.unprotected_attrs);
        }
    }

    void walk(const IssuerAndSubject& names) {
        m_visitor.structure(names.whole);
        walk(names.issuer);
        walk(names.subject);
    }

    void walk(const pkcs10::CertificationRequest& request) {
        m_visitor.structure(request.whole);
        m_visitor.structure(request.certification_request_info);
        m_visitor.value("version", request.version.content);
        walk(request.subject);
        walk(request.subject_pk_info);
        if (request.attributes) {
            each(*request.attributes);
        }
        if (const auto password = request.challenge_password()) {
            element("challengePassword", *password);
        }
        if (const auto extensions = request.extension_request()) {
            if (*extensions) {
                each(**extensions);
            } else {
                m_visitor.error(extensions->error());
            }
        }
        walk(request.signature_algorithm);
        m_visitor.value("signature", request.signature.octets);
    }

    Visitor& m_visitor;
    Sources* m_sources;
};

} // namespace

void walk(Input message, Visitor& visitor, Sources* sources) { Walker(visitor, sources).message(message); }

void walk(const PkiMessage& message, Visitor& visitor, Sources* sources) {
    Walker walker(visitor, sources);
    walker.walk(message.content_info);
    walker.walk(message.attributes);
}

} // namespace sceptest
