#pragma once

#include "algorithms.h"

#include <scepcodec/cms/build.h>
#include <scepcodec/x509/certificate.h>

namespace scep::botan {

// SignerIdentifier or RecipientIdentifier of a certificate. Errors: missing_attribute (it has no subjectKeyIdentifier).
[[nodiscard]] inline Result<Octets> encode_identifier(const x509::Certificate& certificate, IdentifierForm form) {
    if (form == IdentifierForm::issuerAndSerialNumber) {
        return cms::encode_issuer_and_serial_number(certificate.issuer.whole.octets(), certificate.serial_number.content.octets());
    }
    const auto identifier = certificate.subject_key_identifier();
    if (!identifier) {
        return std::unexpected(make_error(ErrorCode::missing_attribute, certificate.whole.location()));
    }
    return cms::encode_subject_key_identifier(identifier->octets());
}

} // namespace scep::botan
