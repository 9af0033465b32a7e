#include "tolerant.h"

#include <scepcodec/scep/certs_only.h>

namespace scep {

namespace {

// A ContentInfo starts with an OBJECT IDENTIFIER, a Certificate with its tbsCertificate.
bool looks_like_certificate(der::Input input) {
    const auto outer = der::read_header(input);
    return outer && outer->tag == der::tag::SEQUENCE && input.size() > outer->size && input[outer->size] == der::tag::SEQUENCE.octet();
}

Result<void> read(der::Input input, CertsOnly& out) {
    der::Reader reader(input);
    if (looks_like_certificate(input)) {
        out.certificate = x509::Certificate::read(reader, nullptr);
        return reader.finish(x509::Certificate::asn1_name);
    }
    cms::ContentInfo info;
    info.read_fields(reader, nullptr);
    const Result<void> end = reader.finish(cms::ContentInfo::asn1_name);
    return end ? out.signed_data.emplace().read_content_of(info) : end;
}

}  // namespace

Result<CertsOnly> CertsOnly::decode(der::Input input) {
    Result<CertsOnly> out;
    if (const Result<void> done = read(input, *out); !done) {
        out = std::unexpected(done.error());
    }
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
