#include "content.h"

#include <scepcodec/cms/enveloped_data.h>

namespace scep::cms {

namespace tag = der::tag;

EncryptedContentInfo EncryptedContentInfo::read(der::Reader& reader, const char* field) {
    EncryptedContentInfo out;
    out.whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                out.content_type = r.oid("contentType");
                                out.content_encryption_algorithm = AlgorithmIdentifier::read(r, "contentEncryptionAlgorithm");
                                if (r.at_end()) {
                                    return;
                                }
                                const der::Element content = r.element(tag::context(0), tag::context_constructed(0), "encryptedContent");
                                if (!r.failed()) {
                                    const Result<OctetString> octets = OctetString::make(content);
                                    if (octets) {
                                        out.encrypted_content = *octets;
                                    } else {
                                        r.fail(octets.error(), "encryptedContent");
                                    }
                                }
                            })
                    .whole();
    return out;
}

EnvelopedData EnvelopedData::read(der::Reader& reader, const char* field) {
    EnvelopedData out;
    out.read_fields(reader, field);
    return out;
}

void EnvelopedData::read_fields(der::Reader& reader, const char* field) {
    whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                version = r.integer("version");
                                originator_info = r.optional_element(tag::context_constructed(0), "originatorInfo");
                                recipient_infos = der::ListOf<RecipientInfo>::read(r, tag::SET, "recipientInfos");
                                encrypted_content_info = EncryptedContentInfo::read(r, "encryptedContentInfo");
                                unprotected_attrs = Attributes::read_optional(r, tag::context_constructed(1), "unprotectedAttrs");
                            })
                    .whole();
}

Result<EnvelopedData> EnvelopedData::decode_content_info(der::Input input) {
    return decode_content<EnvelopedData>(input, oids::id_envelopedData);
}

namespace {

// OriginatorInfo ::= SEQUENCE { certs [0] IMPLICIT CertificateSet OPTIONAL, crls [1] IMPLICIT RevocationInfoChoices OPTIONAL }
ChoiceForms originator_forms(const std::optional<der::Element>& originator_info) {
    ChoiceForms forms;
    if (originator_info) {
        der::Reader reader(originator_info->value());
        const auto certificates = der::ListOf<CertificateChoice>::read_optional(reader, tag::context_constructed(0), nullptr);
        forms.add(certificates, der::ListOf<RevocationInfoChoice>::read_optional(reader, tag::context_constructed(1), nullptr));
    }
    return forms;
}

} // namespace

int EnvelopedData::computed_version() const {
    bool password_or_other = false;
    bool all_version_0 = true;
    for (const Result<RecipientInfo>& recipient : recipient_infos) {
        if (!recipient) {
            continue;
        }
        const auto* ktri = std::get_if<KeyTransRecipientInfo>(&recipient->choice);
        password_or_other = password_or_other || std::holds_alternative<PasswordRecipientInfo>(recipient->choice) ||
                            std::holds_alternative<OtherRecipientInfo>(recipient->choice);
        all_version_0 = all_version_0 && ktri != nullptr && ktri->version.equals(0);
    }
    const ChoiceForms originator = originator_forms(originator_info);
    if (originator.other) {
        return 4;
    }
    if (password_or_other || originator.attribute_v2) {
        return 3;
    }
    return !originator_info && !unprotected_attrs && all_version_0 ? 0 : 2;
}

} // namespace scep::cms
