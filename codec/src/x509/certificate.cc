#include <scepcodec/x509/certificate.h>
#include <scepcodec/x509/oids.h>

namespace scep::x509 {

namespace {

std::optional<Extension> find_extension(const std::optional<Extensions>& extensions, const der::OidConstant& id) {
    if (extensions) {
        for (const Result<Extension>& extension : *extensions) {
            if (extension && extension->extn_id == id) {
                return *extension;
            }
        }
    }
    return std::nullopt;
}

std::optional<Extensions> read_extensions(der::Reader& reader, std::uint32_t number, const char* field) {
    std::optional<Extensions> out;
    if (const auto outer = reader.optional_element(der::tag::context_constructed(number), field)) {
        // The field names the list, so that its elements are extensions[0], extensions[1], ...
        reader.inside(*outer, nullptr, [&](der::Reader& r) {
            out = Extensions::read(r, der::tag::SEQUENCE, field);
            if (!r.at_end()) {
                r.fail(ErrorCode::trailing_data, r.rest().location(), field);
            }
        });
    }
    return out;
}

// The value inside of extnValue; nothing where it does not decode to the last octet.
template <class F>
auto decode_value(const std::optional<Extension>& extension, F&& read) -> std::optional<decltype(read(std::declval<der::Reader&>()))> {
    if (!extension) {
        return std::nullopt;
    }
    der::Reader reader(extension->extn_value);
    const auto value = reader.finish(read(reader), nullptr);
    return value ? std::optional(*value) : std::nullopt;
}

void read_tbs_certificate(der::Reader& r, Certificate& out) {
    r.optional_nested(der::tag::context_constructed(0), "version", [&](der::Reader& inner) { out.version = inner.integer(nullptr); });
    out.serial_number = r.integer("serialNumber");
    out.signature = AlgorithmIdentifier::read(r, "signature");
    out.issuer = Name::read(r, "issuer");
    out.validity = Validity::read(r, "validity");
    out.subject = Name::read(r, "subject");
    out.subject_public_key_info = SubjectPublicKeyInfo::read(r, "subjectPublicKeyInfo");
    r.optional_element(der::tag::context(1), "issuerUniqueID");
    r.optional_element(der::tag::context(2), "subjectUniqueID");
    out.extensions = read_extensions(r, 3, "extensions");
}

void read_tbs_cert_list(der::Reader& r, CertificateList& out) {
    if (r.peek() == der::tag::INTEGER) {
        out.version = r.integer("version");
    }
    out.signature = AlgorithmIdentifier::read(r, "signature");
    out.issuer = Name::read(r, "issuer");
    out.this_update = r.time("thisUpdate");
    if (r.peek() == der::tag::UTCTime || r.peek() == der::tag::GeneralizedTime) {
        out.next_update = r.time("nextUpdate");
    }
    if (const auto revoked = r.optional_element(der::tag::SEQUENCE, "revokedCertificates")) {
        out.revoked_certificates = RevokedCertificates{*revoked};
    }
    out.crl_extensions = read_extensions(r, 0, "crlExtensions");
}

}  // namespace

Extension Extension::read(der::Reader& reader, const char* field) {
    Extension out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.extn_id = r.oid("extnID");
        if (r.peek() == der::tag::BOOLEAN) {
            out.critical = r.boolean("critical");
        }
        out.extn_value = r.octet_string("extnValue");
    }).whole();
    return out;
}

Validity Validity::read(der::Reader& reader, const char* field) {
    Validity out;
    reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.not_before = r.time("notBefore");
        out.not_after = r.time("notAfter");
    });
    return out;
}

Certificate Certificate::read(der::Reader& reader, const char* field) {
    Certificate out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.tbs_certificate = r.nested(der::tag::SEQUENCE, "tbsCertificate", [&](der::Reader& tbs) { read_tbs_certificate(tbs, out); }).whole();
        out.signature_algorithm = AlgorithmIdentifier::read(r, "signatureAlgorithm");
        out.signature_value = r.bit_string("signatureValue");
    }).whole();
    return out;
}

std::optional<Extension> Certificate::extension(const der::OidConstant& id) const {
    return find_extension(extensions, id);
}

std::optional<der::Input> Certificate::subject_key_identifier() const {
    return decode_value(extension(oids::id_ce_subjectKeyIdentifier), [](der::Reader& r) { return r.octet_string(nullptr); });
}

std::optional<der::BitString> Certificate::key_usage() const {
    return decode_value(extension(oids::id_ce_keyUsage), [](der::Reader& r) { return r.bit_string(nullptr); });
}

std::optional<bool> Certificate::basic_constraints_ca() const {
    return decode_value(extension(oids::id_ce_basicConstraints), [](der::Reader& reader) {
        bool ca = false;
        reader.nested(der::tag::SEQUENCE, nullptr, [&](der::Reader& r) {
            if (r.peek() == der::tag::BOOLEAN) {
                ca = r.boolean("cA");
            }
            if (r.peek() == der::tag::INTEGER) {
                r.integer("pathLenConstraint");
            }
        });
        return ca;
    });
}

RevokedCertificate RevokedCertificate::read(der::Reader& reader, const char* field) {
    RevokedCertificate out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.user_certificate = r.integer("userCertificate");
        out.revocation_date = r.time("revocationDate");
        out.crl_entry_extensions = Extensions::read_optional(r, der::tag::SEQUENCE, "crlEntryExtensions");
    }).whole();
    return out;
}

Result<der::ListOf<RevokedCertificate>> RevokedCertificates::list() const {
    der::Reader reader(element.whole());
    auto list = der::ListOf<RevokedCertificate>::read(reader, der::tag::SEQUENCE, "revokedCertificates");
    return reader.finish(std::move(list), nullptr);
}

CertificateList CertificateList::read(der::Reader& reader, const char* field) {
    CertificateList out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.tbs_cert_list = r.nested(der::tag::SEQUENCE, "tbsCertList", [&](der::Reader& tbs) { read_tbs_cert_list(tbs, out); }).whole();
        out.signature_algorithm = AlgorithmIdentifier::read(r, "signatureAlgorithm");
        out.signature_value = r.bit_string("signatureValue");
    }).whole();
    return out;
}

std::optional<Extension> CertificateList::extension(const der::OidConstant& id) const {
    return find_extension(crl_extensions, id);
}

}  // namespace scep::x509
