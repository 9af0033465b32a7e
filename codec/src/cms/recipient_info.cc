#include <scepcodec/cms/enveloped_data.h>

namespace scep::cms {

namespace tag = der::tag;

namespace {

KeyTransRecipientInfo read_ktri(der::Reader& r) {
    KeyTransRecipientInfo out;
    out.version = r.integer("version");
    out.rid = CertificateIdentifier::read(r, "rid");
    out.key_encryption_algorithm = AlgorithmIdentifier::read(r, "keyEncryptionAlgorithm");
    out.encrypted_key = r.octet_string("encryptedKey");
    return out;
}

std::optional<der::Input> read_ukm(der::Reader& r, std::uint32_t number) {
    std::optional<der::Input> out;
    r.optional_nested(tag::context_constructed(number), "ukm", [&](der::Reader& inner) { out = inner.octet_string(nullptr); });
    return out;
}

KeyAgreeRecipientInfo read_kari(der::Reader& r) {
    KeyAgreeRecipientInfo out;
    out.version = r.integer("version");
    r.nested(tag::context_constructed(0), "originator", [&](der::Reader& inner) { out.originator = inner.any(nullptr); });
    out.ukm = read_ukm(r, 1);
    out.key_encryption_algorithm = AlgorithmIdentifier::read(r, "keyEncryptionAlgorithm");
    out.recipient_encrypted_keys = der::ListOf<RecipientEncryptedKey>::read(r, tag::SEQUENCE, "recipientEncryptedKeys");
    return out;
}

KEKRecipientInfo read_kekri(der::Reader& r) {
    KEKRecipientInfo out;
    out.version = r.integer("version");
    out.kekid = r.nested(tag::SEQUENCE, "kekid", [&](der::Reader& inner) {
        out.key_identifier = inner.octet_string("keyIdentifier");
        inner.optional_element(tag::GeneralizedTime, "date");
        inner.optional_element(tag::SEQUENCE, "other");
    });
    out.key_encryption_algorithm = AlgorithmIdentifier::read(r, "keyEncryptionAlgorithm");
    out.encrypted_key = r.octet_string("encryptedKey");
    return out;
}

PasswordRecipientInfo read_pwri(der::Reader& r) {
    PasswordRecipientInfo out;
    out.version = r.integer("version");
    if (const auto derivation = r.optional_element(tag::context_constructed(0), "keyDerivationAlgorithm")) {
        out.key_derivation_algorithm = AlgorithmIdentifier::read_inside(r, *derivation, "keyDerivationAlgorithm");
    }
    out.key_encryption_algorithm = AlgorithmIdentifier::read(r, "keyEncryptionAlgorithm");
    out.encrypted_key = r.octet_string("encryptedKey");
    return out;
}

KEMRecipientInfo read_kemri(der::Reader& r) {
    KEMRecipientInfo out;
    out.version = r.integer("version");
    out.rid = CertificateIdentifier::read(r, "rid");
    out.kem = AlgorithmIdentifier::read(r, "kem");
    out.kemct = r.octet_string("kemct");
    out.kdf = AlgorithmIdentifier::read(r, "kdf");
    out.kek_length = r.integer("kekLength");
    out.ukm = read_ukm(r, 0);
    out.wrap = AlgorithmIdentifier::read(r, "wrap");
    out.encrypted_key = r.octet_string("encryptedKey");
    return out;
}

OtherRecipientInfo read_ori(der::Reader& r) {
    OtherRecipientInfo out;
    out.ori_type = r.oid("oriType");
    if (!r.failed() && out.ori_type == oids::id_ori_kem) {
        out.ori_value = r.nested(tag::SEQUENCE, "oriValue", [&](der::Reader& inner) { out.kem = read_kemri(inner); });
    } else {
        out.ori_value = r.any("oriValue");
    }
    return out;
}

} // namespace

RecipientEncryptedKey RecipientEncryptedKey::read(der::Reader& reader, const char* field) {
    RecipientEncryptedKey out;
    out.whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                out.rid = r.element(tag::SEQUENCE, tag::context_constructed(0), "rid");
                                out.encrypted_key = r.octet_string("encryptedKey");
                            })
                    .whole();
    return out;
}

RecipientInfo RecipientInfo::read(der::Reader& reader, const char* field) {
    RecipientInfo out;
    const auto take = [&](der::Tag form, const auto& read_form) {
        out.whole = reader.nested(form, field, [&](der::Reader& r) { out.choice = read_form(r); }).whole();
    };
    switch (reader.peek().bits) {
    case tag::context_constructed(1).bits:
        take(tag::context_constructed(1), read_kari);
        break;
    case tag::context_constructed(2).bits:
        take(tag::context_constructed(2), read_kekri);
        break;
    case tag::context_constructed(3).bits:
        take(tag::context_constructed(3), read_pwri);
        break;
    case tag::context_constructed(4).bits:
        take(tag::context_constructed(4), read_ori);
        break;
    default:
        take(tag::SEQUENCE, read_ktri);
        break;
    }
    return out;
}

} // namespace scep::cms
