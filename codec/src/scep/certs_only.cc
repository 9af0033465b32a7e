#include "tolerant.h"

#include <scepcodec/scep/certs_only.h>

namespace scep {

namespace {

// A ContentInfo starts with an OBJECT IDENTIFIER, a Certificate with its tbsCertificate.
bool looks_like_certificate(der::Input input) {
    const auto outer = der::read_header(input);
    if (!outer || outer->tag != der::tag::SEQUENCE) {
        return false;
    }
    const auto inner = der::read_header(input.from(outer->size));
    return inner && inner->tag == der::tag::SEQUENCE;
}

}  // namespace

Result<CertsOnly> CertsOnly::decode(der::Input input) {
    CertsOnly out;
    if (looks_like_certificate(input)) {
        const Result<x509::Certificate> certificate = x509::Certificate::decode(input);
        if (!certificate) {
            return std::unexpected(certificate.error());
        }
        out.certificate = *certificate;
        return out;
    }
    const Result<cms::SignedData> signed_data = cms::SignedData::decode_content_info(input);
    if (!signed_data) {
        return std::unexpected(signed_data.error());
    }
    out.signed_data = *signed_data;
    return out;
}

Result<CertsOnly> CertsOnly::decode(der::Input input, Sources& sources) {
    return decode_tolerant<CertsOnly>(input, sources, looks_like_certificate(input) ? x509::Certificate::asn1_name : cms::ContentInfo::asn1_name);
}

std::uint32_t CertsOnly::certificate_count() const {
    if (certificate) {
        return 1;
    }
    return signed_data && signed_data->certificates ? signed_data->certificates->size() : 0;
}

std::uint32_t CertsOnly::crl_count() const {
    return signed_data && signed_data->crls ? signed_data->crls->size() : 0;
}

}  // namespace scep
