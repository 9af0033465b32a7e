#include "content.h"

#include <scepcodec/cms/signed_data.h>

namespace scep::cms {

namespace tag = der::tag;

ContentInfo ContentInfo::read(der::Reader& reader, const char* field) {
    ContentInfo out;
    out.read_fields(reader, field);
    return out;
}

void ContentInfo::read_fields(der::Reader& reader, const char* field) {
    whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                content_type = r.oid("contentType");
                                r.optional_nested(tag::context_constructed(0), "content",
                                                  [&](der::Reader& inner) { content = inner.any(nullptr); });
                            })
                    .whole();
}

IssuerAndSerialNumber IssuerAndSerialNumber::read(der::Reader& reader, const char* field) {
    IssuerAndSerialNumber out;
    out.whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                out.issuer = x509::Name::read(r, "issuer");
                                out.serial_number = r.integer("serialNumber");
                            })
                    .whole();
    return out;
}

CertificateIdentifier CertificateIdentifier::read(der::Reader& reader, const char* field) {
    CertificateIdentifier out;
    if (const auto identifier = reader.optional_element(tag::context(0), field)) {
        out.whole = identifier->whole();
        out.subject_key_identifier = identifier->value();
    } else if (reader.peek() == tag::SEQUENCE) {
        out.issuer_and_serial_number = IssuerAndSerialNumber::read(reader, field);
        out.whole = out.issuer_and_serial_number->whole;
    } else {
        reader.expected_tag(tag::SEQUENCE, tag::context(0), field);
    }
    return out;
}

bool CertificateIdentifier::matches(const x509::Certificate& certificate) const {
    if (issuer_and_serial_number) {
        return issuer_and_serial_number->serial_number == certificate.serial_number &&
               match(issuer_and_serial_number->issuer, certificate.issuer) != x509::NameMatch::different;
    }
    const auto identifier = certificate.subject_key_identifier();
    return subject_key_identifier && identifier && identifier->same_octets(*subject_key_identifier);
}

SignerInfo SignerInfo::read(der::Reader& reader, const char* field) {
    SignerInfo out;
    out.read_fields(reader, field);
    return out;
}

void SignerInfo::read_fields(der::Reader& reader, const char* field) {
    whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                version = r.integer("version");
                                sid = CertificateIdentifier::read(r, "sid");
                                digest_algorithm = AlgorithmIdentifier::read(r, "digestAlgorithm");
                                signed_attrs = Attributes::read_optional(r, tag::context_constructed(0), "signedAttrs");
                                signature_algorithm = AlgorithmIdentifier::read(r, "signatureAlgorithm");
                                signature = r.octet_string("signature");
                                unsigned_attrs = Attributes::read_optional(r, tag::context_constructed(1), "unsignedAttrs");
                            })
                    .whole();
}

EncapsulatedContentInfo EncapsulatedContentInfo::read(der::Reader& reader, const char* field) {
    EncapsulatedContentInfo out;
    out.read_fields(reader, field);
    return out;
}

void EncapsulatedContentInfo::read_fields(der::Reader& reader, const char* field) {
    whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                e_content_type = r.oid("eContentType");
                                r.optional_nested(tag::context_constructed(0), "eContent", [&](der::Reader& inner) {
                                    content = inner.any(nullptr);
                                    if (!inner.failed() && content->tag().as_primitive() == tag::OCTET_STRING) {
                                        Result<OctetString> octets = OctetString::make(*content);
                                        if (octets) [[likely]] {
                                            e_content = *octets;
                                        } else {
                                            inner.fail(octets.error(), nullptr);
                                        }
                                    }
                                });
                            })
                    .whole();
}

CertificateChoice CertificateChoice::read(der::Reader& reader, const char* field) { return CertificateChoice{reader.any(field)}; }

RevocationInfoChoice RevocationInfoChoice::read(der::Reader& reader, const char* field) { return RevocationInfoChoice{reader.any(field)}; }

SignedData SignedData::read(der::Reader& reader, const char* field) {
    SignedData out;
    out.read_fields(reader, field);
    return out;
}

void SignedData::read_fields(der::Reader& reader, const char* field) {
    whole = reader
                    .nested(tag::SEQUENCE, field,
                            [&](der::Reader& r) {
                                version = r.integer("version");
                                digest_algorithms = der::ListOf<AlgorithmIdentifier>::read(r, tag::SET, "digestAlgorithms");
                                encap_content_info.read_fields(r, "encapContentInfo");
                                certificates =
                                    der::ListOf<CertificateChoice>::read_optional(r, tag::context_constructed(0), "certificates");
                                crls = der::ListOf<RevocationInfoChoice>::read_optional(r, tag::context_constructed(1), "crls");
                                signer_infos = der::ListOf<SignerInfo>::read(r, tag::SET, "signerInfos");
                            })
                    .whole();
}

Result<void> SignedData::read_content_of(const ContentInfo& info) { return read_content(info, oids::id_signedData, *this); }

Result<SignedData> SignedData::decode_content_info(der::Input input) { return decode_content<SignedData>(input, oids::id_signedData); }

void ChoiceForms::add(const std::optional<der::ListOf<CertificateChoice>>& certificates,
                      const std::optional<der::ListOf<RevocationInfoChoice>>& crls) {
    if (certificates) {
        for (const Result<CertificateChoice>& choice : *certificates) {
            if (choice) {
                add_certificate(choice->element.tag());
            }
        }
    }
    if (crls) {
        for (const Result<RevocationInfoChoice>& choice : *crls) {
            if (choice) {
                add_crl(choice->element.tag());
            }
        }
    }
}

int SignedData::computed_version() const {
    ChoiceForms forms;
    forms.add(certificates, crls);
    bool signer_v3 = false;
    for (const Result<SignerInfo>& signer : signer_infos) {
        signer_v3 = signer_v3 || (signer && signer->version.equals(3));
    }
    if (forms.other) {
        return 5;
    }
    if (forms.attribute_v2) {
        return 4;
    }
    return forms.attribute_v1 || signer_v3 || !(encap_content_info.e_content_type == oids::id_data) ? 3 : 1;
}

} // namespace scep::cms
