#include <scepcodec/pkcs10/certification_request.h>

namespace scep::pkcs10 {

CertificationRequest CertificationRequest::read(der::Reader& reader, const char* field) {
    CertificationRequest out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.certification_request_info = r.nested(der::tag::SEQUENCE, "certificationRequestInfo", [&](der::Reader& info) {
            out.version = info.integer("version");
            out.subject = x509::Name::read(info, "subject");
            out.subject_pk_info = x509::SubjectPublicKeyInfo::read(info, "subjectPKInfo");
            out.attributes = Attributes::read_optional(info, der::tag::context_constructed(0), "attributes");
        }).whole();
        out.signature_algorithm = x509::AlgorithmIdentifier::read(r, "signatureAlgorithm");
        out.signature = r.bit_string("signature");
    }).whole();
    return out;
}

std::optional<der::Element> CertificationRequest::challenge_password() const {
    const auto attribute = attributes ? find(*attributes, oids::challengePassword) : std::nullopt;
    return attribute ? attribute->value() : std::nullopt;
}

std::optional<Result<x509::Extensions>> CertificationRequest::extension_request() const {
    if (!attributes) {
        return std::nullopt;
    }
    auto attribute = find(*attributes, oids::extensionRequest);
    if (!attribute) {
        attribute = find(*attributes, oids::microsoftCertExtensions);
    }
    const auto value = attribute ? attribute->value() : std::nullopt;
    if (!value) {
        return std::nullopt;
    }
    der::Reader reader(value->whole());
    auto list = x509::Extensions::read(reader, der::tag::SEQUENCE, "extensionRequest");
    return reader.finish(std::move(list), nullptr);
}

}  // namespace scep::pkcs10
