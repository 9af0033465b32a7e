#pragma once

#include <scepcodec/ber/normalise.h>
#include <scepcodec/cms/signed_data.h>

namespace scep {

// The answers that carry certificates and no signer: a degenerate certificates-only SignedData (RFC 8894, 3.4), or, to GetCACert, one bare certificate
// (RFC 8894, 4.2.1). Exactly one of the first two members is set. Views; lives as long as the octets, and as the
// Sources where one was given.
struct CertsOnly {
    std::optional<cms::SignedData> signed_data;
    std::optional<x509::Certificate> certificate;
    std::vector<ber::Deviation> deviations;  // from DER, in the octets as received; the strict decode() leaves it empty

    CertsOnly() {}  // as PkiMessage's

    // Strict DER; allocates nothing. A SignedData with signers decodes too: signed_data->certificates_only() tells. Errors: those of the reader,
    // unexpected_content_type, missing_content.
    [[nodiscard]] static Result<CertsOnly> decode(der::Input input);
    // DER as it stands, or BER normalised into `sources`; octets may follow. Errors: the same, and those of ber::normalise().
    [[nodiscard]] static Result<CertsOnly> decode(der::Input input, Sources& sources);

    [[nodiscard]] std::uint32_t certificate_count() const;
    [[nodiscard]] std::uint32_t crl_count() const;
};

}  // namespace scep
