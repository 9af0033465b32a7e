#pragma once

#include <vectors/run/own.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/cms/signed_data.h>
#include <scepcodec/der/source.h>

#include <expected>

// What the types of CMS ask alike.
namespace sceplab::vectors {

[[nodiscard]] Answer rejected(const scep::Error& error);

// The whole decoded, BER or DER, every element of every list. The answer is why not.
[[nodiscard]] std::expected<scep::cms::SignedData, Answer> decode_signed_data(const Json& request, scep::Sources& sources);
[[nodiscard]] std::expected<scep::cms::EnvelopedData, Answer> decode_enveloped_data(scep::der::Input input, scep::Sources& sources);

// All parts of an eContent that is there.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> octets_of(const scep::cms::EncapsulatedContentInfo& content);

// RFC 5652, 5.6 and 11: its certificate inside, its attributes and its signature. Nothing where all is right.
[[nodiscard]] std::optional<Answer> verify_signer(const scep::cms::SignedData& data, const scep::cms::SignerInfo& signer);

// Opens with the group's `recipient` or `password`.
[[nodiscard]] Answer open_envelope(const scep::cms::EnvelopedData& data, const Json& request, scep::Sources& sources);

} // namespace sceplab::vectors
