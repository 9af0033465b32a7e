#include "content.h"

#include <scepcodec/cms/build.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/writer.h>

#include <algorithm>

namespace scep::cms {

namespace tag = der::tag;
using der::Writer;

namespace {

template <class F>
void content_info(Writer& w, const der::OidConstant& type, F&& content) {
    w.sequence([&] {
        w.oid(type);
        w.constructed(tag::context_constructed(0), content);
    });
}

void raw_all(Writer& w, std::span<const Octets> parts) {
    for (const Octets& part : parts) {
        w.raw(part);
    }
}

void raw_all(Writer& w, OctetsView parts) {
    w.raw(parts);
}

template <class Parts>
void optional_set(Writer& w, der::Tag tag, const Parts& parts) {
    if (!parts.empty()) {
        w.set_of(tag, [&] { raw_all(w, parts); });
    }
}

// The first octet of an encoded CHOICE tells subjectKeyIdentifier from issuerAndSerialNumber.
bool is_key_identifier(OctetsView identifier) {
    return !identifier.empty() && identifier.front() == 0x80;
}

// What follows writes a SignedDataBuilder and a SignedDataViews alike.
template <class Builder>
std::int64_t signer_info_version(const Builder& builder) {
    return builder.signer_info_version.value_or(is_key_identifier(builder.sid) ? 3 : 1);
}

template <class Builder>
void write_signed_attrs(Writer& w, der::Tag tag, const Builder& builder) {
    w.set_of(tag, [&] {
        w.sequence([&] {
            w.oid(oids::id_contentType);
            w.set([&] { w.oid(builder.e_content_type); });
        });
        w.sequence([&] {
            w.oid(oids::id_messageDigest);
            w.set([&] { w.octet_string(builder.message_digest); });
        });
        raw_all(w, builder.signed_attrs);
    });
}

template <class Builder>
void write_signer_info(Writer& w, const Builder& builder, OctetsView signature) {
    w.sequence([&] {
        w.integer(signer_info_version(builder));
        w.raw(builder.sid);
        w.raw(builder.digest_algorithm);
        write_signed_attrs(w, tag::context_constructed(0), builder);
        w.raw(builder.signature_algorithm);
        w.octet_string(signature);
        optional_set(w, tag::context_constructed(1), builder.unsigned_attrs);
    });
}

template <class F>
void each_form(std::span<const Octets> parts, F&& f) {
    for (const Octets& part : parts) {
        f(der::Reader{der::Input(part)}.peek());
    }
}

template <class F>
void each_form(OctetsView parts, F&& f) {
    for (der::Reader reader{der::Input(parts)}; !reader.at_end();) {
        f(reader.any(nullptr).tag());
    }
}

// RFC 5652, 5.1.
template <class Parts>
std::int64_t signed_data_version(const Parts& certificates, const Parts& crls, bool signer_v3_or_other_content) {
    ChoiceForms forms;
    each_form(certificates, [&](der::Tag form) { forms.add_certificate(form); });
    each_form(crls, [&](der::Tag form) { forms.add_crl(form); });
    if (forms.other) {
        return 5;
    }
    if (forms.attribute_v2) {
        return 4;
    }
    return forms.attribute_v1 || signer_v3_or_other_content ? 3 : 1;
}

template <class Builder>
std::int64_t signed_data_version(const Builder& builder) {
    const bool data = std::ranges::equal(builder.e_content_type.content(), oids::id_data.content());
    return signed_data_version(builder.certificates, builder.crls, !data || signer_info_version(builder) == 3);
}

template <class Builder>
Octets signed_data(const Builder& builder, OctetsView signature) {
    const std::int64_t version = builder.version ? *builder.version : signed_data_version(builder);
    return der::encode([&](Writer& w) {
        content_info(w, oids::id_signedData, [&] {
            w.sequence([&] {
                w.integer(version);
                w.set([&] { w.raw(builder.digest_algorithm); });
                w.sequence([&] {
                    w.oid(builder.e_content_type);
                    if (builder.e_content) {
                        w.constructed(tag::context_constructed(0), [&] { w.octet_string(*builder.e_content); });
                    }
                });
                optional_set(w, tag::context_constructed(0), builder.certificates);
                optional_set(w, tag::context_constructed(1), builder.crls);
                w.set([&] { write_signer_info(w, builder, signature); });
            });
        });
    });
}

// RFC 5652, 6.1: told by the tags of the RecipientInfos and by the version of a KeyTransRecipientInfo.
std::int64_t enveloped_data_version(std::span<const Octets> recipients) {
    std::int64_t version = 0;
    for (const Octets& recipient : recipients) {
        der::Reader reader{der::Input(recipient)};
        const der::Tag form = reader.peek();
        if (form == tag::context_constructed(3) || form == tag::context_constructed(4)) {
            return 3;
        }
        bool plain = false;
        if (form == tag::SEQUENCE) {
            der::Reader inside(reader.any(nullptr).value());
            plain = inside.integer(nullptr).equals(0);
        }
        version = plain ? version : 2;
    }
    return version;
}

}  // namespace

Octets encode_algorithm(const der::OidConstant& algorithm, Parameters parameters) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(algorithm);
            if (parameters == Parameters::null) {
                w.null();
            }
        });
    });
}

Octets encode_algorithm(const der::OidConstant& algorithm, OctetsView encoded_parameters) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(algorithm);
            w.raw(encoded_parameters);
        });
    });
}

Octets encode_cbc_algorithm(const der::OidConstant& cipher, OctetsView iv) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(cipher);
            w.octet_string(iv);
        });
    });
}

Octets encode_pbkdf2_algorithm(OctetsView salt, std::int64_t iterations, OctetsView prf) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(oids::id_PBKDF2);
            w.sequence([&] {
                w.octet_string(salt);
                w.integer(iterations);
                w.raw(prf);
            });
        });
    });
}

Octets encode_issuer_and_serial_number(OctetsView issuer, OctetsView serial) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.raw(issuer);
            w.integer(serial);
        });
    });
}

Octets encode_subject_key_identifier(OctetsView identifier) {
    return der::encode([&](Writer& w) { w.primitive(tag::context(0), identifier); });
}

Octets encode_attribute(const der::OidConstant& type, OctetsView value) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(type);
            w.set([&] { w.raw(value); });
        });
    });
}

Octets encode_attribute(const der::OidConstant& type, std::span<const Octets> values) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(type);
            w.set_of([&] { raw_all(w, values); });
        });
    });
}

Octets SignedDataBuilder::signed_attrs_to_be_signed() const {
    return der::encode([&](Writer& w) { write_signed_attrs(w, tag::SET, *this); });
}

Octets SignedDataBuilder::finish(OctetsView signature) const {
    return signed_data(*this, signature);
}

Octets SignedDataViews::signed_attrs_to_be_signed() const {
    return der::encode([&](Writer& w) { write_signed_attrs(w, tag::SET, *this); });
}

Octets SignedDataViews::finish(OctetsView signature) const {
    return signed_data(*this, signature);
}

Octets encode_certificates_only(std::span<const Octets> certificates, std::span<const Octets> crls) {
    return der::encode([&](Writer& w) {
        content_info(w, oids::id_signedData, [&] {
            w.sequence([&] {
                w.integer(signed_data_version(certificates, crls, false));
                w.set([] {});
                w.sequence([&] { w.oid(oids::id_data); });
                optional_set(w, tag::context_constructed(0), certificates);
                optional_set(w, tag::context_constructed(1), crls);
                w.set([] {});
            });
        });
    });
}

Octets encode_key_trans_recipient_info(OctetsView rid, OctetsView key_encryption_algorithm, OctetsView encrypted_key) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.integer(is_key_identifier(rid) ? 2 : 0);
            w.raw(rid);
            w.raw(key_encryption_algorithm);
            w.octet_string(encrypted_key);
        });
    });
}

Octets encode_password_recipient_info(OctetsView key_derivation_algorithm, OctetsView key_encryption_algorithm, OctetsView encrypted_key) {
    return der::encode([&](Writer& w) {
        w.constructed(tag::context_constructed(3), [&] {
            w.integer(0);
            if (!key_derivation_algorithm.empty()) {
                // [0] IMPLICIT: the SEQUENCE's tag gives way.
                der::Reader reader{der::Input(key_derivation_algorithm)};
                const der::Input inside = reader.value(tag::SEQUENCE, nullptr);
                w.constructed(tag::context_constructed(0), [&] { w.raw(inside); });
            }
            w.raw(key_encryption_algorithm);
            w.octet_string(encrypted_key);
        });
    });
}

Octets encode_enveloped_data(const EnvelopedDataParts& parts) {
    return der::encode([&](Writer& w) {
        content_info(w, oids::id_envelopedData, [&] {
            w.sequence([&] {
                w.integer(parts.version.value_or(enveloped_data_version(parts.recipient_infos)));
                w.set_of([&] { raw_all(w, parts.recipient_infos); });
                w.sequence([&] {
                    w.oid(parts.content_type);
                    w.raw(parts.content_encryption_algorithm);
                    w.primitive(tag::context(0), parts.encrypted_content);
                });
            });
        });
    });
}

}  // namespace scep::cms
